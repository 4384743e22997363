"""Lines of days and times mean what the OSM text means, in both directions, or are not offered at all."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation
from django.utils.timezone import localtime
from hypothesis import given
from hypothesis import strategies as st

from directory import opening
from directory.members.hours import (
    BLANK_LINES,
    DAYS,
    MOST_LINES,
    HoursLines,
    Line,
    Typed,
    as_lines,
    as_text,
    problem,
)

CLOCKS = st.times().map(lambda each: f"{each.hour:02}:{each.minute // 5 * 5:02}")


@st.composite
def lines(draw: st.DrawFn) -> tuple[Line, ...]:
    """Whole ones that end after they begin."""
    found = []
    for _number in range(draw(st.integers(1, 4))):
        begin, end = sorted(draw(st.lists(CLOCKS, min_size=2, max_size=2, unique=True)))
        days = draw(st.sets(st.integers(0, 6), min_size=1))
        found.append(Line(tuple(sorted(days)), begin, end))
    return tuple(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mo-Fr 09:00-12:00", [Line((0, 1, 2, 3, 4), "09:00", "12:00")]),
        (
            "Mo-Fr 09:00-12:00, We 14:00-18:00",
            [Line((0, 1, 2, 3, 4), "09:00", "12:00"), Line((2,), "14:00", "18:00")],
        ),
        ("Mo-Fr 09:00-12:00; We off", [Line((0, 1, 3, 4), "09:00", "12:00")]),
        ("24/7", [Line((0, 1, 2, 3, 4, 5, 6), "00:00", "00:00")]),
        ("Mo-Fr 09:00-12:00; PH off", [Line((0, 1, 2, 3, 4), "09:00", "12:00")]),
        ("", []),
    ],
)
def test_plain_hours_fit_into_lines(text: str, expected: list[Line]) -> None:
    assert as_lines(text) == tuple(expected)


@pytest.mark.parametrize(
    "text",
    [
        "Mo[1] 10:00-12:00",
        'Mo 10:00-12:00 "nach Vereinbarung"',
        "Apr-Sep Mo 10:00-12:00",
        "Mo 10:00+",
        "Mo 10:00-12:00 unknown",
        "Mo-Fr 09:00-12:00; PH 10:00-11:00",
        "immer nach Absprache",
        "Mo 10:00-",
    ],
)
def test_what_lines_cannot_tell_stays_text(text: str) -> None:
    assert as_lines(text) is None


@given(lines())
def test_lines_read_back_mean_the_same(given_lines: tuple[Line, ...]) -> None:
    text = as_text(given_lines)
    again = as_lines(text)
    assert again is not None, text
    at = localtime()
    assert opening.week(as_text(again), at) == opening.week(text, at)


@given(lines())
def test_somebody_is_there_exactly_on_the_ticked_days(given_lines: tuple[Line, ...]) -> None:
    ticked = {day for line in given_lines for day in line.days}
    week = opening.week(as_text(given_lines), localtime())
    assert {number for number, day in enumerate(week) if day.hours} == ticked


@given(st.text(max_size=60))
def test_no_text_breaks_the_lines(text: str) -> None:
    found = as_lines(text)
    assert found is None or len(found) <= MOST_LINES


@pytest.mark.parametrize(
    ("days", "short"),
    [((0,), "Mo"), ((0, 1), "Mo-Tu"), ((0, 2, 3, 4), "Mo,We-Fr"), ((6, 5, 5), "Sa-Su"), (range(7), "Mo-Su")],
)
def test_days_in_short(days: tuple[int, ...], short: str) -> None:
    assert str(Line(tuple(days), "09:00", "12:00")) == f"{short} 09:00-12:00"


def test_an_end_at_midnight_is_the_end_of_the_day() -> None:
    text = str(Line((4,), "20:00", "00:00"))
    assert text == "Fr 20:00-24:00"
    assert opening.is_valid(text)


def posted(**values: Any) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in ({"lines": "1"} | values).items():
        data.setlist(f"opening_hours-{name.replace('__', '-')}", value if isinstance(value, list) else [value])
    return data


def value_of(data: QueryDict) -> object:
    return HoursLines().value_from_datadict(data, None, "opening_hours")


def test_posted_lines_become_the_text() -> None:
    data = posted(**{"0__days": ["0", "1"], "0__begin": "09:00", "0__end": "12:00", "3__days": ["4"]})
    data["opening_hours-3-begin"], data["opening_hours-3-end"] = "14:00", "16:00"
    assert value_of(data) == "Mo-Tu 09:00-12:00, Fr 14:00-16:00"


def test_empty_lines_are_no_hours() -> None:
    assert value_of(posted(**{"0__begin": "", "0__end": ""})) == ""


@pytest.mark.parametrize("clock", ["9", "9:00", "09.00", "09:00:00", " 9:00 "])
def test_times_typed_by_hand(clock: str) -> None:
    data = posted(**{"0__days": "0", "0__begin": clock, "0__end": "12"})
    assert value_of(data) == "Mo 09:00-12:00"


@pytest.mark.parametrize("day", ["7", "-1", "x", "", "٣", "00"])
def test_days_that_are_none_are_left_out(day: str) -> None:
    data = posted(**{"0__days": [day, "2"], "0__begin": "09:00", "0__end": "12:00"})
    assert value_of(data) == "We 09:00-12:00"


@pytest.mark.parametrize(
    "line", [{"0__days": "0"}, {"0__begin": "09:00", "0__end": "12:00"}, {"0__days": "0", "0__end": "12:00"}]
)
def test_a_line_that_is_not_whole_is_told(line: dict[str, str]) -> None:
    with translation.override("en"):
        assert problem(value_of(posted(**line))) == "Each line needs its days, and from when to when."


def test_whole_lines_and_plain_text_are_no_problem() -> None:
    assert problem(value_of(posted(**{"0__days": "0", "0__begin": "09:00", "0__end": "12:00"}))) == ""
    assert problem("Mo 10:00-") == ""


def test_text_is_taken_as_it_is_where_the_page_had_no_lines() -> None:
    data = QueryDict("opening_hours=Mo[1] 10:00-12:00")
    assert value_of(data) == "Mo[1] 10:00-12:00"


def rendered(value: object) -> str:
    with translation.override("en"):
        return str(HoursLines().render("opening_hours", value, {}))


def test_hours_are_read_back_in_words_beside_the_lines() -> None:
    html = rendered("Mo-Fr 09:00-12:00")
    assert "Monday to Friday" in html
    assert html.count("<legend") == 1 + BLANK_LINES
    assert html.count(" checked") == 5


def test_more_lines_can_be_had_until_there_are_as_many_as_may_be() -> None:
    few = Typed((Line((0,), "09:00", "12:00"),))
    many = Typed(tuple(Line((0,), f"{hour:02}:00", f"{hour:02}:30") for hour in range(MOST_LINES)))
    assert [rendered(value).count('value="more"') for value in (few, many, "Mo[1] 10:00-12:00")] == [1, 0, 0]


def test_hours_that_fit_no_lines_stand_in_one_field() -> None:
    html = rendered("Mo[1] 10:00-12:00")
    assert 'value="Mo[1] 10:00-12:00"' in html
    assert "<fieldset" not in html


def test_half_filled_lines_come_back_as_they_were_typed() -> None:
    typed = Typed((Line(), Line((2,), "09:00", "")))
    html = rendered(typed)
    assert 'value="2" checked' in html
    assert 'value="09:00"' in html


def test_every_day_has_its_whole_name_for_those_who_listen() -> None:
    html = rendered("")
    for name in ("Monday", "Sunday"):
        assert f'<span class="hidden">{name}</span>' in html


def test_the_days_are_those_of_osm() -> None:
    monday = localtime() - timedelta(days=localtime().weekday())
    for number, short in enumerate(DAYS):
        week = opening.week(f"{short} 09:00-12:00", monday)
        assert [place for place, day in enumerate(week) if day.hours] == [number]
