"""Every type of page a visitor can see, and how to get there."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.conftest import Visitor

Way = Callable[[Visitor, str], Page]


def at(path: str) -> Way:
    return lambda visitor, language: visitor.open(path, language)


WORDS = {"de": "Beratung", "en": "counselling", "ar": "استشارة"}


def a_listing(visitor: Visitor, language: str) -> Page:
    visitor.open("angebote/", language)
    return visitor.follow("main .card h3 a")


def an_organisation(visitor: Visitor, language: str) -> Page:
    a_listing(visitor, language)
    return visitor.follow("main a[href*='/stellen/']")


def a_concern(visitor: Visitor, language: str) -> Page:
    visitor.open("", language)
    return visitor.follow(".tile")


def the_guide(visitor: Visitor, language: str) -> Page:
    visitor.open("", language)
    return visitor.follow("main .panel a.main")


def a_result(visitor: Visitor, language: str) -> Page:
    the_guide(visitor, language)
    visitor.tap(".question label")
    return visitor.follow("form.guide button.main")


def search_for(visitor: Visitor, words: str, language: str = "de") -> Page:
    visitor.open("", language).locator("input[type=search]").fill(words)
    return visitor.follow("form.search button")


def a_search(visitor: Visitor, language: str) -> Page:
    return search_for(visitor, WORDS[language], language)


def a_search_without_hits(visitor: Visitor, language: str) -> Page:
    return search_for(visitor, "qqxxzz wwvvkk", language)


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
