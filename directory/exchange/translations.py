"""Translations as a workbook: one for each language, one row for each text, made to come back."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet as Sheet
from openpyxl.worksheet.datavalidation import DataValidation

from directory import translation_state
from directory.languages import SHIPPED, direction
from directory.models import Published
from directory.translatable import NOT_IN_XML, Piece, comparable, latest, pieces, text_hash, translatable_models
from directory.translation_state import State

# Columns are found by these names, whatever language the staff work in.
WIDTHS = {
    "key": 24, "context": 36, "source language": 10, "source text": 60, "source hash": 12,
    "translation": 60, "state": 14, "checked": 10,
}  # fmt: skip
OPEN = ("translation", "checked")  # all others are protected: what stands there is read again
LONGEST_CELL = 32_767  # Excel's limit; openpyxl would cut without a word

_WRAPPED = Alignment(wrap_text=True, vertical="top")
_WRAPPED_RTL = Alignment(wrap_text=True, vertical="top", readingOrder=2)
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_GREY = PatternFill("solid", fgColor="F3F3F3")


@dataclass(frozen=True)
class Row:
    piece: Piece
    language: str
    state: State

    @property
    def cells(self) -> dict[str, str]:
        translation = self.piece.text(self.language)
        return {
            "key": self.piece.key,
            "context": self.piece.context,
            "source language": translation_state.source_language(self.piece.entry),
            "source text": self.piece.source,
            "source hash": f"{self.piece.stamp}.{text_hash(comparable(translation))}",
            "translation": translation,
            "state": state_label(self.state),
            "checked": "",  # an x is said anew for each text, else it would vouch for what is changed beside it
        }

    @property
    def fits(self) -> bool:
        return all(len(escaped(cell)) <= LONGEST_CELL for cell in self.cells.values())


def state_label(state: State) -> str:
    labels = {
        State.MISSING: _("missing"),
        State.MACHINE: _("machine, not checked"),
        State.HUMAN: _("by a person"),
        State.CHECKED: _("checked"),
        State.OUTDATED: _("outdated"),
    }
    return labels[state]


def rows(language: str, models: Collection[type[Published]], only: Collection[State] = ()) -> Iterator[Row]:
    for model in models:
        for entry in latest(model):
            if translation_state.source_language(entry) != language:
                found = (Row(piece, language, row_state(piece, language)) for piece in pieces(entry))
                yield from (row for row in found if not only or row.state in only)


def row_state(piece: Piece, language: str) -> State:
    """A state is noted for the whole entry; whether this one text is there is known exactly."""
    if not piece.text(language):
        return State.MISSING
    state = translation_state.state(piece.entry, language)
    return State.HUMAN if state is State.MISSING else state  # only a child row has a text


def write(file: Path | BinaryIO, language: str, found: Iterable[Row]) -> int:
    """How many rows; a text that does not fit into a cell is left out."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(language)
    sheet.sheet_view.rightToLeft = direction(language) == "rtl"
    sheet.freeze_panes = "B2"
    for number, width in enumerate(WIDTHS.values(), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_header(sheet, name) for name in WIDTHS])
    count = 0
    for row in found:
        if row.fits:
            sheet.append([_cell(sheet, name, text, row) for name, text in row.cells.items()])
            count += 1
    _protect(sheet, count)
    _explain(book, language)
    book.save(file)
    return count


def _header(sheet: Sheet, name: str) -> Cell:
    cell: Cell = WriteOnlyCell(sheet, name)
    cell.font = Font(bold=True)
    cell.fill = _GREY
    return cell


def _cell(sheet: Sheet, name: str, text: str, row: Row) -> Cell:
    cell: Cell = WriteOnlyCell(sheet, escaped(text) or None)
    if cell.value is not None:
        cell.data_type = "s"  # also what begins with = is a text
    cell.number_format = "@"  # and stays one when somebody edits it
    languages = {"translation": row.language, "source text": translation_state.source_language(row.piece.entry)}
    cell.alignment = _WRAPPED_RTL if direction(languages.get(name, "")) == "rtl" else _WRAPPED
    if name in OPEN:
        cell.protection = Protection(locked=False)
    else:
        cell.fill = _GREY
    return cell


def escaped(text: str) -> str:
    """As the file format wants it (ECMA-376, ST_Xstring): a literal `_x0041_` would be read as A."""
    plain = NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _LOOKS_ESCAPED.sub("_x005F_", plain)


def _protect(sheet: Sheet, count: int) -> None:
    protection = sheet.protection  # type: ignore[attr-defined]
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.autoFilter = protection.sort = False  # allowed
    last = get_column_letter(list(WIDTHS).index("checked") + 1)
    choice = DataValidation(type="list", formula1='"x"', allow_blank=True)
    choice.add(f"{last}2:{last}{count + 2}")
    sheet.data_validations.append(choice)  # type: ignore[attr-defined]
    sheet.auto_filter.ref = f"A1:{last}{count + 1}"  # type: ignore[attr-defined]


def _explain(book: Workbook, language: str) -> None:
    sheet = book.create_sheet(_("How to")[:31])
    sheet.column_dimensions["A"].width = 100
    lines = (
        _("Write into the column “translation” (%(name)s).") % {"name": SHIPPED[language].name},
        _("An empty translation changes nothing. To take a text away, use the form of the entry."),
        _("Put an x into “checked” where you compared the translation with the source and it is right."),
        _("Do not change the other columns: they tell where a text belongs and which source it was made from."),
        _("Then upload this file where you got it. You see first what would change."),
    )
    for line in lines:
        cell: Cell = WriteOnlyCell(sheet, line)
        cell.alignment = _WRAPPED
        sheet.append([cell])


def write_language(file: Path | BinaryIO, language: str, only: Collection[State] = ()) -> int:
    return write(file, language, rows(language, translatable_models(), only))
