"""What an organisation has told on the phone or by letter about how to reach it, written into its entries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from directory import drafts, listings
from directory.models import Contact, ContactPoint, Listing, acting
from directory.permissions import Actor, may_edit, may_publish


@dataclass(frozen=True)
class Told:
    """Empty: nothing was said about it, and what stands there stays."""

    phone: str = ""
    email: str = ""
    website: str = ""
    hours: str = ""  # of the telephone, in their own words

    def contacts(self) -> Iterator[tuple[str, str]]:
        for kind in (Contact.Kind.PHONE, Contact.Kind.EMAIL, Contact.Kind.WEBSITE):
            if value := getattr(self, kind):
                yield kind, value

    def __bool__(self) -> bool:
        return any(self.contacts())


@dataclass(frozen=True)
class Confirmed:
    on: date
    by: str
    source: str  # in the language of the data: "by phone"


def put(version: Listing, told: Told, confirmed: Confirmed) -> None:
    """The first public contact of a kind is the one that the cards show."""
    rows = list(version.contacts.all())
    for kind, value in told.contacts():
        row = next((each for each in rows if each.kind == kind and each.audience == Contact.Audience.PUBLIC), None)
        if row is None:
            row = ContactPoint(kind=kind)
            rows.append(row)
        if row.value != value:
            row.value, row.source = value, confirmed.source
        row.confirmed_on, row.confirmed_by = confirmed.on, confirmed.by[:200]
        if kind == Contact.Kind.PHONE and told.hours:
            row.opening_hours_note = told.hours
    version.contacts.set(rows)
    version.last_confirmed_on, version.last_confirmed_by = confirmed.on, confirmed.by[:200]
    version.needs_check = False


@transaction.atomic
def enter(*, listing: Listing, told: Told, confirmed: Confirmed, seen: int | None, by: Actor) -> bool:
    """Whether it is public now: who may not publish submits it for review.

    Raises ConflictError and InReviewError as the verbs of a listing do.
    """
    current = listings.locked(listing)
    if not may_edit(by, current):
        raise PermissionDenied
    if current.latest_revision_id != seen:
        raise listings.ConflictError
    if not isinstance(by, AbstractBaseUser) or not may_publish(by, current):
        draft = listings.draft_of(current)
        put(draft, told, confirmed)
        listings.save_draft(draft=draft, seen=seen, by=by)
        listings.submit(listing=current, by=by)
        return False
    _publish(current, told, confirmed, by)
    log(instance=current, action="wegweiser.confirm", user=by, data={"by": confirmed.by})
    return True


def _publish(current: Listing, told: Told, confirmed: Confirmed, by: AbstractBaseUser) -> None:
    """What somebody else has begun and not published stays a draft, with the contacts in it, too."""
    draft = drafts.waiting_draft(current)
    put(current, told, confirmed)
    with acting(by):
        if draft is None:
            current.save_revision(user=by, clean=False).publish(user=by)
        else:
            current.save()
            put(draft, told, confirmed)
            drafts.save_waiting(draft, by)
