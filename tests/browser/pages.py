"""Every type of page a visitor can see, and how to get there."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.conftest import Visitor

Way = Callable[[Visitor, str], Page]


def at(path: str) -> Way:
    return lambda visitor, language: visitor.open(path, language)


def a_listing(visitor: Visitor, language: str) -> Page:
    page = visitor.open("angebote/", language)
    page.locator("main .card h3 a").first.click()
    return page


def an_organisation(visitor: Visitor, language: str) -> Page:
    page = a_listing(visitor, language)
    page.locator("main a[href*='/stellen/']").first.click()
    return page


def a_concern(visitor: Visitor, language: str) -> Page:
    page = visitor.open("", language)
    page.locator(".tile").first.click()
    return page


def the_guide(visitor: Visitor, language: str) -> Page:
    page = visitor.open("", language)
    page.locator("main .panel a.main").first.click()
    return page


def a_result(visitor: Visitor, language: str) -> Page:
    page = the_guide(visitor, language)
    page.locator("main form .question label").first.click()
    page.locator("main form button.main").last.click()
    return page


def a_search(visitor: Visitor, language: str) -> Page:
    page = visitor.open("", language)
    page.locator("input[type=search]").fill({"de": "Beratung", "en": "counselling", "ar": "استشارة"}[language])
    page.locator("form.search button").click()
    return page


def a_search_without_hits(visitor: Visitor, language: str) -> Page:
    page = visitor.open("", language)
    page.locator("input[type=search]").fill("qqxxzz wwvvkk")
    page.locator("form.search button").click()
    return page


PAGES: dict[str, Way] = {
    "home": at(""),
    "concern": a_concern,
    "guide": the_guide,
    "result": a_result,
    "browse": at("angebote/"),
    "browse-filtered": at("angebote/?kind=training&sector=school"),
    "search": a_search,
    "search-empty": a_search_without_hits,
    "listing": a_listing,
    "organisation": an_organisation,
    "emergency": at("notruf/"),
    "rights": at("rechte/"),
    "safety": at("sicherheit/"),
    "privacy": at("datenschutz/"),
    "imprint": at("impressum/"),
    "accessibility": at("barrierefreiheit/"),
    "404": at("gibt-es-nicht/"),
}
