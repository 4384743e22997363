"""The same by command: data on standard output, steps on standard error, 1 where something is wrong."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from directory.models import Listing
from tests.integration.directory.making import stored
from tests.integration.translations.filling import TITLE, fill, spoil, table

pytestmark = pytest.mark.django_db


class Parrot:
    name = "Parrot"

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        return [f"{target}: {text}" for text in texts]


class Nobody:
    name = "Nobody"

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        return []


def run(*arguments: str | Path) -> tuple[str, str]:
    out, error = io.StringIO(), io.StringIO()
    name, *others = map(str, arguments)
    call_command(name, *others, stdout=out, stderr=error)
    return out.getvalue(), error.getvalue()


def refused(*arguments: str | Path) -> tuple[str, str]:
    error = io.StringIO()
    name, *others = map(str, arguments)
    with pytest.raises(CommandError) as raised:
        call_command(name, *others, stderr=error)
    return str(raised.value), error.getvalue()


class TestExport:
    def test_it_writes_the_file_and_tells_each_step(self, entry: Listing, tmp_path: Path) -> None:
        path = tmp_path / "new" / "tr.xlsx"
        out, steps = run("export_translations", "--language", "tr", "--out", path)
        assert out == f"4 rows: {path}\n"
        assert [line[:2] for line in steps.splitlines()] == ["1.", "2."]
        assert TITLE in table(path, "tr")
        assert [each.name for each in path.parent.iterdir()] == ["tr.xlsx"]

    def test_only_some_states(self, entry: Listing, book: Path) -> None:
        entry.title_tr = "Danışmanlık"
        entry.save()
        run("export_translations", "--language", "tr", "--out", book, "--only", "missing,outdated")
        assert TITLE not in table(book, "tr")

    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            (["--language", "xx"], "no language xx"),
            (["--language", "tr", "--only", "lost"], "no state lost"),
            ([], "--language"),
        ],
    )
    def test_what_there_is_not(self, arguments: list[str], says: str, book: Path) -> None:
        assert says in refused("export_translations", *arguments, "--out", book)[0]

    def test_where_nothing_can_be_written(self, entry: Listing, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        words, _steps = refused("export_translations", "--language", "tr", "--out", tmp_path / "file" / "tr.xlsx")
        assert "Choose another --out" in words

    def test_texts_too_long_for_a_cell_are_told(self, entry: Listing, book: Path) -> None:
        entry.description_de = "x" * 40_000
        entry.save()
        _out, steps = run("export_translations", "--language", "tr", "--out", book)
        assert "3. 1 texts are too long" in steps


class TestImport:
    def test_it_writes_what_the_file_holds(self, entry: Listing, book: Path) -> None:
        run("export_translations", "--language", "en", "--out", book)
        out, steps = run("import_translations", fill(book, {TITLE: "Advice"}))
        assert out == "1 texts written.\n"
        assert "1 entry published" in steps
        assert stored(entry).title_en == "Advice"
        assert stored(entry).translation_state["en"]["by"] == "wegweiser"

    def test_a_dry_run_writes_nothing(self, entry: Listing, book: Path) -> None:
        run("export_translations", "--language", "en", "--out", book)
        out, steps = run("import_translations", fill(book, {TITLE: "Advice"}), "--dry-run")
        assert out == "1 texts would be written.\n"
        assert "1 new" in steps
        assert not stored(entry).title_en

    def test_every_problem_is_told(self, entry: Listing, book: Path) -> None:
        run("export_translations", "--language", "en", "--out", book)
        spoil(spoil(book, 2, "checked", "?"), 3, "translation", "=1")
        words, steps = refused("import_translations", book)
        assert words.startswith("2 problems; nothing was written.")
        assert "Row 2:" in steps
        assert "Row 3:" in steps

    def test_a_file_of_another_language_than_expected(self, entry: Listing, book: Path) -> None:
        run("export_translations", "--language", "en", "--out", book)
        _words, steps = refused("import_translations", book, "--language", "ar")
        assert "not into العربية" in steps

    def test_no_file(self, book: Path) -> None:
        assert refused("import_translations", book)[0] == f"There is no file {book}."


class TestMachine:
    def test_off_it_says_how_to_switch_it_on(self, entry: Listing) -> None:
        assert "Set MACHINE_TRANSLATION" in refused("translate_missing", "--language", "tr")[0]

    def test_it_fills_what_is_missing(
        self, entry: Listing, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.MACHINE_TRANSLATION = "service"
        monkeypatch.setattr("directory.machine_translation.import_string", lambda _path: Parrot)
        out, steps = run("translate_missing", "--language", "tr")
        assert out == "4 texts translated, 0 answers refused.\n"
        assert "4 of 4" in steps
        assert stored(entry).title_tr == "tr: Beratung"

    def test_a_failure_is_told_with_what_was_done(
        self, entry: Listing, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.MACHINE_TRANSLATION = "service"
        monkeypatch.setattr("directory.machine_translation.import_string", lambda _path: Nobody)
        assert "0 texts were translated before that." in refused("translate_missing", "--language", "tr")[0]

    def test_no_machine_for_easy_language(self, settings: Settings) -> None:
        settings.MACHINE_TRANSLATION = "service"
        assert "No machine" in refused("translate_missing", "--language", "de-simple")[0]
