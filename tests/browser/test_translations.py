"""A spreadsheet goes out, a translator fills it in, and it comes back: in a real browser, clicks counted."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, NewVisitor, Site
from tests.browser.test_accessibility import findings
from tests.browser.test_privacy import log_in
from tests.integration.translations.filling import fill, spoil

OVERVIEW, UKRAINIAN = "/admin/translations/", "/admin/translations/uk/"
WORDS = "Консультація від перекладачки"


def check(page: Page) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for width, height in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        if seen := findings(page):
            found[width] = seen
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    return found


def take(page: Page, to: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("link", name="Missing and outdated").click()
    download.value.save_as(to)
    return to


def send(page: Page, path: Path) -> None:
    page.locator("input[type=file]").set_input_files(path)
    with page.expect_navigation():
        page.get_by_role("button", name="Show what would change").click()


@pytest.mark.parametrize("path", [OVERVIEW, UKRAINIAN, f"{UKRAINIAN}?state=missing&p=2"])
def test_axe_finds_nothing_and_nothing_is_cut_off(new_visitor: NewVisitor, site: Site, path: str) -> None:
    page = log_in(new_visitor(DESK, locale="en-GB"), site)
    page.goto(site.url + path, wait_until="networkidle")
    assert check(page) == {}


@pytest.mark.parametrize("javascript", [True, False])
def test_a_translation_comes_in_by_six_clicks(
    new_visitor: NewVisitor, site: Site, tmp_path: Path, javascript: bool
) -> None:
    visitor = new_visitor(DESK, locale="en-GB", javascript=javascript)
    page = log_in(visitor, site)
    words = f"{WORDS} {javascript}"
    visitor.follow("nav a[href='/admin/translations/']") if javascript else page.goto(site.url + OVERVIEW)
    visitor.follow("main a[href='/admin/translations/uk/']")
    book = take(page, tmp_path / "uk.xlsx")
    visitor.taps += 1
    rows = load_workbook(book)["uk"].iter_rows(min_row=2, values_only=True)
    key = next(str(row[0]) for row in rows if str(row[0]).endswith("/description"))
    page.locator("input[type=file]").set_input_files(fill(book, {key: words}, "uk", checked=[key]))
    visitor.taps += 1  # choosing the file
    visitor.follow("button:has-text('Show what would change')")
    assert "1 new" in page.locator("main").inner_text()
    if javascript:
        assert check(page) == {}
    visitor.follow("button:has-text('Write 1 text')")
    assert page.url == site.url + UKRAINIAN
    assert "1 text written. 1 entry published" in page.locator("body").inner_text()
    assert visitor.taps <= 6
    kind, slug = key.split("/")[:2]
    public = "angebote" if kind == "directory.listing" else "stellen"
    shown = new_visitor(PHONE)
    shown.open(f"{public}/{slug}/", "uk")
    assert words in shown.page.locator("main").inner_text()


def test_what_is_wrong_with_a_file_is_told_by_row(new_visitor: NewVisitor, site: Site, tmp_path: Path) -> None:
    page = log_in(new_visitor(DESK, locale="en-GB"), site)
    page.goto(site.url + UKRAINIAN, wait_until="networkidle")
    send(page, spoil(take(page, tmp_path / "uk.xlsx"), 2, "translation", "=1+1", "uk"))
    assert "Row 2: “translation” holds a formula." in page.locator("main").inner_text()
    assert check(page) == {}
