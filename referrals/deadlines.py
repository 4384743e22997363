"""Deadlines of the law: which ones a situation touches, and the last safe day."""

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from referrals.competence import INCIDENT, Conditions, Situation

_period = re.compile(r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?")


@dataclass(frozen=True)
class Deadline:
    """Texts are by language. Every shown deadline names its law and the date of the rule, as far as known."""

    slug: str
    law: Mapping[str, str] = field(default_factory=dict)
    act: Mapping[str, str] = field(default_factory=dict)
    starts: Mapping[str, str] = field(default_factory=dict)
    only_if: Mapping[str, str] = field(default_factory=dict)
    status: Mapping[str, str] = field(default_factory=dict)
    period: str = ""  # ISO 8601; empty: not known
    applies: Conditions = field(default_factory=Conditions)
    unless_ground: frozenset[str] = frozenset()
    follows: str = ""
    written_required: bool | None = None
    sources: tuple[str, ...] = ()
    valid_from: date | None = None
    check_by: date | None = None


def touching(deadlines: Iterable[Deadline], situation: Situation) -> tuple[Deadline, ...]:
    if situation.facts.in_danger:
        return ()
    return tuple(deadline for deadline in deadlines if _applies(deadline, situation))


def _applies(deadline: Deadline, situation: Situation) -> bool:
    facts, applies = situation.facts, deadline.applies
    grounds = facts.of_stated("ground")
    if grounds and grounds <= deadline.unless_ground:
        return False
    if not all(facts.confirms(key, values) for key, values in applies.needs.items()):
        return False
    # The law of the place where it happened applies, wherever the person lives.
    points = situation.points(applies.basis or frozenset({INCIDENT}))
    if applies.areas and not situation.within(applies.areas, points):
        return False
    return not applies.outside_areas or not situation.within(applies.outside_areas, points)


def last_safe_day(period: str, start: date) -> date | None:
    """The day on which the period ends (BGB §§ 187, 188); never extended over a weekend or holiday."""
    found = _period.fullmatch(period)
    if not found or not any(found.groups()):
        return None
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    return _add_months(start, 12 * years + months) + timedelta(weeks=weeks, days=days)


def _add_months(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))
