"""Slips of the finger: which word of the directory was probably meant.

Words are compared as they are typed, not by their stems: a slip in the ending makes a stem that nothing has. A
word that the directory knows, that is made of parts it knows, or that is a form of one it knows is no slip. Of
words that it has never seen only those are corrected that are close enough for their length: no list of all words
of a language is here that could tell a slip from a real word.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.analysis.german import fold
from search.analysis.normalise import ascii_fold, script

SHORTEST, LONG = 5, 9
_DOUBLED = re.compile(r"(.)\1+")


@dataclass(frozen=True)
class Correction:
    word: str
    sure: bool  # so close that it is searched for at once; else only offered


@dataclass(frozen=True)
class Speller:
    """`words`: what a slip may be corrected to → how often it is used."""

    words: Mapping[str, int]

    def correct(self, word: str) -> Correction | None:
        """The word that was probably meant, if one is near enough."""
        if len(word) < SHORTEST or not word.isalpha():
            return None
        plain = bare(word)
        if same := self._same(plain):
            return Correction(same, sure=True) if same != word else None
        near = process.extract(
            plain, self._by_script.get(script(word), []), scorer=OSA.distance, score_cutoff=2, limit=8
        )
        ranked = sorted((_Near(plain, other, int(slips)) for other, slips, _at in near), key=self._order)
        best = next((one for one in ranked if one.offered), None)
        return Correction(self._spelt[best.other][0], best.sure) if best else None

    def undoubled(self, word: str) -> str:
        """A known word that differs in doubled letters only: no ending doubles a letter inside a word."""
        same = self._same(bare(word)) if len(word) >= SHORTEST else ""
        return same if abs(len(same) - len(word)) == 1 else ""

    def _same(self, plain: str) -> str:
        return next(iter(self._spelt.get(plain, ())), "")

    def _order(self, one: "_Near") -> tuple[int, bool, int, str]:
        used = max(self.words[word] for word in self._spelt[one.other])
        return one.slips, not one.begins_alike, -used, one.other

    @cached_property
    def _spelt(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for word in sorted(self.words, key=lambda word: (-self.words[word], word)):
            if len(word) >= SHORTEST - 1 and word.isalpha():
                found.setdefault(bare(word), []).append(word)
        return {plain: tuple(some) for plain, some in found.items()}

    @cached_property
    def _by_script(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for plain in self._spelt:
            found.setdefault(script(plain), []).append(plain)
        return found


@dataclass(frozen=True)
class _Near:
    plain: str
    other: str
    slips: int

    @property
    def begins_alike(self) -> bool:
        return self.plain[0] == self.other[0]

    @property
    def sure(self) -> bool:
        """One slip, two in a long word; the first letter is seldom wrong, and words that differ in it are many."""
        if self._may_be_another:
            return False
        if self.begins_alike:
            return self.slips == 1 or len(self.plain) >= LONG
        return self.slips == 1 and len(self.plain) >= LONG

    @property
    def _may_be_another(self) -> bool:
        """One letter makes another word where words are short, and in Arabic another root."""
        moved = sorted(self.plain) == sorted(self.other)
        return not moved and len(self.plain) <= (SHORTEST + 1 if script(self.plain) == "arabic" else SHORTEST)

    @property
    def offered(self) -> bool:
        return self.sure or (len(self.plain) >= SHORTEST + 2 and (self.begins_alike or self.slips == 1))


def bare(word: str) -> str:
    """Without marks and doubled letters: what people leave out or type twice."""
    return _DOUBLED.sub(r"\1", fold(ascii_fold(word)))
