"""Every type of page, in three languages, on a phone and a desk, light and dark: no finding, nothing cut off."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, NewVisitor
from tests.browser.pages import PAGES, Way

LANGUAGES = ("de", "en", "ar")
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]}}
every_page = pytest.mark.parametrize("way", PAGES.values(), ids=PAGES.keys())
every_language = pytest.mark.parametrize("language", LANGUAGES)

# Inline links in a sentence are exempt from a minimal size (WCAG 2.5.8), and so is what a visitor cannot see.
TOO_SMALL = """(least) => [...document.querySelectorAll('a, button, summary, input, label:has(input)')]
    .filter(e => e.checkVisibility() && !e.closest('.hidden, .skip'))
    .filter(e => !(e.matches('a') && getComputedStyle(e).display === 'inline'))
    .filter(e => !(e.matches('input') && e.closest('label')))
    .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 120)])
    .filter(([box]) => box.width < least || box.height < least)
    .map(([box, html]) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`)"""

WIDER_THAN_THE_SCREEN = """() => [...document.querySelectorAll('body *')]
    .filter(e => e.checkVisibility() && getComputedStyle(e).position !== 'absolute')
    .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 120)])
    .filter(([box]) => box.width && (box.right > innerWidth + 1 || box.left < -1)).map(([, html]) => html)"""

# A run of Latin words on an Arabic page is German (or a name) and must say so: WCAG 3.1.2.
UNMARKED = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) {
        if (walker.currentNode.parentElement.localName === 'textarea') continue;  // plain text can mark nothing
        const node = walker.currentNode, language = node.parentElement.closest('[lang]').lang;
        if (/^ar/.test(language) && /[a-zäöüß]{3,}[ ,.-]+[a-zäöüß]{3,}[ ,.-]+[a-zäöüß]{3,}/i.test(node.data))
            found.push(node.data.trim().slice(0, 100));
    }
    return found;
}"""


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")


def findings(page: Page) -> list[str]:
    result: dict[str, Any] = Axe().run(page, options=RULES).response
    return [
        f"{violation['id']}: {node['target']} {node['html'][:160]} {node['failureSummary'][:200]}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


@every_language
@every_page
def test_axe_finds_nothing(new_visitor: NewVisitor, way: Way, language: str) -> None:
    visitor = new_visitor(PHONE)
    page = way(visitor, language)
    unfold(page)
    found: dict[str, list[str]] = {}
    for width, height in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
            if seen := findings(page):
                found[f"{width} {scheme}"] = seen
    assert not found


@every_language
@every_page
def test_the_narrowest_screen_scrolls_in_one_direction_only(
    new_visitor: NewVisitor, way: Way, language: str
) -> None:
    page = way(new_visitor((320, 640)), language)
    unfold(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 320, page.evaluate(WIDER_THAN_THE_SCREEN)


@every_page
def test_everything_can_be_hit_with_a_finger(new_visitor: NewVisitor, way: Way) -> None:
    page = way(new_visitor(PHONE), "de")
    unfold(page)
    assert page.evaluate(TOO_SMALL, 24) == []
    important = TOO_SMALL.replace(
        "'a, button, summary, input, label:has(input)'", "'a.call, .exit, .tile, .strip a, .main'"
    )
    assert page.evaluate(important, 44) == []


@every_page
def test_german_on_an_arabic_page_says_that_it_is_german(new_visitor: NewVisitor, way: Way) -> None:
    page = way(new_visitor(PHONE), "ar")
    unfold(page)
    assert page.evaluate(UNMARKED) == []
    assert page.locator("html").get_attribute("dir") == "rtl"


def test_the_check_for_unmarked_german_finds_some(new_visitor: NewVisitor) -> None:
    page = new_visitor(PHONE).open("", "ar")
    page.evaluate("document.querySelector('main').append('Beratung für alle Menschen hier')")
    assert page.evaluate(UNMARKED) == ["Beratung für alle Menschen hier"]


def test_the_keyboard_reaches_the_content_first_and_sees_where_it_is(new_visitor: NewVisitor) -> None:
    page = new_visitor(DESK).open()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline not in ("none", "")


@pytest.mark.parametrize("name", ["home", "concern", "guide", "browse", "listing"])
def test_the_keyboard_alone_walks_through_without_a_trap(new_visitor: NewVisitor, name: str) -> None:
    page = PAGES[name](new_visitor(DESK), "de")
    page.evaluate("document.activeElement.blur()")
    last = "footer a"
    wanted = page.locator(last).last.get_attribute("href")
    for _press in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == wanted:
            return
    pytest.fail("the last link of the page was never reached")
