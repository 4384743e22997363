"""Sign-in, the second factor and the guide for editors: no finding, nothing cut off, on a desk and a phone."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, NewVisitor, Site
from tests.browser.desk import LISTINGS, LOCALES, staff
from tests.browser.test_accessibility import findings

SCREENS = {
    "second factor": "/admin/second-factor/totp/activate/",
    "guide": "/admin/handbook/",
    "chapter": "/admin/handbook/review/",
    "chapter with tables": "/admin/handbook/translate/",
}


def check(page: Page) -> None:
    found: dict[int, list[str]] = {}
    for width, height in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        if seen := findings(page):
            found[width] = seen
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not found


@pytest.mark.parametrize("language", LOCALES)
def test_signing_in(new_visitor: NewVisitor, site: Site, language: str) -> None:
    page = new_visitor(DESK, locale=LOCALES[language]).page
    page.goto(f"{site.url}/admin/login/", wait_until="networkidle")
    assert page.locator("[name=password]").is_visible()
    check(page)


def test_what_staff_read_and_set_up(new_visitor: NewVisitor, site: Site) -> None:
    page = staff(new_visitor, site, "Editor").page
    for path in SCREENS.values():
        response = page.goto(site.url + path, wait_until="networkidle")
        assert response
        assert response.status == 200, path
        assert page.url == site.url + path
        check(page)


def test_the_longest_choice_stays_in_its_column(new_visitor: NewVisitor, site: Site) -> None:
    page = staff(new_visitor, site, "Editor").page
    page.goto(f"{site.url}{LISTINGS}add/")
    column = page.locator("[name=slug]").bounding_box()
    select = page.locator("[name=organisation]").bounding_box()
    assert column
    assert select
    assert select["x"] + select["width"] <= column["x"] + column["width"] + 1
