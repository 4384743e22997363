"""A result on a phone, on paper, and in the ears of a screen reader."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, NewVisitor, Visitor
from tests.browser.pages import a_concern, a_result

NARROW = (320, 640)
WAYS = 7


def overflows(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize("size", [NARROW, PHONE, DESK], ids=["320", "390", "1280"])
def test_nothing_runs_over_the_edge(new_visitor: NewVisitor, language: str, size: tuple[int, int]) -> None:
    page = a_result(new_visitor(size), language)
    assert not overflows(page)
    expect(page.locator("table.ways")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_screen_reader_meets_one_table_with_seven_ways(new_visitor: NewVisitor, size: tuple[int, int]) -> None:
    page = a_result(new_visitor(size), "de")
    table = page.get_by_role("table")
    assert table.count() == 1
    assert table.get_by_role("rowheader").count() == WAYS
    assert table.get_by_role("columnheader").count() == 4


def test_the_first_body_comes_with_a_button_to_call(visitor: Visitor) -> None:
    page = a_concern(visitor, "de")
    expect(page.locator("main .card.first a.call")).to_be_visible()
    assert visitor.call("main .card.first a.call").startswith("tel:")


def test_what_fits_and_what_is_not_known_differ_without_colour(new_visitor: NewVisitor) -> None:
    page = a_concern(new_visitor(PHONE), "de")
    signs = page.evaluate(
        """() => ["fits", "open"].map(name =>
            getComputedStyle(document.querySelector(`.why .${name}`), "::before").content)"""
    )
    assert len(set(signs)) == 2
    assert "none" not in signs


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_on_paper_stand_numbers_and_no_answers(new_visitor: NewVisitor, javascript: bool) -> None:
    page = a_result(new_visitor(DESK, javascript=javascript), "de")
    page.emulate_media(media="print")
    expect(page.locator("main .card.first")).to_be_visible()
    expect(page.locator("table.ways")).to_be_visible()
    expect(page.locator("h1 .on-paper")).to_be_visible()
    for told in ("h1 .no-print", ".answers", ".card.first .why"):
        expect(page.locator(told).first).to_be_hidden()
