"""Reads the shipped vocabularies; every mistake is told with its file and line.

One TOML file per vocabulary holds the terms with their German and English labels, one per language the words that
people use for them: whoever checks a language reads one file.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from directory.languages import SHIPPED

FOLDER = Path(__file__).parent / "vocabularies"
TRANSLATIONS = "translations"
REQUIRED_LANGUAGES = ("de", "en")
_SLUG = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
_TERM_HEADER = re.compile(r"\s*\[\[\s*term\s*\]\]")
_TABLE_HEADER = re.compile(r"\s*\[\s*([a-z_]+)\s*\.\s*([a-z0-9_-]+)\s*\]")
_TOML_LINE = re.compile(r"\(at line (\d+)")

# Dimensions of competence rows whose values are the terms of a vocabulary with another name.
DIMENSION_VOCABULARY: Mapping[str, str] = {
    "what": "what",
    "who": "who",
    "life_area": "life_areas",
    "ground": "grounds",
    "asker": "asker",
    "wish": "wish",
    "target": "target_groups",
    "time": "time",
    "office": "office",
    "sector": "sectors",
}
# (vocabulary, key of a term) → the vocabulary that the key's slugs belong to
_REFERENCES: Mapping[tuple[str, str], str] = {
    ("ground_sets", "members"): "grounds",
    ("office", "level"): "who",
    ("life_areas", "who"): "who",
    ("asker", "acts_for"): "asker",
}


class VocabularyError(ValueError):
    """One mistake in one file, with what to do about it."""


@dataclass(frozen=True)
class ShippedTerm:
    vocabulary: str
    slug: str
    order: int
    labels: Mapping[str, str]
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parent: str = ""
    also_under: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    where: str = ""


Vocabulary = Mapping[str, ShippedTerm]


@dataclass(frozen=True)
class TranslatedTerm:
    """A term's words in one further language."""

    vocabulary: str
    slug: str
    label: str
    synonyms: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()  # where the words stand in use
    checked: bool = False  # by a native speaker
    where: str = ""


@cache
def shipped() -> Mapping[str, Vocabulary]:
    return read_all(FOLDER)


def read_all(folder: Path) -> Mapping[str, Vocabulary]:
    vocabularies = {path.stem: dict(read(path)) for path in sorted(folder.glob("*.toml"))}
    for terms in vocabularies.values():
        for term in terms.values():
            _check_references(term, vocabularies)
    for path in sorted((folder / TRANSLATIONS).glob("*.toml")):
        for words in read_translation(path):
            terms = vocabularies.get(words.vocabulary, {})
            _require(
                words.slug in terms, words.where, f"there is no term “{words.slug}” in {words.vocabulary}.toml"
            )
            terms[words.slug] = _translated(terms[words.slug], path.stem, words)
    return vocabularies


def read_translation(path: Path) -> tuple["TranslatedTerm", ...]:
    """The words of all terms in one language."""
    _require(path.stem in SHIPPED, f"{path.name}:1", f"no such language; known are {', '.join(SHIPPED)}")
    text = _text(path)
    document = _parse(path, text)
    sources = document.pop("sources", {})
    _require(
        isinstance(sources, dict) and all(isinstance(source, str) for source in sources.values()),
        f"{path.name}:1",
        "sources must be a table of addresses or titles by a short key",
    )
    headers = ((number, _TABLE_HEADER.match(line)) for number, line in enumerate(text.splitlines(), 1))
    lines = {(found[1], found[2]): number for number, found in headers if found}
    return tuple(
        _translated_term(vocabulary, slug, entry, sources, f"{path.name}:{lines.get((vocabulary, slug), 1)}")
        for vocabulary, terms in document.items()
        for slug, entry in _tables(terms, f"{path.name}:1")
    )


def _tables(terms: Any, where: str) -> Iterable[tuple[str, dict[str, Any]]]:
    _require(
        isinstance(terms, dict) and all(isinstance(entry, dict) for entry in terms.values()),
        where,
        "the file must hold [vocabulary.term] tables and [sources]",
    )
    return terms.items()  # type: ignore[no-any-return]


def _translated_term(
    vocabulary: str, slug: str, entry: Mapping[str, Any], sources: Mapping[str, str], where: str
) -> "TranslatedTerm":
    rest = dict(entry)
    label, checked = rest.pop("label", ""), rest.pop("checked", False)
    where = f"{where}: {vocabulary}.{slug}"
    _require(isinstance(label, str) and label == label.strip(), where, "label must be words")
    _require(isinstance(checked, bool), where, "checked must be true or false")
    synonyms = _words(rest.pop("synonyms", []), where, "synonyms")
    _require(bool(label or synonyms), where, "a term needs a label or synonyms")
    seen = _words(rest.pop("seen", []), where, "seen")
    for key in seen:
        _require(key in sources, where, f"seen names “{key}”, which [sources] does not have")
    _require(not rest, where, f"unknown: {', '.join(rest)}; known are label, synonyms, seen, checked")
    return TranslatedTerm(vocabulary, slug, label, synonyms, tuple(sources[key] for key in seen), checked, where)


def _translated(term: ShippedTerm, language: str, words: "TranslatedTerm") -> ShippedTerm:
    extra: dict[str, Any] = dict(term.extra)
    if not words.checked and language not in REQUIRED_LANGUAGES:
        extra["awaiting"] = [*extra.get("awaiting", []), language]
    if words.seen:
        extra["seen"] = {**extra.get("seen", {}), language: list(words.seen)}
    synonyms = {**term.synonyms, language: words.synonyms} if words.synonyms else term.synonyms
    labels = {**term.labels, language: words.label} if words.label else term.labels
    return replace(term, labels=labels, synonyms=synonyms, extra=extra)


def read(path: Path) -> Vocabulary:
    """The terms of one file in the file's order."""
    text = _text(path)
    document = _parse(path, text)
    lines = [number for number, line in enumerate(text.splitlines(), 1) if _TERM_HEADER.match(line)]
    entries = _entries(document, path)
    terms: dict[str, ShippedTerm] = {}
    for position, entry in enumerate(entries, 1):
        # Terms written as one inline array have no header of their own: then the file's first line is told.
        where = f"{path.name}:{lines[position - 1] if len(lines) == len(entries) else 1}"
        term = _term(path.stem, entry, position, where)
        _require(term.slug not in terms, where, f"“{term.slug}” stands here twice: remove one of them")
        terms[term.slug] = term
    for term in terms.values():
        _check_parents(term, terms)
    return terms


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise VocabularyError(f"{path.name}:1: the file must be saved as UTF-8 ({error.reason})") from error


def _parse(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        # Without a line the mistake is at the end of the document.
        line = int(found[1]) if found else len(text.splitlines())
        raise VocabularyError(f"{path.name}:{line}: no valid TOML: {error}") from error


def _entries(document: Mapping[str, Any], path: Path) -> list[dict[str, Any]]:
    entries = document.get("term")
    if set(document) != {"term"} or not isinstance(entries, list):
        raise VocabularyError(f"{path.name}:1: the file must hold [[term]] tables and nothing else")
    for entry in entries:
        _require(isinstance(entry, dict), f"{path.name}:1", "a term must be a table")
    return entries


def _term(vocabulary: str, entry: Mapping[str, Any], position: int, where: str) -> ShippedTerm:
    rest = dict(entry)
    slug = rest.pop("slug", None)
    _require(
        isinstance(slug, str) and bool(_SLUG.fullmatch(slug)),
        where,
        "a term needs a slug of small letters, digits, - and _",
    )
    where = f"{where}: {slug}"
    order = rest.pop("order", position)
    _require(isinstance(order, int), where, "order must be a number")
    parent = rest.pop("parent", "")
    _require(isinstance(parent, str), where, "parent must be the slug of one term")
    return ShippedTerm(
        vocabulary=vocabulary,
        slug=slug,
        order=order,
        labels=_labels(rest.pop("labels", {}), where),
        synonyms=_synonyms(rest.pop("synonyms", {}), where),
        parent=parent,
        also_under=_words(rest.pop("also_under", []), where, "also_under"),
        extra=rest,
        where=where,
    )


def _labels(labels: Any, where: str) -> Mapping[str, str]:
    _require(isinstance(labels, dict), where, "labels must be a table by language")
    for code, label in labels.items():
        _require(code in SHIPPED, where, f"labels.{code}: no such language; known are {', '.join(SHIPPED)}")
        _require(isinstance(label, str) and bool(label.strip()), where, f"labels.{code} must be words")
    for code in REQUIRED_LANGUAGES:
        _require(code in labels, where, f"labels.{code} is missing")
    return dict(labels)


def _synonyms(synonyms: Any, where: str) -> Mapping[str, tuple[str, ...]]:
    _require(isinstance(synonyms, dict), where, "synonyms must be a table by language")
    for code in synonyms:
        _require(
            code == "" or code in SHIPPED,
            where,
            f'synonyms.{code}: no such language; use "" where none is stated',
        )
    return {code: _words(words, where, f"synonyms.{code}") for code, words in synonyms.items()}


def _words(value: Any, where: str, key: str) -> tuple[str, ...]:
    _require(
        isinstance(value, list) and all(isinstance(word, str) and word.strip() for word in value),
        where,
        f"{key} must be a list of words",
    )
    return tuple(value)


def _check_parents(term: ShippedTerm, terms: Vocabulary) -> None:
    above, seen = term.parent, {term.slug}
    while above:
        _require(above in terms, term.where, f"the parent “{above}” is no term of this file")
        _require(above not in seen, term.where, "the term lies below itself: correct the parents")
        seen.add(above)
        above = terms[above].parent
    for slug in term.also_under:
        _require(slug in terms, term.where, f"also_under names “{slug}”, which is no term of this file")


def _check_references(term: ShippedTerm, vocabularies: Mapping[str, Vocabulary]) -> None:
    for target, slug in _references(term):
        _require(
            isinstance(slug, str) and slug in vocabularies.get(target, {}),
            term.where,
            f"“{slug}” is no term of {target}.toml: correct it or add the term there",
        )


def _references(term: ShippedTerm) -> Iterator[tuple[str, str]]:
    for (vocabulary, key), target in _REFERENCES.items():
        if vocabulary == term.vocabulary and key in term.extra:
            yield from ((target, slug) for slug in _as_list(term.extra[key]))
    if term.vocabulary == "concerns":
        facts = term.extra.get("facts", {})
        _require(isinstance(facts, dict), term.where, "facts must be a table by dimension")
        for dimension, values in facts.items():
            target = DIMENSION_VOCABULARY.get(dimension, dimension)
            yield from ((target, slug) for slug in _as_list(values))


def _as_list(value: Any) -> Iterable[str]:
    return value if isinstance(value, list) else [value]


def _require(condition: bool, where: str, complaint: str) -> None:
    if not condition:
        raise VocabularyError(f"{where}: {complaint}")
