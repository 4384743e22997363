"""A member edits in a real browser: what is typed is a draft at once, and all of it works without scripts."""

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, NewVisitor, Site, Visitor

OWNER = "Member of AWO Jena (owner)"
ENTRY = "/konto/eintrag/jena-awo-mig"
REFUSALS = ("409", "422")
WAIT = 20_000  # milliseconds; the pause before an autosave, on a busy machine

SignIn = Callable[..., Page]


@pytest.fixture
def signed_in(site: Site, new_visitor: NewVisitor) -> Iterator[SignIn]:
    visitors: list[Visitor] = []

    def sign_in(*, javascript: bool = True) -> Page:
        visitors.append(new_visitor(PHONE, javascript=javascript))
        page = visitors[-1].page
        page.goto(f"{site.url}/konto/")
        name, password = site.accounts[OWNER]
        if not page.locator("#id_login").is_visible():  # where mail is sent, a link by mail comes first
            page.locator("main details summary").first.click()
        page.locator("#id_login").fill(name)
        page.locator("#id_password").fill(password)
        with page.expect_navigation():
            page.locator("form:has(#id_password) button").first.click()
        return page

    yield sign_in
    for visitor in visitors:  # the browser notes our polite refusals as errors
        visitor.errors[:] = [each for each in visitor.errors if not any(code in each for code in REFUSALS)]


def until(condition: Callable[[], bool]) -> None:
    """Our pages allow no script of a test, so that it has to look again and again from outside."""
    end = time.monotonic() + WAIT / 1000
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


def open_section(page: Page, site: Site, section: str) -> Page:
    page.goto(f"{site.url}{ENTRY}/{section}/")
    return page


def version(page: Page) -> str:
    return page.locator("[name=seen]").input_value()


def test_what_is_typed_is_there_again_though_nobody_pressed_a_button(signed_in: SignIn, site: Site) -> None:
    page = open_section(signed_in(), site, "text")
    words, before = f"Wir rufen zurück. {time.monotonic()}", version(page)
    page.locator("[name=what_happens_de]").fill(words)
    until(lambda: version(page) != before)
    page.goto(f"{site.url}/konto/")
    open_section(page, site, "text")
    assert page.locator("[name=what_happens_de]").input_value() == words
    assert "jena" in page.url


def test_what_is_wrong_is_told_while_typing_and_saved_once_it_is_right(signed_in: SignIn, site: Site) -> None:
    page = open_section(signed_in(), site, "kontakt")
    before, told = version(page), page.locator("[data-saved]")
    number = page.locator("[name$=value]").last
    number.fill("03641")
    until(lambda: "wrong" in (told.get_attribute("class") or ""))
    assert version(page) == before
    number.fill("03641 493330")
    until(lambda: version(page) != before)
    assert "wrong" not in (told.get_attribute("class") or "")


def test_hours_are_read_back_while_somebody_fills_a_line(signed_in: SignIn, site: Site) -> None:
    page = open_section(signed_in(), site, "zeiten")
    line = page.locator(".hours-line").last
    line.locator("[type=checkbox][value='5']").check()
    line.locator("[type=time]").first.fill("10:15")
    until(lambda: page.locator(".hours-read .wrong").is_visible())
    line.locator("[type=time]").last.fill("11:45")
    until(lambda: "10:15" in page.locator(".hours-read").inner_text())
    expect(page.locator(".hours-read .wrong")).to_be_hidden()


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_a_place_is_found_by_its_name(signed_in: SignIn, site: Site, javascript: bool) -> None:
    page = open_section(signed_in(javascript=javascript), site, "ort")
    page.locator("#find-area").fill("Erfurt")
    page.locator("#find-area").press("Enter")
    box = page.locator("[name=areas_served][value=erfurt]")
    until(lambda: box.count() > 0)
    box.check()
    with page.expect_navigation():
        page.locator("button[value=back]").click()
    open_section(page, site, "ort")
    assert box.is_checked()


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_a_training_in_two_languages_from_the_first_page_to_the_review(
    signed_in: SignIn, site: Site, javascript: bool
) -> None:
    """Counts what a hand does: clicks, and fields that are filled."""
    page, title = signed_in(javascript=javascript), f"Kurs {time.monotonic_ns()}"
    page.goto(f"{site.url}/konto/einstellungen/")
    page.locator("[name=writes_in][value=en]").check()
    with page.expect_navigation():
        page.locator("main form button.main").click()
    clicks = fields = 0

    def click(selector: str) -> None:
        nonlocal clicks
        with page.expect_navigation():
            page.locator(selector).first.click()
        clicks += 1

    def fill(name: str, value: str) -> None:
        nonlocal fields
        page.locator(f"[name={name}]").fill(value)
        fields += 1

    click("a[href$='/neu/']")
    page.locator("[name=kind][value=training]").check()
    clicks += 1
    fill("title", title)
    click("main form button.main")
    for name in ("helps_with_de", "title_en", "helps_with_en"):
        fill(name, "Übt Antworten." if name.endswith("de") else "Practises answers.")
    click("button[value=next]")
    fill("contacts-0-value", "03641 493330")
    click("button[value=back]")
    click("form[action$='/absenden/'] button")
    assert page.locator("form[action$='/zurueckholen/']").count() == 1
    assert (clicks, fields) == (6, 5)


def test_two_windows_do_not_write_over_each_other(signed_in: SignIn, site: Site) -> None:
    one = open_section(signed_in(javascript=False), site, "text")
    two = open_section(signed_in(javascript=False), site, "text")
    first, second = (f"{which} Fassung {time.monotonic_ns()}" for which in ("Erste", "Zweite"))
    for page, words in ((one, first), (two, second)):
        page.locator("[name=helps_with_de]").fill(words)
        with page.expect_navigation():
            page.locator("button[value=back]").click()
    shown = two.locator(".versions").inner_text()
    assert first in shown
    assert second in shown
    with two.expect_navigation():
        two.locator("main form.row button.main").click()
    open_section(two, site, "text")
    assert two.locator("[name=helps_with_de]").input_value() == second
