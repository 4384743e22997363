"""What the page shows first: at most three bodies, and never nobody to reach."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from referrals.bodies import Body, Candidate, Pointer, Referral
from referrals.competence import Situation, match
from referrals.hours import around_the_clock
from referrals.ranking import CRISIS_LINE, EMERGENCY

FIRST = 3
POINTERS = 3


@dataclass(frozen=True)
class First:
    """One of the first bodies. `stand_in`, shown right below it, has the phone or mail that this one lacks."""

    candidate: Candidate
    stand_in: Candidate | None = None

    @property
    def contact_unknown(self) -> bool:
        return not self.candidate.body.has_direct_contact


@dataclass(frozen=True)
class Always:
    """On every result, whatever was answered."""

    emergency: Body | None
    around_the_clock: Body | None


@dataclass(frozen=True)
class Presentation:
    first: tuple[First, ...]
    others: tuple[Candidate, ...]
    not_responsible: tuple[Pointer, ...]
    always: Always

    @property
    def ordered(self) -> tuple[Candidate, ...]:
        return (*(first.candidate for first in self.first), *self.others)


def present(referral: Referral, bodies: Iterable[Body]) -> Presentation:
    first, others = split(referral.ordered)
    ordered = (*first, *others)
    return Presentation(
        first=tuple(First(each, _stand_in(ordered, index, len(first))) for index, each in enumerate(first)),
        others=others,
        not_responsible=() if referral.situation.facts.in_danger else referral.pointers[:POINTERS],
        always=_always(referral, tuple(bodies)),
    )


def split(ordered: Sequence[Candidate]) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """The first bodies and the others. First stand those that nothing speaks against, else the best one alone:
    who needs counselling must not have to read past a reporting office to find it.

    Where none of them can be reached, the next one that can joins them, if need be in the third place.
    """
    fitting = takewhile(lambda each: each.match.fits and not each.demotion, ordered)
    first = tuple(islice(fitting, FIRST)) or tuple(ordered[:1])
    if not any(each.body.is_reachable for each in first):
        helper = _best(ordered[len(first) :], lambda body: body.is_reachable)
        first = (*first[: FIRST - 1], helper) if helper else first
    shown = {each.slug for each in first}
    return first, tuple(each for each in ordered if each.slug not in shown)


def _stand_in(ordered: Sequence[Candidate], index: int, count: int) -> Candidate | None:
    if ordered[index].body.has_direct_contact:
        return None
    below = ordered[index + 1 :]
    found = _best(below, lambda body: body.has_direct_contact)
    stands_there_anyway = found is not None and index + 1 < count and found is below[0]
    return None if stands_there_anyway else found


def _best(candidates: Iterable[Candidate], able: Callable[[Body], bool]) -> Candidate | None:
    """The next one that is able, but rather one to which nothing speaks against sending people."""
    return min((each for each in candidates if able(each.body)), key=_misgivings, default=None)


def _misgivings(candidate: Candidate) -> int:
    if not candidate.match.fits:
        return 3
    if not candidate.demotion:
        return 0
    return 1 if candidate.body.role == CRISIS_LINE else 2


def _always(referral: Referral, bodies: tuple[Body, ...]) -> Always:
    return Always(
        emergency=_nearest(referral.situation, (body for body in bodies if body.role == EMERGENCY)),
        around_the_clock=_line(referral, bodies),
    )


def _line(referral: Referral, bodies: tuple[Body, ...]) -> Body | None:
    """Rather one that is there for everybody, where nobody said whom they belong to."""
    ranked = [each for each in referral.ordered if _is_line(each.body)]
    best = min(ranked, key=lambda each: "target" in each.match.unknown, default=None)
    return best.body if best else _nearest(referral.situation, filter(_is_line, bodies))


def _is_line(body: Body) -> bool:
    return body.role == CRISIS_LINE and "phone" in body.reach and around_the_clock(body.opening_hours)


def _nearest(situation: Situation, bodies: Iterable[Body]) -> Body | None:
    """The one with a phone whose main row holds the place."""
    serving = [
        (row.secondary, body.name.casefold(), body.slug, body)
        for body in bodies
        if "phone" in body.reach
        for row in body.rows
        if match(row, situation) is not None
    ]
    return min(serving, key=lambda each: each[:3])[3] if serving else None
