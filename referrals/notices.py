"""What a result has to say beside its bodies, and when."""

from collections.abc import Iterable, Iterator

from referrals.bodies import Body, Candidate, Notice
from referrals.competence import HARD, Exclusion, Situation, excluded_by_area, hits, match
from referrals.dimensions import AUTHORITIES
from referrals.ranking import CITY, CITY_EMPLOYEE, COMPLAINT_BODY

BEYOND_AGG = frozenset({"social_status", "appearance", "family_status"})

_counselling = frozenset({"specialised", "general", "mobile_advice"})
_any_role_will_do = frozenset({"training", "group", "language_mediation", "money", "therapy"})


def notices(situation: Situation, ordered: tuple[Candidate, ...], bodies: Iterable[Body]) -> tuple[Notice, ...]:
    """All but the deadlines, most urgent first."""
    return (
        *(Notice(kind) for kind, applies in _urgent(situation) if applies),
        *_then_go_to(situation, ordered, bodies),
        *(Notice(kind) for kind, applies in _explaining(situation, ordered) if applies),
    )


def _urgent(situation: Situation) -> Iterator[tuple[str, bool]]:
    facts = situation.facts
    yield "emergency_first", facts.in_danger
    yield "no_police_report_needed", facts.is_violent and not facts.in_danger


def _explaining(situation: Situation, ordered: tuple[Candidate, ...]) -> Iterator[tuple[str, bool]]:
    first = ordered[0].body if ordered else None
    yield "independent_alternative", first is not None and belongs_to_side_involved(first, situation)
    yield "interpreter", _needs_interpreter(first, situation)
    yield "outside_agg", _is_outside_agg(situation)
    yield "gap", not any(_closes_gap(candidate, situation) for candidate in ordered)


def belongs_to_side_involved(body: Body, situation: Situation) -> bool:
    if body.belongs_to == CITY and CITY_EMPLOYEE in situation.facts.meant["asker"]:
        return True
    is_side = body.belongs_to in situation.facts.who
    return is_side and bool(situation.within((body.belongs_to_area,), (situation.place,)))


def _needs_interpreter(first: Body | None, situation: Situation) -> bool:
    facts = situation.facts
    if "language_mediation" in facts.of_stated("wish"):
        return True
    return bool(facts.language) and (first is None or facts.language not in first.languages)


def _is_outside_agg(situation: Situation) -> bool:
    """The AGG binds private parties and employers, and knows six grounds (AGG §§ 1, 2, 19)."""
    facts = situation.facts
    grounds = facts.of_stated("ground")
    is_work = "work" in facts.meant.get("life_area", frozenset())
    return bool(facts.who & AUTHORITIES and not is_work) or (bool(grounds) and grounds <= BEYOND_AGG)


def _then_go_to(situation: Situation, ordered: tuple[Candidate, ...], bodies: Iterable[Body]) -> Iterator[Notice]:
    if not situation.facts.residence_stated:
        return
    shown = {candidate.slug for candidate in ordered}
    found = (
        slug
        for body in bodies
        for exclusion in sent_away_by_area(body, situation)
        for slug in exclusion.then_go_to
        if slug in shown
    )
    for slug in dict.fromkeys(found):
        yield Notice("then_go_to", slug)


def sent_away_by_area(body: Body, situation: Situation) -> tuple[Exclusion, ...]:
    """Hard exclusions whose area hits, while the body would be responsible where the person lives."""
    hard = tuple(
        exclusion
        for exclusion in body.exclusions
        if exclusion.strength == HARD and excluded_by_area(exclusion) and hits(exclusion, situation, body.rows)
    )
    return hard if hard and _would_fit(body, situation.as_if_at_residence()) else ()


def _would_fit(body: Body, situation: Situation) -> bool:
    matches = (match(row, situation) for row in body.rows)
    return any(found is not None and found.fits for found in matches)


def _closes_gap(candidate: Candidate, situation: Situation) -> bool:
    """A body of the candidate's kind is what the person needs: near, specific and of the right role."""
    return _has_needed_role(candidate.body, situation) and any(
        not row.secondary
        and _is_local(row.areas, situation)
        and (found := match(row, situation)) is not None
        and found.fits
        and ("ground" in found.confirmed or not situation.facts.of_stated("ground"))
        for row in candidate.body.rows
    )


def _is_local(areas: tuple[str, ...], situation: Situation) -> bool:
    return any(situation.tree.smaller_rank(area) > 0 for area in areas)


def _has_needed_role(body: Body, situation: Situation) -> bool:
    wishes = situation.facts.of_stated("wish")
    if wishes & _any_role_will_do:
        return True
    if "report" in wishes and body.role == "reporting_office":
        return True
    if wishes == {"report"}:
        return False
    return body.role in _counselling or _is_own_complaint_body(body, situation)


def _is_own_complaint_body(body: Body, situation: Situation) -> bool:
    is_own = body.role == COMPLAINT_BODY and body.belongs_to == CITY
    return is_own and bool(situation.within((body.belongs_to_area,), (situation.place,)))
