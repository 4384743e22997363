"""A deadline in words: with its law, the day of which the rule is known, and the last safe day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from directory.text import Text, choose
from referrals.deadlines import Deadline, LastDay, last_day


@dataclass(frozen=True)
class Last:
    """The last safe day in words. It is an estimate: a period may begin on another day than the one given."""

    day: str
    since: str
    left: str
    is_over: bool


@dataclass(frozen=True)
class Term:
    period: str
    act: Text
    starts: Text
    condition: Text
    law: Text
    status: Text
    checked: str
    last: Last | None = None


def term(deadline: Deadline, happened: date | None = None, today: date | None = None) -> Term:
    counted = last_day(deadline, happened, today) if today else None
    return Term(
        period=period(deadline.period) or gettext("Deadline not known"),
        act=choose(deadline.act),
        starts=choose(deadline.starts),
        condition=choose(deadline.only_if),
        law=choose(deadline.law),
        status=choose(deadline.status),
        checked=known_of(deadline),
        last=_last(counted) if counted else None,
    )


def _last(found: LastDay) -> Last:
    return Last(
        day=date_format(found.day, "DATE_FORMAT"),
        since=date_format(found.since, "DATE_FORMAT"),
        left=_left(found.days_left),
        is_over=found.days_left < 0,
    )


def _left(days: int) -> str:
    if days < 0:
        return ""
    if days == 0:
        return gettext("that is today")
    return ngettext("%(number)d day left", "%(number)d days left", days) % {"number": days}


def known_of(deadline: Deadline) -> str:
    return gettext(", ").join(_known_of(deadline)) or gettext("state of the law not confirmed yet")


def _known_of(deadline: Deadline) -> Iterator[str]:
    if deadline.valid_from:
        yield gettext("valid from %(date)s") % {"date": date_format(deadline.valid_from, "DATE_FORMAT")}
    if deadline.check_by:
        yield gettext("to be checked by %(date)s") % {"date": date_format(deadline.check_by, "DATE_FORMAT")}


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
