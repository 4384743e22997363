"""What a translator gets: a workbook that cannot run anything, and whose other columns stay as they are."""

from pathlib import Path

import pytest
from django.utils import translation
from openpyxl import load_workbook

from directory import translation_state
from directory.exchange import translations
from directory.exchange.translations import LONGEST_CELL, escaped
from directory.models import Listing
from directory.translatable import NOT_IN_XML
from directory.translation_state import State
from tests.integration.directory.making import area, listing, organisation, stored, term
from tests.integration.translations.filling import NAME, NAMES, TITLE, export, place, table

pytestmark = pytest.mark.django_db


class TestRows:
    def test_each_text_of_each_entry_is_one(self, entry: Listing, book: Path) -> None:
        term("grounds", "race")
        area("berlin")
        assert list(table(export(book))) == [
            "directory.area/berlin/name",
            NAME,
            TITLE,
            "directory.listing/advice/helps_with",
            "directory.listing/advice/description",
            "directory.term/grounds/race/label",
        ]

    def test_a_row_says_what_it_is_about(self, entry: Listing, book: Path) -> None:
        entry.title_en = "Advice"
        entry.save()
        row = table(export(book))[TITLE]
        assert row["context"] == "Listing “Beratung”: title"
        assert (row["source language"], row["source text"]) == ("de", "Beratung")
        assert (row["translation"], row["state"], row["checked"]) == ("Advice", "by a person", None)

    def test_what_is_written_in_the_language_itself_is_no_translation(self, book: Path) -> None:
        listing(source_language="en", title_en="Advice", title_de="Beratung")
        assert list(table(export(book))) == [NAME]

    def test_and_is_translated_into_german(self, book: Path) -> None:
        listing(source_language="en", title_en="Advice", title_de="")
        row = table(export(book, "de"), "de")[TITLE]
        assert (row["source language"], row["source text"]) == ("en", "Advice")

    def test_the_draft_is_what_gets_translated(self, entry: Listing, book: Path) -> None:
        draft = stored(entry)
        draft.title_de = "Neue Beratung"
        draft.save_revision()
        assert table(export(book))[TITLE]["source text"] == "Neue Beratung"

    def test_only_the_states_that_were_asked_for(self, entry: Listing, book: Path) -> None:
        entry.title_en = "Advice"
        translation_state.note(entry, "en", state=State.MACHINE, by="x")
        entry.save()
        assert TITLE not in table(export(book, "en", State.MISSING, State.OUTDATED))
        assert list(table(export(book, "en", State.MACHINE))) == [TITLE]
        entry.title_de = "Neue Beratung"
        entry.save()
        assert list(table(export(book, "en", State.OUTDATED))) == [TITLE]

    def test_what_was_checked_is_said_but_an_x_is_put_anew(self, entry: Listing, book: Path) -> None:
        entry.title_en = "Advice"
        translation_state.note(entry, "en", state=State.CHECKED, by="x")
        entry.save()
        found = table(export(book))
        assert (found[TITLE]["state"], found[TITLE]["checked"]) == ("checked", None)
        assert found["directory.listing/advice/helps_with"]["state"] == "missing"

    def test_a_text_that_fits_into_no_cell_is_left_out(self, entry: Listing, book: Path) -> None:
        entry.description_de = "x" * (LONGEST_CELL + 1)
        entry.save()
        found = list(translations.rows("en", [Listing]))
        assert len(found) == 3
        assert translations.write(book, "en", found) == 2
        assert "directory.listing/advice/description" not in table(book)

    def test_the_columns_are_named_the_same_for_everybody(self, entry: Listing, book: Path) -> None:
        with translation.override("de"):
            export(book)
        assert TITLE in table(book)
        assert [cell.value for cell in load_workbook(book)["en"][1]] == NAMES


class TestLook:
    def test_it_reads_from_the_right_where_the_language_does(self, entry: Listing, book: Path) -> None:
        assert load_workbook(export(book, "ar"))["ar"].sheet_view.rightToLeft
        assert not load_workbook(export(book, "en"))["en"].sheet_view.rightToLeft

    def test_the_header_stays_and_the_texts_wrap(self, entry: Listing, book: Path) -> None:
        sheet = load_workbook(export(book))["en"]
        assert sheet.freeze_panes == "B2"
        assert all(cell.alignment.wrap_text for cell in sheet[2])
        assert sheet.column_dimensions["D"].width == 60

    def test_only_the_translation_and_its_check_can_be_edited(self, entry: Listing, book: Path) -> None:
        sheet = load_workbook(export(book))["en"]
        assert sheet.protection.sheet
        free = {NAMES[number] for number, cell in enumerate(sheet[2]) if not cell.protection.locked}
        assert free == {"translation", "checked"}

    def test_it_explains_itself_on_a_second_sheet(self, entry: Listing, book: Path) -> None:
        how_to = load_workbook(export(book))["How to"]
        assert "English" in str(how_to["A1"].value)
        assert how_to.max_row == 5


@pytest.mark.parametrize("start", ["=1+1", "+49 211", "-", "@SUM(A1)", '=HYPERLINK("x")', "'quoted"])
class TestNothingRuns:
    def test_a_text_is_a_text_however_it_begins(self, start: str, book: Path) -> None:
        listing(title_de=start, title_en=start)
        row = next(row for row in load_workbook(export(book))["en"].iter_rows(min_row=2) if row[0].value == TITLE)
        for name in ("source text", "translation"):
            cell = row[place(name)]
            assert (cell.value, cell.data_type, cell.number_format) == (start, "s", "@")


class TestEscaping:
    @pytest.mark.parametrize(
        ("text", "written"),
        [
            ("_x0041_", "_x005F_x0041_"),
            ("a\r\nb\rc", "a\nb\nc"),
            ("a\x00\x0b\ufffeb", "ab"),
            ("snake_case_x", "snake_case_x"),
        ],
    )
    def test_as_the_format_wants_it(self, text: str, written: str) -> None:
        assert escaped(text) == written

    def test_nothing_is_left_that_the_format_forbids(self) -> None:
        assert not NOT_IN_XML.search(escaped("".join(map(chr, range(0x20)))))


def test_a_reader_of_one_model_gets_only_its_texts(entry: Listing) -> None:
    organisation("shop")
    assert {row.piece.entry for row in translations.rows("en", [Listing])} == {entry}
