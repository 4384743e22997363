"""Listings as a table: one row each, `slug` first, codes as slugs joined by "; ", free words one per line."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from directory.exchange.cells import guarded
from directory.exchange.record import ListingRecord, languages_used
from directory.exchange.translations import escaped
from directory.languages import SHIPPED, column
from directory.models import Contact

_WIDTH = 28

Row = Mapping[str, str]


def write_csv(found: Sequence[ListingRecord], path: Path) -> None:
    rows = table(found)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=_header(rows))
        writer.writeheader()
        writer.writerows(rows)


def write_xlsx(found: Sequence[ListingRecord], path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Listings")
    rows = table(found)
    header = _header(rows)
    sheet.freeze_panes = "B2"
    for number in range(1, len(header) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
    sheet.append(header)
    for row in rows:
        sheet.append([escaped(cell) for cell in row.values()])
    book.save(path)


def table(found: Sequence[ListingRecord]) -> list[dict[str, str]]:
    codes = languages_used(found)
    return [{key: guarded(cell) for key, cell in row(item, codes).items()} for item in found]


def _header(rows: Sequence[Row]) -> list[str]:
    return list(rows[0]) if rows else ["slug"]


def row(item: ListingRecord, codes: Iterable[str]) -> Row:
    languages = [code for code in SHIPPED if code in codes]
    body = item.organisation
    return {
        "slug": item.slug,
        "organisation": body.slug,
        **{f"organisation_{column('name', code)}": body.texts["name"].get(code, "") for code in languages},
        "organisation_type": body.type,
        "organisation_website": body.website,
        **{column(field, code): texts.get(code, "") for field, texts in item.texts.items() for code in languages},
        **{field: _plain(value) for field, value in item.plain.items()},
        **{field: "; ".join(slugs) for field, slugs in item.codes.items()},
        "languages": "; ".join(spoken.language for spoken in item.languages),
        **{str(kind): _lines(_values(item, kind)) for kind in Contact.Kind.values},
        "contact_hours": _lines(f"{row.value}: {row.opening_hours}" for row in item.contacts if row.opening_hours),
        "places": _lines(", ".join(filter(None, (place.name, place.address))) for place in item.places),
        "dates": _lines(f"{row.starts_at.isoformat()}/{_plain(row.ends_at)}" for row in item.dates),
        **{field: _lines(words) for field, words in item.words.items()},
        "field_sources": _lines(f"{field}: {source}" for field, source in item.field_sources.items()),
    }


def _values(item: ListingRecord, kind: str) -> Iterable[str]:
    return (row.value for row in item.contacts if row.kind == kind)


def _plain(value: str | int | date | datetime | None) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _lines(words: Iterable[str]) -> str:
    return "\n".join(word for word in words if word)
