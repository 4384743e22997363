"""The grades and places of the cells, without a database."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from directory.editing import freshness
from directory.editing.freshness import Cell, Row, Strip

TODAY = timezone.localdate()


def row(oldest: date | None = TODAY, unconfirmed: int = 0) -> Row:
    return Row(organisation=7, listings=2, unconfirmed=unconfirmed, oldest=oldest)


@pytest.mark.parametrize(
    ("days", "grade"),
    [(0, "fresh"), (90, "fresh"), (91, "ageing"), (180, "ageing"), (181, "old"), (4000, "old"), (-3, "fresh")],
)
def test_the_grade_follows_the_oldest_confirmation(days: int, grade: str) -> None:
    assert freshness._grade(row(TODAY - timedelta(days=days))) == grade


@pytest.mark.parametrize(("oldest", "unconfirmed"), [(None, 2), (TODAY, 1), (None, 0)])
def test_one_listing_that_nobody_confirmed_decides(oldest: date | None, unconfirmed: int) -> None:
    assert freshness._grade(row(oldest, unconfirmed)) == "never"


def test_every_grade_has_words() -> None:
    found = {freshness._grade(row(TODAY - timedelta(days=days))) for days in (0, 100, 200)}
    assert found | {"never"} == set(freshness.GRADES)


def test_a_cell_says_when_and_leads_to_the_public_listings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freshness, "reverse", lambda _name: "/list/")
    with translation.override("de"):
        cell = freshness._cell(row(date(2026, 1, 31)), "Haus", (2, 3))
    assert (cell.said, cell.url) == ("31.01.2026", "/list/?state=live&organisation=7")
    assert (cell.x, cell.y) == (3 * freshness.STEP, 2 * freshness.STEP)
    with translation.override("en"):
        assert freshness._cell(row(None, 1), "Haus", (0, 0)).said == "not all"


def strip(cells: int, **fields: Any) -> Strip:
    cell = Cell("Haus", 1, "old", "gestern", "/", 0, 0)
    return Strip((cell,) * cells, 0, (("old", "lange her", cells),), **fields)


@pytest.mark.parametrize(
    ("cells", "width", "height"), [(1, 1, 1), (39, 39, 1), (40, 40, 1), (41, 40, 2), (80, 40, 2), (81, 40, 3)]
)
def test_the_picture_is_as_large_as_its_rows(cells: int, width: int, height: int) -> None:
    made = strip(cells)
    assert (made.width, made.height) == (width * freshness.STEP, height * freshness.STEP)


def test_the_summary_says_all_numbers() -> None:
    assert strip(3).summary == "lange her: 3"
