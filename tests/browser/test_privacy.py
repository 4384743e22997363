"""What a visit leaves behind: nothing in the browser, nothing in an address, nothing with anybody else."""

import re
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, Page

from tests.browser.conftest import DESK, PHONE, NewVisitor, Site, Visitor
from tests.browser.pages import PAGES, a_result, a_search

EMPTY = {"cookies": [], "local": [], "session": [], "databases": [], "caches": [], "workers": 0}


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_whole_visit_leaves_no_cookie_no_storage_and_calls_nobody(
    new_visitor: NewVisitor, language: str
) -> None:
    visitor = new_visitor(PHONE)
    for way in PAGES.values():
        way(visitor, language)
        assert visitor.traces() == EMPTY
    assert visitor.strangers() == []
    assert len(visitor.requests) > len(PAGES)


def test_the_first_page_is_small(new_visitor: NewVisitor) -> None:
    """On a prepaid phone in a basement it still arrives: 60 KB with everything it loads."""
    visitor = new_visitor(PHONE)
    visitor.open()
    bodies = [response.body() for request in visitor.requests if (response := request.response())]
    assert sum(map(len, bodies)) < 60_000


def answered(visitor: Visitor, language: str = "de") -> list[str]:
    page = a_result(visitor, language)
    [post] = [request for request in visitor.requests if request.method == "POST"]
    values = re.findall(r"=([^&]+)", post.post_data or "")
    assert values
    assert page.locator("main .card").count() > 0
    return values


def test_answers_are_in_no_address_and_no_history(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(PHONE)
    values = answered(visitor)
    addresses = [request.url for request in visitor.requests] + visitor.history()
    assert [urlsplit(address).query for address in visitor.history()] == [""] * len(visitor.history())
    assert not [address for address in addresses for value in values if value in address]


def test_search_words_are_in_no_address_and_no_history(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(PHONE)
    a_search(visitor, "de")
    addresses = [request.url for request in visitor.requests] + visitor.history()
    assert not [address for address in addresses if "eratung" in address]


def test_what_answers_a_person_is_not_kept_by_the_browser(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(PHONE)
    a_result(visitor, "de")
    a_search(visitor, "de")
    posts = [request for request in visitor.requests if request.method == "POST"]
    assert len(posts) == 2
    for post in posts:
        response = post.response()
        assert response is not None
        assert "no-store" in response.headers["cache-control"]


def test_back_from_a_result_leads_to_the_guide(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(PHONE)
    page = a_result(visitor, "de")
    page.go_back()
    assert page.locator(".question").count() > 0
    assert page.locator("main .card").count() == 0


def test_back_from_a_search_leads_to_where_it_was_typed(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(PHONE)
    page = a_search(visitor, "de")
    page.go_back()
    assert page.locator(".tile").count() == 8


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_the_exit_leads_away_and_back_shows_no_answer(new_visitor: NewVisitor, javascript: bool) -> None:
    visitor = new_visitor(PHONE, javascript=javascript)
    page = a_result(visitor, "de")
    page.locator("a.exit").click()
    page.wait_for_url(visitor.site.exit_url)
    with suppress(Error):  # the browser's own "cannot be shown again" is what we hope for
        page.go_back()
    assert page.locator("main .card").count() == 0


def test_the_exit_takes_the_place_of_the_result_in_the_history(new_visitor: NewVisitor) -> None:
    """Only with scripts: then Back leads to the questions, unanswered."""
    visitor = new_visitor(PHONE)
    page = a_result(visitor, "de")
    before = visitor.history()
    page.locator("a.exit").click()
    page.wait_for_url(visitor.site.exit_url)
    assert visitor.history() == [*before[:-1], visitor.site.exit_url]


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_three_times_shift_leaves_too(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(DESK)
    page = a_result(visitor, "de")
    press(page, *["Shift"] * 3)
    page.wait_for_url(visitor.site.exit_url)


def test_capital_letters_do_not_leave(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(DESK)
    page = a_search(visitor, "de")
    page.locator("form.search input").focus()
    press(page, "Shift+N", "Shift+R", "Shift+W", "Shift", "x", "Shift", "Shift")
    page.wait_for_timeout(300)
    assert page.url != visitor.site.exit_url
    assert page.locator("form.search input").input_value().startswith("NRWx")


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_the_keyboard_reaches_the_exit_first(new_visitor: NewVisitor, javascript: bool) -> None:
    visitor = new_visitor(DESK, javascript=javascript)
    page = a_result(visitor, "ar")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(visitor.site.exit_url)


def test_a_page_that_answers_a_post_is_empty_when_it_is_loaded_again(new_visitor: NewVisitor) -> None:
    """A browser would ask whether to send the answers once more, and show them to whoever says yes."""
    page = a_result(new_visitor(PHONE), "de")
    page.reload()
    assert page.locator("main .card").count() == 0
    assert page.locator(".question").count() > 0


ADMIN_PAGES = ("", "pages/", "images/", "documents/", "reports/site-history/", "account/", "users/")


def log_in(visitor: Visitor, site: Site) -> Page:
    page = visitor.page
    page.goto(f"{site.url}/admin/")
    page.locator("[name=login]").fill("admin")
    page.locator("[name=password]").fill(site.password)
    with page.expect_navigation():
        page.locator("button[type=submit]").click()
    assert page.url == f"{site.url}/admin/"
    return page


def visit(page: Page, url: str) -> list[str]:
    """The forms that the page leads to."""
    response = page.goto(url, wait_until="networkidle")
    assert response is not None
    assert response.status < 500, url
    edits: list[str] = page.locator("main a[href*='/edit/']").evaluate_all("links => links.map(link => link.href)")
    return edits


def test_the_admin_calls_nobody_else(new_visitor: NewVisitor, site: Site) -> None:
    """Wagtail would ask gravatar for the editors' pictures, and its own server for updates."""
    visitor = new_visitor(DESK)
    page = log_in(visitor, site)
    page.locator("nav a[href^='/admin/']").first.wait_for(state="attached")
    menu = page.locator("nav a[href^='/admin/']").evaluate_all("links => links.map(link => link.pathname)")
    paths = sorted({f"/admin/{path}" for path in ADMIN_PAGES} | set(menu) - {"/admin/logout/"})
    forms = [edit for path in paths for edit in visit(page, site.url + path)[:1]]
    assert len(forms) >= 4  # organisation, listing, area, term at the least
    for form in forms:
        visit(page, form)
    assert visitor.strangers() == []
