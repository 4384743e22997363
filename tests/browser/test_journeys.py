"""From the first screen to a number, as people go: on a phone, in their language, with and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, NewVisitor
from tests.browser.pages import a_result, search_for, the_guide
from wegweiser.demo.reader import read

with_and_without_scripts = pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
in_each_language = pytest.mark.parametrize("language", ["de", "en", "ar"])


def slug_of_first_card(page: Page) -> str:
    return page.locator("main .card").first.get_attribute("id") or ""


def role_in_the_demo(slug: str) -> str:
    return str({listing["slug"]: listing.get("role") for listing in read().listings}[slug])


def is_dialled(href: str) -> bool:
    return re.fullmatch(r"tel:\+?\d{3,}", href) is not None


@in_each_language
@with_and_without_scripts
def test_two_taps_from_violence_to_a_specialised_body(
    new_visitor: NewVisitor, language: str, javascript: bool
) -> None:
    visitor = new_visitor(PHONE, javascript=javascript)
    visitor.open("", language)
    visitor.follow(".tile[href*='violence']")
    first = slug_of_first_card(visitor.page)
    assert role_in_the_demo(first) == "specialised"
    assert is_dialled(visitor.call(f"main .card[id='{first}'] a.call"))
    assert visitor.taps == 2


@in_each_language
@with_and_without_scripts
def test_one_tap_to_the_police_without_scrolling(new_visitor: NewVisitor, language: str, javascript: bool) -> None:
    visitor = new_visitor(PHONE, javascript=javascript)
    page = visitor.open("", language)
    expect(page.locator("a[href='tel:110']").first).to_be_in_viewport()
    expect(page.locator("a[href='tel:112']").first).to_be_in_viewport()
    assert visitor.call("a[href='tel:110']") == "tel:110"
    assert visitor.taps == 1


@in_each_language
@with_and_without_scripts
def test_five_taps_at_most_through_the_guide(new_visitor: NewVisitor, language: str, javascript: bool) -> None:
    visitor = new_visitor(PHONE, javascript=javascript)
    a_result(visitor, language)
    assert is_dialled(visitor.call("main .card a.call"))
    assert visitor.taps <= 5


@in_each_language
def test_the_first_screen_of_a_phone_holds_strip_and_tiles(new_visitor: NewVisitor, language: str) -> None:
    page = new_visitor(PHONE).open("", language)
    expect(page.locator(".strip")).to_be_in_viewport(ratio=1)
    for tile in page.locator(".tile").all():
        expect(tile).to_be_in_viewport(ratio=1)
    assert page.locator(".tile").count() == 8
    assert page.locator("html").get_attribute("lang") == language


@with_and_without_scripts
def test_every_question_can_be_skipped(new_visitor: NewVisitor, javascript: bool) -> None:
    visitor = new_visitor(PHONE, javascript=javascript)
    the_guide(visitor, "de")
    visitor.follow("form.guide button.main")
    assert is_dialled(visitor.call("main .card a.call"))


@with_and_without_scripts
def test_words_lead_to_a_body_and_facets_narrow_the_list(new_visitor: NewVisitor, javascript: bool) -> None:
    words = "Beratung nach rassistischer Gewalt"
    visitor = new_visitor(DESK, javascript=javascript)
    page = search_for(visitor, words)
    before = page.locator("main ol.list > li").count()
    assert before > 0
    page.locator(".facets details:not([open]) summary").first.click()
    visitor.follow(".facets button[value^='kind:']")
    assert page.locator(".facets button[aria-pressed=true]").count() == 1
    assert 0 < page.locator("main ol.list > li").count() <= before
    assert page.locator("form.search input").input_value() == words
    visitor.follow(".facets button[aria-pressed=true]")
    assert page.locator("main ol.list > li").count() == before


@with_and_without_scripts
def test_browsing_by_facets_has_an_address_to_share(new_visitor: NewVisitor, javascript: bool) -> None:
    visitor = new_visitor(DESK, javascript=javascript)
    page = visitor.open("angebote/")
    page.locator(".facets details:not([open]) summary").first.click()
    page.locator(".facets input[name=kind][value=training]").check()
    visitor.follow(".facets button.main")
    assert "kind=training" in page.url
    assert page.locator("main ol.list > li").count() > 0
    shared = page.url
    other = new_visitor(DESK).page
    other.goto(shared)
    assert slug_of_first_card(other) == slug_of_first_card(page)


@with_and_without_scripts
def test_switching_the_language_stays_on_the_page(new_visitor: NewVisitor, javascript: bool) -> None:
    visitor = new_visitor(PHONE, javascript=javascript)
    page = visitor.open("notruf/")
    page.locator("details.language summary").click()
    visitor.follow("details.language li [lang=ar]")
    assert page.url.endswith("/ar/notruf/")
    assert page.locator("html").get_attribute("dir") == "rtl"


@with_and_without_scripts
def test_switching_the_language_of_a_result_keeps_the_answers(new_visitor: NewVisitor, javascript: bool) -> None:
    visitor = new_visitor(PHONE, javascript=javascript)
    page = a_result(visitor, "de")
    first = slug_of_first_card(page)
    page.locator("details.language summary").click()
    visitor.follow("details.language li [lang=ar]")
    assert page.locator("html").get_attribute("lang") == "ar"
    assert slug_of_first_card(page) == first


@with_and_without_scripts
def test_a_result_is_complete_in_itself(new_visitor: NewVisitor, javascript: bool) -> None:
    """Its cards unfold in place: nothing has to be opened to call, and no way back is needed."""
    page = a_result(new_visitor(PHONE, javascript=javascript), "de")
    for card in page.locator("main .card").all()[:3]:
        card.locator("details > summary").first.click()
        expect(card.locator("details dl").first).to_be_visible()
    assert page.locator("main a[href='tel:110'], .strip a[href='tel:110']").count() > 0


@with_and_without_scripts
def test_answers_can_be_changed(new_visitor: NewVisitor, javascript: bool) -> None:
    visitor = new_visitor(PHONE, javascript=javascript)
    page = a_result(visitor, "de")
    visitor.follow("main button[value=change]")
    assert page.locator(".question input:checked").count() >= 1


def test_questions_appear_one_after_the_other_where_the_browser_can(new_visitor: NewVisitor) -> None:
    page = the_guide(new_visitor(PHONE), "de")
    shown = page.locator(".question:visible").count()
    assert 1 <= shown < page.locator(".question").count()
    page.locator(".question:visible label").first.click()
    assert page.locator(".question:visible").count() > shown


def test_on_paper_the_numbers_stay_and_the_buttons_go(new_visitor: NewVisitor) -> None:
    page = new_visitor(DESK).open("notruf/")
    page.emulate_media(media="print")
    expect(page.locator("main .card").first).to_be_visible()
    assert page.locator("details.language summary").is_hidden()
