"""When an organisation is asked, reminded and given up."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.models import Listing, Organisation, Upkeep
from directory.upkeep.due import PATIENCE, TO_WRITE, Step, due_on, is_silent, step_of

TODAY = date(2026, 11, 22)
LONG_AGO = date(2026, 1, 10)


def day(days_ago: int | None) -> date | None:
    return None if days_ago is None else TODAY - timedelta(days=days_ago)


def step(
    asked: int | None = None, reminded: int | None = None, answered: int | None = None, **fields: int
) -> Step:
    upkeep = Upkeep(asked_on=day(asked), reminded_on=day(reminded), answered_on=day(answered), **fields)
    return step_of(upkeep, LONG_AGO, TODAY)


def test_the_first_time() -> None:
    assert step_of(Upkeep(), None, TODAY) is Step.ASK


@pytest.mark.parametrize(
    ("confirmed", "months", "expected"),
    [
        (date(2026, 5, 22), 6, Step.ASK),  # on the day
        (date(2026, 5, 23), 6, Step.FRESH),
        (date(2025, 11, 23), 12, Step.FRESH),
        (date(2025, 11, 22), 12, Step.ASK),
        (date(2026, 10, 22), 1, Step.ASK),
        (date(2020, 1, 1), 0, Step.NOT_ASKED),
    ],
)
def test_each_has_a_schedule_of_its_own(confirmed: date, months: int, expected: Step) -> None:
    assert step_of(Upkeep(every_months=months), confirmed, TODAY) is expected


def test_a_month_ends_where_the_calendar_says() -> None:
    assert due_on(Upkeep(every_months=6), date(2026, 8, 31)) == date(2027, 2, 28)
    assert due_on(Upkeep(every_months=6), None) is None


@pytest.mark.parametrize(
    ("asked", "reminded", "expected"),
    [
        (0, None, Step.ASKED),
        (20, None, Step.ASKED),
        (21, None, Step.REMIND),
        (60, None, Step.REMIND),
        (21, 0, Step.REMINDED),
        (41, 20, Step.REMINDED),
        (42, 21, Step.SILENT),
        (200, 179, Step.SILENT),  # staff decide, nobody is written to for ever
    ],
)
def test_three_weeks_each(asked: int, reminded: int | None, expected: Step) -> None:
    assert step(asked, reminded) is expected


def test_the_reminder_of_another_year_does_not_count() -> None:
    assert step(asked=21, reminded=300) is Step.REMIND


def test_who_has_answered_is_left_alone_while_reviewers_read() -> None:
    assert step(asked=30, answered=1) is Step.ANSWERED
    assert step(asked=30, answered=21) is Step.ASK  # and still nothing is confirmed
    assert step(asked=10, answered=200) is Step.ASKED  # that was the last time


def test_whoever_was_confirmed_after_the_mail_is_asked_anew_next_time() -> None:
    upkeep = Upkeep(asked_on=date(2026, 1, 1), reminded_on=date(2026, 1, 22))
    assert step_of(upkeep, date(2026, 2, 1), TODAY) is Step.ASK


DAYS = st.none() | st.dates(date(2025, 1, 1), TODAY)


@given(DAYS, DAYS, DAYS, DAYS, st.integers(0, 24))
def test_writing_changes_the_step_so_that_nobody_is_written_to_twice(
    confirmed: date | None, asked: date | None, reminded: date | None, answered: date | None, months: int
) -> None:
    upkeep = Upkeep(asked_on=asked, reminded_on=reminded, answered_on=answered, every_months=months)
    found = step_of(upkeep, confirmed, TODAY)
    if found is Step.ASK:
        upkeep.asked_on = TODAY
    if found is Step.REMIND:
        upkeep.reminded_on = TODAY
    if confirmed != TODAY:
        assert step_of(upkeep, confirmed, TODAY) not in TO_WRITE


@given(DAYS, st.integers(1, 24))
def test_within_its_schedule_and_twice_the_patience_somebody_has_to_decide(
    confirmed: date | None, months: int
) -> None:
    """Played through day by day with nobody answering: one mail, one reminder, then silence."""
    upkeep, seen = Upkeep(every_months=months), []
    start = due_on(upkeep, confirmed) or TODAY
    for number in range(50):
        now = start + timedelta(days=number)
        found = step_of(upkeep, confirmed, now)
        if found is Step.ASK:
            upkeep.asked_on = now
        if found is Step.REMIND:
            upkeep.reminded_on = now
        seen.append(found)
    assert (seen.count(Step.ASK), seen.count(Step.REMIND)) == (1, 1)
    assert seen.index(Step.SILENT) == 2 * PATIENCE.days


def test_a_card_is_silent_only_where_its_own_entry_is() -> None:
    house = Organisation(slug="house")
    listing = Listing(organisation=house, last_confirmed_on=LONG_AGO)
    assert not is_silent(listing, TODAY)  # nobody has asked yet
    house.upkeep = Upkeep(asked_on=day(60), reminded_on=day(39))
    assert is_silent(listing, TODAY)
    listing.last_confirmed_on = day(10)  # by telephone, meanwhile
    assert not is_silent(listing, TODAY)
