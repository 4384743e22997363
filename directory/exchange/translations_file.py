"""Reads a workbook of translations, whatever somebody may have done to it: rows, or problems in plain words."""

import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from directory.exchange.translations import WIDTHS
from directory.languages import SHIPPED
from directory.translatable import NOT_IN_XML

BIGGEST_FILE = 10_000_000
BIGGEST_CONTENT = 50_000_000  # unpacked: a few kilobytes can unpack to more than a machine holds
MOST_PARTS = 200
MOST_ROWS = 50_000
MOST_COLUMNS = 50
NEEDED = ("key", "source hash", "translation", "checked")
_YES = frozenset({"x", "✓", "✔", "1", "true"})
_STAMP = re.compile(r"((?:[0-9a-f]{16})?\.[0-9a-f]{16})\.([0-9a-f]{16})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FORMULA, _ERROR, _DATE = "f", "e", "d"  # openpyxl's kinds of cells


@dataclass(frozen=True)
class Problem:
    text: str
    row: int | None = None  # as the spreadsheet program numbers it

    def __str__(self) -> str:
        return (
            _("Row %(number)d: %(problem)s") % {"number": self.row, "problem": self.text}
            if self.row
            else self.text
        )


@dataclass(frozen=True)
class Line:
    number: int
    key: str
    stamp: str
    before: str
    translation: str
    is_checked: bool


@dataclass
class Sheet:
    language: str = ""
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class RefusedError(Exception):
    """With words for people."""


def read(path: Path) -> Sheet:
    sheet = Sheet()
    try:
        with path.open("rb") as file:  # by its name openpyxl would refuse what does not end in .xlsx
            _refuse_bombs(file)
            _read(file, sheet)
    except RefusedError as refused:
        sheet.problems.append(Problem(str(refused)))
    except Exception:
        sheet.problems.append(Problem(_("This file is damaged, or it is not a spreadsheet (.xlsx).")))
    return sheet


def _refuse_bombs(file: BinaryIO) -> None:
    """The sizes may lie, but then unpacking stops at what they say."""
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        packed = sum(part.compress_size for part in parts)
        if (
            len(parts) > MOST_PARTS
            or packed > BIGGEST_FILE
            or sum(part.file_size for part in parts) > BIGGEST_CONTENT
        ):
            raise RefusedError(_("This file is too big for a file of translations."))


def _read(file: BinaryIO, sheet: Sheet) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on styles and extensions of other programs
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        try:
            sheet.language = _language(book.sheetnames)
            _read_rows(book[sheet.language], sheet)
        finally:
            book.close()


def _language(names: list[str]) -> str:
    found = [name for name in names if name in SHIPPED]
    if len(found) != 1:
        message = _("This is not a file of translations: no sheet is named after a language (%(names)s).")
        raise RefusedError(message % {"names": ", ".join(names)})
    return found[0]


def _read_rows(worksheet: Any, sheet: Sheet) -> None:
    if not hasattr(worksheet, "iter_rows"):
        raise RefusedError(_("This is not a file of translations: its sheet is a chart."))
    rows = worksheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)
    columns = _columns(next(rows, ()))
    seen: dict[str, int] = {}
    for number, cells in enumerate(rows, start=2):
        if all(cell.value in (None, "") for cell in cells):
            continue
        if number > MOST_ROWS + 1:
            raise RefusedError(_("This file has more than %(count)d rows.") % {"count": MOST_ROWS})
        line = _line(number, {name: cells[place] for name, place in columns.items() if place < len(cells)}, sheet)
        if line is None:
            continue
        if (first := seen.setdefault(line.key, number)) != number:
            _note(sheet, number, _("this text was given in row %(first)d already.") % {"first": first})
        sheet.lines.append(line)


def _columns(header: tuple[Any, ...]) -> dict[str, int]:
    names = [str(cell.value).strip() for cell in header]
    if missing := [name for name in NEEDED if name not in names]:
        raise RefusedError(_("These columns are missing: %(names)s.") % {"names": ", ".join(missing)})
    return {name: names.index(name) for name in WIDTHS if name in names}


def _line(number: int, cells: Mapping[str, Any], sheet: Sheet) -> Line | None:
    """None where the row cannot be used; why stands among the problems then."""
    problems = list(_problems(cells))
    for problem in problems:
        _note(sheet, number, problem)
    stamp = _STAMP.fullmatch(_text(cells.get("source hash")))
    if problems or stamp is None:
        return None
    return Line(
        number,
        _text(cells["key"]),
        stamp[1],
        stamp[2],
        _text(cells.get("translation")),
        _is_yes(_text(cells.get("checked"))),
    )


def _problems(cells: Mapping[str, Any]) -> Iterator[str]:
    for name in NEEDED:
        kind = getattr(cells.get(name), "data_type", "")
        if kind in (_FORMULA, _ERROR, _DATE):
            words = {
                _FORMULA: _("“%(column)s” holds a formula. Write the text itself."),
                _ERROR: _("“%(column)s” holds an error of the spreadsheet program."),
                _DATE: _("“%(column)s” holds a date. Format the cell as text and write it again."),
            }
            yield words[kind] % {"column": name}
            return
    translation, checked = _text(cells.get("translation")), _text(cells.get("checked"))
    if not _text(cells.get("key")):
        yield _("the key is missing, so nobody knows where the text belongs.")
    elif not _STAMP.fullmatch(_text(cells.get("source hash"))):
        yield _("the source hash was changed. Export the file again.")
    if NOT_IN_XML.search(translation):
        yield _("the translation contains invisible control characters.")
    if checked and not _is_yes(checked):
        yield _("“checked” must be an x or empty.")
    elif checked and not translation.strip():
        yield _("is marked as checked, but has no translation.")


def _is_yes(text: str) -> bool:
    return text.casefold() in _YES


def _text(cell: Any) -> str:
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # somebody typed a year
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))


def _note(sheet: Sheet, number: int, text: str) -> None:
    sheet.problems.append(Problem(text, number))
