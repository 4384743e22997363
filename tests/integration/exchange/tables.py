"""Somebody with a spreadsheet: takes a table, writes into it, brings it back."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from directory.exchange import table_import, table_plan, table_writing
from directory.exchange.table_lookup import Scope
from directory.exchange.table_plan import Fate, Plan
from directory.languages import SHIPPED

ALL = tuple(SHIPPED)


def take(path: Path, scope: Scope | None = None, languages: Sequence[str] = ALL) -> Path:
    scope = scope or Scope()
    head = table_writing.head(scope, languages)
    entries = table_writing.rows(scope, head)
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            table_writing.write_csv(file, head, entries)
    else:
        table_writing.write_xlsx(path, head, entries)
    return path


def cells(path: Path) -> list[dict[str, str]]:
    """Without the row that explains the columns."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [row for row in csv.DictReader(file) if not row["slug"].startswith("#")]
    header, _labels, *rest = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return [{str(name): str(cell or "") for name, cell in zip(header, row, strict=True)} for row in rest]


def give(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """As a spreadsheet program writes it: a number stays a number."""
    header = list(dict.fromkeys(name for row in rows for name in row))
    table = [header, *([row.get(name, "") for name in header] for row in rows)]
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(table)
        return path
    book = Workbook()
    sheet: Any = book.active
    for line in table:
        sheet.append([None if cell == "" else cell for cell in line])
    book.save(path)
    return path


def change(path: Path, slug: str, **values: Any) -> Path:
    """In place, everything else as it came."""
    if path.suffix == ".csv":
        found = cells(path)
        return give(path, [{**row, **values} if row["slug"] == slug else row for row in found])
    book = load_workbook(path)
    sheet = book.worksheets[0]
    names = [str(cell.value) for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=3):
        for name, value in values.items() if row[0].value == slug else ():
            row[names.index(name)].value = value or None
    book.save(path)
    return path


def plan(path: Path, scope: Scope | None = None) -> Plan:
    return table_plan.now(path, scope or Scope())


def bring(path: Path, scope: Scope | None = None) -> table_import.Outcome:
    made = plan(path, scope)
    assert not (found := mistakes(made)), found[:5]
    return table_plan.finished(table_import.carry_out(made, scope or Scope()))


def mistakes(made: Plan) -> list[tuple[int, str, str]]:
    """Row, column and words."""
    if made.refused:
        return [(0, "", made.refused)]
    return [(row.number, name, words) for row in made.rows for name, words in row.problems]


def changes(made: Plan) -> dict[str, dict[str, tuple[str, str]]]:
    """slug → column → before and after."""
    return {row.slug: {each.column: (each.before, each.after) for each in row.cells} for row in made.rows}


def counts(made: Plan) -> dict[str, int]:
    return {str(how): made.counts[how] for how in Fate if made.counts[how]}
