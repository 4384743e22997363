import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from directory.exchange.record import CODES, PLAIN, PRIVATE, WORDS, ListingRecord, record, records
from directory.models import ContactPoint, EventDate, Listing, Place, SpokenLanguage, translated_fields
from tests.integration.directory import making

pytestmark = pytest.mark.django_db


def export(folder: Path, kind: str = "csv") -> Path:
    call_command("export_listings", format=kind, out=folder, stdout=io.StringIO())
    return folder / f"listings.{kind}"


def table(folder: Path) -> dict[str, dict[str, str]]:
    with export(folder).open(encoding="utf-8", newline="") as file:
        return {row["slug"]: row for row in csv.DictReader(file)}


def cells(path: Path) -> list[tuple[Any, ...]]:
    sheet: Any = load_workbook(path).active
    return list(sheet.values)


def one(slug: str = "advice") -> ListingRecord:
    return next(found for found in records() if found.slug == slug)


def full_listing(**fields: Any) -> Listing:
    """Public and secret things side by side."""
    given: dict[str, Any] = {
        "title_en": "Advice", "note": "SECRET note", "last_confirmed_by": "SECRET name", "cost": "free",
        "callback_email": "SECRET@example.org",
        "grounds": ["racism", "age"], "sources": ["a page", "another"], "valid_until": date(2020, 1, 1),
        "field_sources": {"cost": "a page"}, "waiting_weeks": 0,
    }  # fmt: skip
    listing: Any = making.unsaved_listing(**(given | fields))
    listing.contacts = [
        ContactPoint(kind="phone", value="0211 1234567", opening_hours="Mo-Fr 09:00-12:00"),
        ContactPoint(kind="phone", value="0211 SECRET", audience="professionals"),
        ContactPoint(kind="email", value="advice@example.org"),
    ]
    listing.places = [
        Place(name="Haus", address="Weg 1, 40210 Düsseldorf"),
        Place(name="Haus SECRET", address="SECRET 7, 40210 Düsseldorf", visibility="hidden"),
        Place(address="SECRET 8, 40211 Düsseldorf", visibility="partial"),
    ]
    listing.languages = [SpokenLanguage(language="tr", times="Tu"), SpokenLanguage(language="dgs")]
    listing.dates = [EventDate(starts_at=datetime(2026, 3, 1, 17, tzinfo=UTC))]
    listing.save()
    saved: Listing = listing
    return saved


def test_all_listings_of_the_demo_are_exported(demo: None, tmp_path: Path) -> None:
    rows = table(tmp_path)
    assert set(rows) == set(Listing.objects.values_list("slug", flat=True))
    assert len(rows) == 125
    assert rows["dus-obr"]["phone"] == "0211 15925566"
    assert rows["komma"]["valid_until"] == "2025-12-31"


def test_slug_is_the_first_column(tmp_path: Path) -> None:
    making.listing()
    assert export(tmp_path).read_text("utf-8").startswith("slug,")


def test_a_row_holds_what_is_public(tmp_path: Path) -> None:
    full_listing()
    row = table(tmp_path)["advice"]
    assert (row["title_de"], row["title_en"]) == ("Beratung", "Advice")
    assert (row["organisation"], row["organisation_name_de"]) == ("house", "Haus der Vielfalt")
    assert row["grounds"] == "racism; age"
    assert row["languages"] == "tr; dgs"
    assert (row["phone"], row["email"]) == ("0211 1234567", "advice@example.org")
    assert row["contact_hours"] == "0211 1234567: Mo-Fr 09:00-12:00"
    assert row["places"] == "Haus, Weg 1, 40210 Düsseldorf\n40211 Düsseldorf"
    assert row["sources"] == "a page\nanother"
    assert row["field_sources"] == "cost: a page"
    assert (row["valid_until"], row["cost"], row["waiting_weeks"]) == ("2020-01-01", "free", "0")
    assert row["dates"].startswith("2026-03-01T17:00")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_nothing_secret_leaves_the_house(tmp_path: Path, kind: str) -> None:
    full_listing()
    path = export(tmp_path, kind)
    exported = path.read_text("utf-8") if kind == "csv" else str(cells(path))
    assert "Beratung" in exported
    assert "SECRET" not in exported


def test_every_field_is_either_exported_or_named_private() -> None:
    own = {field.name for field in Listing._meta.concrete_fields}
    translated = set(translated_fields(Listing))
    columns = {name for name in own if any(name.startswith(f"{field}_") for field in translated)}
    elsewhere = {"slug", "organisation", "field_sources"}
    # `languages_note` is a field of its own, not a language's column.
    assert own - columns - translated == {*PLAIN, *CODES, *WORDS, *PRIVATE, *elsewhere}


@pytest.mark.parametrize("fields", [{"live": False}, {"internal_only": True}])
def test_what_is_not_public_is_not_exported(fields: dict[str, Any]) -> None:
    making.listing(**fields)
    assert list(records()) == []


def test_an_unpublished_organisation_hides_its_listings() -> None:
    making.listing(organisation=making.organisation(live=False))
    assert list(records()) == []


def test_an_expired_listing_is_exported_with_its_date() -> None:
    making.listing(valid_until=date(2020, 1, 1))
    assert one().plain["valid_until"] == date(2020, 1, 1)


def test_a_hidden_address_is_told_to_be_one() -> None:
    assert [place.is_secret for place in record(full_listing()).places] == [False, True, True]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_cell_is_never_a_formula(tmp_path: Path, start: str, kind: str) -> None:
    making.listing(title_de=f"{start}cmd|' /C calc'!A0")
    path = export(tmp_path, kind)
    if kind == "csv":
        title = table(tmp_path)["advice"]["title_de"]
    else:
        header, values = cells(path)
        title = dict(zip(header, values, strict=True))["title_de"]
    assert title.startswith(f"'{start}".rstrip("\r\t"))


def test_a_spreadsheet_holds_the_same_table(tmp_path: Path) -> None:
    full_listing()
    header, values = cells(export(tmp_path, "xlsx"))
    assert {key: value or "" for key, value in zip(header, values, strict=True)} == table(tmp_path)["advice"]


def test_characters_that_xml_forbids_do_not_stop_the_spreadsheet(tmp_path: Path) -> None:
    making.listing(title_de="Be\x0bratung")
    header, values = cells(export(tmp_path, "xlsx"))
    assert dict(zip(header, values, strict=True))["title_de"] == "Beratung"


def test_an_empty_directory_makes_a_table_without_rows(tmp_path: Path) -> None:
    assert export(tmp_path).read_text("utf-8").strip() == "slug"


def test_exporting_again_replaces_the_file_and_leaves_nothing_beside(tmp_path: Path) -> None:
    export(tmp_path / "new" / "folder")
    making.listing()
    assert "advice" in export(tmp_path / "new" / "folder").read_text("utf-8")
    assert [path.name for path in (tmp_path / "new" / "folder").iterdir()] == ["listings.csv"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match="Choose another --out"):
        export(tmp_path / "file")


def test_the_number_of_queries_does_not_grow(
    demo: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(5):
        assert len(list(records())) == 125
