"""What a table would change, row by row; nothing is written before somebody has seen that."""

import hashlib
import json
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TypeVar

from django.utils.translation import gettext as _

from directory.exchange import table_columns, table_file, table_lookup
from directory.exchange.table_file import Line
from directory.exchange.table_lookup import Known, Scope
from directory.exchange.table_reading import Planned, Reader
from directory.exchange.translations_file import RefusedError

AT_ONCE = 500  # rows that are looked up together
Result = TypeVar("Result")
Progress = tuple[int, int]  # done, of how many


class Fate(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


@dataclass
class Plan:
    rows: list[Planned] = field(default_factory=list)  # all but those that stay the same
    counts: Counter[Fate] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    refused: str = ""  # why nothing of the file can be used
    organisations: dict[str, Mapping[str, str]] = field(default_factory=dict)  # to be made, and from what

    @property
    def is_right(self) -> bool:
        return not self.refused and not self.counts[Fate.WRONG]

    @property
    def writes(self) -> int:
        return self.counts[Fate.NEW] + self.counts[Fate.CHANGED] if self.is_right else 0

    @property
    def problems(self) -> list[Planned]:
        return [row for row in self.rows if row.problems]

    @property
    def fingerprint(self) -> str:
        """The same as long as the same would be written over the same."""
        digest = hashlib.blake2s(digest_size=16)
        for row in self.rows:
            told = [row.number, row.slug, row.seen, [[each.column, each.before, each.after] for each in row.cells]]
            digest.update(json.dumps(told).encode())
        return digest.hexdigest()


def plan(path: Path, scope: Scope) -> Generator[Progress, None, Plan]:
    """Tells how far it has come, and in the end the plan."""
    made = Plan()
    try:
        table = table_file.read(path, table_lookup.known_columns())
        made.notes += table.notes
        yield from _plan_lines(table, scope, made)
    except RefusedError as refused:
        made.rows, made.counts = [], Counter()
        made.refused = str(refused)
    return made


def now(path: Path, scope: Scope) -> Plan:
    """Without anybody who waits for the progress."""
    return finished(plan(path, scope))


def finished(steps: Generator[Progress, None, Result]) -> Result:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: Result = end.value
            return found


def _plan_lines(table: table_file.Table, scope: Scope, made: Plan) -> Iterator[Progress]:
    known = Known(scope)
    reader = Reader(scope, known, table.columns)
    done, seen = 0, dict[str, int]()
    for lines in _batches(table.lines):
        known.load([line.cells.get(table_columns.SLUG, "") for line in lines])
        for line in lines:
            row = reader.row(line)
            _refuse_twice(row, line, seen)
            _add(made, row)
        done += len(lines)
        yield done, max(table.expected, done)
    made.organisations = known.new_organisations
    made.notes += reader.notes()


def _batches(lines: Iterator[Line]) -> Iterator[Sequence[Line]]:
    while found := list(islice(lines, AT_ONCE)):
        yield found


def _refuse_twice(row: Planned, line: Line, seen: dict[str, int]) -> None:
    slug = line.cells.get(table_columns.SLUG, "")
    first = seen.setdefault(slug, line.number) if slug else line.number
    if first != line.number:
        row.problems.append(("slug", _("This entry was given in row %(first)d already.") % {"first": first}))


def _add(made: Plan, row: Planned) -> None:
    how = fate(row)
    made.counts[how] += 1
    if how is not Fate.SAME:
        made.rows.append(row)


def fate(row: Planned) -> Fate:
    if row.problems:
        return Fate.WRONG
    if row.is_new:
        return Fate.NEW
    return Fate.CHANGED if row.cells else Fate.SAME


def lines(made: Plan) -> Iterator[str]:
    """How many of what, for people."""
    words = {
        Fate.NEW: _("%(count)d new"),
        Fate.CHANGED: _("%(count)d changed"),
        Fate.SAME: _("%(count)d unchanged"),
        Fate.WRONG: _("%(count)d with mistakes"),
    }
    return (words[how] % {"count": made.counts[how]} for how in Fate if made.counts[how])
