from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.dates import YEARS_BACK, Fault, Picked, choices

TODAY = date(2026, 3, 10)


@given(st.dates(date(2016, 1, 1), TODAY))
def test_every_day_of_ten_years_can_be_chosen(day: date) -> None:
    offered = choices(TODAY)
    assert all(number in offered[part] for part, number in Picked.of(day))
    assert Picked.of(day).on == day
    assert Picked.of(day).fault(TODAY) is None


@given(st.dates(date(2026, 3, 11), date(2026, 12, 31)))
def test_no_day_to_come_is_taken(day: date) -> None:
    assert Picked.of(day).fault(TODAY) is Fault.FUTURE


def test_the_years_end_where_nobody_counts_any_more() -> None:
    assert list(choices(TODAY)["year"]) == [2026 - back for back in range(YEARS_BACK + 1)]


@pytest.mark.parametrize(
    ("picked", "fault"),
    [
        (Picked(), None),
        (Picked(10, 3, 2026), None),
        (Picked(1), Fault.INCOMPLETE),
        (Picked(1, 2), Fault.INCOMPLETE),
        (Picked(0, 2, 2026), Fault.INCOMPLETE),
        (Picked(30, 2, 2026), Fault.IMPOSSIBLE),
        (Picked(31, 4, 2025), Fault.IMPOSSIBLE),
        (Picked(31, 12, 2026), Fault.FUTURE),
    ],
)
def test_what_is_wrong_with_a_choice(picked: Picked, fault: Fault | None) -> None:
    assert picked.fault(TODAY) is fault


def test_a_day_that_is_none_has_no_date() -> None:
    assert Picked(31, 2, 2026).on is None
    assert Picked().on is None
    assert not Picked()
    assert Picked(year=2026)
