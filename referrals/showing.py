"""A referral as the page shows it: cards with reasons in words, notices, deadlines."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from directory.cards import Card, card
from directory.details import Details, details
from directory.showing import DETAIL_ROWS, in_order
from directory.text import Text, choose
from directory.vocabulary import area_name, label
from referrals.bodies import Candidate, Notice, Referral
from referrals.competence import AREAS, Situation
from referrals.deadlines import Deadline
from referrals.presentation import Presentation
from referrals.reasons import BECAUSE, in_words, reasons

OTHERS_AT_MOST = 12

VOCABULARIES: Mapping[str, str] = {
    "life_area": "life_areas",
    "ground": "grounds",
    "target": "target_groups",
    "sector": "sectors",
}


@dataclass(frozen=True)
class Advice:
    """One body of the result."""

    card: Card
    details: Details
    because: tuple[str, ...]
    uncertain: tuple[str, ...]
    remarks: tuple[Text, ...]  # why another body comes first or stands beside it
    contact_unknown: bool = False
    stand_in: Card | None = None
    stands_above: bool = False  # the stand-in is on the page already
    stands_below: bool = False  # … or comes again in its own place


@dataclass(frozen=True)
class Pointed:
    """Not responsible; then go to."""

    title: Text
    reason: Text
    then_go_to: tuple[Card, ...]


@dataclass(frozen=True)
class Told:
    kind: str
    heading: Text
    text: str
    tone: str
    then_go_to: Card | None = None


@dataclass(frozen=True)
class Term:
    """A deadline in words, with its law and the day of which the rule is known."""

    period: str
    act: Text
    starts: Text
    condition: Text
    law: Text
    status: Text
    checked: str


@dataclass(frozen=True)
class Result:
    first: tuple[Advice, ...]
    others: tuple[Advice, ...]
    not_responsible: tuple[Pointed, ...]
    notices: tuple[Told, ...]
    deadlines: tuple[Term, ...]
    around_the_clock: Card | None


class _Shelf:
    """All listings that a result names, fetched at once."""

    def __init__(self, slugs: Iterable[str], at: datetime) -> None:
        self.at = at
        self.listings = {each.slug: each for each in in_order(dict.fromkeys(slugs), *DETAIL_ROWS)}

    def card(self, slug: str) -> Card | None:
        listing = self.listings.get(slug)
        return card(listing, at=self.at) if listing else None

    def cards(self, slugs: Iterable[str]) -> tuple[Card, ...]:
        return tuple(found for slug in slugs if (found := self.card(slug)))


def result(referral: Referral, presentation: Presentation, *, at: datetime) -> Result:
    shelf = _Shelf(_named(referral, presentation), at)
    situation = referral.situation
    first = [
        _advice(each.candidate, situation, shelf, each.contact_unknown, each.stand_in)
        for each in presentation.first
        if each.candidate.slug in shelf.listings
    ]
    above = {each.stand_in.slug for each in first if each.stand_in}
    others = (
        _advice(each, situation, shelf)
        for each in presentation.others[:OTHERS_AT_MOST]
        if each.slug in shelf.listings and each.slug not in above
    )
    line = presentation.always.around_the_clock
    return Result(
        first=_without_repeating(first),
        others=tuple(others),
        not_responsible=tuple(_pointers(presentation, shelf)),
        notices=tuple(_told(notice, shelf) for notice in referral.notices if notice.kind != "deadline"),
        deadlines=tuple(term(deadline) for deadline in referral.deadlines),
        around_the_clock=shelf.card(line.slug) if line else None,
    )


def _named(referral: Referral, presentation: Presentation) -> Iterator[str]:
    shown = (*(each.candidate for each in presentation.first), *presentation.others[:OTHERS_AT_MOST])
    for candidate in shown:
        yield candidate.slug
    for first in presentation.first:
        if first.stand_in:
            yield first.stand_in.slug
    for pointer in presentation.not_responsible:
        yield from (pointer.body.slug, *pointer.then_go_to)
    for notice in referral.notices:
        if notice.kind == "then_go_to":
            yield notice.value
    if line := presentation.always.around_the_clock:
        yield line.slug


def _advice(
    candidate: Candidate,
    situation: Situation,
    shelf: _Shelf,
    contact_unknown: bool = False,
    stand_in: Candidate | None = None,
) -> Advice:
    listing = shelf.listings[candidate.slug]
    found = reasons(candidate, situation)
    return Advice(
        card=card(listing, at=shelf.at),
        details=details(listing, at=shelf.at),
        because=tuple(text for each in found if each.code == BECAUSE for text in in_words(each, words)),
        uncertain=tuple(text for each in found if each.code != BECAUSE for text in in_words(each, words)),
        remarks=tuple(_remarks(candidate)),
        contact_unknown=contact_unknown,
        stand_in=shelf.card(stand_in.slug) if stand_in else None,
    )


def _without_repeating(first: list[Advice]) -> tuple[Advice, ...]:
    seen: set[str] = set()
    own_places = {each.card.slug for each in first}
    found = []
    for each in first:
        seen.add(each.card.slug)
        other = {each.stand_in.slug} if each.stand_in else set()
        above, below = bool(other & seen), bool(other & own_places - seen)
        found.append(replace(each, stands_above=above, stands_below=below))
        seen |= other
    return tuple(found)


def _remarks(candidate: Candidate) -> Iterator[Text]:
    """An exclusion that only defers, or sets another body beside, says why in its own words."""
    said = (choose(exclusion.reason) for exclusion in (*candidate.deferred_by, *candidate.beside))
    return iter({text.text: text for text in said if text}.values())


def _pointers(presentation: Presentation, shelf: _Shelf) -> Iterator[Pointed]:
    for pointer in presentation.not_responsible:
        if found := shelf.card(pointer.body.slug):
            reason = choose(pointer.exclusion.reason)
            yield Pointed(found.title, reason, shelf.cards(pointer.then_go_to))


def words(dimension: str, value: str, /) -> str:
    if dimension == AREAS:
        return area_name(value).text
    return label(VOCABULARIES.get(dimension, dimension), value).text


NOTICE_TEXTS: Mapping[str, str | Promise] = {
    "emergency_first": _("Call 110 or 112 now. When you are safe, the bodies below can help you on."),
    "no_police_report_needed": _(
        "You decide whether to go to the police. Counselling is free to use without a report."
    ),
    "independent_alternative": _(
        "The first body belongs to the side that this is about. If you would rather talk to somebody "
        "independent, take one of the others."
    ),
    "interpreter": _(
        "Ask for an interpreter when you get in touch. Say which language you speak, and whether you want to "
        "choose the person."
    ),
    "gap": _(
        "We know no body nearby that is made for exactly this. The bodies below listen, advise and know who "
        "else may help."
    ),
    "outside_agg": _(
        "The Equal Treatment Act (AGG) does not cover this, so its claims and deadlines do not help here. "
        "Counselling and complaints are possible all the same."
    ),
    "then_go_to": _("Responsible for where you live:"),
}
ALARMING = ("emergency_first",)


def _told(notice: Notice, shelf: _Shelf) -> Told:
    return Told(
        kind=notice.kind,
        heading=label("notices", notice.kind),
        text=str(NOTICE_TEXTS.get(notice.kind, "")),
        tone="alarm" if notice.kind in ALARMING else "",
        then_go_to=shelf.card(notice.value) if notice.value else None,
    )


def term(deadline: Deadline) -> Term:
    return Term(
        period=period(deadline.period) or gettext("Deadline not known"),
        act=choose(deadline.act),
        starts=choose(deadline.starts),
        condition=choose(deadline.only_if),
        law=choose(deadline.law),
        status=choose(deadline.status),
        checked=known_of(deadline),
    )


def known_of(deadline: Deadline) -> str:
    if deadline.check_by:
        return gettext("to be checked by %(date)s") % {"date": date_format(deadline.check_by, "DATE_FORMAT")}
    return gettext("state of the law not confirmed yet")


def period(iso: str) -> str:
    """ "P2M" → "2 months"; empty where the period is not known."""
    found = re.fullmatch(r"P(\d+)([YMWD])", iso)
    if not found:
        return ""
    number = int(found[1])
    match found[2]:
        case "Y":
            said = ngettext("%(number)d year", "%(number)d years", number)
        case "M":
            said = ngettext("%(number)d month", "%(number)d months", number)
        case "W":
            said = ngettext("%(number)d week", "%(number)d weeks", number)
        case _:
            said = ngettext("%(number)d day", "%(number)d days", number)
    return said % {"number": number}
