"""Whom staff have to ask: organisations whose entries lack a contact, or were confirmed too long ago."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory import queries
from directory.mail_links import Purpose
from directory.models import Listing, MailLink, Organisation, PhoneCall

MISSING, DUE = "missing", "due"
LISTS: Mapping[str, Any] = {
    MISSING: _("No contact known"),
    DUE: _("Not confirmed within the last 180 days"),
}
_WANTED = {MISSING: ("contact", "none"), DUE: ("confirmed", "due")}
_SATURDAY = 5


@dataclass(frozen=True)
class Row:
    """One organisation, asked once for all its entries."""

    organisation: Organisation
    listings: tuple[Any, ...]  # with `in_review`
    call: PhoneCall | None  # the last one
    letter: MailLink | None  # the last one

    @property
    def letter_is_out(self) -> bool:
        return bool(self.letter and not self.letter.used_at and self.letter.expires_at > timezone.now())


def listings(which: str) -> QuerySet[Any]:
    found: QuerySet[Any] = Listing.objects.public().filter(queries.condition(Listing, *_WANTED[which]))
    return found


def rows(which: str, organisations: Iterable[int] | None = None) -> list[Row]:
    """Those with the most entries first."""
    in_review = ExpressionWrapper(queries.condition(Listing, "review", "waiting"), BooleanField())
    wanted = listings(which).annotate(in_review=in_review)
    wanted = wanted.prefetch_related("contacts", "places").order_by("slug")
    if organisations is not None:
        wanted = wanted.filter(organisation__in=organisations)
    by_organisation: dict[int, list[Listing]] = {}
    for listing in wanted:
        by_organisation.setdefault(listing.organisation_id, []).append(listing)
    found = [_row(each, by_organisation[each.pk]) for each in _asked(by_organisation)]
    return sorted(found, key=lambda row: (-len(row.listings), str(row.organisation).casefold()))


def _asked(keys: Iterable[int]) -> QuerySet[Organisation]:
    letters = MailLink.objects.filter(purpose=Purpose.CLAIM, email="").order_by("-id")
    return Organisation.objects.filter(pk__in=list(keys)).prefetch_related(
        Prefetch("phone_calls", PhoneCall.objects.select_related("by").order_by("-id")),
        Prefetch("mail_links", letters, to_attr="letters"),
        "sites",
    )


def _row(organisation: Any, found: Sequence[Listing]) -> Row:
    calls = list(organisation.phone_calls.all())
    return Row(
        organisation,
        tuple(found),
        calls[0] if calls else None,
        organisation.letters[0] if organisation.letters else None,
    )


# --- who is called next -----------------------------------------------------------------------------------------


def queue(found: Iterable[Row], today: date) -> list[Row]:
    """Whom nobody has called yet, then those who are to be called again."""
    waiting = [row for row in found if is_to_be_called(row.call, today)]
    return sorted(waiting, key=lambda row: row.call is not None)


def is_to_be_called(call: PhoneCall | None, today: date) -> bool:
    """Who could not be reached at all is tried again when everybody is asked again."""
    if call is None:
        return True
    if call.again_on:
        return call.again_on <= today
    return timezone.localdate(call.at) < today - queries.OLD


def following(waiting: Sequence[Row], organisation: int) -> Row | None:
    """The one after this, and from the last one back to the first; nobody where there is no other."""
    keys = [row.organisation.pk for row in waiting]
    at = keys.index(organisation) + 1 if organisation in keys else 0
    others = [*waiting[at:], *waiting[:at]]
    return next((row for row in others if row.organisation.pk != organisation), None)


def next_working_day(day: date) -> date:
    found = day + timedelta(days=1)
    while found.weekday() >= _SATURDAY:
        found += timedelta(days=1)
    return found
