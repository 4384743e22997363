"""The start page of staff, its lists and the form of a deadline: on a phone and a desk, in German and English."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, NewVisitor, Site
from tests.browser.test_accessibility import findings
from tests.browser.test_privacy import log_in

LISTINGS = "/admin/snippets/directory/listing/"
SCREENS = {
    "start": "/admin/",
    "filtered": f"{LISTINGS}?state=live&confirmed=due",
    "searched": f"{LISTINGS}?q=Wohnung",
    "deadlines": "/admin/snippets/referrals/deadline/",
    "new deadline": "/admin/snippets/referrals/deadline/add/",
    "rules": "/admin/overdue-rules/",
}
LOCALES = {"de": "de-DE", "en": "en-GB"}


@pytest.mark.parametrize(
    ("screen", "language"), [("start", "en"), *((screen, "de") for screen in SCREENS)], ids=str
)
def test_axe_finds_nothing_and_nothing_is_cut_off(
    new_visitor: NewVisitor, site: Site, screen: str, language: str
) -> None:
    page = log_in(new_visitor(DESK, locale=LOCALES[language]), site)
    page.goto(site.url + SCREENS[screen], wait_until="networkidle")
    assert page.locator("html").get_attribute("lang") == language
    page.evaluate("document.querySelectorAll('main details').forEach(details => { details.open = true })")
    found: dict[int, list[str]] = {}
    for width, height in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        if seen := findings(page):
            found[width] = seen
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not found


def test_a_number_leads_to_the_list_that_it_counts(new_visitor: NewVisitor, site: Site) -> None:
    page = log_in(new_visitor(DESK, locale=LOCALES["en"]), site)
    link = page.locator("a[href*='confirmed=due']")
    number = link.locator("strong").inner_text()
    with page.expect_navigation():
        link.click()
    assert re.search(rf"\b{number} match", page.locator("#listing-results h2").inner_text())


def test_a_filter_is_two_clicks_away_and_says_that_it_is_on(new_visitor: NewVisitor, site: Site) -> None:
    page = log_in(new_visitor(DESK, locale=LOCALES["en"]), site)
    page.goto(site.url + LISTINGS, wait_until="networkidle")
    page.locator("button[aria-label='Show filters'], .w-drilldown__toggle, [aria-label*='ilter']").first.click()
    page.get_by_role("button", name="Contact").click()
    page.get_by_label("No contact known").check()
    page.wait_for_selector(".w-active-filters, .w-pill")
    page.wait_for_url("**contact=none**")
    assert "No contact known" in page.locator("#listing-results").inner_text()


def test_the_search_at_the_side_finds_parts_of_compounds(new_visitor: NewVisitor, site: Site) -> None:
    page = log_in(new_visitor(DESK, locale=LOCALES["en"]), site)
    box = page.locator("#menu-search-q")
    box.fill("Diskriminierung")
    with page.expect_navigation():
        box.press("Enter")
    assert page.url.startswith(site.url + LISTINGS)
    assert "Antidiskriminierungs" in titles(page)


def titles(page: Page) -> str:
    return " ".join(page.locator("td.title a").all_inner_texts())


def test_without_scripts_the_start_page_says_the_same(new_visitor: NewVisitor, site: Site) -> None:
    page = log_in(new_visitor(DESK, javascript=False, locale=LOCALES["en"]), site)
    assert page.locator("main a strong").count() > 3
    page.locator("summary").click()
    assert page.locator(".desk-table tbody tr").count() > 50
