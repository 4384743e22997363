"""When an organisation is asked whether its entries are still right, reminded, and given up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Min, Q

from directory.models import Listing, Organisation, Upkeep

PATIENCE = timedelta(weeks=3)  # what others give before they remind (peers.md 1.9), and before we give up


class Step(StrEnum):
    NOT_ASKED = "not_asked"  # staff look after these entries themselves
    FRESH = "fresh"
    ASK = "ask"
    ASKED = "asked"
    REMIND = "remind"
    REMINDED = "reminded"
    SILENT = "silent"  # staff decide
    ANSWERED = "answered"  # and what was sent waits for review


TO_LOOK_AT = (Step.ASK, Step.ASKED, Step.REMIND, Step.REMINDED, Step.SILENT)
TO_WRITE = (Step.ASK, Step.REMIND)
URGENT = (Step.SILENT, Step.REMIND, Step.ASK, Step.REMINDED, Step.ASKED, Step.ANSWERED, Step.FRESH, Step.NOT_ASKED)


@dataclass(frozen=True)
class Standing:
    """An organisation with public entries; as fresh as the oldest of them."""

    organisation: Organisation
    upkeep: Upkeep
    listings: int
    oldest: date | None  # None: at least one was never confirmed
    step: Step

    @property
    def due_on(self) -> date | None:
        return due_on(self.upkeep, self.oldest)


def due_on(upkeep: Upkeep, confirmed: date | None) -> date | None:
    return confirmed and confirmed + relativedelta(months=upkeep.every_months)


def step_of(upkeep: Upkeep, confirmed: date | None, today: date) -> Step:
    if not upkeep.every_months:
        return Step.NOT_ASKED
    due = due_on(upkeep, confirmed)
    if due and due > today:
        return Step.FRESH
    asked, answered = upkeep.asked_on, upkeep.answered_on
    if asked is None or (confirmed and confirmed >= asked):
        return Step.ASK
    if answered and answered >= asked:
        return Step.ASK if today >= answered + PATIENCE else Step.ANSWERED
    return _unanswered(asked, upkeep.reminded_on, today)


def _unanswered(asked: date, reminded: date | None, today: date) -> Step:
    if reminded is None or reminded < asked:
        return Step.REMIND if today >= asked + PATIENCE else Step.ASKED
    return Step.SILENT if today >= reminded + PATIENCE else Step.REMINDED


def step_of_listing(listing: Listing, today: date) -> Step:
    """Of this one entry, for its card and for its members: the mail is about the oldest of the organisation."""
    upkeep = getattr(listing.organisation, "upkeep", None) or Upkeep()  # there is none before the first mail
    return step_of(upkeep, listing.last_confirmed_on, today)


def is_due(listing: Listing, today: date) -> bool:
    """Its members should look at it, whether a mail has asked them or not."""
    return listing.is_public_on(today) and step_of_listing(listing, today) in TO_LOOK_AT


def is_silent(listing: Listing, today: date) -> bool:
    """Asked and reminded, and nobody has answered: the card says so."""
    return step_of_listing(listing, today) is Step.SILENT


def standings(today: date, *, only: Any = None) -> list[Standing]:
    """Of every organisation with public entries, the most urgent first."""
    found = list(_standings(today, only))
    return sorted(found, key=lambda each: (URGENT.index(each.step), each.oldest or date.min, each.organisation.pk))


def _standings(today: date, only: Any) -> Iterator[Standing]:
    public = Listing.objects.public(today)
    if only is not None:
        public = public.filter(organisation__in=only)
    rows = (
        public.order_by()
        .values_list("organisation")
        .annotate(
            listings=Count("pk"), oldest=Min("last_confirmed_on"), never=Count("pk", Q(last_confirmed_on=None))
        )
    )
    counted = {key: (number, None if never else oldest) for key, number, oldest, never in rows}
    organisations = Organisation.objects.filter(pk__in=counted).select_related("upkeep")
    for organisation in organisations:
        number, oldest = counted[organisation.pk]
        upkeep = getattr(organisation, "upkeep", None) or Upkeep(organisation=organisation)
        yield Standing(organisation, upkeep, number, oldest, step_of(upkeep, oldest, today))
