from datetime import date

import pytest
from django.utils import translation

from directory.text import choose
from referrals import showing
from referrals.bodies import Notice
from referrals.deadlines import Deadline
from referrals.showing import NOTICE_TEXTS, known_of, period, term


@pytest.mark.parametrize(
    ("iso", "words"),
    [("P2M", "2 months"), ("P1M", "1 month"), ("P3W", "3 weeks"), ("P14D", "14 days"), ("P1Y", "1 year")],
)
def test_a_period_in_words(iso: str, words: str) -> None:
    with translation.override("en"):
        assert period(iso) == words


@pytest.mark.parametrize("iso", ["", "soon", "P", "2M", "P1Y2M"])
def test_an_unknown_period_is_not_guessed(iso: str) -> None:
    assert period(iso) == ""


class TestTerm:
    def test_it_names_the_law_and_marks_german_words(self) -> None:
        deadline = Deadline("agg", law={"de": "AGG § 15"}, act={"de": "schreiben", "en": "write"}, period="P2M")
        with translation.override("en"):
            shown = term(deadline)
        assert (shown.period, shown.act.text, shown.law.text) == ("2 months", "write", "AGG § 15")
        assert shown.law.is_fallback
        assert not shown.act.is_fallback

    def test_a_missing_period_says_so(self) -> None:
        with translation.override("en"):
            assert term(Deadline("ladg")).period == "Deadline not known"

    def test_the_day_to_check_it_is_told(self) -> None:
        with translation.override("en"):
            assert known_of(Deadline("agg", check_by=date(2027, 1, 31))) == "to be checked by Jan. 31, 2027"
            assert known_of(Deadline("agg")) == "state of the law not confirmed yet"


class Shelf:
    """Holds nothing: what a notice points to was taken off meanwhile."""

    def card(self, slug: str) -> None:
        return None


@pytest.mark.parametrize("kind", list(NOTICE_TEXTS))
def test_every_notice_is_explained(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(showing, "label", lambda _vocabulary, slug: choose({"en": slug}, "en"))
    told = showing._told(Notice(kind, "gone"), Shelf())  # type: ignore[arg-type]
    assert told.text
    assert told.then_go_to is None
    assert (told.tone == "alarm") is (kind == "emergency_first")


def test_an_unknown_notice_has_a_heading_at_least(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(showing, "label", lambda _vocabulary, slug: choose({"en": slug}, "en"))
    told = showing._told(Notice("new"), Shelf())  # type: ignore[arg-type]
    assert (told.heading.text, told.text) == ("new", "")
