from collections.abc import Iterator

import pytest
from django.utils import translation

from referrals.checks import check, pairs, singles, unfounded, unhelped, untranslated, wrongly_hidden
from referrals.deadlines import Deadline
from referrals.guide import Guide, Option, Question
from referrals.guide_check import Results
from tests.unit.referrals.situations import HOME, TREE, body, row
from tests.unit.referrals.test_guide import GUIDE, OFFICE, WHAT, WHERE
from tests.unit.referrals.test_guide_check import BODIES


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


BOTH = {"de": "Ja", "en": "Yes"}


def asked(text: dict[str, str], why: dict[str, str], option: dict[str, str]) -> Guide:
    return Guide("g", (Question("q", "what", (Option("o", {"what": ("insult",)}, option),), text, why),))


def test_every_text_must_be_there_in_every_enabled_language() -> None:
    assert list(untranslated(asked(BOTH, BOTH, BOTH), ["de", "en"])) == []
    faults = list(untranslated(asked(BOTH, {"de": "Darum"}, {"en": ""}), ["de", "en"]))
    assert len(faults) == 2
    assert "“q (why we ask)” is missing in: en" in faults[0]
    assert "“q → o” is missing in: de, en" in faults[1]


def test_a_deadline_needs_its_law_its_act_and_a_source() -> None:
    whole = Deadline("a", law={"de": "AGG"}, act={"de": "fordern"}, sources=("https://example.org",))
    assert list(unfounded([whole])) == []
    for broken in (
        Deadline("a", act={"de": "fordern"}, sources=("x",)),
        Deadline("a", law={"de": "AGG"}, sources=("x",)),
        Deadline("a", law={"de": "AGG"}, act={"de": "fordern"}),
    ):
        assert len(list(unfounded([broken]))) == 1


def test_no_answer_leaves_anybody_without_a_body_to_reach() -> None:
    helps = body("helps", row("germany", secondary=True))
    assert list(unhelped(Results(GUIDE, (helps,), TREE, HOME), {"tile": {"what": ["insult"]}})) == []


def test_situations_without_a_body_to_reach_are_named() -> None:
    only = body("only", row("duesseldorf", what="insult"))
    mute = body("mute", row("duesseldorf", what="threat"), reach="")
    found = list(unhelped(Results(GUIDE, (only,), TREE, "jena"), {}, together=False))
    assert len(found) == 1 + sum(len(question.options) for question in GUIDE.questions)
    assert "where: shop" in " ".join(found)
    found = list(unhelped(Results(GUIDE, (mute,), TREE, HOME), {"tile": {"what": ["threat"]}}))
    assert "tile" in found[0]


def test_a_tile_that_states_something_unknown_is_named() -> None:
    helps = body("helps", row("germany"))
    (fault,) = unhelped(Results(GUIDE, (helps,), TREE, HOME), {"tile": {"what": ["rain"]}})
    assert "tile" in fault
    assert "rain" in fault


def test_answers_are_tried_alone_and_together() -> None:
    guide = Guide("g", (WHAT, WHERE))
    assert next(iter(singles(guide))) == {}
    assert len(list(singles(guide))) == 1 + 2 + 2
    assert {"what": "threat", "where": "shop"} in pairs(guide)
    assert len(list(pairs(guide))) == 4


def test_a_question_that_is_wrongly_hidden_is_told_once() -> None:
    wrong = Question(**{**OFFICE.__dict__, "shown_if": {"where": frozenset({"shop"})}})
    (fault,) = wrongly_hidden(Results(Guide("g", (WHAT, WHERE, wrong)), tuple(BODIES), TREE, HOME))
    assert "“office” is hidden" in fault
    assert list(wrongly_hidden(Results(GUIDE, tuple(BODIES), TREE, HOME))) == []


def test_without_a_database_nothing_is_checked() -> None:
    assert check(None, None) == []
