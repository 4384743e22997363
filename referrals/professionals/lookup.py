"""One body looked up: responsible, not responsible, or where to go instead; in words, with the reason."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.cards import Card, card, nothing
from directory.details import ContactLine
from directory.languages import MAIN
from directory.showing import CARD_ROWS, in_order
from directory.text import Text, choose
from directory.vocabulary import area_name
from referrals.bodies import Body, Referral
from referrals.professionals.verdict import Standing, Verdict, verdict
from referrals.reasons import sentences as reasons
from referrals.rule_words import sentence
from referrals.showing import words

AREAS_AT_MOST = 6

ANSWERS: Mapping[Standing, str | Promise] = {
    Standing.RESPONSIBLE: _("Responsible for this"),
    Standing.OTHER_FIRST: _("Responsible for this, but another body comes first"),
    Standing.UNFIT: _("Not responsible for this: it is made for something else"),
    Standing.EXCLUDED: _("Not responsible for this"),
    Standing.ELSEWHERE: _("Not responsible for this place"),
    Standing.ONLY_IN_DANGER: _("Only when there is danger now"),
    Standing.NO_RULES: _("We do not know what it is responsible for"),
}


@dataclass(frozen=True)
class Rule:
    """Names and reason stand apart, because they may be there in another language only."""

    sentence: str
    instead: tuple[Text, ...]
    reason: Text


@dataclass(frozen=True)
class LookedUp:
    slug: str
    card: Card
    answer: str  # empty: no situation was stated
    is_responsible: bool
    number: int
    reasons: tuple[Text | str, ...]
    instead: tuple[Card, ...]
    rules: tuple[Rule, ...]
    contacts: tuple[ContactLine, ...] = ()


def look_up(
    slug: str, referral: Referral, bodies: Collection[Body], *, at: datetime, in_general: bool
) -> LookedUp | None:
    body = next((body for body in bodies if body.slug == slug), None)
    if body is None:
        return None
    found = verdict(body, referral)
    cards = {each.slug: card(each, at=at) for each in in_order({slug, *found.instead}, *CARD_ROWS)}
    if slug not in cards:
        return None
    return LookedUp(
        slug=slug,
        card=cards[slug],
        answer="" if in_general else str(ANSWERS[found.standing]),
        is_responsible=found.is_responsible,
        number=found.place,
        reasons=() if in_general else tuple(_reasons(found, referral)),
        instead=() if in_general else tuple(cards[other] for other in found.instead if other in cards),
        rules=tuple(_rules(body, {each.slug: each.name for each in bodies})),
    )


def _rules(body: Body, names: Mapping[str, str]) -> Iterator[Rule]:
    for row in body.rows:
        yield Rule(sentence(row), (), nothing())
    for exclusion in body.exclusions:
        said = sentence(replace(exclusion, reason={}, then_go_to=()))
        instead = tuple(choose({MAIN: names[slug]}) for slug in exclusion.then_go_to if slug in names)
        yield Rule(said, instead, choose(exclusion.reason))


def _reasons(found: Verdict, referral: Referral) -> Iterator[Text | str]:
    yield from (said for exclusion in found.exclusions if (said := choose(exclusion.reason)))
    if found.candidate:
        yield from reasons(found.candidate, referral.situation, words)
    elif found.standing is Standing.ELSEWHERE:
        areas = dict.fromkeys(area for row in found.body.rows for area in row.areas)
        yield from (area_name(area) for area in tuple(areas)[:AREAS_AT_MOST])
