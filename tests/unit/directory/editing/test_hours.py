"""Opening hours are read back as the machine understands them, which is not always what somebody meant."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from directory import opening
from directory.editing.hours import HoursInput, read

NOW = datetime(2026, 11, 18, 10, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def words(text: str) -> list[str]:
    found = read(text, NOW)
    assert found.problem == ""
    return list(found.words)


class TestUnderstood:
    def test_days_of_the_same_hours_stand_together(self) -> None:
        assert words("Mo-Fr 09:00-12:00") == [
            "Monday to Friday: 9 a.m. – noon",
            "Saturday and Sunday: closed",
            "On public holidays: closed",
        ]

    def test_after_a_semicolon_a_day_is_told_anew(self) -> None:
        assert "Wednesday: 2 p.m. – 6 p.m." in words("Mo-Fr 09:00-12:00; We 14:00-18:00")

    def test_after_a_comma_more_is_added_to_the_day(self) -> None:
        assert "Wednesday: 9 a.m. – noon, 2 p.m. – 6 p.m." in words("Mo-Fr 09:00-12:00, We 14:00-18:00")

    def test_around_the_clock(self) -> None:
        assert words("24/7") == ["Every day: around the clock", "On public holidays: around the clock"]

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("Mo-Fr 09:00-12:00", "closed"),
            ("Mo-Fr 09:00-12:00; PH off", "closed"),
            ("Mo-Su 08:00-20:00; PH 10:00-12:00", "10 a.m. – noon"),
            ("Mo-Su 08:00-20:00", "8 a.m. – 8 p.m."),
        ],
    )
    def test_public_holidays(self, text: str, told: str) -> None:
        assert words(text)[-1] == f"On public holidays: {told}"

    @pytest.mark.parametrize("text", ["Th[1] 10:00-12:00", "Apr-Sep Mo 10:00-12:00", "week 1-53/2 Mo 10:00-12:00"])
    def test_hours_that_depend_on_the_date(self, text: str) -> None:
        assert "not the same in every week" in words(text)[0]

    def test_hours_that_do_not(self) -> None:
        assert not any("not the same" in line for line in words("Mo 10:00-12:00; We,Fr 09:00-10:00"))

    def test_a_remark(self) -> None:
        assert words('Mo 10:00-12:00 "nur mit Termin"')[-1] == "With the remark “nur mit Termin”"

    def test_nothing(self) -> None:
        assert words("  ") == []


class TestNotUnderstood:
    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("Mo-Fr 9-25", "character 7 on: “9-25”"),
            ("Mo-Fr 09:00-12:00; Xx 14:00", "character 20 on: “Xx 14:00”"),
            ("nach Vereinbarung", "character 1 on: “nach Vereinbarung”"),
            ("Mo-Fr 09:00-", "missing at the end"),
            ("Mo " + "x" * 297, "“" + "x" * 40 + "”"),
            ("Mo 10:00-12:00; " * 30, "too long"),
        ],
    )
    def test_where(self, text: str, told: str) -> None:
        found = read(text, NOW)
        assert told in found.problem
        assert found.words == ()

    @given(text=st.text(max_size=40) | st.from_regex(r"(Mo|Tu-Fr|PH) [0-9:-]{0,11}", fullmatch=True))
    def test_either_words_or_a_problem_and_never_an_error(self, text: str) -> None:
        found = read(text, NOW)
        blank = not text.strip()
        assert bool(found.words) == (not blank and opening.is_valid(" ".join(text.split())))
        assert bool(found.problem) == (not blank and not found.words)


class TestInput:
    def html(self, value: str) -> str:
        return HoursInput({"maxlength": "300"}).render("hours", value, {"id": "id_hours"})

    def test_the_reading_stands_below(self) -> None:
        html = self.html("Mo 10:00-12:00")
        assert 'maxlength="300"' in html
        assert "<span>Monday: 10 a.m. – noon</span>" in html
        assert '<output class="hours-read" aria-live="polite" for="id_hours">' in html
        assert 'class="hours-read__problem" hidden' in html

    def test_a_problem_too(self) -> None:
        html = self.html("montags")
        assert 'class="hours-read__words" hidden' in html
        assert "“ntags”" in html

    def test_what_somebody_typed_is_text(self) -> None:
        assert "<script>" not in self.html("<script>") + self.html('Mo 10:00-12:00 "<script>"')
