"""One chain per language: text → words as typed → stems. The only analyser that documents and queries pass."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import Stemmer

from search.analysis import arabic, german, stopwords, ukrainian
from search.analysis.normalise import ascii_fold, clean, lower, script, words

MAX_WORD = 60  # longer "words" are noise, and one would fill the index


@dataclass(frozen=True)
class Token:
    surface: str  # lower case, as typed
    stem: str


@dataclass(frozen=True)
class Chain:
    language: str
    script: str
    stem: Callable[[str], str]
    stops: frozenset[str]

    def tokens(self, text: str) -> list[Token]:
        """Every word that carries a meaning, in order."""
        return [Token(word, self.stem(word)) for word in surfaces(text, self.language) if word not in self.stops]

    def stems(self, text: str) -> list[str]:
        return [token.stem for token in self.tokens(text)]


def surfaces(text: str, language: str = "de") -> list[str]:
    """The words of a text in lower case, gender forms made plain."""
    text = clean(text)
    if script(text.lstrip()) == "latin":
        text = german.plain_gender(text)
    return [word[:MAX_WORD] for word in words(lower(text, language))]


# Snowball stemmers are not safe to share between threads.
_local = threading.local()


def _snowball(name: str) -> Callable[[str], str]:
    @lru_cache(20_000)
    def stem(word: str) -> str:
        stemmers: dict[str, Stemmer.Stemmer] = _local.__dict__.setdefault("stemmers", {})
        if name not in stemmers:
            stemmers[name] = Stemmer.Stemmer(name, 0)
        return str(stemmers[name].stemWord(word))

    return stem


def _english() -> Callable[[str], str]:
    """Snowball gives "train" for a railway and for a training: who was attacked on one asks for no other."""
    stem = _snowball("english")
    apart = {"training": "training", "trainings": "training", "trainer": "trainer", "trainers": "trainer"}
    return lambda word: apart.get(word) or stem(word)


def _folded(stem: Callable[[str], str]) -> Callable[[str], str]:
    """Marks go before stemming, so that text typed without them meets text typed with them."""
    return lambda word: stem(ascii_fold(word))


def _french(word: str) -> str:
    """Without marks the stemmer leaves the e of a feminine participle: discriminée, discriminé."""
    return _french_snowball(ascii_fold(word)).rstrip("e")


_french_snowball = _snowball("french")
_STEMS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "de": ("latin", german.stem),
    "en": ("latin", _english()),
    "tr": ("latin", _folded(_snowball("turkish"))),
    "pl": ("latin", _folded(_snowball("polish"))),
    "fr": ("latin", _french),
    "es": ("latin", _folded(_snowball("spanish"))),
    "ar": ("arabic", arabic.stem),
    "fa": ("arabic", arabic.stem_persian),
    "uk": ("cyrillic", ukrainian.stem),
    "ru": ("cyrillic", _folded(_snowball("russian"))),
    "el": ("greek", _folded(_snowball("greek"))),
}
LANGUAGES = tuple(_STEMS)


@cache
def chain(language: str) -> Chain:
    """The chain of a language; Leichte Sprache is German, and what we do not know is only made plain."""
    code = language if language in _STEMS else language.partition("-")[0]
    if code not in _STEMS:
        return Chain(code, "other", ascii_fold, frozenset())
    kind, stem = _STEMS[code]
    return Chain(code, kind, stem, frozenset(surfaces(stopwords.RAW[code], code)))


@cache
def readers(kind: str) -> tuple[Chain, ...]:
    """All chains that may read a word of this script: nobody's language is guessed."""
    return tuple(chain(code) for code in LANGUAGES if chain(code).script == kind)


def grams(word: str, size: int = 4) -> list[str]:
    """Overlapping pieces of a word: the net below stems, for names, loan words and slips."""
    word = german.fold(ascii_fold(word))
    if len(word) <= size:
        return [word] if len(word) == size else []
    return [word[start : start + size] for start in range(len(word) - size + 1)]
