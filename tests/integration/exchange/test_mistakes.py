"""Whatever is wrong with a table is told with row and column, and then nothing of it is written."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from directory.exchange import table_file, table_import, table_plan
from directory.exchange.table_lookup import Scope
from directory.models import Listing
from directory.models.change import Change
from tests.integration.directory.making import area, listing, organisation, stored, term
from tests.integration.exchange.tables import (
    bring,
    cells,
    change,
    changes,
    counts,
    give,
    mistakes,
    plan,
    take,
)

pytestmark = pytest.mark.django_db
NEW = {"organisation": "house", "kind": "offer", "audience": "affected", "title_de": "Neu"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    listing(opening_hours="Mo-Fr 09:00-12:00", waiting_weeks=3)
    return take(tmp_path / "table.csv")


def told(path: Path, **values: Any) -> list[tuple[str, str]]:
    found = mistakes(plan(change(path, "advice", **values)))
    return [(name, words) for _row, name, words in found]


class TestCells:
    @pytest.mark.parametrize(
        ("column", "cell", "words"),
        [
            ("kind", "party", "“party” is not known here"),
            ("kind", "", "must not be empty"),
            ("cost", "freee", "Is “free” meant?"),
            ("grounds", "racism; nonsense", "“nonsense” is not known here"),
            ("areas_served", "atlantis", "“atlantis” is not known here"),
            ("waiting_weeks", "three", "not a whole number"),
            ("waiting_weeks", "9999", "too large"),
            ("valid_until", "soon", "not a date"),
            ("valid_until", "31.02.2026", "does not exist"),
            ("opening_hours", "sometimes", "cannot be read"),
            ("phone", "call us", "not a phone number"),
            ("email", "nobody", "“nobody”"),
            ("website", "https://a b", "“https://a b”"),
            ("contact_hours", "0211 1: Mo-Fr", "none of the contacts"),
            ("languages", "Türkisch!", "not a language code"),
            ("places", "a | b | c | d", "too many parts"),
            ("dates", "tomorrow", "no day and time"),
            ("dates", "2026-03-02 10:00/2026-03-01 10:00", "ends before it begins"),
            ("dates", "2026-03-02 10:00/ | FREQ=NEVER", "no rule"),
            ("title_de", "x" * 251, "251 characters; 250 fit"),
            ("callback_email", "nobody", ""),
            ("internal_only", "maybe", "Write yes"),
            ("field_sources", "no colon", "no name before a colon"),
        ],
    )  # fmt: skip
    def test_are_told_by_name(self, path: Path, column: str, cell: str, words: str) -> None:
        term("grounds", "racism")
        ((name, found),) = told(path, **{column: cell})
        assert name == column
        assert words in found

    def test_a_title_is_needed_in_the_language_of_the_entry(self, path: Path) -> None:
        ((name, words),) = told(path, title_de="")
        assert (name, "title" in words) == ("", True)

    def test_all_mistakes_at_once(self, path: Path) -> None:
        assert [name for name, _words in told(path, kind="x", cost="x", phone="x")] == ["kind", "phone", "cost"]

    def test_nothing_is_written_while_anything_is_wrong(self, path: Path) -> None:
        listing("second")
        take(path)
        made = plan(change(change(path, "advice", title_de="Anders"), "second", cost="x"))
        assert (made.is_right, made.writes) == (False, 0)
        with pytest.raises(ValueError, match="mistakes"):
            table_plan.finished(table_import.carry_out(made, Scope()))
        assert Listing.objects.filter(title_de="Anders").count() == 0

    @pytest.mark.parametrize(
        ("column", "cell", "value"),
        [
            ("cost", "kostenlos", "free"),
            ("cost", "Free of charge", "free"),
            ("cost", "", "unknown"),
            ("valid_until", "31.12.2026", "2026-12-31"),
            ("grounds", "Racism;age", "racism; age"),
            ("areas_served", "Köln", "koeln"),
            ("phone", "+49 211 8991234", "0211 8991234"),
            ("website", "example.org?utm_source=x", "https://example.org"),
            ("places", "Haus | Weg 1, 40210 Düsseldorf | hidden", "Haus | Weg 1, 40210 Düsseldorf | hidden"),
            ("dates", "2026-03-01T18:00/2026-03-01 20:00", "2026-03-01 18:00/2026-03-01 20:00"),
            ("internal_only", "YES", "yes"),
        ],
    )  # fmt: skip
    def test_are_read_as_people_write_them(self, path: Path, column: str, cell: str, value: str) -> None:
        term("grounds", "racism")
        term("grounds", "age")
        area("koeln", name_de="Köln")
        listing_now = Listing.objects.get()
        listing_now.cost = "paid"
        listing_now.save()
        bring(change(take(path), "advice", **{column: cell}))
        assert cells(take(path))[0][column] == value

    def test_a_number_that_is_corrected_keeps_its_hours(self, path: Path) -> None:
        bring(change(path, "advice", phone="0211 8991234", contact_hours="0211 8991234: Mo 09:00-12:00"))
        bring(change(take(path), "advice", phone="0211 8991235"))
        assert cells(take(path))[0]["contact_hours"] == "0211 8991235: Mo 09:00-12:00"

    def test_an_address_that_moves_stays_as_hidden_as_it_was(self, path: Path) -> None:
        bring(change(path, "advice", places="Haus | Weg 1 | hidden"))
        bring(change(take(path), "advice", places="Haus | Weg 2"))
        assert cells(take(path))[0]["places"] == "Haus | Weg 2 | hidden"
        bring(change(take(path), "advice", places="Haus | Weg 2 | full"))
        assert cells(take(path))[0]["places"] == "Haus | Weg 2"

    def test_a_code_whose_term_is_not_published_any_more_stays_possible(self, path: Path) -> None:
        term("grounds", "old", live=False)
        term("grounds", "racism")
        entry = Listing.objects.get()
        entry.grounds = ["old"]
        entry.save()
        bring(change(take(path), "advice", grounds="old; racism"))
        assert stored(entry).grounds == ["old", "racism"]


class TestRows:
    def test_the_same_entry_twice(self, path: Path) -> None:
        row = cells(path)[0]
        found = mistakes(plan(give(path, [row, {**row, "title_de": "Anders"}])))
        assert [(number, name) for number, name, _words in found] == [(3, "slug")]
        assert "row 2" in found[0][2]

    def test_a_new_entry_that_the_organisation_has_already(self, path: Path) -> None:
        ((number, name, words),) = mistakes(plan(give(path, [{**NEW, "title_de": " beratung"}])))
        assert (number, name) == (2, "slug")
        assert "“advice”" in words

    def test_the_same_new_entry_twice(self, path: Path) -> None:
        ((number, name, _words),) = mistakes(plan(give(path, [NEW, {**NEW, "title_de": "NEU"}])))
        assert (number, name) == (3, "slug")

    @pytest.mark.parametrize("name", ["kind", "audience", "organisation"])
    def test_what_a_new_entry_needs(self, path: Path, name: str) -> None:
        ((_number, found, words),) = mistakes(plan(give(path, [{**NEW, "slug": "x", name: ""}])))
        assert (found, "empty" in words) == (name, True)

    def test_a_slug_that_is_none(self, path: Path) -> None:
        ((_number, name, _words),) = mistakes(plan(give(path, [{**NEW, "slug": "Über uns!"}])))
        assert name == "slug"

    def test_an_organisation_that_does_not_exist_and_has_no_name(self, path: Path) -> None:
        ((_number, name, words),) = mistakes(plan(give(path, [{**NEW, "organisation": "nowhere"}])))
        assert (name, "“nowhere”" in words) == ("organisation", True)

    def test_an_organisation_that_the_table_names(self, path: Path) -> None:
        rows = [{**NEW, "organisation": "new", "organisation_name_de": "Neues Haus", "title_de": t} for t in "ab"]
        outcome = bring(give(path, rows), Scope(publish=True))
        assert (outcome.organisations, outcome.published) == (["new"], ["a", "b"])
        entry = Listing.objects.select_related("organisation").get(slug="a")
        assert (entry.organisation.name_de, entry.organisation.live, entry.live) == ("Neues Haus", True, True)

    def test_an_entry_moves_to_another_organisation(self, path: Path) -> None:
        organisation("other", name_de="Anderes Haus")
        bring(change(path, "advice", organisation="other"))
        assert Listing.objects.get(slug="advice").organisation.slug == "other"

    def test_new_entries_get_a_slug_and_are_drafts(self, path: Path) -> None:
        outcome = bring(give(path, [NEW, {**NEW, "title_de": "Über uns"}, {**NEW, "title_de": "Advice"}]))
        assert outcome.drafts == ["neu", "ueber-uns", "advice-2"]
        assert not Listing.objects.filter(live=True).exclude(slug="advice").exists()
        assert Change.objects.filter(slug="neu", by="wegweiser", action="create").count() == 1

    def test_remarks_and_empty_rows_are_for_people(self, path: Path) -> None:
        row = cells(path)[0]
        rows = [{"slug": "# a remark", **{name: "x" for name in row if name != "slug"}}, {}, row]
        assert counts(plan(give(path, rows))) == {"same": 1}

    def test_what_waits_for_a_reviewer_is_left_alone(self, path: Path) -> None:
        entry = Listing.objects.get()
        entry.locked = True
        entry.save()
        assert mistakes(plan(path)) == []
        ((name, words),) = told(path, title_de="Neu")
        assert (name, "locked" in words) == ("", True)


class TestFiles:
    def test_unknown_columns_are_told_and_left(self, path: Path) -> None:
        made = plan(give(path, [{"slug": "advice", "titel_de": "Neu", "remarks": "x"}]))
        assert counts(made) == {"same": 1}
        assert ["titel_de" in made.notes[0], "“title_de”" in made.notes[0]] == [True, True]
        assert "remarks" in made.notes[1]

    def test_columns_that_are_only_told(self, path: Path) -> None:
        rows = [{"slug": "advice", "last_confirmed_on": "2026-01-01", "organisation_name_de": "Anders"}]
        made = plan(give(path, rows))
        assert (counts(made), len(made.notes)) == ({"same": 1}, 2)

    def test_a_column_twice(self, path: Path) -> None:
        path.write_text("slug,title_de,Title_DE\nadvice,a,b\n", "utf-8")
        assert "title_de" in plan(path).refused

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "empty"),
            (b"name,street\nx,y\n", "names no column"),
            (b"PK\x03\x04 not a zip", "damaged"),
            (b"\x89PNG\0\0\0", "neither a spreadsheet"),
            (b"\xff\xfeslug\x00", "cannot be read"),
            (b"slug,title_de\n\"advice," + b"x" * 2_100_000, "cannot be read"),
        ],
    )  # fmt: skip
    def test_that_are_no_tables(self, tmp_path: Path, content: bytes, words: str) -> None:
        file = tmp_path / "file"
        file.write_bytes(content)
        made = plan(file)
        assert words in made.refused
        assert (made.is_right, made.rows) == (False, [])

    def test_too_many_rows(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(table_file, "MOST_ROWS", 2)
        assert plan(give(path, [{"slug": "advice"}, {**NEW, "slug": "b"}])).refused == ""
        rows = [{**NEW, "slug": f"s{number}"} for number in range(3)]
        assert "more than 2 rows" in plan(give(path, rows)).refused
        assert "more than 2 rows" in plan(give(path.with_suffix(".xlsx"), rows)).refused

    def test_too_big_a_file(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(table_file, "BIGGEST_FILE", 10)
        assert "too big" in plan(path).refused

    def test_a_workbook_that_unpacks_to_too_much(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(table_file, "BIGGEST_CONTENT", 1000)
        assert "too big" in plan(take(path.with_suffix(".xlsx"))).refused

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_whatever_the_program_calls_csv(self, path: Path, encoding: str, delimiter: str) -> None:
        text = delimiter.join(("slug", "title_de", "title_ar")) + "\r\n"
        path.write_text(text + delimiter.join(("advice", "Größe", "نص")) + "\r\n", encoding, newline="")
        made = plan(path)
        assert made.notes == []
        assert changes(made) == {"advice": {"title_de": ("Beratung", "Größe"), "title_ar": ("", "نص")}}

    def test_windows_1252_is_read_and_told(self, path: Path) -> None:
        path.write_bytes("slug;title_de\nadvice;Größe – ganz\n".encode("cp1252"))
        made = plan(path)
        assert "Windows-1252" in made.notes[0]
        assert changes(made) == {"advice": {"title_de": ("Beratung", "Größe – ganz")}}

    def test_letters_that_were_lost_or_broken(self, path: Path) -> None:
        path.write_bytes("slug;title_de;title_ar\nadvice;Größe;?????\n".encode("cp1252"))
        assert [name for _row, name, _words in mistakes(plan(path))] == ["title_ar"]
        path.write_text("slug;title_de\nadvice;GrÃ¶Ã\u009fe\n", "utf-8")
        assert [name for _row, name, _words in mistakes(plan(path))] == ["title_de"]

    def test_a_formula_in_a_csv_file(self, path: Path) -> None:
        path.write_text("slug,title_de\nadvice,=SUM(A1)\n", "utf-8")
        assert mistakes(plan(path)) == [(2, "title_de", "This is a formula. Write the text itself.")]

    def test_a_cell_too_many(self, path: Path) -> None:
        path.write_text("slug,title_de\nadvice,Neu, und mehr\n", "utf-8")
        ((number, name, words),) = mistakes(plan(path))
        assert (number, name, "more cells" in words) == (2, "", True)


class TestWorkbooks:
    def test_formulas_errors_and_numbers(self, path: Path) -> None:
        book = Workbook()
        sheet: Any = book.active
        sheet.append(["slug", "title_de", "cost_note", "phone"])
        sheet.append(["advice", "=A1", "#REF!", 2118991234])
        sheet["C2"].data_type = "e"
        book.save(path.with_suffix(".xlsx"))
        found = mistakes(plan(path.with_suffix(".xlsx")))
        assert [name for _row, name, _words in found] == ["title_de", "cost_note", "phone"]

    def test_dates_numbers_and_answers_of_the_program(self, path: Path) -> None:
        from datetime import datetime

        book = Workbook()
        sheet: Any = book.active
        sheet.append(["slug", "valid_until", "waiting_weeks", "internal_only", "price"])
        sheet.append(["advice", datetime(2026, 12, 31), 4.0, True, 25])  # noqa: DTZ001 - as a program has it
        book.save(path.with_suffix(".xlsx"))
        found = changes(plan(path.with_suffix(".xlsx")))["advice"]
        assert {name: after for name, (_before, after) in found.items()} == {
            "valid_until": "2026-12-31", "waiting_weeks": "4", "internal_only": "yes", "price": "25",
        }  # fmt: skip

    def test_the_first_sheet_counts_whatever_it_is_called(self, path: Path) -> None:
        file = take(path.with_suffix(".xlsx"))
        book = load_workbook(file)
        book.worksheets[0].title = "Tabelle1"
        book.save(file)
        assert counts(plan(file)) == {"same": 1}


def test_somebody_writes_between_the_plan_and_its_writing(path: Path) -> None:
    made = plan(change(path, "advice", title_de="Neu"))
    Listing.objects.get().save_revision()
    with pytest.raises(table_import.OvertakenError):
        table_plan.finished(table_import.carry_out(made, Scope()))
    assert Listing.objects.get().title_de == "Beratung"


def test_who_translated_and_what_is_outdated_is_noted(path: Path) -> None:
    bring(change(path, "advice", title_tr="Danışma"))
    entry = Listing.objects.get()
    assert entry.translation_state["tr"]["state"] == "human"
    assert entry.translation_state["tr"]["by"] == "wegweiser"
