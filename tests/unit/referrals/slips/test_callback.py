import time

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from directory.by_hand import opened
from referrals.codes import code
from referrals.slips import callback
from referrals.slips.callback import ANY_TIME, TIMES, CallbackForm, Request
from referrals.slips.letter import letter

ASKED = Request("Kim", "0211 4567890", "", "evening", "ar")


@pytest.fixture(autouse=True)
def languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(callback, "offered", lambda: {"de": "German", "ar": "Arabic"})


def form(**typed: str) -> CallbackForm:
    given = {"number": "0211 4567890", "agreed": "on", "since": opened(time.time() - 60)} | typed
    return CallbackForm(given)


class TestForm:
    @pytest.mark.parametrize("number", ["0211 4567890", "+49 211 4567890", "(0211) 456-7890", "+380 44 123 4567"])
    def test_numbers_that_can_be_called(self, number: str) -> None:
        assert form(number=number).errors == {}

    @pytest.mark.parametrize("number", ["1", "0211", "abc", "+999 1234", "4567890123456789"])
    def test_numbers_that_cannot(self, number: str) -> None:
        assert list(form(number=number).errors) == ["number"]

    def test_without_choices_any_time_and_no_language(self) -> None:
        filled = form()
        assert filled.is_valid()
        assert (filled.request().when, filled.request().speaks) == (ANY_TIME, "")

    @pytest.mark.parametrize("when", TIMES)
    def test_a_time_is_posted_as_a_code(self, when: str) -> None:
        filled = form(when=code("time", when), language=code("speaks", "ar"))
        assert filled.is_valid()
        assert (filled.request().when, filled.request().speaks) == (when, "ar")
        assert when not in [value for value, _label in filled.fields["when"].choices]  # type: ignore[attr-defined]

    @given(st.dictionaries(st.sampled_from([*CallbackForm.base_fields]), st.text(max_size=50)))
    def test_whatever_is_posted_gives_a_form(self, typed: dict[str, str]) -> None:
        filled = CallbackForm(typed)
        if filled.is_valid():
            asked = filled.request()
            assert asked.number or asked.mail
            assert "\n" not in asked.who


class TestLetter:
    def test_who_reads_german_gets_it_once(self) -> None:
        with translation.override("de"):
            assert letter(ASKED, "a@example.org").body.count("0211 4567890") == 1

    @pytest.mark.parametrize(("language", "own"), [("ar", "العربية"), ("tr", "Arapça"), ("uk", "арабська")])
    def test_others_get_it_in_german_first(self, language: str, own: str) -> None:
        with translation.override(language):
            german, theirs = letter(ASKED, "a@example.org").body.split("– – –")
        assert "Arabisch" in german
        assert own in theirs

    def test_what_was_not_written_has_no_line(self) -> None:
        some = letter(Request("", "", "kim@example.org", ANY_TIME, ""), "a@example.org").body.splitlines()
        all_of_it = letter(ASKED, "a@example.org").body.splitlines()
        assert len(all_of_it) == len(some) + 2
        assert not [line for line in some if line.endswith(": ")]
