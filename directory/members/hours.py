"""Opening hours as lines of days with one span each: nobody has to learn how OSM writes them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from itertools import groupby
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from directory import opening
from directory.editing.hours import read

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
BLANK_LINES = 2
MOST_LINES = 14
NOT_IN_LINES = ('"', "unknown", "+")  # words, doubts and open ends: lines cannot hold them
MIDNIGHT = time(0)


@dataclass(frozen=True)
class Line:
    """As it was typed: it may be half-filled."""

    days: tuple[int, ...] = ()
    begin: str = ""
    end: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.days or self.begin or self.end)

    @property
    def is_whole(self) -> bool:
        return bool(self.days and self.begin and self.end)

    def __str__(self) -> str:
        """An end at midnight is the end of the day."""
        return f"{_in_short(self.days)} {self.begin}-{'24:00' if self.end == '00:00' else self.end}"


def _in_short(days: Iterable[int]) -> str:
    """(0, 1, 2, 4) → "Mo-We,Fr"."""
    runs = (
        [day for _place, day in run]
        for _start, run in groupby(enumerate(sorted(set(days))), lambda pair: pair[1] - pair[0])
    )
    return ",".join(DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}" for run in runs)


def as_text(lines: Iterable[Line]) -> str:
    return ", ".join(str(line) for line in lines if not line.is_empty)


def as_lines(text: str) -> tuple[Line, ...] | None:
    """None for hours that lines cannot tell without losing something."""
    if not text.strip():
        return ()
    at = localtime()
    if not opening.is_valid(text) or any(sign in text for sign in NOT_IN_LINES) or opening.varies(text, at.year):
        return None
    days_of: dict[tuple[time, time], list[int]] = {}
    for number, day in enumerate(opening.week(text, at)):
        for span in day.hours:
            days_of.setdefault(span, []).append(number)
    lines = tuple(Line(tuple(days), f"{b:%H:%M}", f"{e:%H:%M}") for (b, e), days in days_of.items())
    return lines if len(lines) <= MOST_LINES and _mean_the_same(as_text(lines), text) else None


def _mean_the_same(one: str, other: str) -> bool:
    at = localtime()
    same_week = opening.week(one, at) == opening.week(other, at)
    return same_week and opening.holiday(one) == opening.holiday(other)


class Typed(str):
    """The text of lines that were posted, with the lines themselves to show them again as they were."""

    lines: tuple[Line, ...]

    def __new__(cls, lines: tuple[Line, ...]) -> "Typed":
        found = super().__new__(cls, as_text(lines))
        found.lines = lines
        return found

    @property
    def half_filled(self) -> bool:
        return any(not line.is_empty and not line.is_whole for line in self.lines)


class HoursLines(forms.Widget):
    """Lines where the hours fit into lines, else the text as OSM writes it."""

    template_name = "members/parts/hours.html"
    use_fieldset = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        if f"{name}-lines" not in data:
            return data.get(name)
        return Typed(tuple(_line(data, f"{name}-{number}") for number in range(MOST_LINES)))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and f"{name}-lines" not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        lines = value.lines if isinstance(value, Typed) else as_lines(str(value or ""))
        shown = None if lines is None else _shown(name, lines)
        return context | {
            "lines": shown,
            "has_more": shown is not None and len(shown) < MOST_LINES,
            "days": [(number, str(WEEKDAYS_ABBR[number]), str(WEEKDAYS[number])) for number in range(7)],
            "reading": read(str(value or ""), localtime()),
        }


def _line(data: Mapping[str, Any], name: str) -> Line:
    get_list = getattr(data, "getlist", lambda key: data.get(key, []))
    days = tuple(int(day) for day in get_list(f"{name}-days") if day in ("0", "1", "2", "3", "4", "5", "6"))
    return Line(days, _clock(data.get(f"{name}-begin")), _clock(data.get(f"{name}-end")))


def _clock(value: Any) -> str:
    """Browsers without an input for times let people type: 9, 9:00 or 09.00."""
    shown = str(value or "").strip().replace(".", ":")[:8]
    hour, _colon, minute = shown.partition(":")
    if not hour.isdecimal() or not (minute or "00")[:2].isdecimal():
        return shown
    return f"{int(hour):02}:{int((minute or '00')[:2]):02}"


def _shown(name: str, lines: tuple[Line, ...]) -> list[dict[str, Any]]:
    """As many as are filled and some empty ones; which of them stands where does not matter."""
    filled = [line for line in lines if not line.is_empty]
    blank = [Line()] * min(BLANK_LINES, MOST_LINES - len(filled))
    return [
        {"name": f"{name}-{number}", "line": line, "number": number + 1}
        for number, line in enumerate([*filled, *blank])
    ]


def problem(typed: Any) -> str:
    """What is wrong with lines that are not whole; empty where nothing is."""
    if isinstance(typed, Typed) and typed.half_filled:
        return _("Each line needs its days, and from when to when.")
    return ""
