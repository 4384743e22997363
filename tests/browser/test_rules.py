"""Rules and cases before the screen: read back while they are edited, and what would change."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, NewVisitor, Site
from tests.browser.test_accessibility import findings
from tests.browser.test_privacy import log_in

LISTINGS = "/admin/snippets/directory/listing/"
SCREENS = {
    "cases": "/admin/referral-cases/",
    "run": "/admin/referral-cases/run/",
    "new": "/admin/referral-cases/new/",
}
PATIENTLY = 30_000


@pytest.fixture
def page(new_visitor: NewVisitor, site: Site) -> Page:
    return log_in(new_visitor(DESK, locale="en-GB"), site)


def edit(page: Page, site: Site, title: str) -> None:
    page.goto(f"{site.url}{LISTINGS}?q={title}", wait_until="networkidle")
    with page.expect_navigation():
        page.locator("td.title a").first.click()


def shoot(page: Page, name: str) -> None:
    """Only where somebody asks to look."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def both_sizes(page: Page, name: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for width, height in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        shoot(page, f"{name}-{width}")
        if seen := findings(page):
            found[width] = seen
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    return found


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_and_nothing_is_cut_off(page: Page, site: Site, screen: str) -> None:
    page.goto(site.url + SCREENS[screen], wait_until="networkidle")
    assert not both_sizes(page, screen)


def test_a_rule_is_read_back_while_its_conditions_are_chosen(page: Page, site: Site) -> None:
    edit(page, site, "ADIRA")
    page.locator("[role=tab]", has_text="Referral rules").click()
    row = page.locator("[data-inline-panel-child]").filter(has=page.locator("[name='competence_rows-0-what']"))
    output = row.locator("[data-read-back]")
    expect(output).to_contain_text("Responsible when", timeout=PATIENTLY)
    row.locator("[name='competence_rows-0-what']").select_option(["distress"])
    expect(output).to_contain_text("what happened is Emotional distress", timeout=PATIENTLY)
    shoot(page, "rule")


def test_the_page_beside_the_form_shows_what_a_draft_would_change(page: Page, site: Site) -> None:
    edit(page, site, "ADIRA")
    page.locator("footer").get_by_role("button", name="More actions").first.click()
    link = page.get_by_role("link", name="What would change")
    expect(link).to_be_visible(timeout=PATIENTLY)
    shoot(page, "form")
    with page.expect_navigation():
        link.click()
    expect(page.locator("main")).to_contain_text("Nothing changes in any of the 25 cases")
    assert not both_sizes(page, "would-change")
