"""Rules read back as sentences. No vocabulary is loaded, so values stand there by their codes."""

from dataclasses import replace

import pytest
from django.utils import translation

from referrals import rule_words
from referrals.rule_words import sentence, whole
from tests.unit.referrals.situations import body, exclusion, row


@pytest.fixture(autouse=True)
def codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule_words, "words", lambda _dimension, value: value)
    monkeypatch.setattr(rule_words, "area_name", lambda slug: type("Named", (), {"text": slug.capitalize()}))
    translation.activate("en")


def test_conditions_are_joined_by_and_values_by_or() -> None:
    rule = row("jena erfurt", what="insult violence", danger_now="false")
    assert sentence(rule) == (
        "Responsible when what happened is insult or violence and there is no danger now"
        " and it happened or the person lives in Jena or Erfurt."
    )


def test_a_row_that_names_nothing_is_always_responsible() -> None:
    assert sentence(row()) == "Always responsible."
    assert sentence(row(secondary=True)) == "Always responsible. Stands after more specialised or nearer bodies."


@pytest.mark.parametrize(
    ("basis", "inside", "outside"),
    [
        ("", "it happened or the person lives in Jena", "it neither happened nor the person lives in Jena"),
        ("incident", "it happened in Jena", "it did not happen in Jena"),
        ("residence", "the person lives in Jena", "the person does not live in Jena"),
    ],
)
def test_what_the_area_means_is_said(basis: str, inside: str, outside: str) -> None:
    assert sentence(row("jena", basis=basis)) == f"Responsible when {inside}."
    assert sentence(row(outside="jena", basis=basis)) == f"Responsible when {outside}."


def test_what_the_sources_leave_open_is_said() -> None:
    rule = row(what="insult", unsettled=("ground", "what=insult", "free words"))
    assert sentence(rule).endswith("Not settled by the sources: what it was about, insult, free words.")


@pytest.mark.parametrize(
    ("strength", "said"),
    [
        ("hard", "Not when what happened is insult → B"),
        ("prefer_other", "Others come first when what happened is insult → B"),
        ("prefer_alternative", "An alternative stands beside it when what happened is insult → B"),
    ],
)
def test_an_exclusion_says_how_strong_it_is_and_where_to_go(strength: str, said: str) -> None:
    rule = exclusion(strength, "b", what="insult")
    assert sentence(rule, str.upper) == f"{said}."
    assert sentence(replace(rule, reason={"en": "Not here."}), str.upper) == f"{said}: Not here."


def test_an_exclusion_without_conditions_always_holds() -> None:
    assert sentence(exclusion("hard", "b")) == "Not when always → b."


def test_all_rules_of_a_body_are_one_sentence() -> None:
    found = body("a", row(what="insult"), exclusion("hard", "b", what="violence"))
    assert whole(found) == "Responsible when what happened is insult; not when what happened is violence → b"
