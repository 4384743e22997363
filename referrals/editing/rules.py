"""Rules of the listings whose check-by date has passed, read as sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, overload

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from directory.models import CompetenceRow, Exclusion, Listing
from directory.vocabulary import choices
from referrals import queries, rule_words
from referrals.rule_words import Name

Row = CompetenceRow | Exclusion


@dataclass(frozen=True)
class Rule:
    pk: int
    listing: Listing
    sentence: str
    sources: tuple[str, ...]
    check_by: date | None

    @property
    def links(self) -> SafeString:
        """Sources are addresses, or words where there is none."""
        return format_html_join("; ", "{}", ((source,) for source in self.sources))


def overdue(listings: QuerySet[Any], on: date | None = None) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """Of the public ones among the listings: the rows, and the exclusions."""
    late = {"check_by__lt": on or timezone.localdate(), "listing__in": listings.filter(live=True)}
    rows: Any = CompetenceRow.objects
    exclusions: Any = Exclusion.objects
    return rows.filter(**late), exclusions.filter(**late)


class Overdue(Sequence[Rule]):
    """The longest overdue first; only those of the page are read."""

    def __init__(self, listings: QuerySet[Any]) -> None:
        found = ((rows.model, *row) for rows in overdue(listings) for row in _order(rows))
        self.keys = sorted(found, key=lambda row: (row[2], row[3], row[1]))

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, at: int) -> Rule: ...

    @overload
    def __getitem__(self, at: slice) -> list[Rule]: ...

    def __getitem__(self, at: int | slice) -> Rule | list[Rule]:
        if isinstance(at, slice):
            return _read([(model, key) for model, key, *_order in self.keys[at]])
        return self[at : at + 1][0]


def _order(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by().values_list("pk", "check_by", "listing__slug")


def _read(keys: list[tuple[type[Any], int]]) -> list[Rule]:
    models: tuple[type[Any], ...] = (CompetenceRow, Exclusion)
    found = {
        model: model.objects.select_related("listing").in_bulk([key for each, key in keys if each is model])
        for model in models
    }
    rows = [found[model][key] for model, key in keys if key in found[model]]
    name = names()
    return [Rule(row.pk, row.listing, sentence(row, name), tuple(row.sources), row.check_by) for row in rows]


def sentence(row: Row, name: Name = str, *, of: Listing | None = None) -> str:
    """`of` is the listing where the row does not know it yet."""
    if isinstance(row, CompetenceRow):
        return rule_words.sentence(queries.row_of(row), name)
    return rule_words.sentence(queries.exclusion_of(row, of or row.listing), name)


def read_back(row: Row, listing: Listing) -> str:
    """What a row of a form says; nothing for one that is still empty."""
    is_empty = not row.pk and not any(queries.conditions_of(row).values())
    is_begun = isinstance(row, Exclusion) and not row.strength
    return "" if is_empty or is_begun else sentence(row, names(), of=listing)


def names() -> Name:
    """What the bodies are called to which rules send on; nothing is read before the first is asked for."""
    found: dict[str, str] = {}

    def name(slug: str) -> str:
        if not found:
            found.update(choices("listings"))
        return found.get(slug, slug)

    return name
