"""What a situation may say: the dimensions, their values, and the facts that follow from what was said."""

import re
import tomllib
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

VIOLENT = frozenset({"violence", "threat"})
AUTHORITIES = frozenset({"city_administration", "land_authority", "federal_authority", "mixed_authority"})

_language = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)

Values = frozenset[str]


class UnknownFactError(ValueError):
    """A fact that no dimension knows."""

    def __init__(self, dimension: str, value: object = None) -> None:
        self.dimension, self.value = dimension, value
        known = "is not a dimension" if value is None else f"does not know the value {value!r}"
        super().__init__(f"{dimension!r} {known}")


@dataclass(frozen=True)
class Dimensions:
    values: Mapping[str, Values]
    places: Mapping[str, str]
    other_names: Mapping[str, Mapping[str, str]]
    broader: Mapping[str, Mapping[str, tuple[str, ...]]]
    side: Mapping[str, Mapping[str, str]]
    acts_for: Mapping[str, str]

    def name(self, dimension: str) -> str:
        return self.other_names["dimensions"].get(dimension, dimension)

    def codes(self, dimension: str, raw: object) -> Values:
        """The values of a coded dimension, by their own names; raises UnknownFactError."""
        others = self.other_names.get(dimension, {})
        codes = frozenset(others.get(str(item), str(item)) for item in _items(raw))
        for code in codes - self.values[dimension]:
            raise UnknownFactError(dimension, code)
        return codes

    def area(self, dimension: str, raw: object, areas: Container[str]) -> str:
        name = self.other_names["place"].get(str(raw), str(raw))
        area = self.places.get(name, name)
        if area not in areas and area not in self.places.values():
            raise UnknownFactError(dimension, raw)
        return area

    def with_broader(self, dimension: str, codes: Values) -> Values:
        """The codes and everything that they also stand for."""
        table = self.broader.get(dimension, {})
        found = codes
        while more := frozenset(b for code in found for b in table.get(code, ())) - found:
            found |= more
        return found


@cache
def shipped() -> Dimensions:
    with Path(__file__).with_name("dimensions.toml").open("rb") as file:
        raw = tomllib.load(file)
    return Dimensions(
        values={name: frozenset(values) for name, values in raw["values"].items()},
        places=raw["places"],
        other_names=raw["other_names"],
        broader={
            name: {code: tuple(broader) for code, broader in table.items()}
            for name, table in raw["broader"].items()
        },
        side=raw["side"],
        acts_for=raw["acts_for"],
    )


@dataclass(frozen=True)
class Facts:
    """`meant` is what competence is held against, `excluding` what exclusions are held against.

    What is `assumed` is in `meant` alone: it orders bodies, excludes none, starts no deadline, is no reason.
    """

    stated: Mapping[str, Values] = field(default_factory=dict)
    meant: Mapping[str, Values] = field(default_factory=dict)
    excluding: Mapping[str, Values] = field(default_factory=dict)
    place: str = ""
    residence: str = ""
    residence_stated: bool = False
    assumed: frozenset[str] = frozenset()  # dimensions
    danger_now: bool | None = None
    days_ago: int | None = None
    language: str = ""

    @classmethod
    def of(
        cls,
        raw: Mapping[str, Any],
        *,
        areas: Container[str] = (),
        assumed: Mapping[str, Any] | None = None,
    ) -> "Facts":
        """Read facts; `areas` are the known area slugs beside the named places. Raises UnknownFactError."""
        dimensions = shipped()
        said = {dimensions.name(str(key)): value for key, value in raw.items() if value not in (None, "", [])}
        plain = {name: _plain(name, said.pop(name)) for name in tuple(said) if name in _PLAIN}
        place, residence = (
            dimensions.area(name, _one(name, said.pop(name)), areas) if name in said else ""
            for name in ("place", "residence")
        )
        for name in said:
            if name not in dimensions.values:
                raise UnknownFactError(name)
        stated = {name: dimensions.codes(name, value) for name, value in said.items()}
        if "danger_now" in plain:
            stated["danger_now"] = _words(plain["danger_now"])
        meant, excluding = _derived(stated, dimensions)
        guessed = {
            name: dimensions.codes(name, value) for name, value in (assumed or {}).items() if name not in meant
        }
        return cls(
            stated=stated,
            meant={**meant, **guessed},
            excluding=excluding,
            place=place or residence,
            residence=residence or place,
            residence_stated=bool(residence),
            assumed=frozenset(guessed),
            danger_now=plain.get("danger_now"),
            days_ago=plain.get("when_days_ago"),
            language=plain.get("language", ""),
        )

    def of_stated(self, dimension: str) -> Values:
        return self.stated.get(dimension, frozenset())

    def tells(self, dimension: str) -> bool:
        return bool(self.meant.get(dimension))

    def confirms(self, dimension: str, values: Values) -> bool:
        """By what was said, not by what is only assumed."""
        return dimension not in self.assumed and bool(self.meant.get(dimension, frozenset()) & values)

    @property
    def what(self) -> Values:
        return self.of_stated("what")

    @property
    def who(self) -> Values:
        return self.meant.get("who", frozenset())

    @property
    def is_violent(self) -> bool:
        return bool(self.what & VIOLENT)

    @property
    def in_danger(self) -> bool:
        return self.danger_now is True


def _derived(
    stated: Mapping[str, Values], dimensions: Dimensions
) -> tuple[Mapping[str, Values], Mapping[str, Values]]:
    told = {**stated, "asker": stated.get("asker", frozenset({"affected"}))}
    if who := _side(stated, dimensions):
        told["who"] = who
    told = {name: dimensions.with_broader(name, codes) for name, codes in told.items()}
    served = frozenset(dimensions.acts_for[code] for code in told["asker"] if code in dimensions.acts_for)
    violent = told.get("what", frozenset()) & VIOLENT
    return {**told, "asker": told["asker"] | served}, {**told, **({"what": violent} if violent else {})}


def _side(stated: Mapping[str, Values], dimensions: Dimensions) -> Values:
    """Whose side it was: as stated, else by the office, else by the part of life."""
    if who := stated.get("who"):
        return who
    for name in ("office", "life_area"):
        table = dimensions.side[name]
        if known := frozenset(table[code] for code in stated.get(name, ()) if code in table):
            return known
    return frozenset()


def _items(raw: object) -> Iterable[object]:
    return raw if isinstance(raw, list | tuple | set | frozenset) else (raw,)


def _one(dimension: str, raw: object) -> object:
    items = tuple(_items(raw))
    if len(items) != 1:
        raise UnknownFactError(dimension, raw)
    return items[0]


def _plain(dimension: str, raw: object) -> Any:
    value = _one(dimension, raw)
    if not _PLAIN[dimension](value):
        raise UnknownFactError(dimension, raw)
    return value


_PLAIN: Mapping[str, Any] = {
    "danger_now": lambda value: isinstance(value, bool),
    "when_days_ago": lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0,
    "language": lambda value: isinstance(value, str) and bool(_language.fullmatch(value)),
}


def _words(value: bool) -> Values:
    return frozenset({"true" if value else "false"})
