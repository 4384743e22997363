"""Is a body open, and when does it open next? Opening hours are OSM text: `Mo-Fr 09:00-12:00`."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext, pgettext
from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]  # missing in its stubs
from opening_hours import State as Kind

COUNTRY = "DE"
ZONE = ZoneInfo("Europe/Berlin")
LONGEST = 300  # characters; a longer text is not opening hours
TEXTS = 10_000  # are kept as they were read: nearly every house has hours of its own
DAY = timedelta(days=1)
_CHRISTMAS = datetime(2025, 12, 25)  # noqa: DTZ001 - a holiday everywhere in Germany, and a Thursday
_PLACE = re.compile(r"--> \d+:(\d+)")  # line and column in the parser's message


@dataclass(frozen=True)
class State:
    """`is_open` None: nobody knows. `until` is the next change, None where there is none."""

    is_open: bool | None
    until: datetime | None = None
    at: datetime | None = None

    @property
    def always(self) -> bool:
        return self.is_open is True and self.until is None


@dataclass(frozen=True)
class Day:
    name: str
    hours: tuple[tuple[time, time], ...]
    is_today: bool

    @property
    def words(self) -> str:
        if not self.hours:
            return pgettext("opening hours of one day", "closed")
        return ", ".join(_span(*span) for span in self.hours)


@lru_cache(maxsize=TEXTS)
def parse(text: str, *, holidays: bool = False) -> OpeningHours | None:
    """None for whatever is no opening hours: imports and members type freely."""
    if not text.strip() or len(text) > LONGEST:
        return None
    try:
        return OpeningHours(text, country=COUNTRY if holidays else None)
    except (ParserError, ValueError):  # ValueError: a lone surrogate
        return None


def is_valid(text: str) -> bool:
    return parse(text) is not None


@lru_cache(maxsize=TEXTS)
def _with_holidays(text: str) -> OpeningHours | None:
    """Who keeps office days is closed on public holidays, even if nobody wrote it; a daily help line is not."""
    plain = parse(text)
    if plain is None or "PH" in text or _opens_daily(plain):
        return parse(text, holidays=True)
    return parse(f"{text}; PH off", holidays=True)


def _opens_daily(hours: OpeningHours) -> bool:
    monday = datetime(2024, 1, 1)  # noqa: DTZ001 - any Monday, by the clock on the wall
    return all(_spans(hours, monday + number * DAY) for number in range(7))


def _local(at: datetime) -> datetime:
    return at.astimezone(ZONE).replace(tzinfo=None)


def state(text: str, at: datetime) -> State:
    """What the body does at a moment (an aware time)."""
    hours = _with_holidays(text)
    moment = _local(at)
    if hours is None or hours.is_unknown(moment):
        return State(is_open=None, at=moment)
    return State(is_open=hours.is_open(moment), until=hours.next_change(moment), at=moment)


def words(now: State) -> str:
    """ "Open until 16:00", "Opens tomorrow at 9:00": a whole sentence part, in the active language."""
    if now.is_open is None or now.at is None:
        return gettext("Opening hours not known yet")
    if now.always:
        return gettext("Open around the clock")
    if now.until is None:
        return gettext("Closed")
    clock = {"time": time_format(now.until.time(), "TIME_FORMAT")}
    if not now.is_open:
        return _opens(now.at.date(), now.until.date(), clock)
    if now.until.date() == now.at.date() or now.until - now.at < DAY / 2:
        return gettext("Open now, until %(time)s") % clock
    return gettext("Open now")


def _opens(today: date, then: date, clock: dict[str, str]) -> str:
    days = (then - today).days
    if days == 0:
        return gettext("Closed now, opens today at %(time)s") % clock
    if days == 1:
        return gettext("Closed now, opens tomorrow at %(time)s") % clock
    if days < 7:
        return gettext("Closed now, opens %(weekday)s at %(time)s") % {
            **clock,
            "weekday": date_format(then, "l"),
        }
    return gettext("Closed now, opens on %(date)s") % {"date": date_format(then, "DATE_FORMAT")}


def week(text: str, at: datetime) -> tuple[Day, ...]:
    """The usual week from Monday on, without holidays; empty where the hours are not known."""
    today = _local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    spans = _week(text, today - today.weekday() * DAY)
    return tuple(
        Day(str(WEEKDAYS[day]), hours, is_today=day == today.weekday()) for day, hours in enumerate(spans)
    )


@lru_cache(maxsize=2048)
def _week(text: str, monday: datetime) -> tuple[tuple[tuple[time, time], ...], ...]:
    hours = parse(text)
    return tuple(_spans(hours, monday + day * DAY) for day in range(7)) if hours else ()


def _spans(hours: OpeningHours, day: datetime) -> tuple[tuple[time, time], ...]:
    """The open spans of one day; an end at midnight is 0:00."""
    found = [part for part in hours.intervals(day, day + DAY) if part[2] == Kind.OPEN]
    return tuple((begin.time(), min(end, day + DAY).time()) for begin, end, *_rest in found)


def _span(begin: time, end: time) -> str:
    if begin == end == time(0):
        return gettext("around the clock")
    return f"{time_format(begin, 'TIME_FORMAT')} – {time_format(end, 'TIME_FORMAT')}"


def holiday(text: str) -> Day | None:
    """What a day at the office would be, were it a public holiday."""
    hours = _with_holidays(text)
    return Day("", _spans(hours, _CHRISTMAS), is_today=False) if hours else None


@lru_cache(maxsize=2048)
def varies(text: str, year: int) -> bool:
    """Whether the weeks of the year differ from each other."""
    begin = datetime(year, 1, 1, tzinfo=ZONE)
    weeks = [[day.hours for day in week(text, begin + number * 7 * DAY)] for number in range(53)]
    return any(each != weeks[0] for each in weeks)


def remarks(text: str, at: datetime) -> tuple[str, ...]:
    """Words in quotation marks that belong to hours of the coming year."""
    hours = parse(text)
    if hours is None:
        return ()
    begin = _local(at)
    found = (part[3] for part in hours.intervals(begin, begin + 366 * DAY))
    return tuple(dict.fromkeys(str(words) for words in found if words))


def not_understood(text: str) -> int:
    """Where the first character stands that makes no sense."""
    try:
        OpeningHours(text)
    except ParserError as problem:
        if place := _PLACE.search(str(problem)):
            return int(place[1]) - 1
    except ValueError:  # a lone surrogate
        pass
    return 0
