import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from directory.exchange.cells import guarded
from directory.exchange.record import (
    ContactRecord,
    DateRecord,
    LanguageRecord,
    ListingRecord,
    OrganisationRecord,
    PlaceRecord,
    languages_used,
)
from directory.exchange.spreadsheet import table, write_csv, write_xlsx

HOUSE = OrganisationRecord("house", {"name": {"de": "Haus"}, "description": {}}, "independent", "")
ADVICE = ListingRecord(
    slug="advice",
    organisation=HOUSE,
    texts={"title": {"de": "Rat", "ar": "نصيحة"}, "description": {}},
    plain={"cost": "free", "waiting_weeks": 0, "valid_until": date(2030, 1, 31), "level": None},
    codes={"grounds": ("racism", "age"), "topics": ()},
    words={"sources": ("a page", "another"), "aliases": ()},
    field_sources={"cost": "a page"},
    languages=(LanguageRecord("tr", "", "Tu"),),
    contacts=(
        ContactRecord("phone", "0211 1", "", "24/7", "no", ""),
        ContactRecord("phone", "0211 2", "", "", "unknown", ""),
        ContactRecord("website", "https://example.org", "", "", "unknown", ""),
    ),
    places=(PlaceRecord("", "Weg 1", (), is_secret=False), PlaceRecord("", "", (), is_secret=True)),
    dates=(DateRecord(datetime(2026, 3, 1, 17, tzinfo=UTC), datetime(2026, 3, 1, 18, tzinfo=UTC), "", ""),),
)


def row(item: ListingRecord = ADVICE) -> dict[str, str]:
    (found,) = table([item])
    return found


def test_the_slug_comes_first() -> None:
    assert next(iter(row())) == "slug"


def test_only_languages_with_text_have_columns() -> None:
    assert languages_used([ADVICE]) == ("ar", "de")
    columns = row()
    assert (columns["title_de"], columns["title_ar"]) == ("Rat", "نصيحة")
    assert columns["organisation_name_ar"] == ""
    assert "title_en" not in columns


def test_a_language_of_the_organisation_alone_has_its_column_too() -> None:
    house = replace(HOUSE, texts={"name": {"tr": "Ev"}})
    assert row(replace(ADVICE, organisation=house))["organisation_name_tr"] == "Ev"


def test_columns_keep_the_order_of_the_languages() -> None:
    assert [name for name in row() if name.startswith("title_")] == ["title_de", "title_ar"]


def test_nothing_is_empty_and_zero_is_zero() -> None:
    columns = row()
    assert (columns["level"], columns["waiting_weeks"]) == ("", "0")


def test_values_of_every_kind_become_words() -> None:
    columns = row()
    assert columns["grounds"] == "racism; age"
    assert columns["topics"] == ""
    assert columns["valid_until"] == "2030-01-31"
    assert columns["sources"] == "a page\nanother"
    assert columns["field_sources"] == "cost: a page"
    assert columns["languages"] == "tr"
    assert columns["phone"] == "0211 1\n0211 2"
    assert (columns["website"], columns["email"], columns["chat"]) == ("https://example.org", "", "")
    assert columns["contact_hours"] == "0211 1: 24/7"
    assert columns["dates"] == "2026-03-01T17:00:00+00:00/2026-03-01T18:00:00+00:00"


def test_a_place_without_anything_to_show_leaves_no_line() -> None:
    assert row()["places"] == "Weg 1"


@given(st.text())
def test_a_guarded_cell_never_starts_a_formula_and_loses_nothing(cell: str) -> None:
    safe = guarded(cell)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert safe in (cell, f"'{cell}")


TITLES = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exports")


@given(title=TITLES)
def test_any_title_survives_a_csv_file(folder: Path, title: str) -> None:
    path = folder / "listings.csv"
    write_csv([replace(ADVICE, texts={"title": {"de": title}})], path)
    with path.open(encoding="utf-8", newline="") as file:
        (found,) = csv.DictReader(file)
    assert found.get("title_de", "") == (guarded(title) if title else "")


@given(title=TITLES)
def test_any_title_gives_a_readable_spreadsheet(folder: Path, title: str) -> None:
    path = folder / "listings.xlsx"
    write_xlsx([replace(ADVICE, texts={"title": {"de": title, "ar": "نصيحة"}})], path)
    sheet: Any = load_workbook(path).active
    header, values = sheet.values
    assert dict(zip(header, values, strict=True))["title_ar"] == "نصيحة"
    assert "f" not in {cell.data_type for cell in sheet[2]}  # a formula


def test_a_file_without_listings_still_has_its_header(tmp_path: Path) -> None:
    write_csv([], tmp_path / "listings.csv")
    assert (tmp_path / "listings.csv").read_text("utf-8").strip() == "slug"
