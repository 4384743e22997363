"""A language whose words are complete: every term has them, and says where they were seen."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from directory.vocabulary_files import FOLDER, TRANSLATIONS, shipped

COMPLETE = ("tr", "ar", "fa", "ru", "uk", "pl", "fr", "es", "el", "de-simple")
LABELLED_ELSEWHERE = ("de", "en")  # beside the terms themselves; here only what else people say
LONGEST = 5  # words of a synonym: more is a sentence
WIDEST = 3  # terms that one synonym may stand under: beyond, it tells nothing apart

Entry = dict[str, Any]


@pytest.fixture(params=(*COMPLETE, *LABELLED_ELSEWHERE))
def told(request: pytest.FixtureRequest) -> dict[str, Any]:
    path = FOLDER / TRANSLATIONS / f"{request.param}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def entries(told: dict[str, Any]) -> Iterator[tuple[str, Entry]]:
    for vocabulary, terms in told.items():
        if vocabulary != "sources":
            yield from ((f"{vocabulary}.{slug}", entry) for slug, entry in terms.items())


def synonyms(told: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, entry in entries(told):
        yield from ((name, words) for words in entry.get("synonyms", ()))


@pytest.mark.parametrize("told", COMPLETE, indirect=True)
def test_every_shipped_term_has_a_label(told: dict[str, Any]) -> None:
    labelled = {name for name, entry in entries(told) if entry.get("label")}
    assert {f"{name}.{slug}" for name, terms in shipped().items() for slug in terms} - labelled == set()


def test_every_entry_is_of_a_shipped_term(told: dict[str, Any]) -> None:
    terms = {f"{name}.{slug}" for name, terms in shipped().items() for slug in terms}
    assert {name for name, _entry in entries(told)} - terms == set()


def test_every_term_names_where_it_was_seen(told: dict[str, Any]) -> None:
    assert [name for name, entry in entries(told) if not entry.get("seen")] == []


def test_every_place_where_a_term_was_seen_is_a_source(told: dict[str, Any]) -> None:
    assert {key for _name, entry in entries(told) for key in entry["seen"]} - set(told["sources"]) == set()


def test_every_source_is_named_by_a_term(told: dict[str, Any]) -> None:
    assert set(told["sources"]) - {key for _name, entry in entries(told) for key in entry["seen"]} == set()


def test_no_synonym_is_a_sentence(told: dict[str, Any]) -> None:
    assert [(name, words) for name, words in synonyms(told) if len(words.split()) > LONGEST] == []


def test_no_synonym_stands_twice_in_a_term(told: dict[str, Any]) -> None:
    counted = Counter((name, words.casefold()) for name, words in synonyms(told))
    assert [key for key, count in counted.items() if count > 1] == []


def test_no_synonym_names_everything(told: dict[str, Any]) -> None:
    counted = Counter(words for _name, words in {(name, words.casefold()) for name, words in synonyms(told)})
    assert [words for words, count in counted.items() if count > WIDEST] == []
