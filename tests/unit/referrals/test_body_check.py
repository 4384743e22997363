"""Is a body sound among the others?"""

import pytest
from django.utils import translation

from referrals import rule_words
from referrals.bodies import Body
from referrals.body_check import Others, faults
from referrals.guide import Guide, Option, Question
from tests.unit.referrals.situations import HOME, TREE, body, exclusion, row

WHAT = Question(
    "what", "what", tuple(Option(value, {"what": (value,)}) for value in ("insult", "violence", "distress"))
)
WHERE = Question("where", "life_area", (Option("work", {"life_area": ("work",)}),))
INSULT = row(what="insult violence distress")


@pytest.fixture(autouse=True)
def codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule_words, "words", lambda _dimension, value: value)
    monkeypatch.setattr(rule_words, "area_name", lambda slug: type("Named", (), {"text": slug.capitalize()}))
    translation.activate("en")


def found(draft: Body, *public: Body, **tiles: dict[str, list[str]]) -> list[str]:
    return list(faults(draft, Others(public, Guide("g", (WHAT, WHERE)), TREE, HOME, tiles), str.upper))


def test_a_sound_body_has_no_faults() -> None:
    away = exclusion("hard", "b", what="distress")
    assert found(body("a", INSULT, away), body("b", INSULT, reach="phone")) == []
    assert found(body("a", INSULT)) == []


def test_a_circle_is_told_with_its_way_and_its_situation() -> None:
    back = body("b", INSULT, exclusion("hard", "a", what="distress"))
    assert found(body("a", INSULT, exclusion("prefer_other", "b", what="insult distress")), back) == [
        "Everybody sends on to somebody else when what happened is distress: A → B → A."
    ]


def test_a_circle_may_close_in_one_place_only() -> None:
    back = body("b", INSULT, exclusion("hard", "a", areas="jena"))
    assert found(body("a", INSULT, exclusion("hard", "b", what="insult")), back) == [
        "Everybody sends on to somebody else when what happened is insult and it happened in Jena: A → B → A."
    ]


def test_with_violence_the_exclusion_of_an_insult_closes_no_circle() -> None:
    back = body("b", INSULT, exclusion("hard", "a", what="insult"))
    assert found(body("a", INSULT, exclusion("hard", "b", what="violence")), back) == []


def test_an_alternative_beside_it_sends_nobody_on() -> None:
    back = body("b", INSULT, exclusion("prefer_alternative", "a", what="insult"))
    assert found(body("a", INSULT, exclusion("prefer_alternative", "b", what="insult")), back) == []


def test_a_first_body_that_turns_silent_and_sends_on_is_told_once() -> None:
    silent = body("a", INSULT, reach="")
    (told,) = found(silent, body("a", INSULT))
    assert told.startswith("Every way ends at bodies that send on, or that cannot be reached, when ")
    assert told.endswith(": A.")
    assert found(silent, body("a", INSULT, reach="")) == []  # it was so before


def test_a_concern_is_tried_as_well() -> None:
    quiet = body("a", row(ground="racism"), reach="")
    public = (body("a", row(ground="racism")), body("b", INSULT, row(asker="professional")))
    draft = found(quiet, body("a", row(ground="racism")), everyday={"ground": ["racism"]})
    assert "it is about racism" in draft[0]
    assert found(quiet, *public, everyday={"ground": ["racism"]}) == []


def test_two_answers_together_are_tried_where_an_exclusion_looks_at_both() -> None:
    only_there = exclusion("hard", "c", what="insult", life_area="work")
    away = row(what="insult", life_area="work")
    silent = body("c", away, reach="")
    told = found(body("a", INSULT, only_there), body("a", INSULT), silent)
    assert told == [
        "Every way ends at bodies that send on, or that cannot be reached, when"
        " what happened is insult and the part of life is work: C."
    ]
