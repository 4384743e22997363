"""Nobody of the first open now: who else can be called."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from directory.cards import Card, Hours, nothing
from directory.telephone import telephone
from directory.text import choose
from referrals.bodies import Body, Candidate
from referrals.competence import Match, Row
from referrals.reaching import OpenNow, open_now


def card(slug: str, *, is_open: bool | None = None, phone: str = "0211 1234") -> Card:
    return Card(
        slug=slug, is_training=False, kind="", operator="", title=choose({"de": slug}, "de"),
        organisation=nothing(), summary=nothing(), composed=(), foreign=nothing(),
        phone=telephone(phone) if phone else None, email="", website="", chat="",
        hours=Hours("", is_open, nothing()), facts=(), unknown=(), confirmed="",
    )  # fmt: skip


def other(slug: str, *, demotion: int = 0, contradicted: tuple[str, ...] = ()) -> Candidate:
    return Candidate(Body(slug), Row(), Match(contradicted=contradicted), (), demotion)


class Shelf(dict[str, Card]):
    def cards(self, slugs: object) -> tuple[Card, ...]:
        return tuple(self[slug] for slug in slugs)  # type: ignore[attr-defined]


CLOSED, UNKNOWN, LINE = card("closed", is_open=False), card("unknown"), card("line", is_open=True)


def found(
    first: list[Card], others: Sequence[tuple[Candidate, Card]] = (), line: Card | None = LINE
) -> OpenNow | None:
    shelf = Shelf({candidate.slug: each for candidate, each in others})
    return open_now(first, [candidate for candidate, _card in others], line, shelf)  # type: ignore[arg-type]


def pair(slug: str, *, is_open: bool | None, phone: str = "0211 1", **more: Any) -> tuple[Candidate, Card]:
    return other(slug, **more), card(slug, is_open=is_open, phone=phone)


def test_where_one_of_the_first_is_open_nothing_is_said() -> None:
    assert found([CLOSED, card("open", is_open=True)]) is None


def test_the_next_responsible_one_that_is_open_is_named() -> None:
    others = [pair("shut", is_open=False), pair("a", is_open=True), pair("b", is_open=True)]
    named = found([CLOSED, UNKNOWN], others)
    assert named is not None
    assert (named.card.slug, named.is_line) == ("a", False)


def test_when_the_others_open_is_told_where_it_is_known() -> None:
    named = found([CLOSED, UNKNOWN])
    assert named is not None
    assert [each.slug for each in named.later] == ["closed"]


def test_the_line_for_day_and_night_is_the_last_resort() -> None:
    unfit = pair("unfit", is_open=True, contradicted=("what",))
    for each in (unfit, pair("demoted", is_open=True, demotion=4), pair("mute", is_open=True, phone="")):
        named = found([CLOSED], [each])
        assert named is not None
        assert (named.card.slug, named.is_line) == ("line", True)


def test_nobody_is_named_twice_or_invented() -> None:
    assert found([CLOSED], line=None) is None
    assert found([replace(LINE, hours=Hours("", None, nothing()))], line=replace(LINE, phone=None)) is None
