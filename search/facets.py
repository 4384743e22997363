"""Facets, chosen filters and pages in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from math import ceil
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.models import Listing
from directory.spoken import spoken_name
from directory.text import Text
from directory.vocabulary import area_name, area_tree, home_area, label
from search.forms import Filters, pairs, without
from search.port import FACETS, FacetCount, Results, shows

MOST = 40  # values of a facet that are shown: a country has thousands of places
TOGGLE, EVERYWHERE = "toggle", "everywhere"  # what the buttons of chips and facets post
NAMES: Mapping[str, str | Promise] = {
    "kind": _("Kind of offer"),
    "concern": _("What it is about"),
    "language": _("Spoken language"),
    "area": _("Place"),
    "audience": _("For whom"),
    "sector": _("Sector"),
    "format": _("Format"),
    "open": _("Opening hours"),
}
FIRST = "open"  # one choice, and who needs somebody now must not look for it


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
        return self.name == FIRST or any(choice.selected for choice in self.choices)


@dataclass(frozen=True)
class Chip:
    """What narrows the results, and how it is taken away: a button's name and value, or an address."""

    name: str
    value: str
    label: Text
    query: str = ""  # the address without this filter

    @property
    def is_place(self) -> bool:
        return self.name == EVERYWHERE


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


Order = tuple[int, int, str]

_labels: Mapping[str, Callable[[str], Text]] = {
    "kind": lambda value: _own(str(Listing.Kind(value).label)),
    "concern": lambda value: label("concerns", value),
    "language": lambda value: _own(spoken_name(value)),
    "area": area_name,
    "audience": _audience,
    "sector": lambda value: label("sectors", value),
    "format": lambda value: label("formats", value),
    "open": lambda _value: _own(gettext("Open now")),
}


def in_words(facet: str, value: str) -> Text:
    return _labels[facet](value)


def facets(results: Results, filters: Filters) -> tuple[Facet, ...]:
    names = sorted((name for name in FACETS if shows(name, filters)), key=lambda name: name != FIRST)
    built = (facet(name, results.facets.get(name, ())) for name in names)
    return tuple(found for found in built if found.choices)


def facet(name: str, counts: Iterable[FacetCount]) -> Facet:
    ordered = sorted(_nearest(name, counts), key=_order(name))
    choices = (Choice(each.value, in_words(name, each.value), each.count, each.selected) for each in ordered)
    return Facet(name, str(NAMES[name]), tuple(choices))


def _nearest(name: str, counts: Iterable[FacetCount]) -> list[FacetCount]:
    """Of too many values the chosen ones; of places those around home and the large ones; then the common ones."""
    found = list(counts)
    if len(found) <= MOST:
        return found
    tree, home, order = area_tree(), home_area(), _order(name)
    around = {*tree.ancestors(home), *tree.within(home)} if name == "area" else set()

    def rank(count: FacetCount) -> tuple[bool, bool, Order]:
        return not count.selected, count.value not in around, order(count)

    return nsmallest(MOST, found, key=rank)


def _order(name: str) -> Callable[[FacetCount], Order]:
    """Places from large to small, everything else by how much there is."""
    if name != "area":
        return lambda count: (0, -count.count, count.value)
    smaller_rank = area_tree().smaller_rank  # asked for each of thousands of places
    return lambda count: (smaller_rank(count.value), -count.count, count.value)


def chips(filters: Filters, place: str = "") -> tuple[Chip, ...]:
    """The place that the words name is a filter like any other."""
    named = (Chip(EVERYWHERE, "1", area_name(place)),) if place else ()
    chosen = (
        Chip(TOGGLE, f"{facet}:{value}", in_words(facet, value), address(without(filters, facet, value)))
        for facet, value in pairs(filters)
    )
    return (*named, *chosen)


def address(filters: Filters) -> str:
    return urlencode(list(pairs(filters)))


def pages(results: Results, current: int, size: int, *, query: str = "", form: str = "") -> Pages:
    return Pages(current, ceil(results.total / size), query, form)
