"""The tree of areas, as plain data: does one area lie within another, and which is smaller?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

LEVELS = ("country", "land", "regierungsbezirk", "kreis", "city", "district", "quarter")


@dataclass(frozen=True)
class AreaData:
    slug: str
    level: str
    parent: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    quarters: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()


@dataclass(frozen=True)
class AreaTree:
    areas: Mapping[str, AreaData]

    @cached_property
    def _chains(self) -> Mapping[str, tuple[str, ...]]:
        return {slug: self._climb(slug) for slug in self.areas}

    def _climb(self, slug: str) -> tuple[str, ...]:
        chain: list[str] = []
        while slug in self.areas and slug not in chain:  # a loop in the data must not hang a page
            chain.append(slug)
            slug = self.areas[slug].parent
        return tuple(chain)

    def ancestors(self, slug: str) -> tuple[str, ...]:
        """The area itself first, then everything that holds it, up to the country."""
        return self._chains.get(slug, ())

    def contains(self, outer: str, inner: str) -> bool:
        return outer in self.ancestors(inner)

    def within(self, outer: str) -> tuple[str, ...]:
        """The area itself and everything below it."""
        return self._within.get(outer, ())

    @cached_property
    def _within(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for slug, chain in self._chains.items():
            for outer in chain:
                found.setdefault(outer, []).append(slug)
        return {outer: tuple(slugs) for outer, slugs in found.items()}

    def smaller_rank(self, slug: str) -> int:
        """0 for a country; the larger the number, the smaller the area. An unknown area ranks as a country."""
        return self._ranks.get(slug, 0)

    @cached_property
    def _ranks(self) -> Mapping[str, int]:
        return {slug: LEVELS.index(area.level) for slug, area in self.areas.items()}
