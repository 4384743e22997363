from dataclasses import replace

import pytest

from referrals.bodies import Body
from referrals.guide import Guide, Option, Question
from referrals.guide_check import hidden_questions_matter
from referrals.guide_files import shipped
from tests.unit.referrals.situations import HOME, TREE, body, exclusion, row
from tests.unit.referrals.test_guide import OFFICE, WHAT, WHERE

CITY = body("city", row("duesseldorf", who="city_administration"), role="complaint_body")
POLICE = body("police", row("duesseldorf", life_area="police"))
SHOPS = body("shops", row("duesseldorf", who="business"))
ALL = body("all", row("germany", secondary=True))
BODIES = [CITY, POLICE, SHOPS, ALL, body("barred", row(), exclusion(who="land_authority"))]


def hiding(question: Question, *shown_with: str) -> Guide:
    return Guide("test", (WHAT, WHERE, replace(question, shown_if={"where": frozenset(shown_with)})))


def faults(guide: Guide, bodies: list[Body] = BODIES) -> set[tuple[str, str, str]]:
    found = hidden_questions_matter(guide, bodies, TREE, HOME)
    return {(each.question, each.answers.get("where", ""), each.option) for each in found}


def test_a_question_that_cannot_matter_may_be_hidden() -> None:
    assert faults(hiding(OFFICE, "", "office")) == set()


def test_a_wrongly_hidden_question_is_found_with_the_answers_that_prove_it() -> None:
    assert faults(hiding(OFFICE, "office")) == {("office", "", "police"), ("office", "", "nobody")}
    assert ("office", "office", "police") in faults(hiding(OFFICE, ""))


def test_a_counterexample_says_what_would_have_changed() -> None:
    found = list(hidden_questions_matter(hiding(OFFICE, "", "shop"), BODIES, TREE, HOME))
    one = next(each for each in found if each.answers == {"where": "office"} and each.option == "police")
    assert one.without != one.with_it
    assert "police" in one.with_it


def test_a_question_without_a_condition_is_not_examined() -> None:
    assert faults(Guide("test", (WHAT, WHERE, replace(OFFICE, shown_if={})))) == set()


def test_where_no_body_cares_everything_may_be_hidden() -> None:
    assert faults(hiding(OFFICE), [ALL]) == set()


@pytest.mark.parametrize("hidden", ["street", "authorities", "school", ""])
def test_the_shipped_guide_hides_no_more_than_it_may(hidden: str) -> None:
    """Two bodies that tell sides apart are enough to find a condition that is one answer too narrow."""
    guide = shipped()
    office = next(question for question in guide.questions if question.slug == "office")
    where = next(question for question in guide.questions if question.slug == "where")
    narrower = replace(office, shown_if={"where": office.shown_if["where"] - {hidden}})
    assert faults(Guide("right", (where, office)), BODIES) == set()
    assert {place for _question, place, _option in faults(Guide("wrong", (where, narrower)), BODIES)} == {hidden}


def test_only_the_first_bodies_are_compared() -> None:
    options = (Option("age", {"ground": ("age",)}),)
    question = Question("ground", "ground", options, shown_if={"what": frozenset({"threat"})})
    guide = Guide("test", (WHAT, question))
    front = [body(f"b{n}", row("duesseldorf", what="insult threat")) for n in range(3)]
    third = body("third", row("duesseldorf", secondary=True))
    later = body("later", row("germany", ground="age", secondary=True))
    assert faults(guide, [*front, later]) == set()
    assert faults(guide, [*front[:2], third, later]) == {("ground", "", "age")}


def test_who_asks_can_make_a_hidden_question_matter() -> None:
    options = (Option("age", {"ground": ("age",)}),)
    question = Question("ground", "ground", options, shown_if={"what": frozenset({"threat"})})
    bodies = [ALL, body("witnesses", row("duesseldorf", asker="witness"), exclusion(ground="age"))]
    guide = Guide("test", (WHAT, question))

    def found(asker: str) -> set[str]:
        given = {"asker": (asker,)}
        return {each.option for each in hidden_questions_matter(guide, bodies, TREE, HOME, given=given)}

    assert found("affected") == set()
    assert found("witness") == {"age"}
