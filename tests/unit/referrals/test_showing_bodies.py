"""Bodies as the page shows them: who stands in for whom, and what is said beside them."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation

from directory.cards import Card, Hours, nothing
from directory.details import Details
from directory.text import choose
from referrals import showing
from referrals.bodies import Body, Candidate
from referrals.competence import Exclusion, Match, Row
from referrals.showing import Advice


def card(slug: str) -> Card:
    return Card(
        slug=slug, is_training=False, kind="Counselling", operator="", title=choose({"de": slug}, "de"),
        organisation=nothing(), summary=nothing(), composed=(), foreign=nothing(), phone=None, email="",
        website="", chat="", hours=Hours("", None, nothing()), facts=(), unknown=(),
        confirmed="",
    )  # fmt: skip


EMPTY = Details(nothing(), nothing(), (), (), nothing(), (), (), (), (), ())


def advice(slug: str, stand_in: str = "") -> Advice:
    return Advice(
        card(slug), EMPTY, because=(), not_known=(), against=(), remarks=(), contact_unknown=bool(stand_in),
        stand_in=card(stand_in) if stand_in else None,
    )  # fmt: skip


class TestWithoutRepeating:
    def flags(self, *first: Advice) -> list[tuple[bool, bool]]:
        return [(each.stands_above, each.stands_below) for each in showing._without_repeating(list(first))]

    def test_nobody_stands_in(self) -> None:
        assert self.flags(advice("a"), advice("b")) == [(False, False), (False, False)]

    def test_somebody_new_is_shown_whole(self) -> None:
        assert self.flags(advice("a", "line"), advice("b")) == [(False, False), (False, False)]

    def test_the_same_one_a_second_time_is_a_link(self) -> None:
        assert self.flags(advice("a", "line"), advice("b", "line")) == [(False, False), (True, False)]

    def test_one_of_the_first_that_stood_above_is_a_link(self) -> None:
        assert self.flags(advice("a"), advice("b", "a")) == [(False, False), (True, False)]

    def test_one_that_comes_later_has_its_anchor_there(self) -> None:
        assert self.flags(advice("a", "c"), advice("b"), advice("c")) == [
            (False, True),
            (False, False),
            (False, False),
        ]


def candidate(**parts: Any) -> Candidate:
    return replace(Candidate(Body("body"), Row(), Match(), ()), **parts)


class TestRemarks:
    def test_who_comes_first_says_why(self) -> None:
        deferring = Exclusion(strength="prefer_other", reason={"de": "Erst dorthin."})
        with translation.override("en"):
            (remark,) = showing._remarks(candidate(deferred_by=(deferring,)))
        assert (remark.text, remark.is_fallback) == ("Erst dorthin.", True)

    def test_the_same_reason_is_said_once(self) -> None:
        one = Exclusion(reason={"en": "Independent."})
        with translation.override("en"):
            assert len(list(showing._remarks(candidate(deferred_by=(one,), beside=(one,))))) == 1

    def test_without_words_nothing_is_said(self) -> None:
        assert list(showing._remarks(candidate(beside=(Exclusion(),)))) == []


@pytest.mark.parametrize(
    ("dimension", "value", "asked"),
    [
        ("ground", "racism", ("grounds", "racism")),
        ("what", "threat", ("what", "threat")),
        ("areas", "jena", ("", "jena")),
    ],
)
def test_words_come_from_the_right_vocabulary(
    monkeypatch: pytest.MonkeyPatch, dimension: str, value: str, asked: tuple[str, str]
) -> None:
    monkeypatch.setattr(showing, "label", lambda vocabulary, slug: choose({"de": f"{vocabulary}/{slug}"}, "de"))
    monkeypatch.setattr(showing, "area_name", lambda slug: choose({"de": f"/{slug}"}, "de"))
    assert showing.words(dimension, value) == "/".join(asked)
