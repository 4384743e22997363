"""One chain per language: text → words as typed → stems. The only analyser that documents and queries pass."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, wraps
from typing import ParamSpec, TypeVar

from search.analysis import (
    arabic,
    english,
    french,
    german,
    greek,
    persian,
    polish,
    russian,
    spanish,
    stopwords,
    turkish,
    ukrainian,
)
from search.analysis.normalise import ascii_fold, clean, lower, script, words

P = ParamSpec("P")
T = TypeVar("T")
WORDS = 50_000  # of each language are kept as they were analysed
LABEL = 80  # letters at most
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
        return [token for word in surfaces(text, self.language) if (token := self._token(word))]

    def said(self, text: str) -> list[Token]:
        """Every word in order, also the small ones: those have no stem."""
        return [self._token(word) or Token(word, "") for word in surfaces(text, self.language)]

    @cached_property
    def _token(self) -> Callable[[str], Token | None]:
        """A directory of any size says the same words again and again."""
        return lru_cache(WORDS)(lambda word: None if word in self.stops else Token(word, self.stem(word)))

    def stems(self, text: str) -> list[str]:
        return [token.stem for token in self.tokens(text)]


def surfaces(text: str, language: str = "de") -> list[str]:
    """The words of a text in lower case, gender forms made plain."""
    read = _reading.get()
    if read is None or len(text) > LABEL:
        return _surfaces(text, language)
    found = read.get((text, language))
    if found is None:
        found = _surfaces(text, language)
        if len(read) < WORDS:
            read[text, language] = found
    return list(found)


_reading: ContextVar[dict[tuple[str, str], list[str]] | None] = ContextVar("reading", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """In here every label is read once: an index that is built needs each of them seven times.

    Not for what visitors type, which nothing keeps.
    """
    token = _reading.set({})
    try:
        yield
    finally:
        _reading.reset(token)


def _surfaces(text: str, language: str) -> list[str]:
    text = clean(text)
    if script(text.lstrip()) == "latin":
        text = german.without_links(german.plain_gender(text))
    if language == "fa":
        text = persian.joined(text)
    return [word[:MAX_WORD] for word in words(lower(text, language))]


_STEMS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "de": ("latin", german.stem),
    "en": ("latin", english.stem),
    "tr": ("latin", turkish.stem),
    "pl": ("latin", polish.stem),
    "fr": ("latin", french.stem),
    "es": ("latin", spanish.stem),
    "ar": ("arabic", arabic.stem),
    "fa": ("arabic", persian.stem),
    "uk": ("cyrillic", ukrainian.stem),
    "ru": ("cyrillic", russian.stem),
    "el": ("greek", greek.stem),
}
LANGUAGES = tuple(_STEMS)
_CARRYING = {"su"}  # Turkish şu says nothing, su is water


_unstemmed = ContextVar("unstemmed", default=False)


@contextmanager
def unstemmed() -> Iterator[None]:
    """In here words are only made plain: to measure what stemming is worth."""
    before = _unstemmed.set(True)
    try:
        yield
    finally:
        _unstemmed.reset(before)


def kept(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """`lru_cache` for what rests on stems: it knows apart what is analysed without them."""

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        stemmed, plain = lru_cache(most)(function), lru_cache(most)(function)

        @wraps(function)
        def answer(*args: P.args, **kwargs: P.kwargs) -> T:
            return (plain if _unstemmed.get() else stemmed)(*args, **kwargs)  # type: ignore[arg-type]

        return answer

    return decorate


def chain(language: str) -> Chain:
    """The chain of a language; Leichte Sprache is German, and what we do not know is only made plain."""
    return _chain(language, _unstemmed.get())


@cache
def _chain(language: str, plain: bool) -> Chain:
    code = language if language in _STEMS else language.partition("-")[0]
    if code not in _STEMS:
        return Chain(code, "other", ascii_fold, frozenset())
    kind, stem = _STEMS[code]
    if plain:
        stem = german.fold if code == "de" else ascii_fold
    return Chain(code, kind, lru_cache(WORDS)(stem), _stops(code))


def _stops(code: str) -> frozenset[str]:
    """With and without their marks, as people type them."""
    found = frozenset(surfaces(stopwords.RAW[code], code))
    return found if code == "de" else found | {ascii_fold(word) for word in found} - _CARRYING


def readers(kind: str) -> tuple[Chain, ...]:
    """All chains that may read a word of this script: nobody's language is guessed."""
    return _readers(kind, _unstemmed.get())


@cache
def _readers(kind: str, plain: bool) -> tuple[Chain, ...]:
    return tuple(_chain(code, plain) for code in LANGUAGES if _chain(code, plain).script == kind)


def grams(word: str, size: int = 4) -> list[str]:
    """Overlapping pieces of a word: the net below stems, for names, loan words and slips."""
    word = german.fold(ascii_fold(word))
    if len(word) <= size:
        return [word] if len(word) == size else []
    return [word[start : start + size] for start in range(len(word) - size + 1)]
