"""Asks organisations by mail whether their entries are still right: one mail for all of them, three links in it.

Each organisation is noted for itself, after its mail is out: whoever is interrupted goes on where it stopped. At
worst the one that was being written to gets two mails, whose links both work.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from directory import mailing
from directory.alone import alone
from directory.cards import is_public
from directory.languages import MAIN
from directory.mail_links import Purpose, issue
from directory.models import Listing, Organisation, UnsentMail, Upkeep
from directory.reviewing.brakes import is_frozen
from directory.text import Text, translated
from directory.upkeep.addresses import addresses, known_at
from directory.upkeep.due import TO_WRITE, Standing, Step, standings
from directory.vocabulary import configuration

VALID_FOR = timedelta(days=60)  # asked, reminded after three weeks, and time to be on holiday
ASK, REMIND, AGAIN = "still_correct", "still_correct_reminder", "still_correct_link"
TRIES = 3
LINKS = {"confirm": Purpose.STILL_CORRECT, "correct": Purpose.CORRECT, "hand_on": Purpose.HAND_ON}


@dataclass(frozen=True)
class Told:
    """What became of one organisation."""

    slug: str
    step: Step
    listings: int
    what: str  # asked, reminded, silent, no address, not sent

    @property
    def wrote(self) -> bool:
        return self.what in {done for _verb, done in VERBS.values()}


class Entry:
    """As the mail says it: texts in the language that is being written."""

    def __init__(self, listing: Listing) -> None:
        self.listing = listing
        self.contacts = [row.value for row in listing.contacts.all() if is_public(row)]

    @property
    def title(self) -> Text:
        return translated(self.listing, "title")


def may_write() -> bool:
    """Demo entries name bodies that exist, and that have agreed to nothing. While entries are frozen, no answer
    would be taken."""
    return mailing.can_be_sent() and not configuration().demo and not is_frozen()


def entries_of(organisation: Organisation) -> list[Listing]:
    """All that the public sees; a listing that has ended is not asked about."""
    found = Listing.objects.public().filter(organisation=organisation)
    return list(found.prefetch_related("contacts").order_by("slug"))


def upkeep_of(organisation: Organisation) -> Upkeep:
    return Upkeep.objects.get_or_create(organisation=organisation)[0]


def write(organisation: Organisation, *, to: str, template: str) -> bool:
    """One mail with fresh links, which work for whoever reads that mailbox."""
    language = _language(organisation)
    with transaction.atomic():
        links = {
            name: issue(purpose=purpose, valid_for=VALID_FOR, organisation=organisation, email=to)
            for name, purpose in LINKS.items()
        }
    told: dict[str, Any] = {"organisation": organisation, "days": VALID_FOR.days}
    entries = [Entry(listing) for listing in entries_of(organisation)]
    return mailing.send(to, template, told | {"entries": entries, **links}, language)


def _language(organisation: Organisation) -> str:
    found = Upkeep.objects.filter(organisation=organisation).first()
    return found.language if found else MAIN


def ask(organisation: Organisation, *, to: str, today: date) -> bool:
    if not write(organisation, to=to, template=ASK):
        return False
    upkeep = upkeep_of(organisation)
    upkeep.asked_on = today
    upkeep.save(update_fields=["asked_on"])
    return True


def remind(organisation: Organisation, *, to: str, today: date) -> bool:
    if not write(organisation, to=to, template=REMIND):
        return False
    upkeep = upkeep_of(organisation)
    upkeep.reminded_on = today
    upkeep.save(update_fields=["reminded_on"])
    return True


Progress = Callable[[int, int], None]  # done, of how many


def _quietly(_done: int, _total: int) -> None:
    pass


VERBS: dict[Step, tuple[Callable[..., bool], str]] = {Step.ASK: (ask, "asked"), Step.REMIND: (remind, "reminded")}


def remind_owners(
    *,
    at_most: int | None = None,
    only: Iterable[str] = (),
    pretend: bool = False,
    today: date | None = None,
    progress: Progress = _quietly,
) -> Iterator[Told]:
    """Whoever is due, the most urgent first; those that stay silent are named, too. One process at a time."""
    day = today or timezone.localdate()
    with alone("remind_owners") as mine:
        found = _wanted(day, set(only)) if mine and (pretend or may_write()) else []
        for number, told in enumerate(_each(found, day, at_most, pretend), start=1):
            progress(number, len(found))
            yield told


def _wanted(day: date, only: set[str]) -> list[Standing]:
    found = (each for each in standings(day) if not only or each.organisation.slug in only)
    return [each for each in found if each.step in (*TO_WRITE, Step.SILENT)]


def _each(found: list[Standing], day: date, at_most: int | None, pretend: bool) -> Iterator[Told]:
    known = addresses([each.organisation.pk for each in found])
    left = len(found) if at_most is None else at_most
    for each in found:
        to = next(iter(known[each.organisation.pk]), "")
        if each.step is Step.SILENT:
            yield _told(each, "silent")
        elif not to:
            yield _told(each, "no address")
        elif left > 0:
            left -= 1
            verb, done = VERBS[each.step]
            sent = pretend or verb(each.organisation, to=to, today=day)
            yield _told(each, done if sent else "not sent")


def _told(each: Standing, what: str) -> Told:
    return Told(each.organisation.slug, each.step, each.listings, what)


def want_links(address: str) -> None:
    """Somebody asks for a fresh mail. It is sent within a minute and not at once: how long the answer takes must
    not tell whether the address is known."""
    if known_at(address):
        UnsentMail.objects.get_or_create(template=AGAIN, to=address)


def send_links() -> int:
    """What was asked for meanwhile. What the server does not take is tried again; staff see it."""
    sent = 0
    for wanted in UnsentMail.objects.filter(template=AGAIN, tries__lt=TRIES) if may_write() else ():
        organisations = known_at(wanted.to)
        sent += sum(write(organisation, to=wanted.to, template=AGAIN) for organisation in organisations)
        if not organisations:
            wanted.delete()  # known when it was asked for, and not any more
    return sent
