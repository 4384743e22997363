"""Dates that come again: written as a rule, read back in words, followed by the clock on the wall."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from directory import recurrence
from directory.recurrence import ZONE, Repeats

TUESDAY = date(2026, 11, 10)  # the second of its month
EVENING = datetime(2026, 11, 10, 18, tzinfo=ZONE)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
CHOICES = st.sampled_from([Repeats.WEEKLY, Repeats.FORTNIGHTLY, Repeats.MONTHLY])


def shown(text: str, at: datetime = EVENING, starts: datetime = EVENING, many: int = 3) -> list[str]:
    return [f"{day:%d.%m. %H:%M}" for day in recurrence.upcoming(starts, None, text, at, many)]


@pytest.mark.parametrize(
    ("repeats", "rule", "days"),
    [
        (Repeats.NEVER, "", ["10.11. 18:00"]),
        (Repeats.WEEKLY, "FREQ=WEEKLY;BYDAY=TU", ["10.11. 18:00", "17.11. 18:00", "24.11. 18:00"]),
        (Repeats.FORTNIGHTLY, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", ["10.11. 18:00", "24.11. 18:00", "08.12. 18:00"]),
        (Repeats.MONTHLY, "FREQ=MONTHLY;BYDAY=2TU", ["10.11. 18:00", "08.12. 18:00", "12.01. 18:00"]),
    ],
)
def test_a_choice_becomes_a_rule_and_the_rule_days(repeats: str, rule: str, days: list[str]) -> None:
    assert recurrence.written(repeats, TUESDAY) == rule
    assert shown(rule) == days


def test_a_fifth_weekday_is_the_last() -> None:
    assert recurrence.written(Repeats.MONTHLY, date(2026, 6, 29)) == "FREQ=MONTHLY;BYDAY=-1MO"


def test_the_last_day_belongs_to_it() -> None:
    rule = recurrence.written(Repeats.WEEKLY, TUESDAY, date(2026, 11, 24))
    assert rule.endswith(";UNTIL=20261124T225959Z")  # in Germany's winter
    assert shown(rule, many=9) == ["10.11. 18:00", "17.11. 18:00", "24.11. 18:00"]


def test_the_clock_on_the_wall_counts_when_summer_comes() -> None:
    starts = datetime(2026, 3, 24, 18, tzinfo=ZONE)
    first, second = recurrence.upcoming(starts, None, "FREQ=WEEKLY;BYDAY=TU", starts, 2)
    assert (first.hour, second.hour) == (18, 18)
    assert first.utcoffset() != second.utcoffset()


def test_what_has_begun_is_still_shown_and_what_is_over_is_not() -> None:
    ends = EVENING + timedelta(hours=2)
    meanwhile, after = EVENING + timedelta(hours=1), EVENING + timedelta(hours=3)
    assert recurrence.upcoming(EVENING, ends, "", meanwhile) == (EVENING,)
    assert recurrence.upcoming(EVENING, ends, "", after) == ()
    assert shown("FREQ=WEEKLY;BYDAY=TU", at=after, many=1) == ["17.11. 18:00"]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("", ""),
        ("FREQ=DAILY", "every day"),
        ("FREQ=WEEKLY;BYDAY=TU,TH", "every week: Tuesday, Thursday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "every 2 weeks: Tuesday"),
        ("FREQ=MONTHLY;BYDAY=2TU", "every month: second Tuesday"),
        ("FREQ=MONTHLY;BYDAY=-1MO", "every month: last Monday"),
        ("FREQ=MONTHLY;BYMONTHDAY=3", "every month: day 3 of the month"),
        ("FREQ=YEARLY", "every year"),
        ("FREQ=WEEKLY;COUNT=4", "every week, 4 times"),
        ("RRULE:FREQ=WEEKLY;UNTIL=20261231", "every week, until Dec. 31, 2026"),
        ("nonsense", ""),
    ],
)
def test_rules_are_read_back_in_words(rule: str, said: str) -> None:
    with override("en"):
        assert recurrence.words(rule) == said


@pytest.mark.parametrize(
    "rule",
    [
        "nonsense",
        "FREQ=SECONDLY",  # a row for each second
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",  # would be looked for until the year 9999
        "FREQ=YEARLY;BYYEARDAY=366",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=5MO",
        "FREQ=WEEKLY;BYDAY=2MO",
        "FREQ=DAILY;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=2TU;BYMONTHDAY=3",
        "FREQ=WEEKLY;COUNT=4;UNTIL=20261231",
        "FREQ=WEEKLY;COUNT=100000",
        "FREQ=WEEKLY;UNTIL=20261399",
        "FREQ=WEEKLY;UNTIL=99991231T235959Z",
        "FREQ=WEEKLY;FREQ=DAILY",
        "BYDAY=MO",
        "FREQ=WEEKLY;;",
        "FREQ=WEEKLY;" + "WKST=MO;" * 40,
    ],
)
def test_what_is_no_rule_is_a_single_date(rule: str) -> None:
    assert not recurrence.is_valid(rule)
    assert shown(rule) == ["10.11. 18:00"]


def test_a_rule_that_staff_have_written_stays_as_it_is() -> None:
    assert recurrence.chosen("FREQ=WEEKLY;BYDAY=TU,TH", TUESDAY) == (Repeats.AS_IT_IS, None)
    assert recurrence.chosen("nonsense", TUESDAY) == (Repeats.AS_IT_IS, None)
    assert recurrence.chosen("", TUESDAY) == (Repeats.NEVER, None)


@given(CHOICES, DAYS, st.none() | st.integers(0, 700))
def test_a_rule_tells_which_choice_it_came_from(repeats: str, first: date, lasts: int | None) -> None:
    until = first + timedelta(days=lasts) if lasts is not None else None
    rule = recurrence.written(repeats, first, until)
    assert recurrence.is_valid(rule)
    assert recurrence.chosen(rule, first) == (repeats, until)


@given(CHOICES, DAYS, st.integers(0, 2000))
def test_days_come_in_order_at_the_same_hour_on_the_same_weekday(repeats: str, first: date, later: int) -> None:
    starts = datetime(first.year, first.month, first.day, 18, 30, tzinfo=ZONE)
    at = starts + timedelta(days=later)
    days = recurrence.upcoming(starts, None, recurrence.written(repeats, first), at, 4)
    assert len(days) == 4
    assert all(day >= at for day in days)
    assert {(day.hour, day.minute, day.weekday()) for day in days} == {(18, 30, first.weekday())}
    assert all(day < next_one for day, next_one in pairwise(days))


RULES = st.lists(
    st.sampled_from(
        [
            "FREQ=DAILY",
            "FREQ=WEEKLY",
            "FREQ=MONTHLY",
            "FREQ=YEARLY",
            "INTERVAL=1",
            "INTERVAL=11",
            "BYMONTHDAY=31",
            "COUNT=3",
            "BYDAY=MO",
            "BYDAY=-1SU",
            "BYDAY=1MO,4TU",
            "UNTIL=20260101",
            "UNTIL=20301231T225959Z",
            "WKST=MO",
        ]
    ),
    max_size=5,
).map(";".join)


@given(RULES | st.text(max_size=60), DAYS)
def test_whatever_is_typed_finds_days_or_none_at_once(rule: str, first: date) -> None:
    starts = datetime(first.year, first.month, first.day, 9, tzinfo=ZONE)
    assert len(recurrence.upcoming(starts, None, rule, starts, 2)) <= 2
    recurrence.words(rule)
    recurrence.chosen(rule, first)
