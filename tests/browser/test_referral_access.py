"""The way of somebody affected in every language of the site, without scripts, and as a screen reader tells it."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, NewVisitor, Visitor
from tests.browser.pages import PAGES
from tests.browser.test_accessibility import LANGUAGES, WIDER_THAN_THE_SCREEN, findings, unfold

WAY = ("guide", "concern", "witness", "result", "slip", "poster", "professionals", "referral")
ALL_LANGUAGES = (*LANGUAGES, "tr", "uk")
AT_FOUR_TIMES = (DESK[0] // 4, DESK[1] // 4)  # what a zoom of 400 % leaves of a desk: WCAG 1.4.10

# What is left of a small window below and beside what stays in its place while the rest scrolls.
COVERED = """() => [...document.querySelectorAll('body *')]
    .filter(e => ['fixed', 'sticky'].includes(getComputedStyle(e).position) && e.checkVisibility())
    .map(e => e.getBoundingClientRect()).filter(box => box.width && box.height)
    .reduce((sum, box) => sum + box.width * box.height, 0) / (innerWidth * innerHeight)"""


def without_scripts(visitor: Visitor) -> Visitor:
    """axe itself needs a browser that runs scripts: the site's own come empty."""
    visitor.context.route(
        "**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript; charset=utf-8")
    )
    return visitor


@pytest.mark.parametrize("language", ["tr", "uk"])
@pytest.mark.parametrize("name", WAY)
def test_axe_finds_nothing_in_the_other_languages(new_visitor: NewVisitor, name: str, language: str) -> None:
    page = PAGES[name](new_visitor(PHONE), language)
    unfold(page)
    assert findings(page) == []


@pytest.mark.parametrize("language", ALL_LANGUAGES)
@pytest.mark.parametrize("name", WAY)
def test_axe_finds_nothing_without_scripts(new_visitor: NewVisitor, name: str, language: str) -> None:
    page = PAGES[name](without_scripts(new_visitor(PHONE)), language)
    unfold(page)
    assert findings(page) == []


@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize("name", WAY)
def test_nothing_is_lost_at_four_times_the_size(new_visitor: NewVisitor, name: str, language: str) -> None:
    page = PAGES[name](new_visitor(AT_FOUR_TIMES), language)
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= AT_FOUR_TIMES[0], page.evaluate(
        WIDER_THAN_THE_SCREEN
    )
    assert page.evaluate(COVERED) <= 0.25


class TestNames:
    def test_a_question_is_a_group_with_its_words(self, new_visitor: NewVisitor) -> None:
        page = PAGES["guide"](new_visitor(), "de")
        group = page.get_by_role("group", name="Was ist passiert?")
        assert group.get_by_role("radio").count() > 5
        group.get_by_role("radio", name="Beleidigung").check()
        assert page.get_by_role("radio", name="Beleidigung").is_checked()

    def test_a_number_says_what_it_is_for(self, new_visitor: NewVisitor) -> None:
        page = PAGES["result"](new_visitor(), "de")
        assert names(page, "main a[href^='tel:']")
        for name in names(page, "main a[href^='tel:']"):
            assert any(character.isdigit() for character in name), name

    @pytest.mark.parametrize("language", ALL_LANGUAGES)
    @pytest.mark.parametrize("name", ["guide", "result"])
    def test_nothing_that_can_be_used_is_nameless(self, new_visitor: NewVisitor, name: str, language: str) -> None:
        page = PAGES[name](new_visitor(), language)
        unfold(page)
        said = names(page, "a, button, summary, select, input:not([type=hidden])")
        assert len(said) > 10
        assert all(said)

    def test_the_exit_is_told_first(self, new_visitor: NewVisitor) -> None:
        page = PAGES["result"](new_visitor(), "de")
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('[data-exit], .skip')")


def names(page: Page, selector: str) -> list[str]:
    """As the browser computes them for assistive technology, of all that is shown."""
    session = page.context.new_cdp_session(page)
    session.send("Accessibility.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    found = []
    for node in session.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})["nodeIds"]:
        tree = session.send("Accessibility.getPartialAXTree", {"nodeId": node, "fetchRelatives": False})
        told = tree["nodes"][0]
        if not told.get("ignored"):
            found.append(str(told.get("name", {}).get("value", "")).strip())
    return found


def test_what_is_chosen_can_be_seen_in_forced_colours(new_visitor: NewVisitor) -> None:
    page = PAGES["guide"](new_visitor(), "de")
    page.emulate_media(forced_colors="active")
    label = page.locator(".question label").first
    before = label.screenshot()
    label.click()
    page.evaluate("document.activeElement.blur()")
    assert label.screenshot() != before


def test_the_way_stands_still_for_who_asks_for_it(new_visitor: NewVisitor) -> None:
    page = PAGES["result"](new_visitor(), "de")
    page.emulate_media(reduced_motion="reduce")
    moving = """() => [...document.querySelectorAll('body *')].filter(e => {
        const style = getComputedStyle(e);
        return parseFloat(style.animationDuration) > 0.01 || parseFloat(style.transitionDuration) > 0.01;
    }).length"""
    assert page.evaluate(moving) == 0
