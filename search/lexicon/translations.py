"""The learnt dictionary: foreign stem → German stems and back, each with how often one was said for the other.

It is learnt when an index is built anew, from all that is public then, and stored beside it. Edits that the
index follows change nothing in it: a new translation teaches its words with the next rebuild.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path

from search.analysis.compounds import Splitter
from search.lexicon.alignment import NOTHING, Cell, align, likely
from search.lexicon.parallel import Row, pairs

SEED = Path(__file__).with_name("seed.json")
LIKELY = 0.05  # what is said for a word more seldom is an accident

Counts = Mapping[str, Mapping[str, float]]  # stem → stem of the other language → how often
Translations = tuple[tuple[str, float], ...]  # stem and probability, likeliest first


@dataclass(frozen=True)
class Lexicon:
    """`counts` by foreign language; `more`: lexicons that count as if they had been learnt together with it."""

    counts: Mapping[str, Counts] = field(default_factory=dict)
    more: tuple["Lexicon", ...] = ()
    written: frozenset[str] = frozenset()  # languages that entries are written in
    untranslated: frozenset[str] = frozenset()  # languages of entries that have no German text

    @classmethod
    def learn(cls, rows: Iterable[Row], splitter: Splitter) -> "Lexicon":
        found = {language: align(some) for language, some in pairs(rows, splitter).items()}
        return cls({language: _counts(_pruned(cells)) for language, cells in sorted(found.items())})

    def to_german(self, language: str, stem: str) -> Translations:
        return _ranked(one.counts.get(language, {}).get(stem, {}) for one in (self, *self.more))

    def from_german(self, language: str, stem: str) -> Translations:
        return _ranked(one._back.get(language, {}).get(stem, {}) for one in (self, *self.more))

    def knows(self, language: str, stem: str) -> bool:
        """Whether it was read in this language."""
        return any(stem in one.counts.get(language, {}) for one in (self, *self.more))

    @cached_property
    def _back(self) -> Mapping[str, Counts]:
        return {language: _turned(words) for language, words in self.counts.items()}

    def to_json(self) -> str:
        return json.dumps(self.counts, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Lexicon":
        return _parsed(text)


@lru_cache(2)
def _parsed(text: str) -> Lexicon:
    """The index is opened again after each edit, and its lexicon is still the same."""
    found = json.loads(text)
    return Lexicon(
        {
            language: {
                stem: {other: float(count) for other, count in others.items()} for stem, others in words.items()
            }
            for language, words in found.items()
        }
    )


@cache
def seed() -> Lexicon:
    """What is shipped: a young directory has hardly a translation of its own."""
    return Lexicon.from_json(SEED.read_text(encoding="utf-8"))


def _pruned(cells: Mapping[Cell, float]) -> dict[Cell, float]:
    onwards, back = likely(cells, 0), likely(cells, 1)
    return {
        cell: count for cell, count in cells.items() if NOTHING in cell or max(onwards[cell], back[cell]) >= LIKELY
    }


def _counts(cells: Mapping[Cell, float]) -> Counts:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for (stem, other), count in sorted(cells.items()):
        found[stem][other] = round(count, 2)
    return {stem: others for stem, others in found.items() if others.keys() != {NOTHING}}


def _turned(words: Counts) -> Counts:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for stem, others in words.items():
        for other, count in others.items():
            found[other][stem] = count
    return found


def _ranked(some: Iterable[Mapping[str, float]]) -> Translations:
    counts: dict[str, float] = defaultdict(float)
    for one in some:
        for stem, count in one.items():
            counts[stem] += count
    total = sum(counts.values())
    shares = ((stem, count / total) for stem, count in counts.items() if stem != NOTHING and count)
    return tuple(sorted((one for one in shares if one[1] >= LIKELY), key=lambda one: (-one[1], one[0])))
