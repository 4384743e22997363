"""What a visitor may ask for: anything else in a request is passed over, never an error."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from directory.models import Listing
from directory.vocabulary import area_tree, terms
from search.open_now import NOW
from search.port import FACETS

LONGEST_TEXT = 200
LAST_PAGE = 500
AUDIENCES = ("affected", "institutions")
LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")

Filters = Mapping[str, frozenset[str]]

_known: Mapping[str, Callable[[str], bool]] = {
    "kind": lambda value: value in Listing.Kind.values,
    "concern": lambda value: value in terms("concerns"),
    "language": lambda value: LANGUAGE_CODE.fullmatch(value) is not None,
    "area": lambda value: value in area_tree().areas,
    "audience": lambda value: value in AUDIENCES,
    "sector": lambda value: value in terms("sectors"),
    "format": lambda value: value in terms("formats"),
    "open": lambda value: value == NOW,
}


@dataclass(frozen=True)
class Asked:
    """All that one search says. Each of its pages carries it along in a form, for the next one."""

    text: str
    filters: Filters
    page: int = 1
    everywhere: bool = False
    verbatim: bool = False

    def hidden(self) -> Iterator[tuple[str, str]]:
        yield "text", self.text
        yield from pairs(self.filters)
        if self.everywhere:
            yield "everywhere", "1"
        if self.verbatim:
            yield "verbatim", "1"


def asked(data: QueryDict) -> Asked:
    """A text that was offered and taken stands for the one that was typed."""
    taken = words(data, "instead")
    return Asked(
        text=taken or words(data),
        filters={} if "anything" in data else chosen(data),
        page=page_number(data),
        everywhere="everywhere" in data and not taken,
        verbatim="verbatim" in data and not taken,
    )


def is_known(facet: str, value: str) -> bool:
    return facet in _known and _known[facet](value)


def chosen(data: QueryDict) -> dict[str, frozenset[str]]:
    """The filters in a request, toggled by the facet's button that was pressed, if any."""
    found = {facet: {value for value in data.getlist(facet) if is_known(facet, value)} for facet in FACETS}
    facet, _colon, value = data.get("toggle", "").partition(":")
    if is_known(facet, value):
        found[facet] ^= {value}
    return {facet: frozenset(values) for facet, values in found.items() if values}


def without(filters: Filters, facet: str, value: str) -> Filters:
    left = {name: values - {value} if name == facet else values for name, values in filters.items()}
    return {name: values for name, values in left.items() if values}


def pairs(filters: Filters) -> Iterable[tuple[str, str]]:
    return ((facet, value) for facet in FACETS for value in sorted(filters.get(facet, ())))


def words(data: QueryDict, name: str = "text") -> str:
    """The text without what no language contains: control characters and halves of characters."""
    whole = data.get(name, "").encode(errors="replace").decode(errors="replace")
    return " ".join("".join(char if char.isprintable() else " " for char in whole).split())


def page_number(data: QueryDict) -> int:
    wanted = data.get("page", "")
    return min(int(wanted), LAST_PAGE) if re.fullmatch(r"[1-9][0-9]{0,5}", wanted) else 1
