"""A referral as the page shows it: bodies with reasons in words, and what belongs beside them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext

from directory.cards import Card, Fact, anonymous, yes_no
from directory.details import Details
from directory.text import Text, choose
from directory.vocabulary import area_name, label
from referrals import told
from referrals.bodies import Candidate, Referral
from referrals.competence import AREAS, Situation
from referrals.due import Term, term
from referrals.presentation import First, Presentation
from referrals.reaching import OpenNow, open_now
from referrals.reasons import AGAINST, BECAUSE, NOT_KNOWN, UNSETTLED, in_words, reasons
from referrals.seven_ways import Doer, Way, ways
from referrals.shelf import Shelf
from referrals.tiers import introductions
from referrals.told import Said, Told

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
    not_known: tuple[str, ...]
    against: tuple[str, ...]
    remarks: tuple[Text, ...]  # why another body comes first or stands beside it
    contact_unknown: bool = False
    stand_in: Card | None = None
    stands_above: bool = False  # the stand-in is on the page already
    stands_below: bool = False  # … or comes again in its own place
    wider: Said | None = None  # from here on the bodies are of a larger area

    @property
    def uncertain(self) -> tuple[str, ...]:
        return (*self.not_known, *self.against)


@dataclass(frozen=True)
class Pointed:
    """Not responsible; then go to."""

    title: Text
    reason: Text
    then_go_to: tuple[Card, ...]


@dataclass(frozen=True)
class Doing:
    card: Card
    only_for: tuple[Text, ...]
    anonymous: Fact


@dataclass(frozen=True)
class WayShown:
    slug: str
    said: Said
    doing: tuple[Doing, ...]

    @property
    def rows(self) -> int:
        return max(1, len(self.doing))


@dataclass(frozen=True)
class Result:
    first: tuple[Advice, ...]
    others: tuple[Advice, ...]
    not_responsible: tuple[Pointed, ...]
    notices: tuple[Told, ...]
    deadlines: tuple[Term, ...]
    waiting: tuple[Text, ...]  # at the first body
    ways: tuple[WayShown, ...]
    keep: tuple[Said, ...]
    open_now: OpenNow | None
    around_the_clock: Card | None


def result(
    referral: Referral, presentation: Presentation, *, at: datetime, happened: date | None = None
) -> Result:
    found = ways(referral)
    shelf = Shelf(_named(referral, presentation, found), at)
    first, others = _bodies(referral, presentation, shelf)
    line = shelf.card(presentation.always.around_the_clock.slug) if presentation.always.around_the_clock else None
    shown = presentation.others[:OTHERS_AT_MOST]
    return Result(
        first=first,
        others=others,
        not_responsible=tuple(_pointers(presentation, shelf)),
        notices=told.told(referral, shelf),
        deadlines=tuple(term(deadline, happened, at.date()) for deadline in referral.deadlines),
        waiting=shelf.waiting(first[0].card.slug) if first else (),
        ways=tuple(_ways(found, referral, shelf)),
        keep=tuple(told.keep(referral)),
        open_now=open_now([each.card for each in first], shown, line, shelf),
        around_the_clock=line,
    )


def _named(referral: Referral, presentation: Presentation, found: Iterable[Way]) -> Iterator[str]:
    for first in presentation.first:
        yield first.candidate.slug
        yield from (first.stand_in.slug,) if first.stand_in else ()
    yield from (each.slug for each in presentation.others[:OTHERS_AT_MOST])
    for pointer in presentation.not_responsible:
        yield from (pointer.body.slug, *pointer.then_go_to)
    yield from (notice.value for notice in referral.notices if notice.kind == "then_go_to")
    yield from (doer.candidate.slug for way in found for doer in way.doers)
    line = presentation.always.around_the_clock
    yield from (line.slug,) if line else ()


def _bodies(
    referral: Referral, presentation: Presentation, shelf: Shelf
) -> tuple[tuple[Advice, ...], tuple[Advice, ...]]:
    situation = referral.situation
    ordered = (*(each.candidate for each in presentation.first), *presentation.others[:OTHERS_AT_MOST])
    there = [candidate for candidate in ordered if candidate.slug in shelf]
    wider, notes = introductions(there, situation.tree), told.Notes(referral.notes, told.TIER)
    begins = {slug: notes.only(tier) for slug, tier in wider.items()}
    first = [
        replace(_first(each, situation, shelf), wider=begins.get(each.candidate.slug))
        for each in presentation.first
        if each.candidate.slug in shelf
    ]
    above = {each.stand_in.slug for each in first if each.stand_in}
    others = (
        replace(_advice(each, situation, shelf), wider=begins.get(each.slug))
        for each in there[len(first) :]
        if each.slug not in above
    )
    return _without_repeating(first), tuple(others)


def _first(first: First, situation: Situation, shelf: Shelf) -> Advice:
    return replace(
        _advice(first.candidate, situation, shelf),
        contact_unknown=first.contact_unknown,
        stand_in=shelf.card(first.stand_in.slug) if first.stand_in else None,
    )


def _advice(candidate: Candidate, situation: Situation, shelf: Shelf) -> Advice:
    found = reasons(candidate, situation)

    def said(*codes: str) -> tuple[str, ...]:
        return tuple(text for each in found if each.code in codes for text in in_words(each, words))

    (shown,) = shelf.cards((candidate.slug,))
    return Advice(
        card=shown,
        details=shelf.details(candidate.slug),
        because=said(BECAUSE),
        not_known=said(NOT_KNOWN, UNSETTLED),
        against=said(AGAINST),
        remarks=tuple(_remarks(candidate)),
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


def _pointers(presentation: Presentation, shelf: Shelf) -> Iterator[Pointed]:
    for pointer in presentation.not_responsible:
        if found := shelf.card(pointer.body.slug):
            reason = choose(pointer.exclusion.reason)
            yield Pointed(found.title, reason, shelf.cards(pointer.then_go_to))


def _ways(found: Iterable[Way], referral: Referral, shelf: Shelf) -> Iterator[WayShown]:
    notes = told.Notes(referral.notes, told.NOTICE)
    for way in found:
        name = label("roles", "criminal_complaint") if way.slug == "charge" else label("wish", way.slug)
        doing = tuple(_doing(doer, shelf) for doer in way.doers if doer.candidate.slug in shelf)
        yield WayShown(way.slug, notes.said(f"way-{way.slug}", name), doing)


def _doing(doer: Doer, shelf: Shelf) -> Doing:
    listing = shelf.listing(doer.candidate.slug)
    (shown,) = shelf.cards((listing.slug,))
    return Doing(
        card=shown,
        only_for=tuple(label(VOCABULARIES.get(key, key), value) for key, value in doer.only_for),
        anonymous=yes_no(gettext("Anonymous"), listing.anonymous, anonymous(listing)),
    )


def words(dimension: str, value: str, /) -> str:
    if dimension == AREAS:
        return area_name(value).text
    return label(VOCABULARIES.get(dimension, dimension), value).text
