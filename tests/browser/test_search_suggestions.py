"""Suggestions while typing: the pattern of a combobox, and nothing that is typed leaves the device."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, NewVisitor, Visitor
from tests.browser.test_accessibility import findings

FIELD = "form.search input"
OPTIONS = ".offered [role=option]"
TYPED = {"de": "ras", "ar": "عن", "tr": "irk"}


def type_in(visitor: Visitor, words: str, language: str = "de", path: str = "suche/") -> Page:
    page = visitor.open(path, language)
    page.locator(FIELD).click()
    page.keyboard.type(words)
    return page


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize("path", ["", "suche/"], ids=["home", "search"])
def test_they_are_accessible(new_visitor: NewVisitor, size: tuple[int, int], language: str, path: str) -> None:
    page = type_in(new_visitor(size), TYPED[language], language, path)
    expect(page.locator(OPTIONS).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert findings(page) == []
    boxes = [option.bounding_box() for option in page.locator(OPTIONS).all()]
    assert all(box and box["height"] >= 44 and box["x"] >= 0 for box in boxes)
    assert all(box and box["x"] + box["width"] <= size[0] for box in boxes)


@pytest.mark.parametrize(
    ("language", "typed", "offered"),
    [
        ("de", "fuehr", "Führung"),
        ("de", "fuhr", "Führung"),
        ("de", "schwarzer ras", "Anti-Schwarzer Rassismus"),
        ("de", "RASS", "Rassismus"),
        ("de", "jen", "Jena"),
        ("tr", "irkc", "rkçı"),
        ("ar", "عنصر", "العنصرية"),
        ("ar", "jen", "Jena"),
    ],
)
def test_words_are_found_by_their_beginnings(
    new_visitor: NewVisitor, language: str, typed: str, offered: str
) -> None:
    page = type_in(new_visitor(), typed, language)
    expect(page.locator(OPTIONS).filter(has_text=offered).first).to_be_visible()


@pytest.mark.parametrize("typed", ["r", "ä", "xqz", "  ", ".*"])
def test_nothing_fitting_offers_nothing(new_visitor: NewVisitor, typed: str) -> None:
    page = type_in(new_visitor(), typed)
    page.wait_for_load_state("networkidle")
    expect(page.locator(FIELD)).to_have_attribute("aria-expanded", "false")
    assert page.locator(OPTIONS).count() == 0


class TestKeyboard:
    def test_arrows_move_and_the_field_keeps_the_focus(self, new_visitor: NewVisitor) -> None:
        page = type_in(new_visitor(DESK), "ras")
        field, options = page.locator(FIELD), page.locator(OPTIONS)
        expect(field).to_have_attribute("aria-expanded", "true")
        count = options.count()
        page.keyboard.press("ArrowDown")
        assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
        assert options.first.get_attribute("aria-selected") == "true"
        page.keyboard.press("ArrowUp")
        assert field.get_attribute("aria-activedescendant") is None
        page.keyboard.press("ArrowUp")
        assert options.nth(count - 1).get_attribute("aria-selected") == "true"
        assert page.evaluate("document.activeElement.name") == "text"
        assert field.input_value() == "ras"

    def test_escape_closes_and_keeps_what_was_typed(self, new_visitor: NewVisitor) -> None:
        page = type_in(new_visitor(DESK), "ras")
        expect(page.locator(OPTIONS).first).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".offered")).to_be_hidden()
        assert page.locator(FIELD).input_value() == "ras"

    def test_enter_searches_for_what_is_chosen(self, new_visitor: NewVisitor) -> None:
        visitor = new_visitor(DESK)
        page = type_in(visitor, "rassis")
        expect(page.locator(OPTIONS).first).to_be_visible()
        page.keyboard.press("ArrowDown")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.locator(FIELD).input_value() == "Rassismus"
        assert page.locator("main .card").count() > 0

    def test_enter_without_a_choice_searches_for_what_was_typed(self, new_visitor: NewVisitor) -> None:
        page = type_in(new_visitor(DESK), "rassis")
        expect(page.locator(OPTIONS).first).to_be_visible()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.locator(FIELD).input_value() == "rassis"

    def test_tab_goes_on_to_the_button(self, new_visitor: NewVisitor) -> None:
        page = type_in(new_visitor(DESK), "ras")
        expect(page.locator(OPTIONS).first).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.locator(".offered")).to_be_hidden()
        assert page.evaluate("document.activeElement.matches('form.search button')")

    def test_how_many_there_are_is_said(self, new_visitor: NewVisitor) -> None:
        page = type_in(new_visitor(DESK), "ras")
        expect(page.locator(OPTIONS).first).to_be_visible()
        said = page.locator("form.search [role=status]").inner_text()
        assert said.endswith(f": {page.locator(OPTIONS).count()}")


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_tap_searches(new_visitor: NewVisitor, language: str) -> None:
    visitor = new_visitor(PHONE, has_touch=True)
    page = type_in(visitor, TYPED[language], language)
    chosen = page.locator(f"{OPTIONS} span").first.inner_text()
    with page.expect_navigation():
        page.locator(OPTIONS).first.tap()
    assert page.locator(FIELD).input_value() == chosen


def test_nothing_typed_leaves_the_device_before_it_is_sent(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(DESK)
    page = type_in(visitor, "rassismus vermieter")
    page.keyboard.press("Control+A")
    page.keyboard.type("kopftuch")
    page.wait_for_load_state("networkidle")
    assert [request.method for request in visitor.requests if request.method != "GET"] == []
    assert not [request.url for request in visitor.requests if "?" in request.url or "kopftuch" in request.url]
    asked = [request.url for request in visitor.requests if "vorschlaege" in request.url]
    assert len(asked) == 1
    assert visitor.traces()["local"] == visitor.traces()["session"] == visitor.traces()["cookies"] == []


def test_the_list_comes_only_to_who_types(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(DESK)
    visitor.open("").wait_for_load_state("networkidle")
    assert not [request.url for request in visitor.requests if "vorschlaege" in request.url]


def test_without_the_list_the_search_works(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(DESK)
    visitor.page.route("**/vorschlaege.js", lambda route: route.fulfill(status=404))
    page = type_in(visitor, "Rassismus")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("main .card").count() > 0
