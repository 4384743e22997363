"""The table of entries, made to come back: an empty one to begin with, or everything as it was written last."""

import csv
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet as Sheet
from openpyxl.worksheet.datavalidation import DataValidation

from directory import vocabulary
from directory.exchange import table_stamp
from directory.exchange.cells import TOO_LONG, guarded
from directory.exchange.table_columns import ORGANISATION, SLUG, VERSION, Column, columns, offered, written
from directory.exchange.table_file import REMARK
from directory.exchange.table_lookup import Scope
from directory.exchange.translations import LONGEST_CELL, escaped
from directory.languages import MAIN, direction
from directory.models import Listing
from directory.translatable import draft
from directory.translation_state import source_language

_WIDE, _NORMAL, _NARROW = 44, 24, 12
_LONG = ("title", "helps_with", "description", "what_happens", "note")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_WRAPPED_RTL = Alignment(wrap_text=True, vertical="top", readingOrder=2)
_GREY = PatternFill("solid", fgColor="F3F3F3")
_AT_ONCE = 500
_SPARE_ROWS = 200  # for new entries

Row = Mapping[str, str]


@dataclass(frozen=True)
class Head:
    """The first two rows: names that are found again, and what they mean for people."""

    columns: tuple[Column, ...]
    names: tuple[str, ...]
    labels: tuple[str, ...]


def head(scope: Scope, languages: Collection[str]) -> Head:
    found = offered(languages, staff=scope.is_staff)
    bodies = [(ORGANISATION, _("Organisation (slug)"))] if scope.is_staff else []
    first = [(SLUG, _("Slug (leave empty for a new entry)")), (VERSION, _("Leave this as it is")), *bodies]
    pairs = [*first, *((each.name, each.label()) for each in found)]
    names, labels = zip(*pairs, strict=True)
    return Head(found, names, (f"{REMARK} {labels[0]}", *labels[1:]))


def languages_of(scope: Scope, chosen: Iterable[str]) -> tuple[str, ...]:
    """What members write in, and whatever else their entries were written in: nothing of it is hidden."""
    sources = {source_language(entry) for entry in scope.entries().only("source_language").iterator()}
    return tuple(dict.fromkeys((*(chosen or (MAIN,)), *sorted(sources))))


def rows(scope: Scope, found: Head) -> Iterator[Row]:
    """Every entry as it was written last, with what tells later who has touched which cell."""
    related = scope.entries().select_related("organisation", "latest_revision").order_by("slug")
    prefetched = related.prefetch_related("contacts", "places", "languages", "dates")
    for stored in prefetched.iterator(chunk_size=_AT_ONCE):
        yield row(stored, found)


def row(stored: Listing, found: Head) -> Row:
    cells = written(draft(stored), columns())
    first = {SLUG: stored.slug, VERSION: table_stamp.stamp(cells), ORGANISATION: stored.organisation.slug}
    everything = first | cells
    return {name: everything[name] for name in found.names}


def write_csv(file: TextIO, found: Head, entries: Iterable[Row]) -> None:
    """With a mark at its start, without which Excel does not know that this is UTF-8."""
    file.write("\ufeff")
    writer = csv.writer(file)
    writer.writerow(found.names)
    writer.writerow(found.labels)
    for entry in entries:
        writer.writerow([guarded(cell) for cell in entry.values()])


def write_xlsx(file: BinaryIO | Path, found: Head, entries: Iterable[Row]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Entries")[:31])
    sheet.freeze_panes = "B3"
    for number, name in enumerate(found.names, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _width(name)
    looks = [_look(found, name) for name in found.names]
    sheet.append([_heading(sheet, name) for name in found.names])
    sheet.append([_heading(sheet, label) for label in found.labels])
    count = 2
    for entry in entries:
        sheet.append([_cell(sheet, cell, look) for cell, look in zip(entry.values(), looks, strict=True)])
        count += 1
    places = _list_codes(book, found)
    _offer_choices(sheet, found, places, count + _SPARE_ROWS)
    _explain(book)
    book.save(file)


def _width(name: str) -> int:
    return _NARROW if name == VERSION else _WIDE if name.startswith(_LONG) else _NORMAL


def _look(found: Head, name: str) -> Alignment:
    language = next((each.language for each in found.columns if each.name == name), "")
    return _WRAPPED_RTL if direction(language) == "rtl" else _WRAPPED


def _heading(sheet: Sheet, text: str) -> Cell:
    cell: Cell = WriteOnlyCell(sheet, text)
    cell.font, cell.fill, cell.alignment = Font(bold=True), _GREY, _WRAPPED
    return cell


def _cell(sheet: Sheet, text: str, look: Alignment) -> Any:
    shown = escaped(guarded(text))
    if not shown:
        return None
    cell: Cell = WriteOnlyCell(sheet, shown if len(shown) <= LONGEST_CELL else TOO_LONG)
    cell.data_type, cell.number_format, cell.alignment = "s", "@", look
    return cell


# --- what may stand in a cell -----------------------------------------------------------------------------------


def _options(each: Column) -> list[tuple[str, str]]:
    if each.codes:
        return vocabulary.choices(each.codes)
    choices: Callable[[], Sequence[Any]] | Sequence[Any] = getattr(each.field, "flatchoices", None) or ()
    return [(str(code), str(label)) for code, label in choices if code]  # type: ignore[union-attr]


def _list_codes(book: Workbook, found: Head) -> dict[str, str]:
    """A sheet with all codes and what they mean; where the ones of each column stand on it."""
    sheet = book.create_sheet(_("Codes")[:31])
    title = sheet.title.replace("'", "''")
    for letter, width in zip("ABC", (_NORMAL, _NORMAL, _WIDE), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([_heading(sheet, text) for text in (_("Column"), _("Code"), _("Meaning"))])
    places, number = {}, 1
    for each in found.columns:
        options = _options(each)
        for code, label in options:
            sheet.append([_cell(sheet, text, _WRAPPED) for text in (each.name, code, label)])
        if options:
            places[each.name] = f"'{title}'!$B${number + 1}:$B${number + len(options)}"
            number += len(options)
    return places


def _offer_choices(sheet: Sheet, found: Head, places: Mapping[str, str], last: int) -> None:
    """To choose from where one code stands in a cell. Where several may, a list would allow one only."""
    for number, name in enumerate(found.names, start=1):
        each = next((each for each in found.columns if each.name == name), None)
        if each is None or name not in places or getattr(each.field, "default", None) is list:
            continue
        choice = DataValidation(type="list", formula1=places[name], allow_blank=True, showErrorMessage=False)
        letter = get_column_letter(number)
        choice.add(f"{letter}3:{letter}{last}")
        sheet.data_validations.append(choice)  # type: ignore[attr-defined]


def _explain(book: Workbook) -> None:
    sheet = book.create_sheet(_("How to")[:31])
    sheet.column_dimensions["A"].width = 100
    for line in (
        _("One row for each entry. Change what is wrong, and upload the file where you got it."),
        _("You see every change and every mistake before anything is saved."),
        _("A new entry is a new row: leave slug and version empty."),
        _("A row that you delete changes nothing. A cell that you empty empties the entry there."),
        _("Several codes stand in one cell with a semicolon between them: phone; video."),
        _("Several numbers or addresses stand in one cell, one per line."),
        _("Places: “address” or “name | address”; “| hidden” behind it keeps the address to yourselves."),
        _("Dates: “2026-03-01 18:00/2026-03-01 20:00”, one per line."),
        _("Opening hours: “Mo-Fr 09:00-12:00; We 14:00-18:00”."),
    ):
        cell: Cell = WriteOnlyCell(sheet, line)
        cell.alignment = _WRAPPED
        sheet.append([cell])
