"""A few words more are known as if all had been learnt together, without compiling the others again."""

from dataclasses import replace

import pytest

from search.library import grown, taught
from search.understanding import COMPILED, Knowledge, understand
from tests.contract.small_directory import KNOWLEDGE, STATISTICS

MORE = replace(
    STATISTICS,
    words={**STATISTICS.words, "zebrastreifen": 1, "kantate": 1},
    spellings=STATISTICS.spellings | {"kantate"},
    untranslated=frozenset({"tr"}),
)


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return grown(KNOWLEDGE, MORE)


@pytest.mark.parametrize("name", ["words", "spellings", "stems", "label_stems", "name_stems"])
def test_what_is_known_of_words_is_the_same(known: Knowledge, name: str) -> None:
    other = replace(taught(KNOWLEDGE, MORE), splitter=KNOWLEDGE.splitter)
    assert getattr(known, name) == getattr(other, name)


def test_the_lexicon_learns_which_languages_there_are(known: Knowledge) -> None:
    assert known.lexicon.untranslated == {"tr"}
    assert known.lexicon.more == KNOWLEDGE.lexicon.more


def test_a_new_word_is_no_slip(known: Knowledge) -> None:
    assert understand("Kantate", "de", known).words == ("kantate",)
    assert understand("Zebrastreifen", "de", known).correction == ""


@pytest.mark.parametrize("name", ["phrasebook", "places", "speller", "transliterations"])
def test_what_takes_long_is_not_compiled_again(known: Knowledge, name: str) -> None:
    assert getattr(known, name) is getattr(KNOWLEDGE, name)


def test_all_that_is_compiled_late_can_be_compiled_before() -> None:
    fresh = replace(KNOWLEDGE)
    assert not set(COMPILED) & fresh.__dict__.keys()
    fresh.compile()
    assert set(COMPILED) <= fresh.__dict__.keys()
    assert {"_spelt", "_by_script"} <= fresh.speller.__dict__.keys()
