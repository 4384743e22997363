"""What staff do with the call sheet: note what was heard, or that nobody was reached."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from directory import listings
from directory.collecting.entering import Confirmed, Told, enter
from directory.collecting.missing import next_working_day
from directory.languages import MAIN
from directory.models import Contact, Listing, Organisation, PhoneCall
from directory.permissions import may_edit

Seen = Mapping[int, int | None]  # the entries on the sheet, with the latest revision that it was made of


@dataclass(frozen=True)
class Entered:
    public: int
    in_review: int


@transaction.atomic
def heard(
    *,
    organisation: Organisation,
    chosen: Collection[Listing],
    told: Told,
    seen: Seen,
    on: date,
    by: User,
) -> Entered:
    """All entries or none: who is told of a conflict has lost nothing and entered nothing."""
    with override(MAIN):
        confirmed = Confirmed(on, str(by), gettext("by phone"))
    results = [
        enter(listing=listing, told=told, confirmed=confirmed, seen=seen.get(listing.pk), by=by)
        for listing in chosen
    ]
    PhoneCall.objects.create(organisation=organisation, outcome=PhoneCall.Outcome.HEARD, by=by)
    return Entered(results.count(True), results.count(False))


@transaction.atomic
def not_heard(
    *,
    organisation: Organisation,
    found: Collection[Listing],
    outcome: str,
    by: User,
    again_on: date | None = None,
) -> PhoneCall:
    if not all(may_edit(by, listing) for listing in found):
        raise PermissionDenied
    if outcome == PhoneCall.Outcome.GONE:
        for listing in found:
            listings.ask_to_check(listing=listing, by=by)
    again = again_on or next_working_day(timezone.localdate())
    to_be_called = outcome in (PhoneCall.Outcome.NOBODY, PhoneCall.Outcome.LATER)
    call: PhoneCall = PhoneCall.objects.create(
        organisation=organisation, outcome=outcome, by=by, again_on=again if to_be_called else None
    )
    return call


def shared(found: Collection[Listing]) -> Told:
    """What all entries say alike; where they differ, the field stays empty and all keep theirs."""
    kinds = (Contact.Kind.PHONE, Contact.Kind.EMAIL, Contact.Kind.WEBSITE)
    return Told(**{str(kind): _shared(found, kind) for kind in kinds})


def _shared(found: Collection[Listing], kind: str) -> str:
    values = {_first(listing, kind) for listing in found}
    return values.pop() if len(values) == 1 else ""


def _first(listing: Listing, kind: str) -> str:
    rows = (row for row in listing.contacts.all() if row.kind == kind)
    return next((row.value for row in rows if row.audience == Contact.Audience.PUBLIC), "")
