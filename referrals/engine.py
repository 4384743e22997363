"""A situation → the responsible bodies in their order. Pure: no request, no database, no clock."""

from collections.abc import Iterable

from directory.areas import AreaTree
from referrals import deadlines, notices
from referrals.bodies import Body, Candidate, Notice, Pointer, Referral, Rules
from referrals.competence import (
    HARD,
    PREFER_ALTERNATIVE,
    PREFER_OTHER,
    Exclusion,
    Match,
    Row,
    Situation,
    hits,
    match,
)
from referrals.dimensions import Facts
from referrals.ranking import EMERGENCY, Order, demotion, rank

_common_wishes = frozenset({"talk", "legal", "complaint"})


def refer(
    facts: Facts,
    bodies: Iterable[Body],
    rules: Rules,
    tree: AreaTree,
    home_area: str,
    *,
    open_at: str | None = None,
    order: Order = rank,
) -> Referral:
    """`open_at` ("HH:MM") says when, together with the fact `time`."""
    situation = Situation(facts, tree, home_area)
    bodies = tuple(bodies)
    found = (candidate(body, situation, open_at, order) for body in bodies)
    ordered = tuple(sorted(filter(None, found), key=lambda each: each.rank))
    touching = deadlines.touching(rules.deadlines, situation)
    return Referral(
        situation=situation,
        ordered=ordered,
        pointers=_pointers(bodies, situation),
        notices=(
            *notices.notices(situation, ordered, bodies),
            *(Notice("deadline", deadline.slug) for deadline in touching),
        ),
        deadlines=touching,
        notes=rules.notes,
    )


def candidate(
    body: Body, situation: Situation, open_at: str | None = None, order: Order = rank
) -> Candidate | None:
    """None: left out."""
    if body.role == EMERGENCY and not situation.facts.in_danger:
        return None
    if _hitting(body, situation, HARD):
        return None
    deferred_by = _hitting(body, situation, PREFER_OTHER)
    standings = [
        (order(body, row, found, situation, deferred=bool(deferred_by), open_at=open_at), index, row, found)
        for index, (row, found) in enumerate(_rows(body, situation))
    ]
    if not standings:
        return None
    best, _index, row, found = min(standings, key=lambda standing: standing[:2])
    beside = _hitting(body, situation, PREFER_ALTERNATIVE)
    return Candidate(body, row, found, best, demotion(body, row, found, situation), deferred_by, beside)


def _rows(body: Body, situation: Situation) -> Iterable[tuple[Row, Match]]:
    for row in body.rows:
        if (found := match(row, situation)) is not None:
            yield row, found


def _hitting(body: Body, situation: Situation, strength: str) -> tuple[Exclusion, ...]:
    return tuple(
        exclusion
        for exclusion in body.exclusions
        if exclusion.strength == strength and hits(exclusion, situation, body.rows)
    )


def _pointers(bodies: Iterable[Body], situation: Situation) -> tuple[Pointer, ...]:
    """Bodies that somebody might think responsible; those to which most else would lead stand first."""
    found = (pointer for body in bodies if (pointer := _pointer(body, situation)))
    return tuple(sorted(found, key=lambda each: (-len(each.match.confirmed), each.body.name.casefold())))


def _pointer(body: Body, situation: Situation) -> Pointer | None:
    at_residence = situation.as_if_at_residence() if situation.facts.residence_stated else situation
    if situation.facts.residence_stated and (away := notices.sent_away_by_area(body, situation)):
        return Pointer(body, away[0], next(found for _row, found in _rows(body, at_residence) if found.fits))
    for exclusion in _hitting(body, situation, HARD):
        for row, found in _rows(body, situation):
            if _but_for(exclusion, row, found, situation):
                return Pointer(body, exclusion, found)
    return None


def _but_for(exclusion: Exclusion, row: Row, found: Match, situation: Situation) -> bool:
    """Only what the exclusion names speaks against it, and something of what happened speaks for it.

    Whom a body is not made for has no reason to think of it, unless it does what few others do.
    """
    if not set(found.contradicted) <= set(exclusion.needs):
        return False
    if exclusion.needs.keys() <= {"asker"}:
        return bool(situation.facts.of_stated("wish") & row.needs.get("wish", frozenset()) - _common_wishes)
    return bool({"what", "who", "life_area", "ground", "target"} & set(found.confirmed))
