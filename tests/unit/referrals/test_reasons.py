from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from referrals import reasons
from referrals.competence import AREAS, Row, Situation
from referrals.dimensions import Facts, shipped
from referrals.engine import candidate
from referrals.reasons import Reason
from tests.unit.referrals.situations import HOME, TREE, body, row, situation


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def words(dimension: str, value: str) -> str:
    return f"<{dimension} {value}>"


def why(asked: Row, **facts: Any) -> tuple[str, ...]:
    return why_in(asked, situation(**facts))


def why_in(asked: Row, found: Situation) -> tuple[str, ...]:
    standing = candidate(body("one", asked), found)
    assert standing is not None
    return reasons.sentences(standing, found, words)


def test_a_city_office_is_named_as_the_reason() -> None:
    assert why(row(who="city_administration"), office="citizens_office") == (
        "because it happened in a city office",
    )


def test_confirmed_keys_are_reasons_in_the_persons_own_words() -> None:
    found = why(row("duesseldorf", what="insult", ground="racism"), what="insult", ground="anti_black_racism")
    assert found == (
        "because there was an insult",
        "because it knows this subject: <ground anti_black_racism>",
        "because it is responsible for this area: <areas duesseldorf>",
    )


def test_only_what_fits_is_a_reason() -> None:
    found = why(row(what="insult"), what=["insult", "violence"], ground="racism")
    assert found == ("because there was an insult",)


def test_who_stated_nothing_about_themselves_reads_nothing_about_themselves() -> None:
    assert why(row(asker="affected relative")) == ()
    assert why(row(asker="affected relative"), asker="relative") == (
        "because it advises relatives and friends, too",
    )
    assert why(row(asker="affected"), asker="professional") == ("because it advises professionals, too",)


def test_what_is_not_known_is_said() -> None:
    assert why(row(who="business", wish="talk")) == ("not known: who did it, what you need",)


def test_what_speaks_against_it_is_said() -> None:
    assert why(row(what="threat", ground="age"), what="insult", ground="racism") == (
        "meant for something else: what happened, what it was about",
    )


def test_what_is_assumed_is_not_known() -> None:
    facts = Facts.of({}, assumed={"what": ["insult"]})
    assert why_in(row(what="insult"), Situation(facts, TREE, HOME)) == ("not known: what happened",)


def test_what_the_sources_leave_open_is_asked_first() -> None:
    open_question = "ask first, the sources do not say for sure: who asks"
    asked = row(asker="affected relative", unsettled=("asker=relative", "ground"))
    assert open_question in why(asked, asker="relative")
    assert open_question not in why(asked, asker="affected")
    whole_key = row(what="insult", unsettled=("what", "what=insult"))
    assert why(whole_key, what="insult")[-1].endswith("for sure: what happened")


def test_danger_is_a_reason() -> None:
    assert why(row(danger_now="true"), danger_now=True) == ("because you are in danger now",)


@pytest.mark.parametrize("dimension", [*sorted(shipped().values), AREAS])
def test_every_value_of_every_dimension_has_a_sentence(dimension: str) -> None:
    for value in shipped().values.get(dimension, {"jena"}):
        text = "".join(reasons.in_words(Reason(reasons.BECAUSE, dimension, (value,)), words))
        assert text.startswith("because ")
        assert "%" not in text


@pytest.mark.parametrize("code", [reasons.NOT_KNOWN, reasons.AGAINST, reasons.UNSETTLED])
def test_every_dimension_has_a_name(code: str) -> None:
    everything = (*sorted(shipped().values), "danger_now", AREAS)
    (text,) = reasons.in_words(Reason(code, dimensions=everything), words)
    assert text.count(",") >= len(everything) - 1
