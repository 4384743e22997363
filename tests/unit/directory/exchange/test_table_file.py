"""Any file is read or refused in words; whatever a table holds comes out of it as it went in."""

import csv
import io
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from directory.exchange import table_file
from directory.exchange.cells import comparable, guarded
from directory.exchange.translations import escaped
from directory.exchange.translations_file import RefusedError

KNOWN = frozenset({"slug", "title_de", "phone"})
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
ROWS = st.lists(st.tuples(st.from_regex(r"[a-z]{1,8}", fullmatch=True), TEXT), max_size=5)
QUICK = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


def lines(path: Path) -> list[dict[str, str]]:
    return [dict(line.cells) for line in table_file.read(path, KNOWN).lines]


@QUICK
@given(ROWS, st.sampled_from(",;\t"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_any_csv_comes_back(folder: Path, rows: list[tuple[str, str]], delimiter: str, encoding: str) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(["slug", "title_de"])
    writer.writerows([slug, guarded(cell)] for slug, cell in rows)
    path = folder / "table.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    assert lines(path) == [{"slug": slug, "title_de": comparable(cell)} for slug, cell in rows]


@QUICK
@given(ROWS)
def test_any_workbook_comes_back(folder: Path, rows: list[tuple[str, str]]) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["slug", "title_de"])
    for number, (slug, cell) in enumerate(rows, start=2):
        sheet.cell(number, 1, slug)
        if shown := escaped(guarded(cell)):
            sheet.cell(number, 2, shown).data_type = "s"
    path = folder / "table.xlsx"
    book.save(path)
    assert lines(path) == [{"slug": slug, "title_de": comparable(cell)} for slug, cell in rows]


@QUICK
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(folder: Path, content: bytes) -> None:
    path = folder / "bytes"
    for start in (b"", b"slug,title_de\n", b"PK\x03\x04", b"\xff\xfe", b"slug;title_de\r\n"):
        path.write_bytes(start + content)
        with suppress(RefusedError):
            lines(path)


def test_the_name_of_a_column_may_be_written_carelessly(tmp_path: Path) -> None:
    (tmp_path / "t").write_text('\ufeff"Slug" ; TITLE_DE\nadvice;Neu\n', "utf-8")
    assert lines(tmp_path / "t") == [{"slug": "advice", "title_de": "Neu"}]


def test_rows_are_numbered_as_the_program_numbers_them(tmp_path: Path) -> None:
    (tmp_path / "t").write_text('slug,title_de\na,"two\nlines"\n\nb,x\n', "utf-8")
    assert [(line.number, line.cells["slug"]) for line in table_file.read(tmp_path / "t", KNOWN).lines] == [
        (2, "a"), (5, "b"),
    ]  # fmt: skip


def test_how_many_rows_to_expect(tmp_path: Path) -> None:
    (tmp_path / "t").write_text("slug,title_de\n" + "a,b\n" * 7, "utf-8")
    assert table_file.read(tmp_path / "t", KNOWN).expected >= 7
