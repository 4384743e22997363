from collections.abc import Iterable
from dataclasses import replace

import pytest

from search.coverage import Coverage, is_story
from search.planning import Weights, plan
from search.port import Found, Plan, Query
from search.understanding import understand
from tests.contract.small_directory import KNOWLEDGE

WEIGHTS = Weights({"grounds:racism": 50, "wish:training": 40, "life_areas:work": 60}, 100)
KNOWN = replace(
    KNOWLEDGE,
    words={**KNOWLEDGE.words, "beratung": 400, "termin": 1, "mittag": 2, "anmelden": 1, "carmen": 2},
    spellings=frozenset({*KNOWLEDGE.spellings, "carmen"}),
)


def asked(text: str, weights: Weights = WEIGHTS) -> tuple[Coverage, Plan]:
    query = Query(text)
    understood = understand(text, "de", KNOWN)
    planned = plan(query, understood, KNOWN, weights)
    return Coverage(planned, understood, KNOWN, weights), planned


def hit(planned: Plan, answered: Iterable[str]) -> tuple[int, ...]:
    """A listing that has these words of the query."""
    words = set(answered)
    return tuple(at for at, one in enumerate(planned.wanted) if one.label and (not words or one.label in words))


def suffices(text: str, *answered: str, weights: Weights = WEIGHTS) -> bool:
    coverage, planned = asked(text, weights)
    return coverage.suffices(Found((), 1, {}, {"some": hit(planned, answered)}))


@pytest.mark.parametrize(
    "text",
    [
        "Rassismus",
        "Rassismus beim Trampolinspringen im Sauerland",  # however much else was told
        "geschlagen Quarkkuchen Zebra",
        "Carmen",  # a name
    ],
)
def test_what_the_directory_is_about_is_answered(text: str) -> None:
    assert suffices(text)


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("Trampolin Termin", "termin"),  # one word that happens to stand somewhere
        ("Quarkkuchen zum Mittag bestellen", "mittag"),
        ("Wohnung tapezieren", "Wohnung"),  # a place where things happen, and an unknown thing
        ("Fortbildung Trampolin", "Fortbildung"),  # what many offer, and an unknown subject
        ("Beratung Trampolin", "beratung"),  # a word that stands everywhere
    ],
)
def test_one_known_word_beside_an_unknown_subject_is_no_answer(text: str, answered: str) -> None:
    assert not suffices(text, answered)


def test_the_same_words_in_a_story_are_answered() -> None:
    assert not suffices("Chef Trampolin", "Arbeit und Bewerbung")
    assert suffices("Mein Chef Trampolin", "Arbeit und Bewerbung")
    assert suffices("Chef Trampolin wegen Quark", "Arbeit und Bewerbung")


def test_a_scene_alone_is_answered() -> None:
    assert suffices("Wohnung", "Wohnung")


def test_words_that_stand_together_in_running_text_are_an_answer() -> None:
    assert not suffices("termin mittag trampolin quark", "termin")
    assert suffices("termin mittag anmelden", "termin", "mittag", "anmelden")


def test_where_no_listing_is_coded_every_word_counts() -> None:
    assert suffices("Trampolin Termin", "termin", weights=Weights({}, 100))


def test_the_share_counts_unknown_words_fully_and_common_ones_hardly() -> None:
    coverage, planned = asked("Beratung Trampolin")
    known = [one for one in planned.wanted if one.label == "beratung"]
    assert 0 < coverage.share(known) < 0.2
    assert coverage.share([]) == 0


def test_small_words_and_places_ask_for_nothing() -> None:
    coverage, _planned = asked("in der Hafenstadt")
    assert coverage.suffices(Found((), 0, {}, {}))


@pytest.mark.parametrize("text", ["mein chef", "because of it", "يهينني", "бо я", "à cause de", "μου λέει"])
def test_stories_are_told_in_every_language(text: str) -> None:
    assert is_story(text.split())


@pytest.mark.parametrize("text", ["wohnung mieten", "dentist appointment", "رخصة", ""])
def test_keywords_are_no_story(text: str) -> None:
    assert not is_story(text.split())
