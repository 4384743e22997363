"""The order of the result: one sort key whose positions are the numbered rules of the referral."""

from collections.abc import Callable
from typing import Any

from referrals.bodies import Body
from referrals.competence import Match, Row, Situation
from referrals.hours import is_night, open_then

COMPLAINT_BODY, CRISIS_LINE, EMERGENCY = "complaint_body", "crisis_line", "emergency"
CITY, CITY_EMPLOYEE = "city_administration", "city_employee"

_other_authorities = frozenset({"land_authority", "federal_authority", "mixed_authority"})
_only_when_wished = frozenset({"reporting_office", "money", "criminal_complaint"})
_particular_wishes = frozenset({"training", "group", "language_mediation", "report"})


Order = Callable[..., tuple[Any, ...]]


def rank(
    body: Body, row: Row, match: Match, situation: Situation, *, deferred: bool, open_at: str | None
) -> tuple[Any, ...]:
    return (
        not (situation.facts.in_danger and body.role == EMERGENCY),  # 1
        not is_crisis_line_open_now(body, situation, open_at),  # 2
        len(match.contradicted),  # 3
        deferred,  # 4
        _complaint_rank(body, match, situation),  # 5
        demotion(body, row, match, situation),  # 6
        row.secondary,  # 7
        -len(match.confirmed),  # 8
        -situation.tree.smaller_rank(match.area),  # 9
        body.role != "specialised",  # 10
        body.name.casefold(),
        body.slug,
    )


def is_crisis_line_open_now(body: Body, situation: Situation, open_at: str | None) -> bool:
    """Distress at night or at the weekend, and a line that is open then."""
    if body.role != CRISIS_LINE or "distress" not in situation.facts.what:
        return False
    stated = situation.facts.of_stated("time")
    times = stated & {"night", "weekend"} or ({"night"} if not stated and is_night(open_at) else set())
    return any(open_then(body.opening_hours, time, open_at) for time in times)


def involves_city(situation: Situation) -> bool:
    return CITY in situation.facts.who or CITY_EMPLOYEE in situation.facts.meant["asker"]


def _complaint_rank(body: Body, match: Match, situation: Situation) -> int:
    """The city's own complaints office first; that of another authority after counselling."""
    if body.role != COMPLAINT_BODY:
        return 1
    is_own = body.belongs_to == CITY and situation.within((body.belongs_to_area,), (situation.place,))
    if involves_city(situation) and match.fits and is_own:
        return 0
    return 2 if situation.facts.who & _other_authorities else 1


def demotion(body: Body, row: Row, match: Match, situation: Situation) -> int:
    """The sum of what speaks for showing it later, heaviest first."""
    facts = situation.facts
    wishes = row.needs.get("wish", frozenset())
    return (
        8 * (body.role == CRISIS_LINE and not facts.tells("time") and _is_unspecific(match))
        + 4 * (not facts.tells("wish") and (body.role in _only_when_wished or _only_particular(wishes)))
        + 2 * (not facts.tells("who") and body.role == COMPLAINT_BODY and not _is_city_employee(situation))
        + 1 * (not facts.tells("target") and "target" in row.needs)
    )


def _is_unspecific(match: Match) -> bool:
    return not {"what", "ground", "target"} & set(match.confirmed)


def _only_particular(wishes: frozenset[str]) -> bool:
    return bool(wishes) and wishes <= _particular_wishes


def _is_city_employee(situation: Situation) -> bool:
    return CITY_EMPLOYEE in situation.facts.meant["asker"]
