"""Why a body stands where it stands: as data first, then in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from referrals.bodies import Candidate
from referrals.competence import AREAS, Situation
from referrals.dimensions import shipped

BECAUSE, NOT_KNOWN, AGAINST, UNSETTLED = "because", "not_known", "against", "unsettled"


class Words(Protocol):
    """The label of a value of a dimension, or the name of an area, in the reader's language."""

    def __call__(self, dimension: str, value: str, /) -> str: ...


@dataclass(frozen=True)
class Reason:
    code: str
    dimension: str = ""
    values: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()


def reasons(candidate: Candidate, situation: Situation) -> tuple[Reason, ...]:
    match, row = candidate.match, candidate.row
    assumed = tuple(key for key in match.confirmed if key in situation.facts.assumed)
    grouped = (
        Reason(NOT_KNOWN, dimensions=(*assumed, *match.unknown)),
        Reason(AGAINST, dimensions=match.contradicted),
        Reason(UNSETTLED, dimensions=_unsettled(candidate, situation)),
    )
    because = (
        Reason(BECAUSE, key, values)
        for key in (*row.needs, AREAS)
        if key in match.confirmed and (values := _met(key, candidate, situation))
    )
    return (*because, *(reason for reason in grouped if reason.dimensions))


def _met(key: str, candidate: Candidate, situation: Situation) -> tuple[str, ...]:
    """What the person said, as far as the row asks for it; who is affected by default has said nothing."""
    if key == AREAS:
        return (candidate.match.area,)
    facts = situation.facts
    said = facts.stated.get(key) or (facts.who if key == "who" else frozenset())
    return tuple(value for value in sorted(said) if _reaches(key, value, candidate.row.needs[key]))


def _reaches(key: str, value: str, asked: frozenset[str]) -> bool:
    one = frozenset({value})
    meant = shipped().with_broader(key, one) | ({shipped().acts_for.get(value, value)} if key == "asker" else one)
    return bool(meant & asked)


def _unsettled(candidate: Candidate, situation: Situation) -> tuple[str, ...]:
    """Confirmed keys of which the sources do not say for sure that the body serves them."""
    found = []
    for entry in candidate.row.unsettled:
        key, _equals, value = entry.partition("=")
        if key in candidate.match.confirmed and (not value or value in situation.facts.of_stated(key)):
            found.append(key)
    return tuple(dict.fromkeys(found))


def sentences(candidate: Candidate, situation: Situation, words: Words) -> tuple[str, ...]:
    return tuple(text for reason in reasons(candidate, situation) for text in in_words(reason, words))


def in_words(reason: Reason, words: Words) -> Iterator[str]:
    if reason.code == BECAUSE:
        yield from (_because(reason.dimension, value, words) for value in reason.values)
        return
    yield str(_summaries[reason.code]) % {"things": _listed(str(_names[name]) for name in reason.dimensions)}


def _because(dimension: str, value: str, words: Words) -> str:
    known = _because_of.get(f"{dimension}={value}")
    return str(known) if known else str(_because_of[dimension]) % {"value": words(dimension, value)}


def _listed(things: Iterable[str]) -> str:
    return _(", ").join(things)


def name_of(dimension: str) -> str:
    return str(_names[dimension])


_summaries: Mapping[str, object] = {
    NOT_KNOWN: gettext_lazy("not known: %(things)s"),
    AGAINST: gettext_lazy("meant for something else: %(things)s"),
    UNSETTLED: gettext_lazy("ask first, the sources do not say for sure: %(things)s"),
}

_names: Mapping[str, object] = {
    "what": gettext_lazy("what happened"),
    "who": gettext_lazy("who did it"),
    "life_area": gettext_lazy("the part of life"),
    "ground": gettext_lazy("what it was about"),
    "asker": gettext_lazy("who asks"),
    "wish": gettext_lazy("what you need"),
    "target": gettext_lazy("whom it is for"),
    "danger_now": gettext_lazy("whether there is danger now"),
    "time": gettext_lazy("when help is needed"),
    "office": gettext_lazy("which office"),
    "sector": gettext_lazy("the field of work"),
    AREAS: gettext_lazy("where it happened or where you live"),
    "area_basis": gettext_lazy("whether the place of the incident or your home counts"),
}

_because_of: Mapping[str, object] = {
    "danger_now": gettext_lazy("because you are in danger now"),
    "what": gettext_lazy("because it helps after this: %(value)s"),
    "what=violence": gettext_lazy("because there was violence"),
    "what=threat": gettext_lazy("because there was a threat"),
    "what=insult": gettext_lazy("because there was an insult"),
    "what=unequal_treatment": gettext_lazy("because somebody was treated worse than others"),
    "what=graffiti": gettext_lazy("because of graffiti or damage"),
    "what=structural": gettext_lazy("because a rule or practice puts people at a disadvantage"),
    "what=distress": gettext_lazy("because you are feeling bad"),
    "what=none": gettext_lazy("because it helps without an incident, too"),
    "who": gettext_lazy("because of who did it: %(value)s"),
    "who=private_employer": gettext_lazy("because it is about an employer"),
    "who=private_landlord": gettext_lazy("because it is about a landlord"),
    "who=business": gettext_lazy("because it is about a shop, a restaurant or a service"),
    "who=city_administration": gettext_lazy("because it happened in a city office"),
    "who=land_authority": gettext_lazy("because it is about an authority of the federal state"),
    "who=federal_authority": gettext_lazy("because it is about a federal authority"),
    "who=mixed_authority": gettext_lazy("because it is about the jobcenter"),
    "life_area": gettext_lazy("because it knows this part of life: %(value)s"),
    "ground": gettext_lazy("because it knows this subject: %(value)s"),
    "asker": gettext_lazy("because it advises you, too: %(value)s"),
    "asker=affected": gettext_lazy("because it advises people who are affected"),
    "asker=relative": gettext_lazy("because it advises relatives and friends, too"),
    "asker=witness": gettext_lazy("because it advises people who saw something, too"),
    "asker=professional": gettext_lazy("because it advises professionals, too"),
    "asker=organisation": gettext_lazy("because it advises organisations"),
    "asker=city_employee": gettext_lazy("because it advises people who work for the city"),
    "wish": gettext_lazy("because you can get this there: %(value)s"),
    "target": gettext_lazy("because it is there for you: %(value)s"),
    "time": gettext_lazy("because of the time: %(value)s"),
    "office": gettext_lazy("because it is about this office: %(value)s"),
    "sector": gettext_lazy("because it knows this field of work: %(value)s"),
    AREAS: gettext_lazy("because it is responsible for this area: %(value)s"),
}
