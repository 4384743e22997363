"""Facets, chosen filters and pages in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.models import Listing
from directory.spoken import spoken_name
from directory.text import Text
from directory.vocabulary import area_name, area_tree, label
from search.forms import Filters, pairs, without
from search.port import FACETS, FacetCount, Results

NAMES: Mapping[str, str | Promise] = {
    "kind": _("Kind of offer"),
    "concern": _("What it is about"),
    "language": _("Spoken language"),
    "area": _("Place"),
    "audience": _("For whom"),
    "sector": _("Sector"),
    "format": _("Format"),
}
TRAINING_ONLY = ("sector", "format")


@dataclass(frozen=True)
class Choice:
    value: str
    label: Text
    count: int
    selected: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    choices: tuple[Choice, ...]

    @property
    def is_open(self) -> bool:
        return any(choice.selected for choice in self.choices)


@dataclass(frozen=True)
class Chip:
    facet: str
    value: str
    label: Text
    query: str  # the address without this filter


@dataclass(frozen=True)
class Pages:
    current: int
    total: int
    query: str = ""
    form: str = ""

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """First, last and the neighbours; None is a gap."""
        near = {1, self.total, *range(self.current - 1, self.current + 2)}
        shown = sorted(number for number in near if 1 <= number <= self.total)
        found: list[int | None] = []
        for number in shown:
            if found and found[-1] is not None and number - found[-1] > 1:
                found.append(None)
            found.append(number)
        return tuple(found)


def _own(words: str) -> Text:
    return Text(words, "", "", is_fallback=False)


def _audience(value: str) -> Text:
    return _own(str(Listing.Audience(value).label))


_labels: Mapping[str, Callable[[str], Text]] = {
    "kind": lambda value: _own(str(Listing.Kind(value).label)),
    "concern": lambda value: label("concerns", value),
    "language": lambda value: _own(spoken_name(value)),
    "area": area_name,
    "audience": _audience,
    "sector": lambda value: label("sectors", value),
    "format": lambda value: label("formats", value),
}


def in_words(facet: str, value: str) -> Text:
    return _labels[facet](value)


def facets(results: Results, filters: Filters) -> tuple[Facet, ...]:
    built = (facet(name, results.facets.get(name, ())) for name in FACETS if shows(name, filters))
    return tuple(found for found in built if found.choices)


def shows(name: str, filters: Filters) -> bool:
    about_training = "training" in filters.get("kind", ()) or name in filters
    return name not in TRAINING_ONLY or about_training


def facet(name: str, counts: Iterable[FacetCount]) -> Facet:
    ordered = sorted(counts, key=lambda count: _order(name, count))
    choices = (Choice(each.value, in_words(name, each.value), each.count, each.selected) for each in ordered)
    return Facet(name, str(NAMES[name]), tuple(choices))


def _order(name: str, count: FacetCount) -> tuple[int, int, str]:
    """Places from large to small, everything else by how much there is."""
    size = area_tree().smaller_rank(count.value) if name == "area" else 0
    return (size, -count.count, count.value)


def chips(filters: Filters) -> tuple[Chip, ...]:
    return tuple(
        Chip(facet, value, in_words(facet, value), address(without(filters, facet, value)))
        for facet, value in pairs(filters)
    )


def address(filters: Filters) -> str:
    return urlencode(list(pairs(filters)))


def pages(results: Results, current: int, size: int, *, query: str = "", form: str = "") -> Pages:
    return Pages(current, ceil(results.total / size), query, form)
