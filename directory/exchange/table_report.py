"""Every change and every mistake of a plan: as a table, and in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import ngettext

from directory.exchange.cells import guarded
from directory.exchange.table_columns import by_name
from directory.exchange.table_plan import Fate, Plan, fate
from directory.exchange.table_reading import Planned

NAMED_ROWS = 8
HEADER = ("row", "slug", "what", "column", "before", "after", "mistake")


@dataclass(frozen=True)
class Cell:
    label: str
    language: str
    before: str
    after: str


def rows(plan: Plan) -> Iterator[tuple[str, ...]]:
    yield HEADER
    for row in plan.rows:
        yield from (tuple(map(guarded, line)) for line in _lines(row))
    if plan.refused:
        yield ("", "", str(Fate.WRONG), "", "", "", plan.refused)


def _lines(row: Planned) -> Iterator[tuple[str, ...]]:
    start = (str(row.number), row.slug, str(fate(row)))
    for each in row.cells:
        yield (*start, each.column, each.before, each.after, "")
    for name, words in row.problems:
        yield (*start, name, "", "", words)


def mistakes(plan: Plan) -> Iterator[str]:
    """The same mistake once, with the rows that have it."""
    found: dict[tuple[str, str], list[int]] = {}
    for row in plan.rows:
        for mistake in row.problems:
            found.setdefault(mistake, []).append(row.number)
    for (name, words), numbers in found.items():
        which = ", ".join(str(number) for number in numbers[:NAMED_ROWS])
        which += ", …" if len(numbers) > NAMED_ROWS else ""
        where = ngettext("Row %(rows)s", "%(count)d rows (%(rows)s)", len(numbers))
        told = {"rows": which, "count": len(numbers)}
        yield ", ".join(filter(None, (where % told, label(name) if name else ""))) + f": {words}"


def label(name: str) -> str:
    known = by_name().get(name)
    return f"“{known.label()}” ({name})" if known else f"“{name}”"


def changes(row: Planned) -> Iterator[Cell]:
    for each in row.cells:
        known = by_name().get(each.column)
        yield Cell(
            known.label() if known else each.column, known.language if known else "", each.before, each.after
        )
