"""Finds entries for staff, drafts too: compounds, inflection, umlauts and every language as for visitors.

The index of the visitors holds only what is public. This one lies in the process' memory: per entry its names as
they are written, and the stems of all its texts by language.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Revision

from directory.following import Kept, Keys, Touched
from directory.languages import SHIPPED, column
from directory.models import Listing, Organisation, translated_fields
from search.analysis import german
from search.analysis.chains import LANGUAGES, chain, readers, surfaces
from search.analysis.compounds import Splitter
from search.analysis.normalise import ascii_fold, script

WORDS_AT_MOST = 20
LONG = 5  # shorter pieces stand in too many words: Rat in beraten
NAMES = ("slug", "vocabulary", "aliases", "quarters", "postcodes")  # in no certain language
GERMAN = "de"

Row = Mapping[str, Any]
Texts = dict[str, list[str]]  # by language
Words = dict[str, list[str]]


@dataclass(frozen=True)
class Entry:
    names: str
    stems: Mapping[str, str]  # by language, a space before and after each

    def named(self, word: "Word") -> bool:
        return word.surface in self.names or word.folded in self.names

    def tells(self, word: "Word") -> bool:
        if any(stem in self.stems.get(code, "") for code, stem in word.stems):
            return True
        own = self.stems.get(GERMAN, "")
        within = any(piece in own for piece in word.pieces)
        return within or (bool(word.parts) and all(part in own for part in word.parts))


@dataclass(frozen=True)
class Word:
    surface: str
    folded: str
    stems: tuple[tuple[str, str], ...]
    parts: tuple[str, ...]
    pieces: tuple[str, ...]  # of compounds that nobody can take apart: anywhere as typed, or as their end

    @classmethod
    def of(cls, surface: str, splitter: Splitter) -> "Word":
        # Also of other scripts: a German name may stand in a Persian text, as the Persian chain cuts it.
        stems = tuple((code, f" {chain(code).stem(surface)} ") for code in LANGUAGES)
        parts = tuple(f" {german.stem(part)} " for part in splitter.split(surface))
        ends = f"{german.stem(surface)} "
        pieces = tuple(piece for piece in (_folded(surface), ends) if len(piece.strip()) >= LONG)
        return cls(surface, _folded(surface), stems, parts, pieces)


@dataclass
class Shelf:
    """The entries of one model."""

    model: type[Any]
    splitter: Splitter = field(default_factory=Splitter)

    def __post_init__(self) -> None:
        touched: Touched = {Organisation: _listings_of} if self.model is Listing else {}
        self.kept: Kept[Entry] = Kept(self.model, self._derive, touched)

    def find(self, words: list[str]) -> tuple[list[int], list[int]]:
        entries = self.kept.get()
        asked = [Word.of(word, self.splitter) for word in words]
        named, told = [], []
        for key, entry in entries.items():
            if all(entry.named(word) for word in asked):
                named.append(key)
            elif all(entry.named(word) or entry.tells(word) for word in asked):
                told.append(key)
        return named, told

    def _derive(self, keys: Keys) -> dict[int, Entry]:
        german_words: Counter[str] = Counter()
        texts = _texts_of(self.model, keys)
        read = {key: (names, _words_in(found, german_words)) for key, (names, found) in texts.items()}
        if keys is None:
            self.splitter = Splitter.learn(german_words)  # compounds are made of the directory's own words
        parts = cache(self.splitter.split)
        return {key: _entry(names, words, parts) for key, (names, words) in read.items()}


_shelves: dict[type[Model], Shelf] = {}


def find(model: type[Model], text: str) -> tuple[list[int], list[int]]:
    """Keys of the entries that every word names, then of those in whose texts the others stand."""
    words = _demanded(list(dict.fromkeys(surfaces(text)))[:WORDS_AT_MOST])
    return _shelves.setdefault(model, Shelf(model)).find(words)


def _demanded(words: list[str]) -> list[str]:
    """Small words demand nothing, unless there are no others."""
    return [word for word in words if not any(word in reader.stops for reader in readers(script(word)))] or words


def _listings_of(organisations: Collection[int]) -> Collection[int]:
    found: Collection[int] = Listing.objects.filter(organisation__in=organisations).values_list("pk", flat=True)
    return found


# --- what is read of an entry ---------------------------------------------------------------------------------


def _texts_of(model: type[Any], keys: Keys) -> dict[int, tuple[list[str], Texts]]:
    """Names and texts by key: as stored, and as in the draft that waits."""
    entries = model.objects.order_by()
    entries = entries if keys is None else entries.filter(pk__in=keys)
    operators = _operators() if model is Listing else {}
    found: dict[int, tuple[list[str], Texts]] = {}
    for row in entries.values("pk", *_columns(model)):
        found[row["pk"]] = ([], {})
        _read(model, row, operators, *found[row["pk"]])
    drafts = entries.filter(has_unpublished_changes=True).order_by().values("latest_revision")
    of_model = {"content_type": ContentType.objects.get_for_model(model), "pk__in": drafts}
    for key, content in Revision.objects.filter(**of_model).values_list("object_id", "content"):
        _read(model, content, operators, *found[int(key)])
    return found


def _columns(model: type[Any]) -> list[str]:
    translated = [column(name, code) for name in translated_fields(model) for code in SHIPPED]
    wanted = {*NAMES, "synonyms", "organisation", *translated}
    return [each.name for each in model._meta.concrete_fields if each.name in wanted]


def _read(model: type[Any], row: Row, operators: Mapping[int, list[str]], names: list[str], texts: Texts) -> None:
    fields = translated_fields(model)
    for at, name in enumerate(fields):
        for code in SHIPPED:
            if text := row.get(column(name, code)):
                texts.setdefault(code.partition("-")[0], []).append(text)
                names += [text] if at == 0 else []
    plain = [word for name in NAMES for word in _words(row.get(name))]
    plain += operators.get(row.get("organisation") or 0, [])
    for code, words in (row.get("synonyms") or {}).items():
        texts.setdefault(code or GERMAN, []).extend(words)
        plain += words
    names += plain
    texts.setdefault(GERMAN, []).extend(plain)


def _words(value: Any) -> Iterable[str]:
    return value if isinstance(value, list) else [value] if value else []


def _operators() -> dict[int, list[str]]:
    """Names and abbreviations of the organisations."""
    columns = [column("name", code) for code in SHIPPED]
    rows = Organisation.objects.values_list("pk", "aliases", *columns)
    return {key: [*aliases, *(name for name in names if name)] for key, aliases, *names in rows}


# --- what is kept of it ---------------------------------------------------------------------------------------


def _words_in(texts: Texts, german_words: Counter[str]) -> Words:
    found = {code: surfaces("\n".join(some), code) for code, some in texts.items()}
    german_words.update(found.get(GERMAN, ()))
    return {code: list(dict.fromkeys(words)) for code, words in found.items()}


def _entry(names: list[str], words: Words, parts: Any) -> Entry:
    written = dict.fromkeys(" ".join(surfaces(name)) for name in names)
    folded = dict.fromkeys(_folded(name) for name in written)
    stems = {code: " ".join(("", *_stems(code, some, parts), "")) for code, some in words.items()}
    return Entry("\n".join(dict.fromkeys((*written, *folded))), stems)


def _folded(text: str) -> str:
    return german.fold(ascii_fold(text))


def _stems(code: str, words: Iterable[str], parts: Any) -> Iterator[str]:
    stops = chain(code).stops
    said = [word for word in words if word not in stops]
    found = dict.fromkeys(_stem(code, word) for word in said)
    if code == GERMAN:
        found |= dict.fromkeys(_stem(code, part) for word in said for part in parts(word))
    return iter(found)


@lru_cache(100_000)
def _stem(code: str, word: str) -> str:
    return chain(code).stem(word)
