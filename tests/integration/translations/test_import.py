"""A workbook comes back: everything wrong with it is told with its row, and then nothing is written."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import Workbook

from directory import translation_state
from directory.exchange import translations_file
from directory.exchange import translations_import as importing
from directory.models import Listing
from directory.translating import Fate
from directory.translation_state import State
from tests.integration.directory.making import listing, person, stored, superuser
from tests.integration.translations.filling import (
    NAME,
    NAMES,
    TITLE,
    bring_back,
    change_book,
    export,
    fill,
    problems,
    spoil,
)

pytestmark = pytest.mark.django_db

HELPS = "directory.listing/advice/helps_with"
# The order of the workbook's rows with the one listing of these tests: its organisation stands before it.
NAME_ROW, TITLE_ROW = 2, 3


class TestWhatComesIn:
    def test_translations_and_checks(self, entry: Listing, book: Path) -> None:
        texts = {
            TITLE: "Advice",
            HELPS: "Helps after an attack.",
            "directory.listing/advice/description": "We listen.",
        }
        outcome = bring_back(fill(export(book), texts, checked=texts))
        assert outcome.published == ["directory.listing/advice"]
        assert (stored(entry).title_en, stored(entry).helps_with_en) == ("Advice", "Helps after an attack.")
        assert translation_state.state(stored(entry), "en") is State.CHECKED

    def test_an_empty_cell_takes_nothing_away(self, entry: Listing, book: Path) -> None:
        entry.title_en = "Advice"
        entry.save()
        bring_back(fill(export(book), {TITLE: "", HELPS: "Helps"}))
        assert (stored(entry).title_en, stored(entry).helps_with_en) == ("Advice", "Helps")

    def test_a_year_that_became_a_number(self, entry: Listing, book: Path) -> None:
        bring_back(spoil(export(book), TITLE_ROW, "translation", 2026))
        assert stored(entry).title_en == "2026"

    def test_what_excel_escaped(self, entry: Listing, book: Path) -> None:
        bring_back(fill(export(book), {TITLE: "a_x000D_\nb_x005F_x0041_"}))
        assert stored(entry).title_en == "a\r\nb_x0041_"

    def test_columns_in_another_order_and_more_of_them(self, entry: Listing, book: Path) -> None:
        def turn(workbook: Any) -> None:
            sheet = workbook["en"]
            for row in sheet.iter_rows():
                values = [cell.value for cell in row]
                for cell, value in zip(row, values[::-1], strict=True):
                    cell.value = value
            sheet.cell(1, 9).value = "my own remarks"

        bring_back(change_book(fill(export(book), {TITLE: "Advice"}), turn))
        assert stored(entry).title_en == "Advice"

    def test_empty_rows_between(self, entry: Listing, book: Path) -> None:
        bring_back(change_book(fill(export(book), {TITLE: "Advice"}), lambda book: book["en"].insert_rows(2, 5)))
        assert stored(entry).title_en == "Advice"

    def test_a_change_of_a_checked_text_is_not_checked_by_itself(self, entry: Listing, book: Path) -> None:
        entry.title_en = "Advice"
        translation_state.note(entry, "en", state=State.CHECKED, by="x")
        entry.save()
        bring_back(fill(export(book), {TITLE: "Counselling"}))
        assert translation_state.state(stored(entry), "en") is State.HUMAN


class TestPreview:
    def test_it_counts_and_writes_nothing(self, entry: Listing, book: Path) -> None:
        entry.title_en, entry.helps_with_en = "Advice", "Helps"
        entry.save()
        fill(export(book), {TITLE: "Counselling", NAME: "House"}, checked=[HELPS])
        plan = importing.plan(book, language="en", by=None)
        assert plan.counts == {Fate.CHANGED: 1, Fate.NEW: 1, Fate.CHECKED: 1}
        assert plan.writes == 3
        assert list(importing.lines(plan)) == ["1 new", "1 changed", "1 checked, text unchanged", "0 unchanged"]
        assert stored(entry).title_en == "Advice"
        assert not stored(entry).latest_revision

    def test_it_tells_of_a_newer_source(self, entry: Listing, book: Path) -> None:
        fill(export(book), {TITLE: "Advice", HELPS: "Helps"})
        entry.title_de = "Neue Beratung"
        entry.save()
        plan = importing.plan(book, language="en", by=None)
        assert plan.from_older == 1
        assert "1 made from an older source: they will count as outdated" in importing.lines(plan)
        importing.carry_out(plan, by=None)
        assert translation_state.state(stored(entry), "en") is State.OUTDATED

    def test_it_tells_what_somebody_else_changed_meanwhile(self, entry: Listing, book: Path) -> None:
        fill(export(book), {TITLE: "Advice"})
        entry.title_en = "Counselling"
        entry.save()
        plan = importing.plan(book, language="en", by=None)
        assert plan.counts[Fate.OVERTAKEN] == 1
        assert any("somebody else" in line for line in importing.lines(plan))
        assert plan.writes == 0

    def test_it_names_what_is_locked(self, entry: Listing, book: Path) -> None:
        fill(export(book), {TITLE: "Advice", NAME: "House"})
        entry.locked, entry.locked_by, entry.locked_at = True, superuser(), timezone.now()
        entry.save()
        plan = importing.plan(book, language="en", by=None)
        assert plan.left_out == ["Beratung"]
        assert plan.writes == 1
        assert any("“Beratung”" in line for line in importing.lines(plan))

    def test_it_leaves_out_what_is_not_mine_to_translate(self, entry: Listing, book: Path) -> None:
        fill(export(book), {TITLE: "Advice", NAME: "House"})
        tara = person("tara", "translate_listing")
        plan = importing.plan(book, language="en", by=tara)
        assert (plan.left_out, plan.writes) == (["Haus der Vielfalt"], 1)
        assert importing.carry_out(plan, by=tara).waiting == ["directory.listing/advice"]

    def test_a_plan_with_problems_is_never_carried_out(self, entry: Listing, book: Path) -> None:
        plan = importing.plan(spoil(export(book), TITLE_ROW, "key", ""), language="en", by=None)
        with pytest.raises(ValueError, match="problems"):
            importing.carry_out(plan, by=None)


class TestProblems:
    @pytest.mark.parametrize(
        ("column", "value", "says"),
        [
            ("translation", "=1+1", "formula"),
            ("translation", "#REF!", "error"),
            ("translation", timezone.now().replace(tzinfo=None), "date"),
            ("checked", "=TRUE()", "formula"),
            ("checked", "maybe", "must be an x"),
            ("checked", "x", "no translation"),
            ("key", None, "key is missing"),
            ("key", "directory.listing/nowhere/title", "no entry"),
            ("key", "auth.user/chris/password", "no entry"),
            ("key", "directory.listing/advice/note", "no text"),
            ("key", NAME, "given in row 2"),
            ("source hash", None, "hash was changed"),
            ("source hash", "0123", "hash was changed"),
            ("translation", "bell _x0007_", "control characters"),
            ("translation", "x" * 251, "251 characters; 250 fit"),
        ],
    )
    def test_each_is_told_with_its_row(
        self, entry: Listing, book: Path, column: str, value: Any, says: str
    ) -> None:
        (problem,) = problems(spoil(export(book), TITLE_ROW, column, value))
        assert problem.startswith(f"Row {TITLE_ROW}: ")
        assert says in problem

    def test_all_of_them_at_once_in_the_order_of_their_rows(self, entry: Listing, book: Path) -> None:
        spoil(spoil(export(book), 4, "checked", "?"), NAME_ROW, "translation", "x" * 999)
        assert [problem.split(":")[0] for problem in problems(book)] == ["Row 2", "Row 4"]

    def test_one_problem_and_nothing_is_written(self, entry: Listing, book: Path) -> None:
        fill(export(book), {TITLE: "Advice"})
        plan = importing.plan(spoil(book, NAME_ROW, "checked", "?"), language="en", by=None)
        assert plan.problems
        assert not stored(entry).title_en

    def test_the_wrong_language(self, entry: Listing, book: Path) -> None:
        (problem,) = problems(export(book, "ar"), "en")
        assert problem == "This file holds translations into العربية, not into English."

    def test_an_entry_now_written_in_the_language_of_the_file(self, entry: Listing, book: Path) -> None:
        fill(export(book), {TITLE: "Advice"})
        entry.source_language, entry.title_en = "en", "Advice"
        entry.helps_with_en = entry.description_en = "x"
        entry.save()
        assert len(problems(book)) == 3
        assert all("it is no translation" in problem for problem in problems(book))

    @pytest.mark.parametrize("missing", ["key", "source hash", "translation", "checked"])
    def test_a_missing_column(self, entry: Listing, book: Path, missing: str) -> None:
        change_book(export(book), lambda book: book["en"].delete_cols(NAMES.index(missing) + 1))
        assert problems(book) == [f"These columns are missing: {missing}."]


class TestNoWorkbookOfOurs:
    def test_another_spreadsheet(self, book: Path, db: None) -> None:
        Workbook().save(book)
        assert problems(book) == [
            "This is not a file of translations: no sheet is named after a language (Sheet)."
        ]

    def test_two_languages_in_one(self, entry: Listing, book: Path) -> None:
        change_book(export(book), lambda book: book.create_sheet("ar"))
        assert "no sheet is named after a language" in problems(book)[0]

    def test_an_empty_sheet(self, book: Path, db: None) -> None:
        workbook = Workbook()
        workbook.active.title = "en"  # type: ignore[union-attr]
        workbook.save(book)
        assert "columns are missing" in problems(book)[0]

    def test_a_chart(self, book: Path, db: None) -> None:
        workbook = Workbook()
        workbook.create_chartsheet("en")
        workbook.save(book)
        assert len(problems(book)) == 1

    @pytest.mark.parametrize(
        "content", [b"", b"PK\x03\x04", b"key;translation\r\n", b"\xd0\xcf\x11\xe0" * 100, b"%PDF-1.7"]
    )
    def test_another_file(self, book: Path, db: None, content: bytes) -> None:
        book.write_bytes(content)
        assert problems(book) == ["This file is damaged, or it is not a spreadsheet (.xlsx)."]

    def test_a_zip_of_something_else(self, book: Path, db: None) -> None:
        with zipfile.ZipFile(book, "w") as archive:
            archive.writestr("letter.txt", "hello")
        assert problems(book) == ["This file is damaged, or it is not a spreadsheet (.xlsx)."]


class TestTooMuch:
    def test_a_bomb_is_not_unpacked(self, book: Path, db: None) -> None:
        with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (translations_file.BIGGEST_CONTENT + 1))
        assert book.stat().st_size < 100_000
        assert problems(book) == ["This file is too big for a file of translations."]

    def test_nor_one_of_many_parts(self, book: Path, db: None) -> None:
        with zipfile.ZipFile(book, "w") as archive:
            for number in range(translations_file.MOST_PARTS + 1):
                archive.writestr(f"{number}", b"")
        assert problems(book) == ["This file is too big for a file of translations."]

    def test_nor_entities_that_name_each_other(self, entry: Listing, book: Path) -> None:
        bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        packed = io.BytesIO(export(book).read_bytes())
        with zipfile.ZipFile(packed) as before, zipfile.ZipFile(book, "w") as after:
            for part in before.namelist():
                content = before.read(part).decode()
                after.writestr(part, bomb + content if part.endswith("sheet1.xml") else content)
        assert problems(book) == ["This file is damaged, or it is not a spreadsheet (.xlsx)."]

    def test_nor_too_many_rows(self, entry: Listing, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(translations_file, "MOST_ROWS", 3)
        assert problems(export(book)) == ["This file has more than 3 rows."]
        monkeypatch.setattr(translations_file, "MOST_ROWS", 4)
        assert problems(book) == []

    def test_a_row_far_away_does_not_take_long(self, entry: Listing, book: Path) -> None:
        change_book(export(book), lambda book: book["en"].cell(1_000_000, 1, "far"))
        assert problems(book) == []


def test_the_import_of_one_language_leaves_the_others(entry: Listing, book: Path) -> None:
    entry.title_ar, entry.title_tr = "مشورة", "Danışmanlık"
    entry.save()
    bring_back(fill(export(book), {TITLE: "Advice"}))
    after = stored(entry)
    assert (after.title_de, after.title_en) == ("Beratung", "Advice")
    assert (after.title_ar, after.title_tr) == ("مشورة", "Danışmanlık")


def test_several_entries_are_one_import(entry: Listing, book: Path) -> None:
    listing("second", title_de="Zweite", live=False)
    outcome = bring_back(fill(export(book), {TITLE: "First", "directory.listing/second/title": "Second"}))
    assert (outcome.published, outcome.waiting) == (["directory.listing/advice"], ["directory.listing/second"])
    assert list(importing.told(outcome)) == ["1 entry published", "1 entry waits for review"]
