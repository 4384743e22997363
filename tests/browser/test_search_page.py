"""The search as somebody with a phone, a keyboard or a screen reader meets it, with and without a script."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, NewVisitor, Visitor
from tests.browser.pages import search_for
from tests.browser.test_accessibility import TOO_SMALL, findings, unfold

SIZES = (PHONE, DESK)
TYPED = {"de": "Wohnung Beratung Jena", "ar": "استشارة Jena"}
NOTHING = "qqxxzz wwvvkk"
in_each = pytest.mark.parametrize("language", ["de", "ar"])
on_each = pytest.mark.parametrize("size", SIZES, ids=["phone", "desk"])


@in_each
@on_each
@pytest.mark.parametrize("words", ["found", "nothing", "filtered"])
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_every_state_of_the_page_is_accessible(
    new_visitor: NewVisitor, language: str, size: tuple[int, int], words: str, *, javascript: bool
) -> None:
    page = results(new_visitor(size, javascript=javascript), language, words)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= size[0]
    unfold(page)
    if javascript:
        assert findings(page) == []
    assert page.evaluate(TOO_SMALL, 24) == []


def results(visitor: Visitor, language: str, words: str) -> Page:
    page = search_for(visitor, NOTHING if words == "nothing" else TYPED[language], language)
    if words == "filtered":
        visitor.follow("main .chip[name=everywhere]")
        choose_a_kind(visitor)
    return page


def choose_a_kind(visitor: Visitor) -> None:
    button = "button[value^='kind:']"
    visitor.page.locator("main .facets details").filter(has=visitor.page.locator(button)).locator(
        "summary"
    ).click()
    visitor.follow(f"main .facets {button}")


class TestWithoutAScript:
    @in_each
    def test_the_place_can_be_taken_away_and_stays_away(self, new_visitor: NewVisitor, language: str) -> None:
        visitor = new_visitor(javascript=False)
        page = search_for(visitor, TYPED[language], language)
        visitor.follow("main .chip[name=everywhere]")
        assert page.locator("main .chip[name=everywhere]").count() == 0
        choose_a_kind(visitor)
        assert page.locator("main .chip").count() == 1
        assert page.locator("#again input[name=everywhere]").count() == 1
        assert page.locator("form.search input").input_value() == TYPED[language]

    def test_the_next_page_and_another_language_keep_the_words(self, new_visitor: NewVisitor) -> None:
        visitor = new_visitor(javascript=False)
        page = search_for(visitor, "Beratung")
        visitor.follow(".pagination button")
        page.locator("details.language summary").click()
        visitor.follow("details.language button[lang=ar]")
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert page.locator("form.search input").input_value() == "Beratung"
        assert page.locator("main mark").count() > 0

    def test_no_word_gets_into_an_address(self, new_visitor: NewVisitor) -> None:
        visitor = new_visitor(javascript=False)
        search_for(visitor, "Kopftuch Jena")
        visitor.follow("main .chip[name=everywhere]")
        addresses = [request.url for request in visitor.requests] + visitor.history()
        assert [address for address in addresses if "?" in address or "Kopftuch" in address] == []

    def test_details_are_there_without_leaving_the_page(self, new_visitor: NewVisitor) -> None:
        page = search_for(new_visitor(javascript=False), "Beratung")
        details = page.locator("main .card details").first
        details.locator("summary").click()
        assert details.locator("dl").is_visible()

    def test_nothing_is_offered_while_typing(self, new_visitor: NewVisitor) -> None:
        page = new_visitor(javascript=False).open("suche/")
        assert page.locator("form.search input").get_attribute("type") == "search"
        assert page.locator("[role=combobox], [role=listbox]").count() == 0


class TestMarks:
    @in_each
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_they_can_be_read_and_seen(self, new_visitor: NewVisitor, language: str, scheme: str) -> None:
        page = search_for(new_visitor(), TYPED[language], language)
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        colours = (
            "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e.closest('.card')).backgroundColor]"
        )
        own, around = page.locator("main .card mark").first.evaluate(colours)
        assert own != around
        assert findings(page) == []

    def test_on_paper_they_are_lines(self, new_visitor: NewVisitor) -> None:
        page = search_for(new_visitor(), "Beratung")
        page.emulate_media(media="print")
        line = "e => getComputedStyle(e).textDecorationLine"
        assert page.locator("main .card mark").first.evaluate(line) == "underline"
        assert not page.locator("form.search").is_visible()
        assert page.locator("main .card h3").first.is_visible()
