"""Through the guide on a phone: forward, back, changed, skipped, in another language. No answer is ever lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, NewVisitor, Visitor
from tests.browser.pages import the_guide

with_and_without_scripts = pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
in_both_directions = pytest.mark.parametrize("language", ["de", "ar"])

SHOW = "form.guide button.main"
CALL = "main .card a.call"
Answers = dict[str, str]


def choose(visitor: Visitor, question: int, option: int) -> None:
    """Counted from the first; -1 is the answer that skips."""
    label = visitor.page.locator(".question").nth(question).locator("label").nth(option)
    label.click()
    visitor.taps += 1


def skip(visitor: Visitor, question: int) -> None:
    choose(visitor, question, -1)


def answered(page: Page) -> Answers:
    """Everything that the form would send, by field."""
    found: Answers = page.evaluate("Object.fromEntries(new FormData(document.querySelector('form.guide')))")
    return {name: value for name, value in found.items() if value}


def pick(page: Page, field: str, number: int) -> None:
    page.locator(f"#{field}").select_option(index=number)


def fill(visitor: Visitor) -> Answers:
    """Two answers, a skipped question, a place, where somebody lives and a day."""
    choose(visitor, 0, 2)
    choose(visitor, 1, 4)
    skip(visitor, 2)
    page = visitor.page
    page.locator("details.place summary").click()
    for field, number in (("place", 2), ("residence", 1), ("day", 3), ("month", 2), ("year", 2)):
        pick(page, field, number)
    return answered(page)


def switch(visitor: Visitor, language: str) -> Page:
    visitor.tap("details.language summary")
    return visitor.follow(f"details.language li [lang={language}]")


def first_card(page: Page) -> str:
    return page.locator("main .card").first.get_attribute("id") or ""


@in_both_directions
@with_and_without_scripts
class TestNoAnswerIsLost:
    def test_to_the_result_and_changed(self, new_visitor: NewVisitor, language: str, javascript: bool) -> None:
        visitor = new_visitor(PHONE, javascript=javascript)
        the_guide(visitor, language)
        said = fill(visitor)
        assert len(said) == 7
        page = visitor.follow(SHOW)
        first = first_card(page)
        visitor.follow("main button[value=change]")
        assert answered(page) == said
        assert page.locator("details.place").get_attribute("open") is not None
        visitor.follow(SHOW)
        assert first_card(page) == first

    def test_another_language_in_the_middle(
        self, new_visitor: NewVisitor, language: str, javascript: bool
    ) -> None:
        visitor = new_visitor(PHONE, javascript=javascript)
        the_guide(visitor, language)
        said = fill(visitor)
        other = {"de": "ar", "ar": "de"}[language]
        page = switch(visitor, other)
        assert page.locator("html").get_attribute("lang") == other
        assert answered(page) == said
        visitor.follow(SHOW)
        first = first_card(page)
        switch(visitor, language)
        assert first_card(page) == first
        visitor.follow("main button[value=change]")
        assert answered(page) == said

    def test_saying_who_asks_in_the_middle(self, new_visitor: NewVisitor, language: str, javascript: bool) -> None:
        visitor = new_visitor(PHONE, javascript=javascript)
        page = the_guide(visitor, language)
        said = fill(visitor)
        visitor.tap("details.paths summary")
        visitor.follow("details.paths button >> nth=2")
        assert answered(page).items() > said.items()
        assert len(answered(page)) == len(said) + 1
        visitor.tap("details.paths summary")
        visitor.follow("details.paths button >> nth=0")
        assert answered(page) == said

    def test_on_the_page_of_a_concern(self, new_visitor: NewVisitor, language: str, javascript: bool) -> None:
        visitor = new_visitor(PHONE, javascript=javascript)
        page = visitor.open("w/work/", language)
        choose(visitor, 0, 3)
        said = answered(page)
        assert len(said) == 2
        other = {"de": "ar", "ar": "de"}[language]
        switch(visitor, other)
        assert (page.url.rsplit("/", 4)[2:], answered(page)) == ([*f"{other}/w/work".split("/")[1:], ""], said)
        visitor.tap("details.paths summary")
        visitor.follow("details.paths button >> nth=1")
        assert answered(page).items() > said.items()
        visitor.follow(SHOW)
        visitor.follow("main button[value=change]")
        assert answered(page).items() > said.items()

    def test_back_from_the_result_leads_to_the_questions(
        self, new_visitor: NewVisitor, language: str, javascript: bool
    ) -> None:
        """What the browser still holds of the answers is its own affair: the questions are there."""
        visitor = new_visitor(PHONE, javascript=javascript)
        page = the_guide(visitor, language)
        choose(visitor, 0, 1)
        visitor.follow(SHOW)
        page.go_back()
        expect(page.locator(".question").first).to_be_visible()
        visitor.follow(SHOW)
        assert page.locator(CALL).count() > 0


@in_both_directions
@with_and_without_scripts
class TestTaps:
    def test_the_longest_way_has_seven(self, new_visitor: NewVisitor, language: str, javascript: bool) -> None:
        visitor = new_visitor(PHONE, javascript=javascript)
        page = visitor.open("w/", language)
        for question in range(page.locator(".question").count()):
            choose(visitor, question, 7 if question == 1 else 1)
        visitor.follow(SHOW)
        assert re.fullmatch(r"tel:\+?\d{3,}", visitor.call(CALL))
        assert visitor.taps <= 7

    def test_a_tile_its_questions_skipped_and_the_call(
        self, new_visitor: NewVisitor, language: str, javascript: bool
    ) -> None:
        visitor = new_visitor(PHONE, javascript=javascript)
        visitor.open("", language)
        visitor.follow(".tile[href*='violence']")
        choose(visitor, 0, 0)
        visitor.follow(SHOW)
        visitor.call(CALL)
        assert visitor.taps <= 5

    def test_a_witness_in_two(self, new_visitor: NewVisitor, language: str, javascript: bool) -> None:
        visitor = new_visitor(PHONE, javascript=javascript)
        visitor.open("", language)
        visitor.follow(".paths a[href*='witness']")
        visitor.call(CALL)
        assert visitor.taps == 2


class TestOneAfterTheOther:
    def test_the_button_stands_below_every_question(self, new_visitor: NewVisitor) -> None:
        """Whoever is unsure asks for the result after any of them."""
        visitor = new_visitor(PHONE)
        page = the_guide(visitor, "de")
        for question in range(5):
            expect(page.locator(SHOW)).to_be_visible()
            assert page.locator(".question:visible").count() == question + 1
            skip(visitor, question)
        visitor.follow(SHOW)
        assert page.locator(CALL).count() > 0

    def test_what_cannot_matter_is_not_asked(self, new_visitor: NewVisitor) -> None:
        visitor = new_visitor(PHONE)
        page = the_guide(visitor, "de")
        choose(visitor, 0, 3)
        choose(visitor, 1, 0)  # in a company, where no office was involved
        expect(page.locator(".question").nth(2)).to_be_hidden()
        expect(page.locator(".question").nth(3)).to_be_visible()

    def test_changed_answers_show_every_question_that_was_answered(self, new_visitor: NewVisitor) -> None:
        visitor = new_visitor(PHONE)
        page = the_guide(visitor, "de")
        for question in range(3):
            choose(visitor, question, 7 if question == 1 else 0)
        visitor.follow(SHOW)
        visitor.follow("main button[value=change]")
        assert page.locator(".question:visible").count() == 4


@with_and_without_scripts
class TestKeyboard:
    def test_from_the_first_question_to_the_call(self, new_visitor: NewVisitor, javascript: bool) -> None:
        visitor = new_visitor(DESK, javascript=javascript)
        page = visitor.open("w/")
        tab_to(page, ".question input")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        assert page.locator(".question input:checked").count() == 1
        tab_to(page, SHOW)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        tab_to(page, CALL)

    def test_enter_on_an_answer_asks_for_the_result(self, new_visitor: NewVisitor, javascript: bool) -> None:
        """Not for the first button above the form, which is a language."""
        page = new_visitor(DESK, javascript=javascript).open("w/", "ar")
        tab_to(page, ".question input")
        page.keyboard.press("Space")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.locator("html").get_attribute("lang") == "ar"
        assert page.locator(CALL).count() > 0

    def test_who_asks_and_the_day(self, new_visitor: NewVisitor, javascript: bool) -> None:
        page = new_visitor(DESK, javascript=javascript).open("w/")
        tab_to(page, "details.paths summary")
        page.keyboard.press("Enter")
        tab_to(page, "details.paths button >> nth=2")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        before = len(answered(page))
        tab_to(page, "details.place summary")
        page.keyboard.press("Enter")
        for field in ("day", "month", "year"):
            tab_to(page, f"#{field}")
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Tab")
        assert len(answered(page)) == before + 3


def tab_to(page: Page, selector: str, at_most: int = 120) -> None:
    target = page.locator(selector).first
    for _press in range(at_most):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{selector} is not reached by the Tab key")


@in_both_directions
def test_a_day_that_cannot_be_is_told_and_all_the_rest_is_kept(new_visitor: NewVisitor, language: str) -> None:
    visitor = new_visitor(PHONE)
    page = the_guide(visitor, language)
    fill(visitor)
    pick(page, "day", 31)  # of February
    said = answered(page)
    visitor.follow(SHOW)
    expect(page.locator(".notice[role=status]")).to_be_visible()
    visitor.follow("main button[value=change]")
    expect(page.locator(".notice[role=status]")).to_be_visible()
    assert answered(page) == said


@with_and_without_scripts
def test_a_page_from_before_a_change_says_so_and_keeps_the_rest(new_visitor: NewVisitor, javascript: bool) -> None:
    visitor = new_visitor(PHONE, javascript=javascript)
    page = the_guide(visitor, "de")
    choose(visitor, 0, 2)
    said = answered(page)
    choose(visitor, 1, 4)
    page.locator(".question").nth(1).locator("input:checked").evaluate("input => { input.value = '0123456789' }")
    visitor.follow(SHOW)
    expect(page.locator(".notice[role=status]")).to_be_visible()
    assert page.locator(CALL).count() > 0
    visitor.follow("main button[value=change]")
    assert answered(page) == said


@pytest.mark.parametrize("size", [(320, 568), PHONE, DESK])
@in_both_directions
def test_nothing_is_cut_off_with_everything_unfolded(
    new_visitor: NewVisitor, language: str, size: tuple[int, int]
) -> None:
    visitor = new_visitor(size)
    page = the_guide(visitor, language)
    fill(visitor)
    visitor.tap("details.paths summary")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
