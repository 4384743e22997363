"""What went out and comes back untouched changes nothing, whatever wrote the file."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from directory.exchange import cells as reading
from directory.exchange.table_lookup import Scope
from directory.models import ContactPoint, Listing, Place
from directory.translatable import draft
from tests.integration.directory.making import find, listing, organisation, stored
from tests.integration.directory.test_export_listings import full_listing
from tests.integration.exchange.tables import bring, cells, change, changes, counts, give, mistakes, plan, take

pytestmark = pytest.mark.django_db
FORMATS = ["csv", "xlsx"]


def nothing_changes(path: Path, number: int) -> None:
    made = plan(path)
    assert (mistakes(made), changes(made), made.notes) == ([], {}, [])
    assert counts(made) == {"same": number}
    assert made.writes == 0


def public(folder: Path, kind: str) -> Path:
    call_command("export_listings", format=kind, out=folder, stdout=io.StringIO())
    return folder / f"listings.{kind}"


@pytest.mark.parametrize("kind", FORMATS)
def test_the_table_of_the_whole_demo(demo: None, tmp_path: Path, kind: str) -> None:
    nothing_changes(take(tmp_path / f"table.{kind}"), 125)


@pytest.mark.parametrize("kind", FORMATS)
def test_the_public_export_of_the_whole_demo(demo: None, tmp_path: Path, kind: str) -> None:
    nothing_changes(public(tmp_path, kind), 125)


@pytest.mark.parametrize("kind", FORMATS)
def test_an_entry_with_everything_in_it(tmp_path: Path, kind: str) -> None:
    full_listing()
    nothing_changes(take(tmp_path / f"table.{kind}"), 1)
    nothing_changes(public(tmp_path, kind), 1)


HOSTILE = [
    "=cmd|' /C calc'!A0", "'=already guarded", "+49 211", "-", "@here", "''-", "_x0041_", "#not a remark",
    "a\tb", "  space  ", "line\r\nbreak", "\u2028", "Ã¼ stands here since ever", "???", "a;b", "[…]",
    '"quoted", with a comma', "Be\x0bratung", "\ufeffmark", "نص عربي",
]  # fmt: skip


@pytest.mark.parametrize("kind", FORMATS)
def test_texts_that_programs_stumble_over(tmp_path: Path, kind: str) -> None:
    for number, text in enumerate(HOSTILE):
        listing(f"l{number}", description_de=text, description_ar=text, note=text, price=text[:100])
    nothing_changes(take(tmp_path / f"table.{kind}"), len(HOSTILE))
    nothing_changes(public(tmp_path, kind), len(HOSTILE))


def test_a_text_that_fits_into_no_cell_is_neither_cut_nor_lost(tmp_path: Path) -> None:
    entry = listing(description_de="ä" * 40_000)
    path = take(tmp_path / "table.xlsx")
    assert cells(path)[0]["description_de"] == reading.TOO_LONG
    nothing_changes(path, 1)
    bring(change(path, "advice", title_de="Neu"))
    assert (stored(entry).title_de, len(stored(entry).description_de)) == ("Neu", 40_000)


def test_a_waiting_draft_is_what_the_table_shows_and_the_public_export_does_not_undo_it(tmp_path: Path) -> None:
    entry = listing()
    entry.title_de = "Entwurf"
    entry.save_revision()
    assert cells(take(tmp_path / "table.csv"))[0]["title_de"] == "Entwurf"
    nothing_changes(tmp_path / "table.csv", 1)
    nothing_changes(public(tmp_path, "csv"), 1)


def test_what_is_not_shown_to_readers_is_in_the_table_and_does_not_vanish_with_the_export(tmp_path: Path) -> None:
    entry = listing(title_en="Advice", translation_state={"en": {"public": False}})
    assert cells(take(tmp_path / "table.csv"))[0]["title_en"] == "Advice"
    nothing_changes(public(tmp_path, "csv"), 1)
    bring(change(public(tmp_path, "csv"), "advice", title_de="Neu"))
    assert (stored(entry).title_de, stored(entry).title_en) == ("Neu", "Advice")


def test_secret_places_and_contacts_survive_a_change_of_the_public_export(tmp_path: Path) -> None:
    entry = full_listing()
    path = change(public(tmp_path, "csv"), "advice", phone="0211 8991234", places="Neuer Weg 2, 40210 Düsseldorf")
    bring(path)
    places: Any = Place.objects.filter(listing=entry).order_by("id")
    assert {(row.address, row.visibility) for row in places} == {
        ("SECRET 7, 40210 Düsseldorf", "hidden"),
        ("Neuer Weg 2, 40210 Düsseldorf", "full"),
    }
    contacts: Any = ContactPoint.objects.filter(listing=entry)
    assert {(row.value, row.audience) for row in contacts} == {
        ("0211 8991234", "public"),
        ("0211 SECRET", "professionals"),
        ("advice@example.org", "public"),
    }


def test_columns_left_out_and_in_another_order(tmp_path: Path) -> None:
    entry = full_listing()
    row = cells(take(tmp_path / "table.csv"))[0]
    some = {"cost": "paid", "title_de": row["title_de"], "version": row["version"], "slug": row["slug"]}
    bring(give(tmp_path / "table.xlsx", [some]))
    after = stored(entry)
    assert (after.cost, after.title_en, after.grounds) == ("paid", "Advice", ["racism", "age"])


def test_what_was_exported_makes_the_directory_again(demo: None, tmp_path: Path) -> None:
    """All that the public export says; what it leaves out cannot come back from it."""
    path = public(tmp_path, "xlsx")
    before = cells_of_export(tmp_path)
    Listing.objects.all().delete()
    found = bring(path, Scope(publish=True))
    assert len(found.published) == 125
    after = cells_of_export(tmp_path)
    assert after.keys() == before.keys()
    told = {"first_published_at", "last_published_at", "last_confirmed_on", "contact_hours", "places"}
    differing = {
        (slug, name)
        for slug, row in before.items()
        for name, cell in row.items()
        if name not in told and after[slug].get(name, "") != cell
    }
    assert differing == set()


def cells_of_export(folder: Path) -> dict[str, dict[str, str]]:
    import csv

    with public(folder, "csv").open(encoding="utf-8", newline="") as file:
        return {row["slug"]: row for row in csv.DictReader(file)}


class TestMeanwhile:
    """Somebody else wrote between the download and the upload."""

    def test_an_untouched_cell_takes_nothing_back(self, tmp_path: Path) -> None:
        entry = listing(cost_note="alt")
        path = take(tmp_path / "table.xlsx")
        entry.cost_note = "von anderen"
        entry.save()
        nothing_changes(path, 1)
        bring(change(path, "advice", title_de="Neu"))
        assert (stored(entry).title_de, stored(entry).cost_note) == ("Neu", "von anderen")

    def test_the_same_cell_is_a_conflict_and_tells_what_stands_there(self, tmp_path: Path) -> None:
        entry = listing(cost_note="alt")
        path = take(tmp_path / "table.xlsx")
        entry.cost_note = "von anderen"
        entry.save()
        ((row, name, words),) = mistakes(plan(change(path, "advice", cost_note="von mir")))
        assert (row, name) == (3, "cost_note")
        assert "von anderen" in words
        assert stored(entry).cost_note == "von anderen"

    def test_who_wrote_the_same_agrees(self, tmp_path: Path) -> None:
        entry = listing(cost_note="alt")
        path = change(take(tmp_path / "table.xlsx"), "advice", cost_note="gleich")
        entry.cost_note = "gleich"
        entry.save()
        nothing_changes(path, 1)

    def test_a_row_of_what_was_deleted(self, tmp_path: Path) -> None:
        listing().delete() if take_first(tmp_path) else None
        ((row, name, _words),) = mistakes(plan(tmp_path / "table.csv"))
        assert (row, name) == (3, "slug")

    def test_a_version_that_somebody_typed(self, tmp_path: Path) -> None:
        listing()
        path = change(take(tmp_path / "table.csv"), "advice", version="v2", title_de="Neu")
        assert [name for _row, name, _words in mistakes(plan(path))] == ["version"]


def take_first(folder: Path) -> bool:
    organisation()
    entry = listing()
    take(folder / "table.csv")
    entry.delete()
    find(type(entry.organisation), "house").delete()
    return True


def test_comparing_costs_no_query_for_each_entry(tmp_path: Path) -> None:
    listing("l0")
    take(tmp_path / "one.csv")
    with CaptureQueriesContext(
        connection,
    ) as one:
        plan(tmp_path / "one.csv")
    for number in range(1, 20):
        listing(f"l{number}")
    take(tmp_path / "many.csv")
    with CaptureQueriesContext(connection) as many:
        plan(tmp_path / "many.csv")
    assert len(many) == len(one)


def test_the_workbook_explains_itself_and_offers_codes(tmp_path: Path) -> None:
    full_listing()
    book = load_workbook(take(tmp_path / "table.xlsx"))
    entries, codes, how = book.worksheets
    assert [entries["A1"].value, str(entries["A2"].value)[0]] == ["slug", "#"]
    listed = {(row[0], row[1]) for row in codes.iter_rows(min_row=2, values_only=True)}
    assert {("cost", "free"), ("kind", "training"), ("capacity", "full")} <= listed
    assert how.max_row > 5
    assert entries.data_validations.dataValidation


def test_a_draft_is_compared_as_the_form_has_it(tmp_path: Path) -> None:
    entry: Any = listing()
    entry.contacts = [ContactPoint(kind="phone", value="0211 8991234")]
    entry.save_revision()
    path = change(take(tmp_path / "table.csv"), "advice", title_de="Neu")
    assert bring(path).drafts == ["advice"]
    after = draft(stored(entry))
    assert (after.title_de, [row.value for row in after.contacts.all()]) == ("Neu", ["0211 8991234"])
    assert stored(entry).title_de == "Beratung"
