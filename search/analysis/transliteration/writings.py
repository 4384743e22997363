"""The writings that people leave for Latin letters."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Protocol

from rapidfuzz.distance import OSA

from search.analysis.chains import chain, surfaces
from search.analysis.normalise import script
from search.analysis.stopwords import RAW
from search.analysis.transliteration import arabic, cyrillic, greek, persian


class Writing(Protocol):
    """Both sides come down to keys; `fits` looks closer at two words that share one."""

    @property
    def weight(self) -> int:
        """What one letter of a key says."""

    def typed(self, word: str, /) -> frozenset[str]: ...

    def native(self, word: str, /) -> frozenset[str]: ...

    def roman(self, native: str, /) -> str:
        """One spelling, to tell how near another is."""

    def fits(self, typed: str, native: str, /, *, whole: bool = False) -> bool:
        """`whole`: without any ending beyond those of the native word."""


WRITINGS: Mapping[str, tuple[Writing, tuple[str, ...]]] = {
    "arabic": (arabic.READER, ("ar",)),
    "persian": (persian.READER, ("fa",)),
    "cyrillic": (cyrillic, ("uk", "ru")),
    "greek": (greek, ("el",)),
}
# Arabic words of weak letters are alike: jami3a is a جامعة, not جميع.
_LONGEST_SMALL = {"arabic": 4}


def writings_of(word: str) -> Iterable[str]:
    """Those that a word of the directory belongs to; small words belong to none."""
    kind = script(word)
    names = ("arabic", "persian") if kind == "arabic" else (kind,)
    return (name for name in names if name in WRITINGS and len(word) > 1 and not _is_small(word, name))


def small_word(typed: str, name: str, language: str) -> str:
    """moy → мой: a stop word of this writing, of the page's language before others."""
    if script(typed) != "latin" or len(typed) > _LONGEST_SMALL.get(name, len(typed)):
        return ""
    writing, by_key = WRITINGS[name][0], _small_words(name)
    natives = [native for key in sorted(writing.typed(typed)) for native in by_key.get(key, ())]
    fitting = [native for native in natives if writing.fits(typed, native, whole=True)]
    own = chain(language).stops
    return min(
        fitting, key=lambda native: (native not in own, OSA.distance(typed, writing.roman(native))), default=""
    )


@cache
def _small_words(name: str) -> Mapping[str, list[str]]:
    writing, languages = WRITINGS[name]
    found: dict[str, list[str]] = {}
    for word in dict.fromkeys(word for language in languages for word in surfaces(RAW[language], language)):
        for key in writing.native(word):
            if not key.endswith("-"):
                found.setdefault(key, []).append(word)
    return found


def _is_small(word: str, name: str) -> bool:
    return any(word in chain(language).stops for language in WRITINGS[name][1])
