"""A translator at work: takes a workbook, writes into it, gives it back."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from directory.exchange import translations
from directory.exchange import translations_import as importing
from directory.translatable import translatable_models
from directory.translating import Outcome
from directory.translation_state import State

NAMES = list(translations.WIDTHS)
TITLE = "directory.listing/advice/title"
NAME = "directory.organisation/house/name"


def export(path: Path, language: str = "en", *only: State) -> Path:
    translations.write(path, language, translations.rows(language, translatable_models(), only))
    return path


def place(name: str) -> int:
    return NAMES.index(name)


def table(path: Path, language: str = "en") -> dict[str, dict[str, Any]]:
    """What a spreadsheet program shows, by key."""
    sheet = load_workbook(path)[language]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    return {str(row[0]): dict(zip(NAMES, row, strict=True)) for row in rows}


def fill(path: Path, texts: Mapping[str, str], language: str = "en", *, checked: Collection[str] = ()) -> Path:
    """Texts by key. Written as Excel does: always as text."""
    book = load_workbook(path)
    for row in book[language].iter_rows(min_row=2):
        key = str(row[0].value)
        if key in texts:
            row[place("translation")].value = texts[key]
            row[place("translation")].data_type = "s"
        if key in checked:
            row[place("checked")].value = "x"
    book.save(path)
    return path


def spoil(path: Path, row: int, column: str, value: Any, language: str = "en") -> Path:
    book = load_workbook(path)
    book[language].cell(row, place(column) + 1).value = value
    book.save(path)
    return path


def change_book(path: Path, change: Any) -> Path:
    book: Workbook = load_workbook(path)
    change(book)
    book.save(path)
    return path


def problems(path: Path, language: str = "en", by: Any = None) -> list[str]:
    return [str(problem) for problem in importing.plan(path, language=language, by=by).problems]


def bring_back(path: Path, language: str = "en", by: Any = None) -> Outcome:
    plan = importing.plan(path, language=language, by=by)
    assert [str(problem) for problem in plan.problems] == []
    return importing.carry_out(plan, by=by)
