"""A thumb on a phone whose browser runs no scripts: every page that it comes to is looked at."""

from tests.browser.conftest import PHONE, Visitor
from tests.browser.test_accessibility import TOO_SMALL, WIDER_THAN_THE_SCREEN

NARROW = (320, 844)
# Without a script neither of them does anything.
DEAD = """() => [...document.querySelectorAll('button, [role=button], a')].filter(e => e.checkVisibility())
    .filter(e => e.matches('a') ? !e.getAttribute('href') || /^(#$|javascript:)/.test(e.getAttribute('href'))
        : !e.form || e.type === 'button')
    .map(e => e.outerHTML.slice(0, 120))"""


class Hand:
    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page, self.site = visitor, visitor.page, visitor.site

    def open(self, path: str) -> None:
        self.page.goto(f"{self.site.url}/konto/{path}")
        self.look()

    def press(self, name: str, within: str = "main") -> None:
        with self.page.expect_navigation():
            self.page.locator(within).get_by_role("button", name=name).first.click()
        self.look()

    def save(self, way: str) -> None:
        """The buttons of a section: back to the entry, on to the next one, one row more, find a place."""
        with self.page.expect_navigation():
            self.page.locator(f"main [name=go][value={way}]").first.click()
        self.look()

    def follow(self, name: str, within: str = "main") -> None:
        with self.page.expect_navigation():
            self.page.locator(within).get_by_role("link", name=name).first.click()
        self.look()

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.page.locator(f"main [name={name}]").fill(value)

    def choose(self, **values: str) -> None:
        for name, value in values.items():
            self.page.locator(f"main [name={name}]").select_option(value)

    def tick(self, name: str, value: str) -> None:
        """Where a long list is folded, it is opened first."""
        box = self.page.locator(f"[name={name}][value='{value}']")
        if not box.is_visible():
            self.page.locator("details.folded", has=box).locator("summary").click()
        box.check()

    def reads(self, *words: str) -> None:
        text = " ".join(self.page.locator("main").inner_text().split())
        for each in words:
            assert each in text, (self.page.url, text)

    def look(self) -> None:
        narrow, high = NARROW
        self.page.set_viewport_size({"width": narrow, "height": high})
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= narrow, (self.page.url, self.page.evaluate(WIDER_THAN_THE_SCREEN))
        width, height = PHONE
        self.page.set_viewport_size({"width": width, "height": height})
        assert self.page.evaluate(TOO_SMALL, 24) == [], self.page.url
        assert self.page.evaluate(DEAD) == [], self.page.url
