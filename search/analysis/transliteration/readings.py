"""Which words of the directory somebody typed in Latin letters.

No right spelling is guessed: the directory's words and the typed one come down to the same coarse keys. Words that
the directory knows as they stand are left alone, and all words of a query are read in one writing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz.distance import OSA

from search.analysis.normalise import script
from search.analysis.transliteration.writings import WRITINGS, Writing, small_word, writings_of

SHORTEST = 3
# On a page in Latin letters a strange word is rather a name or a slip: more must agree.
SURE, SURE_TOGETHER = 5, 8
SMALL = 0.4  # a small word is some evidence
ARTICLES = frozenset({"el", "al", "il", "fel", "fil", "bel", "bil", "lel", "lil", "wel", "wal"})
# Letters that only this language has, and that only the other has
OWN: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "uk": (frozenset("іїє"), frozenset("ыэъ")),
    "ru": (frozenset("ыэъ"), frozenset("іїє")),
}
NOTHING = ("", 0)
Typed = tuple[str, ...]  # a word, or two that are one


@dataclass(frozen=True)
class Reading:
    """What the words of a query are in one writing: the native word, and how much agrees."""

    name: str = ""
    found: Mapping[Typed, tuple[str, int]] = field(default_factory=dict)
    small: Mapping[str, str] = field(default_factory=dict)

    def rank(self, language: str) -> tuple[float, str]:
        agreed = sum(strength for _native, strength in self.found.values()) + SMALL * len(self.small)
        return agreed * (2 if self._own(language) else 1), self.name

    def holds(self, language: str) -> bool:
        strengths = [strength for _native, strength in self.found.values()]
        if self._own(language):
            return bool(strengths or self.small)
        if not strengths:
            return False
        return max(strengths) >= SURE or (len(strengths) > 1 and sum(strengths) >= SURE_TOGETHER)

    def applied(self, words: Sequence[str]) -> list[str]:
        natives = {word: native for typed, (native, _strength) in self.found.items() for word in typed}
        dropped = ARTICLES if self.name == "arabic" else frozenset()
        return [natives.get(word) or self.small.get(word, word) for word in words if word not in dropped]

    def _own(self, language: str) -> bool:
        return bool(self.name) and language in WRITINGS[self.name][1]


@dataclass(frozen=True)
class Transliterations:
    """`words`: those of the directory → how often it uses each; `spoken`: words of labels → their languages.

    `names`: words of titles, names and labels.
    """

    words: Mapping[str, int]
    spoken: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: frozenset[str] = frozenset()

    def read(self, words: Sequence[str], language: str, known: Callable[[str], bool]) -> list[str]:
        """The words, those that are foreign ones in Latin letters in their own."""
        latin = [word for word in words if _may_be(word)]
        strange = frozenset(word for word in latin if not known(word))
        own = _own_writing(language)
        # On a page in this writing, telefon is телефон, though it is a German word too.
        names = WRITINGS if strange else [own] * bool(own and latin)
        readings = [self._in(name, words, strange, language) for name in names]
        best = max(readings, key=lambda reading: reading.rank(language), default=Reading())
        return list(dict.fromkeys(best.applied(words))) if best.holds(language) else list(words)

    def in_latin(self, word: str) -> str:
        """A name in Latin letters that somebody wrote in their own: опфербератунг is Opferberatung."""
        for name in writings_of(word):
            writing = WRITINGS[name][0]
            alike = {latin for key in writing.native(word) for latin in self._latin(name).get(key, ())}
            fitting = [latin for latin in alike if _is_spelt(word, latin, writing)]
            if fitting:
                return min(fitting, key=lambda latin: (OSA.distance(latin, writing.roman(word)), latin))
        return ""

    def _latin(self, name: str) -> Mapping[str, list[str]]:
        if name not in self._latin_keys:
            found: dict[str, list[str]] = {}
            for word in sorted(filter(_may_be, self.names)):
                for key in filter(_is_whole, WRITINGS[name][0].typed(word)):
                    found.setdefault(key, []).append(word)
            self._latin_keys[name] = found
        return self._latin_keys[name]

    @cached_property
    def _latin_keys(self) -> dict[str, Mapping[str, list[str]]]:
        return {}

    @cached_property
    def _keys(self) -> Mapping[str, Mapping[str, list[str]]]:
        found: dict[str, dict[str, list[str]]] = {name: {} for name in WRITINGS}
        for word in sorted(self.words, key=lambda word: (-self.words[word], word)):
            for name in writings_of(word):
                for key in WRITINGS[name][0].native(word):
                    found[name].setdefault(key, []).append(word)
        return found

    def _in(self, name: str, words: Sequence[str], strange: frozenset[str], language: str) -> Reading:
        own = name == _own_writing(language)
        candidates = [word for word in words if word in strange or len(word) <= SHORTEST]
        small = {word: native for word in candidates if (native := small_word(word, name, language))}
        strange -= small.keys()
        found: dict[Typed, tuple[str, int]] = {}
        for one, other in zip(words, [*words[1:], ""], strict=True):
            single = self._native(name, one, language) if one in strange else NOTHING
            if own and one not in strange and one not in small:
                single = self._loan(name, one, language)
            # nezhad parasti: one word that some write in two
            double = self._native(name, one + other, language) if {one, other} <= strange else NOTHING
            native, strength = max(double, single, key=lambda reading: reading[1])
            if native:
                found[(one, other) if (native, strength) == double else (one,)] = (native, strength)
        return Reading(name, found, small)

    def _loan(self, name: str, word: str, language: str) -> tuple[str, int]:
        """A word known in Latin letters too; where vowels are not written, sameness proves nothing."""
        native, strength = self._native(name, word, language) if WRITINGS[name][0].weight == 1 else NOTHING
        same = (
            native and _may_be(word) and _whole(WRITINGS[name][0].typed(word) & WRITINGS[name][0].native(native))
        )
        return (native, strength) if same else NOTHING

    def _native(self, name: str, word: str, language: str) -> tuple[str, int]:
        """The word that was typed: in the letters of the page's language, and whole before without its ending."""
        writing, keys = WRITINGS[name][0], self._keys[name]
        shared = ((key, native) for key in sorted(writing.typed(word)) for native in keys.get(key, ()))
        agreeing = [(key, native) for key, native in shared if writing.fits(word, native)]
        own, foreign = OWN.get(language, (frozenset(), frozenset()))
        key, native = min(
            agreeing,
            key=lambda one: (
                not foreign.isdisjoint(one[1]) or language not in self.spoken.get(one[1], (language,)),
                one[0].endswith("-"),
                -len(one[0]),
                bool(own) and own.isdisjoint(one[1]),
                OSA.distance(word, writing.roman(one[1])),
            ),
            default=("", ""),
        )
        return native, len(key.rstrip("-")) * writing.weight


def _own_writing(language: str) -> str:
    return next((name for name, (_writing, languages) in WRITINGS.items() if language in languages), "")


def _whole(keys: frozenset[str]) -> bool:
    return any(map(_is_whole, keys))


def _is_whole(key: str) -> bool:
    return not key.endswith("-")


def _is_spelt(word: str, latin: str, writing: Writing) -> bool:
    """Where vowels are not written, consonants that agree are held against the letters."""
    return abs(len(latin) - len(word)) <= len(word) // 2 and writing.fits(latin, word, whole=True)


def _may_be(word: str) -> bool:
    return script(word) == "latin" and len(word) >= SHORTEST and any(char.isalpha() for char in word)
