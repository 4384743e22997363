"""Somebody of the staff before the screen: in a role, in a language, every click counted."""

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESK, NewVisitor, Site, Visitor

LISTINGS = "/admin/snippets/directory/listing/"
LOCALES = {"de": "de-DE", "en": "en-GB"}
PATIENTLY = 30_000  # milliseconds: a busy machine takes its time to save the largest form
MORE = {"de": "Mehr Aktionen", "en": "More actions"}
Texts = Mapping[str, str]  # by field


class Desk:
    """A choice in a list and the click into a field count too; typing does not."""

    def __init__(self, visitor: Visitor, site: Site, role: str, language: str = "de") -> None:
        self.site = site
        self.page: Page = visitor.page
        self.language = language
        self.clicks = 0
        visitor.context.set_default_timeout(PATIENTLY)
        sign_in(self.page, site, role)

    def click(self, target: str | Locator) -> None:
        """Also on what lies below the bar of buttons: the browser scrolls there, as a person does."""
        found = self.page.locator(target) if isinstance(target, str) else target
        found.first.click()
        self.clicks += 1

    def follow(self, target: str | Locator) -> None:
        with self.page.expect_navigation():
            self.click(target)

    def choose(self, field: str, value: str) -> None:
        self.page.locator(f"[name={field}]").select_option(value)
        self.clicks += 1

    def write(self, field: str, words: str) -> None:
        self.click(f"[name={field}]")
        self.page.locator(f"[name={field}]").fill(words)

    def write_all(self, language: str, texts: Texts) -> None:
        self.click(f"#tab-label-language_{language}")
        for field, words in texts.items():
            self.write(f"{field}_{language}", words)

    def do(self, name: str) -> None:
        """One of the buttons that the bar below the form keeps behind its arrow."""
        self.open_bar()
        self.follow(self.button(name))

    def open_bar(self) -> None:
        self.click(self.button(MORE[self.language]))

    def button(self, name: str) -> Locator:
        return self.page.locator("form footer, footer").get_by_role("button", name=name, exact=True)

    def sees(self, target: str | Locator, words: str | re.Pattern[str] = "") -> None:
        found = self.page.locator(target).first if isinstance(target, str) else target.first
        expect(found).to_be_visible(timeout=PATIENTLY)
        if words:
            expect(found).to_contain_text(words, timeout=PATIENTLY)

    def goes_to(self, path: str) -> None:
        """By address: for what a journey does not count."""
        self.page.goto(self.site.url + path)

    def goes_home(self) -> None:
        self.goes_to("/admin/")


def sign_in(page: Page, site: Site, role: str) -> None:
    name, password = site.accounts[role]
    page.goto(f"{site.url}/admin/")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(password)
    with page.expect_navigation():
        page.locator("button[type=submit]").click()
    assert page.url == f"{site.url}/admin/"


def staff(new_visitor: NewVisitor, site: Site, role: str, language: str = "de") -> Desk:
    return Desk(new_visitor(DESK, locale=LOCALES[language]), site, role, language)
