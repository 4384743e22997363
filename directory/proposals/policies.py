"""What is listed and what is not: one file per version, and no version is ever changed or taken away."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from directory.text import Text, choose

FOLDER = Path(__file__).with_name("policy")


@dataclass(frozen=True)
class Point:
    id: str
    texts: Mapping[str, str]

    @property
    def text(self) -> Text:
        """As the reader of the page knows it."""
        return choose(self.texts)


@dataclass(frozen=True)
class Policy:
    version: str
    intro: Point
    listed: tuple[Point, ...]
    not_listed: tuple[Point, ...]
    decided: tuple[Point, ...]

    def reason(self, wanted: str) -> Point | None:
        return next((point for point in self.not_listed if point.id == wanted), None)


@cache
def versions() -> Mapping[str, Policy]:
    """The newest one first."""
    files = sorted(FOLDER.glob("*.toml"), reverse=True)
    return {file.stem: _policy(file) for file in files}


def current() -> Policy:
    return next(iter(versions().values()))


def of(version: str) -> Policy:
    """A version that a proposal rests on; the current one where it names none that exists."""
    return versions().get(version) or current()


def _policy(file: Path) -> Policy:
    with file.open("rb") as opened:
        found = tomllib.load(opened)
    parts = {name: tuple(map(_point, found[name])) for name in ("listed", "not_listed", "decided")}
    return Policy(file.stem, _point({"id": "intro"} | found["intro"]), **parts)


def _point(table: Mapping[str, Any]) -> Point:
    return Point(str(table["id"]), {code: str(text) for code, text in table.items() if code != "id"})
