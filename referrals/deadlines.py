"""Deadlines of the law: which ones a situation touches, and the last safe day."""

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from referrals.competence import Conditions, Situation, holds

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
    grounds = situation.facts.of_stated("ground")
    return not (grounds and grounds <= deadline.unless_ground) and holds(deadline.applies, situation)


@dataclass(frozen=True)
class LastDay:
    """Counted as if the period had begun on `since`, the one day that is known."""

    day: date
    since: date
    today: date

    @property
    def days_left(self) -> int:
        return (self.day - self.today).days


def last_day(deadline: Deadline, happened: date | None, today: date) -> LastDay | None:
    """None where nothing can be counted: what follows another step begins only when that is done."""
    if happened is None or happened > today or deadline.follows:
        return None
    day = last_safe_day(deadline.period, happened)
    return LastDay(day, happened, today) if day else None


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
