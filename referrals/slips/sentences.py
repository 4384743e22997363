"""What somebody reads aloud to a body: whole sentences, the same ones in German and in the reader's language."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import override

from directory.languages import MAIN, direction, preference
from directory.spoken import spoken_name

ANY_WISH = "any"
_INTERPRETER = "{interpreter}"

Texts = Mapping[str, str]  # by language


@dataclass(frozen=True)
class Sentence:
    """`about` is the fact that it tells: who leaves that fact out does not say the sentence either."""

    about: str
    text: str
    aside: str = ""  # asks for an interpreter in the middle of it, and can be left out by itself
    end: str = ""

    def __str__(self) -> str:
        return f"{self.text}{self.aside}{self.end}"


@dataclass(frozen=True)
class Speech:
    lang: str
    sentences: tuple[Sentence, ...]

    @property
    def dir(self) -> str:
        return direction(self.lang)

    def without(self, left_out: Iterable[str]) -> str:
        """As text, for who reads it with a camera."""
        gone = set(left_out)
        said = (each for each in self.sentences if each.about not in gone)
        return " ".join(f"{each.text}{'' if 'interpreter' in gone else each.aside}{each.end}" for each in said)


@dataclass(frozen=True)
class Said:
    """What the person told, as codes."""

    speaks: str = ""
    wishes: tuple[str, ...] = ()
    asker: str = ""


@cache
def phrases() -> Mapping[str, Texts]:
    """By dotted name: "wish.talk"."""
    with Path(__file__).with_name("sentences.toml").open("rb") as file:
        return dict(_flat(tomllib.load(file)))


def _flat(table: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Texts]]:
    if all(isinstance(value, str) for value in table.values()):
        yield path, table
        return
    for name, below in table.items():
        yield from _flat(below, f"{path}.{name}" if path else name)


def language_of(reader: str) -> str:
    """The language in which there are sentences for this reader."""
    spoken = phrases()["speak"]
    return next(code for code in preference(reader) if code in spoken)


def speech(said: Said, language: str) -> Speech:
    code = language_of(language)
    return Speech(code, tuple(_sentences(said, code)))


def speeches(said: Said, reader: str) -> tuple[Speech, ...]:
    """The German one, and the reader's own where that is another."""
    own = language_of(reader)
    return tuple(speech(said, code) for code in dict.fromkeys((MAIN, own)))


def _sentences(said: Said, code: str) -> Iterator[Sentence]:
    if said.speaks:
        before, _, end = phrases()["speak"][code].partition(_INTERPRETER)
        with override(code):
            before = before.format(language=spoken_name(said.speaks, code))
        yield Sentence("language", before, phrases()["interpreter"][code], end)
    if asker := phrases().get(f"asker.{said.asker}"):
        yield Sentence("asker", asker[code])
    known = [wish for wish in said.wishes if f"wish.{wish}" in phrases()]
    for wish in known or [ANY_WISH]:
        yield Sentence("wish", phrases()[f"wish.{wish}"][code])
