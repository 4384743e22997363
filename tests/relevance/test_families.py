"""The forms of a word meet, and different words stay apart."""

import tomllib
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from search.analysis.chains import LANGUAGES, chain

Families = dict[str, list[str]]


def read(name: str) -> Families:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


FAMILIES, UNSEEN = read("families.toml"), read("families_unseen.toml")
# The share of pairs of forms that share a stem, a little below what is measured.
MEETING = {
    "tr": 0.95,
    "ar": 0.98,
    "fa": 0.96,
    "uk": 0.97,
    "ru": 0.96,
    "pl": 0.98,
    "fr": 0.98,
    "es": 0.98,
    "el": 0.98,
}


def stems(language: str, family: str) -> list[str]:
    reader = chain(language)
    return [reader.stems(form)[0] for form in family.split()]


def meeting(language: str, families: Families = FAMILIES) -> float:
    pairs = [pair for family in families[language] for pair in combinations(stems(language, family), 2)]
    return sum(one == other for one, other in pairs) / len(pairs)


@pytest.mark.parametrize("language", MEETING)
def test_forms_of_one_word_meet(language: str) -> None:
    assert meeting(language) >= MEETING[language]


@pytest.mark.parametrize("language", MEETING)
def test_forms_of_words_that_nobody_thought_of_meet(language: str) -> None:
    assert meeting(language, UNSEEN) >= 0.8


@pytest.mark.parametrize("language", MEETING)
def test_different_words_stay_apart(language: str) -> None:
    found = {family.split()[0]: set(stems(language, family)) for family in FAMILIES[language]}
    assert not [(one, other) for one, other in combinations(found, 2) if found[one] & found[other]]


def test_every_language_with_its_own_stemmer_has_families() -> None:
    assert {*FAMILIES, "de", "en"} == set(LANGUAGES)


@pytest.mark.parametrize("language", MEETING)
def test_a_stem_does_not_depend_on_what_was_stemmed_before(language: str) -> None:
    words = [form for family in FAMILIES[language] for form in family.split()]
    first = [chain(language).stems(word) for word in words]
    again = [chain(language).stems(word) for word in reversed(words)]
    assert first == list(reversed(again))
    assert all(one for one in first)
    assert any(one != other for one, other in pairwise(first))
