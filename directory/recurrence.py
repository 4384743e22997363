"""Dates that come again: plain choices, kept as an RRULE (RFC 5545, 3.3.10) and read back in words.

Only rules that say which days are understood, and none that could be searched for ever without finding a day.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil import rrule
from django.db.models import TextChoices
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

ZONE = ZoneInfo("Europe/Berlin")
LONGEST = 200  # characters
MOST = 5000  # times that a rule is followed from its first day on
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PARTS = {
    "FREQ": re.compile(r"DAILY|WEEKLY|MONTHLY|YEARLY"),
    "INTERVAL": re.compile(r"[1-9]|1[01]"),  # every 12th 31st, from February on, never comes
    "BYDAY": re.compile(r"(?:[1-4]|-1)?(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:[1-4]|-1)?(?:MO|TU|WE|TH|FR|SA|SU)){0,6}"),
    "BYMONTHDAY": re.compile(r"[1-9]|[12]\d|3[01]"),
    "COUNT": re.compile(r"[1-9]\d{0,2}"),
    "UNTIL": re.compile(r"\d{8}(?:T\d{6}Z?)?"),
    "WKST": re.compile(r"MO"),
}


class Repeats(TextChoices):
    NEVER = "never", _("only once")
    WEEKLY = "weekly", _("every week")
    FORTNIGHTLY = "fortnightly", _("every two weeks")
    MONTHLY = "monthly", _("every month, on the same weekday (like the second Tuesday)")
    AS_IT_IS = "as_it_is", _("as it is now")  # a rule that these choices cannot say


@dataclass(frozen=True)
class Rule:
    freq: str
    interval: int = 1
    days: tuple[tuple[int, int], ...] = ()  # (which of the month, weekday from Monday on); 0: each
    day_of_month: int = 0
    count: int = 0
    until: datetime | None = None  # by the clock on the wall


def written(repeats: str, first: date, until: date | None = None) -> str:
    """The rule for a choice; the first day says which weekday is meant."""
    day = _DAYS[first.weekday()]
    rules = {
        Repeats.WEEKLY: f"FREQ=WEEKLY;BYDAY={day}",
        Repeats.FORTNIGHTLY: f"FREQ=WEEKLY;INTERVAL=2;BYDAY={day}",
        Repeats.MONTHLY: f"FREQ=MONTHLY;BYDAY={_which(first)}{day}",
    }
    found = rules.get(Repeats(repeats), "")
    if found and until:
        end = datetime.combine(until, time(23, 59, 59), ZONE).astimezone(UTC)
        found += f";UNTIL={end:%Y%m%dT%H%M%SZ}"
    return found


def _which(day: date) -> int:
    """A fifth Tuesday is the last one: not every month has five."""
    number = (day.day - 1) // 7 + 1
    return number if number < 5 else -1


def chosen(text: str, first: date) -> tuple[str, date | None]:
    """The choice that would write this rule, and its last day."""
    found = parse(text)
    if not text:
        return Repeats.NEVER, None
    until = found.until.date() if found and found.until else None
    for repeats in (Repeats.WEEKLY, Repeats.FORTNIGHTLY, Repeats.MONTHLY):
        if found and parse(written(repeats, first, until)) == found:
            return repeats, until
    return Repeats.AS_IT_IS, None


@lru_cache(maxsize=2048)
def parse(text: str) -> Rule | None:
    """None for what is no rule, and for rules that nobody needs here: each second, on the 366th day of a year."""
    pairs = [part.partition("=")[::2] for part in text.removeprefix("RRULE:").split(";")]
    parts = dict(pairs)
    known = all(name in _PARTS and _PARTS[name].fullmatch(value) for name, value in pairs)
    if len(text) > LONGEST or len(parts) < len(pairs) or not known or "FREQ" not in parts:
        return None
    days = tuple(_weekday(day) for day in parts.get("BYDAY", "").split(",") if day)
    if not _makes_sense(parts, days):
        return None
    try:
        until = _until(parts["UNTIL"]) if "UNTIL" in parts else None
    except (ValueError, OverflowError):
        return None
    return Rule(
        freq=parts["FREQ"],
        interval=int(parts.get("INTERVAL", 1)),
        days=days,
        day_of_month=int(parts.get("BYMONTHDAY", 0)),
        count=int(parts.get("COUNT", 0)),
        until=until,
    )


def _makes_sense(parts: dict[str, str], days: tuple[tuple[int, int], ...]) -> bool:
    freq = parts["FREQ"]
    by_day_only = "BYDAY" not in parts or freq in ("WEEKLY", "MONTHLY")
    by_number_only = freq == "MONTHLY" or not any(which for which, _day in days)
    by_month_day = "BYMONTHDAY" not in parts or (freq == "MONTHLY" and not days)
    return by_day_only and by_number_only and by_month_day and not {"COUNT", "UNTIL"} <= parts.keys()


def _weekday(text: str) -> tuple[int, int]:
    return int(text[:-2] or 0), _DAYS.index(text[-2:])


def _until(text: str) -> datetime:
    if "T" not in text:
        return datetime.combine(datetime.strptime(text, "%Y%m%d").replace(tzinfo=ZONE), time.max)
    found = datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - the zone follows
    return found.replace(tzinfo=UTC).astimezone(ZONE).replace(tzinfo=None) if text.endswith("Z") else found


def is_valid(text: str) -> bool:
    return not text or parse(text) is not None


def upcoming(
    starts: datetime, ends: datetime | None, text: str, at: datetime, many: int = 3
) -> tuple[datetime, ...]:
    """The next beginnings that are not over yet. By the clock on the wall: 18:00 stays 18:00 in summer."""
    lasts = ends - starts if ends else timedelta()
    coming = (begin for begin in _beginnings(starts, text) if begin + lasts >= at)
    return tuple(islice(coming, many))


def _beginnings(starts: datetime, text: str) -> Iterator[datetime]:
    rule = parse(text) if text else None
    if rule is None:
        yield starts.astimezone(ZONE)
        return
    for moment in islice(_following(rule, starts.astimezone(ZONE).replace(tzinfo=None)), MOST):
        yield moment.replace(tzinfo=ZONE)


def _following(rule: Rule, first: datetime) -> rrule.rrule:
    weekdays = [rrule.weekday(day, which) if which else rrule.weekday(day) for which, day in rule.days]
    return rrule.rrule(
        getattr(rrule, rule.freq),
        dtstart=first,
        interval=rule.interval,
        byweekday=weekdays or None,
        bymonthday=rule.day_of_month or None,
        count=rule.count or None,
        until=rule.until,
    )


def words(text: str) -> str:
    """ "every week: Tuesday, until 31 December 2026"; empty for what happens once or is not understood."""
    rule = parse(text) if text else None
    if rule is None:
        return ""
    said = _how_often(rule)
    if days := _on(rule):
        said = gettext("%(how_often)s: %(days)s") % {"how_often": said, "days": days}
    if rule.until:
        said = gettext("%(said)s, until %(date)s") % {
            "said": said, "date": date_format(rule.until.date(), "DATE_FORMAT"),
        }  # fmt: skip
    if rule.count:
        times = ngettext("%(count)d time", "%(count)d times", rule.count) % {"count": rule.count}
        said = gettext("%(first)s, %(second)s") % {"first": said, "second": times}
    return said


def _how_often(rule: Rule) -> str:
    number = {"number": rule.interval}
    match rule.freq:
        case "DAILY":
            return ngettext("every day", "every %(number)d days", rule.interval) % number
        case "WEEKLY":
            return ngettext("every week", "every %(number)d weeks", rule.interval) % number
        case "MONTHLY":
            return ngettext("every month", "every %(number)d months", rule.interval) % number
    return ngettext("every year", "every %(number)d years", rule.interval) % number


def _on(rule: Rule) -> str:
    if rule.day_of_month:
        return gettext("day %(number)d of the month") % {"number": rule.day_of_month}
    return ", ".join(_day(which, str(WEEKDAYS[day])) for which, day in rule.days)


def _day(which: int, name: str) -> str:
    patterns = {
        1: gettext("first %(weekday)s"),
        2: gettext("second %(weekday)s"),
        3: gettext("third %(weekday)s"),
        4: gettext("fourth %(weekday)s"),
        -1: gettext("last %(weekday)s"),
    }
    return patterns.get(which, "%(weekday)s") % {"weekday": name}
