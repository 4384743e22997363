"""Arabic and Persian in Latin letters: short vowels are typed and not written, so consonants are the key.

What shares the consonants is then held against the letters: a long vowel that is written must have been typed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

MOST = 48  # keys of one typed word: each letter that stands for two doubles them
LOOSE = 5  # shorter words are held against the whole word, not against a stem with any ending
_TOKEN = re.compile("sch|sh|ch|kh|gh|th|dh|zh|dj|[a-z0-9]")
_DOUBLED = re.compile(r"([^aeiou])\1+")
_ARTICLE = re.compile(r"^(?:wa?|b)?(?:[aei]l|[aei](sh|[stdrzn])(?=\1))(?=\w{3})")
_GAP = "[aeiou]{0,2}"


@dataclass(frozen=True, eq=False)
class Abjad:
    """How one language writes and types: letter → its key and its spellings, typed letter → its keys."""

    letters: Mapping[str, tuple[str, str]]
    tokens: Mapping[str, str]  # "" among the keys is written as 0
    suffix: str
    stem: Callable[[str], str]

    weight = 2  # a consonant says as much as two letters

    def typed(self, word: str) -> frozenset[str]:
        found = (self._typed(one) for one in _bare(word))
        return frozenset(key for keys in found for key in keys if key)

    def _typed(self, word: str) -> set[str]:
        options = [self.tokens.get(token, token) for token in _TOKEN.findall(word)]
        if options and options[-1] == "h":
            options[-1] = "h0"  # madrasah
        whole = {"".join(keys).replace("0", "") for keys in _some(product(*options))}
        return whole | {key[:-size] for key in whole for size in (1, 2) if len(key) - size >= 2}

    def native(self, word: str) -> frozenset[str]:
        return frozenset(key for form in (self.stem(word), word) if (key := self._key(form)))

    def _key(self, word: str) -> str:
        return "".join(self.letters[letter][0] for letter in word.removesuffix("ه") if letter in self.letters)

    def fits(self, typed: str, native: str, *, whole: bool = False) -> bool:
        pattern = _compiled(self, native, not whole and len(typed) >= LOOSE)
        return any(pattern.fullmatch(one) for one in _bare(typed))

    def roman(self, word: str) -> str:
        return self._key(word)

    def pattern(self, word: str) -> str:
        parts = [self.letters[letter][1] if letter in self.letters else re.escape(letter) for letter in word]
        if word.startswith("ا"):
            parts[0] = "[aeiou2]{1,3}"
        if word.endswith("ه"):
            parts[-1] = "(?:[ae]?h?|[ae]t)"
        return _GAP.join(f"(?:{part})" for part in parts)


@lru_cache(10_000)
def _compiled(abjad: Abjad, word: str, loose: bool) -> re.Pattern[str]:
    whole = abjad.pattern(word)
    return re.compile(f"{abjad.pattern(abjad.stem(word))}{abjad.suffix}|{whole}" if loose else whole)


def _some(keys: product) -> list[tuple[str, ...]]:  # type: ignore[type-arg]
    return [key for key, _number in zip(keys, range(MOST), strict=False)]


def _bare(word: str) -> tuple[str, ...]:
    word = _DOUBLED.sub(r"\1", word)
    without = _ARTICLE.sub("", word)
    return (word,) if without == word else (word, without)
