"""When was each organisation last asked? One cell per organisation, the most overdue first."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.languages import SHIPPED, column
from directory.models import Listing, Organisation
from directory.queries import OLD

RECENT = timedelta(days=90)
CELLS_AT_MOST = 240
IN_ROW = 40
STEP, SIZE = 16, 14  # of the cells of the picture, in its own units

GRADES = {
    "never": _("not all confirmed yet"),
    "old": _("confirmed longer ago than 180 days"),
    "ageing": _("confirmed within the last 180 days"),
    "fresh": _("confirmed within the last 90 days"),
}


@dataclass(frozen=True)
class Cell:
    name: str
    listings: int
    grade: str
    said: str
    url: str
    x: int
    y: int


@dataclass(frozen=True)
class Strip:
    cells: tuple[Cell, ...]
    left_out: int
    numbers: tuple[tuple[str, str, int], ...]  # grade, in words, organisations

    @property
    def width(self) -> int:
        return min(len(self.cells), IN_ROW) * STEP

    @property
    def height(self) -> int:
        return -(-len(self.cells) // IN_ROW) * STEP

    @property
    def size(self) -> int:
        return SIZE

    @property
    def summary(self) -> str:
        """What the picture shows, for those who do not see it."""
        return "; ".join(f"{words}: {number}" for _grade, words, number in self.numbers)


class Row(NamedTuple):
    """An organisation's public listings."""

    organisation: int
    listings: int
    unconfirmed: int
    oldest: date | None


def strip(listings: QuerySet[Any]) -> Strip | None:
    """Of the public listings. An organisation is as fresh as its oldest one."""
    rows = _rows(listings.filter(live=True))
    names = _names([row.organisation for row in rows[:CELLS_AT_MOST]])
    cells = tuple(
        _cell(row, names.get(row.organisation, ""), divmod(at, IN_ROW))
        for at, row in enumerate(rows[:CELLS_AT_MOST])
    )
    grades = [_grade(row) for row in rows]
    numbers = tuple((grade, str(words), grades.count(grade)) for grade, words in GRADES.items())
    return Strip(cells, len(rows) - len(cells), numbers) if rows else None


def _rows(listings: QuerySet[Any]) -> list[Row]:
    """The most overdue first."""
    counted = (
        listings.order_by()
        .values_list("organisation")
        .annotate(
            listings=Count("pk"),
            unconfirmed=Count("pk", filter=Q(last_confirmed_on=None)),
            oldest=Min("last_confirmed_on"),
        )
    )
    rows = (Row(*row) for row in counted)
    return sorted(rows, key=lambda row: (not row.unconfirmed, row.oldest or date.min, row.organisation))


def _grade(row: Row) -> str:
    today = timezone.localdate()
    if row.unconfirmed or row.oldest is None:
        return "never"
    if row.oldest < today - OLD:
        return "old"
    return "fresh" if row.oldest >= today - RECENT else "ageing"


def _names(keys: list[int]) -> dict[int, str]:
    columns = [column("name", code) for code in SHIPPED]
    return {entry.pk: str(entry) for entry in Organisation.objects.filter(pk__in=keys).only("slug", *columns)}


def _cell(row: Row, name: str, place: tuple[int, int]) -> Cell:
    grade = _grade(row)
    of_organisation = urlencode({"state": "live", "organisation": row.organisation})
    return Cell(
        name=name,
        listings=row.listings,
        grade=grade,
        said=date_format(row.oldest, "SHORT_DATE_FORMAT")
        if grade != "never" and row.oldest
        else gettext("not all"),
        url=f"{reverse(Listing.snippet_viewset.get_url_name('list'))}?{of_organisation}",
        x=place[1] * STEP,
        y=place[0] * STEP,
    )
