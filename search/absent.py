"""A page without a hit: what was in the way, how much there is without it, and who helps otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from directory.cards import Card, card
from directory.models import Listing
from directory.showing import CARD_ROWS, public_listings, with_rows
from search.analysis.chains import chain
from search.facets import EVERYWHERE, Chip, chips
from search.forms import without
from search.port import Query, Results
from search.queries import find


@dataclass(frozen=True)
class Relief:
    """One filter less, and how many entries there are then."""

    chip: Chip
    count: int


@dataclass(frozen=True)
class Absent:
    says_little: bool  # nothing in the text can be looked for
    reliefs: tuple[Relief, ...]
    without_filters: int
    federal: Card | None


def absent(query: Query, results: Results, at: datetime) -> Absent:
    reliefs = tuple(_reliefs(query, results))
    return Absent(
        says_little=bool(query.text) and says_little(query.text, query.language),
        reliefs=tuple(relief for relief in reliefs if relief.count),
        without_filters=_count(replace(query, filters={}, everywhere=True)) if len(reliefs) > 1 else 0,
        federal=federal_body(at),
    )


def says_little(text: str, language: str) -> bool:
    """Small words, single letters, signs: there is nothing to look for."""
    return not any(len(token.surface) > 1 for token in chain(language).tokens(text))


def federal_body(at: datetime) -> Card | None:
    """Who advises on discrimination in the whole country, as the directory has it."""
    bodies = public_listings().filter(role="general", belongs_to=Listing.BelongsTo.FEDERAL)
    return next((card(body, at=at) for body in with_rows(bodies.order_by("slug")[:1], *CARD_ROWS)), None)


def _reliefs(query: Query, results: Results) -> Iterator[Relief]:
    for chip in chips(query.filters, results.place if not query.everywhere else ""):
        if chip.name == EVERYWHERE:
            yield Relief(chip, _count(replace(query, everywhere=True)))
        else:
            facet, _, value = chip.value.partition(":")
            yield Relief(chip, _count(replace(query, filters=without(query.filters, facet, value))))


def _count(query: Query) -> int:
    return find(replace(query, page=1, size=1)).total
