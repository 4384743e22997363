"""Codes by all the names that people may write for them: read once for a whole file."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from directory.exchange.cells import CellError
from directory.vocabulary import AREAS, area_tree, terms

Names = Mapping[str, str]  # name in small letters → code; a name of several codes is none of them


class Codebook:
    def __init__(self) -> None:
        self._names: dict[object, Names] = {}

    def code(self, vocabulary: str, word: str) -> str:
        return self._look_up(self._of(vocabulary), word)

    def choice(self, field: Any, word: str) -> str:
        if field not in self._names:
            self._names[field] = _names(_choices(field))
        return self._look_up(self._names[field], word)

    def _of(self, vocabulary: str) -> Names:
        if vocabulary not in self._names:
            self._names[vocabulary] = _names(_terms(vocabulary))
        return self._names[vocabulary]

    def _look_up(self, names: Names, word: str) -> str:
        try:
            return names[word.casefold()]
        except KeyError as problem:
            raise CellError(_unknown(word, names)) from problem


def _unknown(word: str, names: Names) -> str:
    near = get_close_matches(word.casefold(), names, n=1, cutoff=0.6)
    if near:
        words = _("“%(word)s” is not known here. Is “%(near)s” meant?")
        return words % {"word": word, "near": names[near[0]]}
    return _("“%(word)s” is not known here. All codes stand on the sheet “Codes”.") % {"word": word}


def _terms(vocabulary: str) -> list[tuple[str, str]]:
    if vocabulary == AREAS:
        return [(slug, name) for slug, area in area_tree().areas.items() for name in area.names.values()]
    found = terms(vocabulary)
    named = [(slug, name) for slug, term in found.items() for name in term.labels.values()]
    return [*named, *((slug, slug) for slug in found)]


def _choices(field: Any) -> list[tuple[str, str]]:
    pairs = [(str(code), str(code)) for code, _label in field.flatchoices]
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            pairs += [(str(code), str(label)) for code, label in field.flatchoices]
    return pairs


def _names(pairs: Iterable[tuple[str, str]]) -> Names:
    """A code by itself always counts, also where another one is called so."""
    found: dict[str, str] = {}
    several: set[str] = set()
    codes = set()
    for code, name in pairs:
        codes.add(code)
        if found.setdefault(name.casefold(), code) != code:
            several.add(name.casefold())
    kept = {name: code for name, code in found.items() if name not in several}
    return kept | {code.casefold(): code for code in codes}
