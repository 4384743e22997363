from collections.abc import Iterator
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from directory import opening

OFFICE = "Mo,Fr 09:00-13:00; Tu-Th 10:00-15:00"
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def on_the_wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def words(hours: str, moment: str) -> str:
    return opening.words(opening.state(hours, at(moment)))


class TestState:
    def test_open_within_the_hours(self) -> None:
        now = opening.state(OFFICE, at("2026-11-23T09:30"))
        assert now.is_open is True
        assert now.until == on_the_wall("2026-11-23T13:00")

    def test_closed_outside_names_the_next_opening(self) -> None:
        now = opening.state(OFFICE, at("2026-11-23T13:00"))
        assert now.is_open is False
        assert now.until == on_the_wall("2026-11-24T10:00")

    def test_the_clock_is_the_one_on_the_wall(self) -> None:
        """8:30 in London's winter is 9:30 here."""
        assert opening.state(OFFICE, datetime(2026, 11, 23, 8, 30, tzinfo=UTC)).is_open is True

    def test_around_the_clock_has_no_end(self) -> None:
        assert opening.state("24/7", at("2026-12-25T03:00")).always

    @pytest.mark.parametrize(
        "hours", ["", "   ", "nach Vereinbarung", '"', "\0", "\ud800", "Mo 25:00-26:00", "x" * 5000]
    )
    def test_nonsense_is_unknown_and_never_an_error(self, hours: str) -> None:
        assert opening.state(hours, at("2026-11-23T09:30")).is_open is None
        assert opening.week(hours, at("2026-11-23T09:30")) == ()
        assert not opening.is_valid(hours)


class TestHolidays:
    def test_an_office_is_closed_on_a_public_holiday(self) -> None:
        assert opening.state("Mo-Fr 09:00-13:00", at("2026-12-25T10:00")).is_open is False

    def test_a_daily_help_line_is_open_on_a_public_holiday(self) -> None:
        assert opening.state("Mo-Su 07:00-22:00", at("2026-12-25T10:00")).is_open is True

    def test_what_the_hours_say_about_holidays_stands(self) -> None:
        assert opening.state("Mo-Fr 09:00-13:00; PH 09:00-11:00", at("2026-12-25T10:00")).is_open is True

    def test_the_usual_week_is_named_in_each_language_and_knows_its_day(self) -> None:
        for moment, today in (("2026-11-23T09:30", 0), ("2026-11-25T09:30", 2), ("2026-12-06T23:30", 6)):
            for language, names in (("en", ("Monday", "Sunday")), ("de", ("Montag", "Sonntag"))):
                with translation.override(language):
                    days = opening.week("Mo-Fr 09:00-13:00", at(moment))
                assert (days[0].name, days[6].name) == names
                assert [number for number, day in enumerate(days) if day.is_today] == [today]

    def test_the_usual_week_shows_no_holiday(self) -> None:
        friday = opening.week("Mo-Fr 09:00-13:00", at("2026-12-25T10:00"))[4]
        assert friday.words == "9 a.m. – 1 p.m."


class TestWords:
    @pytest.mark.parametrize(
        ("hours", "moment", "expected"),
        [
            (OFFICE, "2026-11-23T09:30", "Open now, until 1 p.m."),
            (OFFICE, "2026-11-23T08:00", "Closed now, opens today at 9 a.m."),
            (OFFICE, "2026-11-23T14:00", "Closed now, opens tomorrow at 10 a.m."),
            (OFFICE, "2026-11-20T14:00", "Closed now, opens Monday at 9 a.m."),
            ("2099 Jan 1 09:00-10:00", "2026-11-20T14:00", "Closed now, opens on Jan. 1, 2099"),
            ("Mo-Fr 22:00-02:00", "2026-11-23T23:00", "Open now, until 2 a.m."),
            ("2020-2030", "2026-11-23T23:00", "Open now"),
            ("off", "2026-11-23T23:00", "Closed"),
            ("24/7", "2026-11-23T23:00", "Open around the clock"),
            ("", "2026-11-23T23:00", "Opening hours not known yet"),
        ],
    )
    def test_state_in_words(self, hours: str, moment: str, expected: str) -> None:
        assert words(hours, moment) == expected

    def test_times_follow_the_reader(self) -> None:
        with translation.override("de"):
            assert "13:00" in words(OFFICE, "2026-11-23T09:30")


class TestWeek:
    def test_it_begins_on_monday_and_marks_today(self) -> None:
        days = opening.week(OFFICE, at("2026-11-25T12:00"))
        assert [day.name for day in days][:2] == ["Monday", "Tuesday"]
        assert [day.is_today for day in days].index(True) == 2

    def test_closed_days_say_so(self) -> None:
        assert opening.week(OFFICE, at("2026-11-25T12:00"))[6].words == "closed"

    def test_breaks_are_shown(self) -> None:
        monday = opening.week("Mo 09:00-12:00,13:00-16:00", at("2026-11-25T12:00"))[0]
        assert monday.hours == ((time(9), time(12)), (time(13), time(16)))

    def test_around_the_clock(self) -> None:
        assert opening.week("24/7", at("2026-11-25T12:00"))[0].words == "around the clock"


@given(st.text(max_size=60), st.datetimes(on_the_wall("2000-01-01"), on_the_wall("2060-01-01")))
def test_no_text_breaks_a_page(hours: str, moment: datetime) -> None:
    aware = moment.replace(tzinfo=BERLIN)
    assert opening.words(opening.state(hours, aware))
    opening.week(hours, aware)
