"""What happened to an entry, when and by whom, in the words of its members."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import ModelLogEntry

from directory import listings
from directory.members.access import listing_for, members_only
from directory.members.in_words import name_of
from directory.models import Change, Listing

ENTER = "wagtailadmin.access_admin"  # who may do this is staff of the city
ONE_SITTING = timedelta(hours=1)  # a draft is saved every few seconds; nobody wants to read each time
NAMED_AT_MOST = 6
SHOWN = 200

ACTIONS: Mapping[str, Any] = {
    "wegweiser.submit": gettext_lazy("Sent to the city to be checked"),
    "wegweiser.withdraw": gettext_lazy("Taken back"),
    "wegweiser.confirm": gettext_lazy("Confirmed as still correct"),
    "wegweiser.needs_check": gettext_lazy("Marked: to be checked"),
    "wagtail.workflow.approve": gettext_lazy("Approved"),
    "wagtail.workflow.reject": gettext_lazy("Sent back with a remark"),
    "wagtail.publish": gettext_lazy("Shown to visitors"),
    "wagtail.unpublish": gettext_lazy("Taken off the public pages"),
}


@dataclass(frozen=True)
class Event:
    at: datetime
    who: str
    what: str
    more: str = ""


class People:
    """Names for members; the city's staff stand for the city."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def name(self, by: str) -> str:
        if by not in self.known:
            user = get_user_model().objects.filter(username=by).first() if by else None
            self.known[by] = self.of(user) if user else by or _("automatically")
        return self.known[by]

    def of(self, user: Any) -> str:
        if user is None:
            return _("automatically")
        return _("the city") if user.has_perm(ENTER) else str(user.get_full_name() or user.email or user)


def events(listing: Listing) -> list[Event]:
    """The newest first."""
    people = People()
    found = [*edits(_changes(listing), people), *_actions(listing, people)]
    return sorted(found, key=lambda event: event.at, reverse=True)


def _changes(listing: Listing) -> list[Change]:
    rows = Change.objects.filter(model=listing._meta.label_lower, object_id=str(listing.pk))
    wanted = (Change.Action.CREATE, Change.Action.DRAFT)
    return list(reversed(rows.filter(action__in=wanted).order_by("-id")[:SHOWN]))


def edits(changes: Iterable[Change], people: People) -> Iterator[Event]:
    """What one person wrote in one sitting as one event, at the time of its last save."""
    sitting: list[Change] = []
    for change in changes:
        if sitting and not _goes_on(sitting[-1], change):
            yield _sitting(sitting, people)
            sitting = []
        sitting.append(change)
    if sitting:
        yield _sitting(sitting, people)


def _goes_on(before: Change, change: Change) -> bool:
    same = (before.by, before.action) == (change.by, change.action)
    return same and change.at - before.at < ONE_SITTING


def _sitting(changes: list[Change], people: People) -> Event:
    last = changes[-1]
    names = dict.fromkeys(word for change in changes for word in change.summary.split())
    what = _("Entry made") if last.action == Change.Action.CREATE else _("Draft written")
    return Event(last.at, people.name(last.by), what, _named(list(names)))


def _named(names: list[str]) -> str:
    known = [name_of(name) for name in names if name in _editable()]
    rest = len(known) - NAMED_AT_MOST
    shown = ", ".join(known[:NAMED_AT_MOST])
    return _("%(names)s and %(number)d more") % {"names": shown, "number": rest} if rest > 0 else shown


def _editable() -> set[str]:
    return {field.name for field in Listing._meta.get_fields()} - {"translation_state"}


def _actions(listing: Listing, people: People) -> Iterator[Event]:
    entries = ModelLogEntry.objects.for_instance(listing).select_related("user")
    for entry in entries.filter(action__in=ACTIONS).order_by("-timestamp")[:SHOWN]:
        who = people.of(entry.user) if entry.user else str(entry.data.get("by") or _("automatically"))
        comment = entry.data.get("comment")
        remark = comment if isinstance(comment, str) else (entry.data.get("remark") or "")
        yield Event(entry.timestamp, who, str(ACTIONS[entry.action]), str(remark))


def last_edit(listing: Listing) -> Event | None:
    """Who wrote the latest draft."""
    changes = _changes(listing)
    return _sitting(changes[-1:], People()) if changes else None


@members_only
def page(request: HttpRequest, slug: str) -> HttpResponse:
    listing = listing_for(request, slug)
    context = {"listing": listings.draft_of(listing), "events": events(listing)}
    return render(request, "members/history.html", context)
