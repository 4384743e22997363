"""Reads a table of entries, whatever program wrote it: rows of text, or what is wrong in plain words."""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from directory.exchange.cells import comparable, is_broken, unguarded
from directory.exchange.translations_file import RefusedError
from directory.languages import MAIN

BIGGEST_FILE = 60_000_000
BIGGEST_CONTENT = 600_000_000  # unpacked
MOST_PARTS = 200
MOST_ROWS = 50_000
MOST_COLUMNS = 400
LONGEST_LINE = 2_000_000  # characters of one cell in a CSV file
REMARK = "#"  # a row whose first cell begins so is for people
_XLSX = b"PK\x03\x04"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOST = re.compile(r"\?{3}")
_FORMULA, _ERROR = "f", "e"  # openpyxl's kinds of cells
_AS_NUMBER = re.compile(r"(phone|.*_phone|phone_.*)$")  # columns in which a number has lost its zeros


@dataclass(frozen=True)
class Line:
    number: int  # as the spreadsheet program numbers it
    cells: Mapping[str, str]
    problems: tuple[tuple[str, str], ...] = ()  # column, or nothing for the whole row, and words


@dataclass
class Table:
    """`lines` may be taken once; they raise RefusedError, too."""

    columns: tuple[str, ...]
    lines: Iterator[Line]
    expected: int = 0  # rows, as far as one can tell before reading them
    notes: list[str] = field(default_factory=list)


def read(path: Path, known: Collection[str]) -> Table:
    """Raises RefusedError where nothing of the file can be used."""
    if path.stat().st_size > BIGGEST_FILE:
        raise RefusedError(_("This file is too big for a table of entries."))
    with path.open("rb") as file:
        start = file.read(4)
    if not start:
        raise RefusedError(_("This file is empty."))
    return _read_workbook(path, known) if start == _XLSX else _read_text(path, known)


# --- CSV ------------------------------------------------------------------------------------------------------


def _read_text(path: Path, known: Collection[str]) -> Table:
    text, is_guess = _decoded(path.read_bytes())
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=lambda each: len(_known_of(first.split(each), known)))
    csv.field_size_limit(LONGEST_LINE)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = [_name(cell) for cell in next(rows, [])]
    table = Table(*_columns(header, known))
    table.expected = max(text.count("\n") - 1, 1)
    if is_guess:
        words = _("This file is not in UTF-8. It was read as Windows-1252 (“ANSI”): look at the umlauts below.")
        table.notes.append(words)
    table.notes += _unknown(header, known)
    table.lines = _lines(_text_rows(rows, header, is_guess=is_guess))
    return table


def _decoded(content: bytes) -> tuple[str, bool]:
    """And whether the encoding is a guess. Excel writes CSV in UTF-8 only if asked to."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode(content, "utf-16"), False
    if b"\0" in content[:100_000]:
        raise RefusedError(_("This file is neither a spreadsheet (.xlsx) nor a text with commas (.csv)."))
    try:
        return content.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return _decode(content, "cp1252"), True


def _decode(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise RefusedError(_("The letters of this file cannot be read. Save it as CSV in UTF-8.")) from problem


def _text_rows(rows: Any, header: list[str], *, is_guess: bool) -> Iterator["_Raw"]:
    while True:
        number = rows.line_num + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as problem:
            words = _("Row %(number)d cannot be read: %(problem)s.")
            raise RefusedError(words % {"number": number, "problem": problem}) from problem
        problems = []
        if len(cells) > len(header) and any(cells[len(header) :]):
            problems.append(("", _("has more cells than the first row has names: is a quotation mark missing?")))
        named = dict(zip(header, cells, strict=False))
        for name, cell in named.items():
            if cell.startswith("="):
                problems.append((name, _("This is a formula. Write the text itself.")))
            elif is_guess and _LOST.search(cell):
                problems.append((name, _("Letters were lost when this file was saved. Save it as .xlsx instead.")))
        yield _Raw(number, named, problems)


# --- XLSX -----------------------------------------------------------------------------------------------------


def _read_workbook(path: Path, known: Collection[str]) -> Table:
    try:
        _refuse_bombs(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on styles and extensions of other programs
            book = load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=False, keep_links=False)
        sheet = next((each for each in book.worksheets if hasattr(each, "iter_rows")), None)
        rows = sheet.iter_rows(max_row=MOST_ROWS + 12, max_col=MOST_COLUMNS) if sheet else iter(())
        header = [_name(_shown(cell)) for cell in next(rows, ())]
    except RefusedError:
        raise
    except Exception as problem:
        words = _("This file is damaged, or it is not a spreadsheet (.xlsx).")
        raise RefusedError(words) from problem
    table = Table(*_columns(header, known))
    table.expected = min((sheet.max_row or 1) - 1, MOST_ROWS) if sheet else 0
    table.notes += _unknown(header, known)
    table.lines = _lines(_sheet_rows(rows, header))
    return table


def _refuse_bombs(path: Path) -> None:
    """The sizes may lie, but then unpacking stops at what they say."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > BIGGEST_CONTENT:
            raise RefusedError(_("This file is too big for a table of entries."))


def _sheet_rows(rows: Iterator[Any], header: list[str]) -> Iterator["_Raw"]:
    number = 1
    while True:
        number += 1
        try:
            found = next(rows)
        except StopIteration:
            return
        except Exception as problem:
            raise RefusedError(_("This file is damaged from row %(number)d on.") % {"number": number}) from problem
        named = {name: cell for name, cell in zip(header, found, strict=False) if name}
        problems = [(name, words) for name, cell in named.items() if (words := _problem(name, cell))]
        yield _Raw(number, {name: _shown(cell) for name, cell in named.items()}, problems)


def _problem(name: str, cell: Any) -> str:
    kind = getattr(cell, "data_type", "")
    if kind == _FORMULA:
        return _("This is a formula. Write the text itself.")
    if kind == _ERROR:
        return _("This is an error of the spreadsheet program.")
    if _AS_NUMBER.match(name) and isinstance(cell.value, int | float):
        return _("This is a number, so zeros at its start are lost. Format the cell as text and write it again.")
    return ""


def _shown(cell: Any) -> str:
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))


# --- both -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Raw:
    number: int
    cells: Mapping[str, str]
    problems: list[tuple[str, str]]


def _name(cell: str) -> str:
    return comparable(cell).casefold()


def _known_of(names: Iterable[str], known: Collection[str]) -> list[str]:
    return [name for each in names if (name := _name(each.strip('"\ufeff \r'))) in known]


def _columns(header: list[str], known: Collection[str]) -> tuple[tuple[str, ...], Iterator[Line]]:
    found = [name for name in header if name in known]
    if not found:
        raise RefusedError(
            _("The first row names no column of the table of entries, such as “slug” or “title_de”.")
        )
    if twice := sorted({name for name in found if found.count(name) > 1}):
        raise RefusedError(_("These columns are there twice: %(names)s.") % {"names": ", ".join(twice)})
    return tuple(found), iter(())


def _unknown(header: list[str], known: Collection[str]) -> Iterator[str]:
    for name in dict.fromkeys(header):
        if not name or name in known:
            continue
        near = get_close_matches(name, known, n=5, cutoff=0.75)
        near.sort(key=lambda each: not each.endswith(f"_{MAIN}"))  # of all languages the one that most write in
        if near:
            words = _("The column “%(name)s” is unknown and was not read. Is “%(near)s” meant?")
            yield words % {"name": name, "near": near[0]}
        else:
            yield _("The column “%(name)s” is unknown and was not read.") % {"name": name}


def _lines(rows: Iterator[_Raw]) -> Iterator[Line]:
    count = 0
    for raw in rows:
        shown = {name: comparable(unguarded(cell)) for name, cell in raw.cells.items()}
        if not any(shown.values()) or next(iter(shown.values()), "").startswith(REMARK):
            continue
        count += 1
        if count > MOST_ROWS:
            raise RefusedError(_("This file has more than %(count)d rows.") % {"count": MOST_ROWS})
        broken = [name for name, cell in shown.items() if is_broken(cell)]
        words = _("Letters are broken here (like Ã¼ for ü). Open the file as UTF-8 and save it again.")
        yield Line(raw.number, shown, (*raw.problems, *((name, words) for name in broken)))
