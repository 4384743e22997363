"""Who is called next."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.collecting.missing import Row, following, is_to_be_called, next_working_day, queue
from directory.models import Organisation, PhoneCall

TODAY = date(2026, 11, 20)  # a Friday
Outcome = PhoneCall.Outcome


def call(outcome: str = Outcome.NOBODY, *, days_ago: int = 0, again_on: date | None = None) -> PhoneCall:
    at = datetime(2026, 11, 20, 12, tzinfo=UTC) - timedelta(days=days_ago)
    return PhoneCall(outcome=outcome, at=at, again_on=again_on)


def row(key: int, called: PhoneCall | None = None) -> Row:
    return Row(Organisation(pk=key, slug=f"o{key}"), (), called, None)


@pytest.mark.parametrize(
    ("called", "expected"),
    [
        (None, True),
        (call(again_on=TODAY), True),
        (call(again_on=TODAY - timedelta(days=9)), True),
        (call(again_on=TODAY + timedelta(days=1)), False),
        (call(Outcome.HEARD), False),
        (call(Outcome.NO_NUMBER, days_ago=30), False),
        (call(Outcome.HEARD, days_ago=181), True),
        (call(Outcome.GONE, days_ago=180), False),
    ],
)
def test_who_is_to_be_called(called: PhoneCall | None, expected: bool) -> None:
    assert is_to_be_called(called, TODAY) is expected


def test_whom_nobody_has_called_yet_comes_first_in_the_order_given() -> None:
    rows = [row(1, call(again_on=TODAY)), row(2), row(3, call(Outcome.HEARD)), row(4)]
    assert [each.organisation.pk for each in queue(rows, TODAY)] == [2, 4, 1]


@pytest.mark.parametrize(("now", "expected"), [(1, 2), (2, 3), (3, 1), (9, 1)])
def test_skipping_leads_to_the_next_and_from_the_last_back_to_the_first(now: int, expected: int) -> None:
    found = following([row(1), row(2), row(3)], now)
    assert found
    assert found.organisation.pk == expected


@pytest.mark.parametrize("waiting", [[], [row(1)]])
def test_where_there_is_no_other_nobody_follows(waiting: list[Row]) -> None:
    assert following(waiting, 1) is None


@pytest.mark.parametrize(("days", "expected"), [(0, 3), (1, 2), (2, 1), (3, 1)])
def test_nobody_is_called_at_the_weekend(days: int, expected: int) -> None:
    day = TODAY + timedelta(days=days)
    assert next_working_day(day) - day == timedelta(days=expected)


@given(st.dates())
def test_the_next_working_day_is_near_and_after(day: date) -> None:
    if day > date.max - timedelta(days=7):
        return
    found = next_working_day(day)
    assert day < found <= day + timedelta(days=3)
    assert found.weekday() < 5
