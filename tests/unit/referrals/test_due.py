from datetime import date

import pytest
from django.utils import translation

from referrals.deadlines import Deadline
from referrals.due import Term, known_of, period, term

TODAY = date(2026, 11, 21)


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


def shown(deadline: Deadline, happened: date | None = None) -> Term:
    with translation.override("en"):
        return term(deadline, happened, TODAY)


class TestTerm:
    def test_it_names_the_law_and_marks_german_words(self) -> None:
        found = shown(
            Deadline("agg", law={"de": "AGG § 15"}, act={"de": "schreiben", "en": "write"}, period="P2M")
        )
        assert (found.period, found.act.text, found.law.text) == ("2 months", "write", "AGG § 15")
        assert found.law.is_fallback
        assert not found.act.is_fallback

    def test_a_missing_period_says_so(self) -> None:
        assert shown(Deadline("ladg")).period == "Deadline not known"

    def test_the_rule_tells_of_which_day_it_is(self) -> None:
        with translation.override("en"):
            assert known_of(Deadline("agg", check_by=date(2027, 1, 31))) == "to be checked by Jan. 31, 2027"
            assert known_of(Deadline("agg", valid_from=date(2025, 3, 1), check_by=date(2027, 1, 31))) == (
                "valid from March 1, 2025, to be checked by Jan. 31, 2027"
            )
            assert known_of(Deadline("agg")) == "state of the law not confirmed yet"


class TestTheLastSafeDay:
    def test_it_tells_from_which_day_it_was_counted(self) -> None:
        last = shown(Deadline("agg", period="P2M"), date(2026, 11, 1)).last
        assert last is not None
        assert (last.day, last.since, last.left) == ("Jan. 1, 2027", "Nov. 1, 2026", "41 days left")
        assert not last.is_over

    def test_its_own_day_is_still_in_time(self) -> None:
        last = shown(Deadline("kschg", period="P3W"), date(2026, 10, 31)).last
        assert last is not None
        assert (last.left, last.is_over) == ("that is today", False)

    def test_the_day_after_may_be_over(self) -> None:
        last = shown(Deadline("kschg", period="P3W"), date(2026, 10, 30)).last
        assert last is not None
        assert last.is_over
        assert last.left == ""

    @pytest.mark.parametrize(
        ("deadline", "happened"),
        [
            (Deadline("agg", period="P2M"), None),
            (Deadline("agg", period="P2M"), date(2026, 11, 22)),
            (Deadline("arbgg", period="P3M", follows="agg"), date(2026, 11, 1)),
            (Deadline("ladg"), date(2026, 11, 1)),
        ],
        ids=["no day named", "a day to come", "begins with another step", "period not known"],
    )
    def test_nothing_is_pretended(self, deadline: Deadline, happened: date | None) -> None:
        assert shown(deadline, happened).last is None

    def test_a_page_without_a_situation_counts_nothing(self) -> None:
        with translation.override("en"):
            assert term(Deadline("agg", period="P2M")).last is None
