"""Is a line open then? Read from what was answered, never from the clock."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from directory.opening import parse

# A week without a public holiday anywhere in Germany: an answer names no date, so no holiday may decide.
_monday = date(2026, 11, 9)
_every_day = tuple(range(7))
_working_days = tuple(range(5))
_weekend = (5, 6)

_hours_of = {
    "day": ("08:00", "11:00", "14:00", "17:30"),
    "evening": ("18:00", "20:00", "21:30"),
    "night": ("22:00", "00:30", "03:00", "05:30"),
    "weekend": ("00:30", "04:00", "08:00", "12:00", "16:00", "20:00", "23:30"),
}


def is_night(open_at: str | None) -> bool:
    return open_at is not None and not "06:00" <= open_at < "22:00"


@lru_cache(maxsize=4096)
def open_then(hours: str, when: str, open_at: str | None = None) -> bool:
    """A weekend is long: open at some time of it is enough. Of any other time, open on every day and all of it."""
    schedule = parse(hours, holidays=True)
    clock = (open_at,) if open_at else _hours_of.get(when, ())
    if schedule is None or not clock:
        return False
    days = _weekend if when == "weekend" else _working_days if when in ("day", "evening") else _every_day
    found = [schedule.is_open(_moment(day, hour)) for day in days for hour in clock]
    return any(found) if when == "weekend" else all(found)


@lru_cache(maxsize=4096)
def around_the_clock(hours: str) -> bool:
    schedule = parse(hours, holidays=True)
    start = _moment(0, "00:00")
    return schedule is not None and schedule.is_open(start) and schedule.next_change(start) is None


def _moment(day: int, hour: str) -> datetime:
    # Naive on purpose: opening hours are local time.
    return datetime.combine(_monday + timedelta(days=day), time.fromisoformat(hour))
