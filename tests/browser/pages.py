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


def a_slip(visitor: Visitor, language: str) -> Page:
    a_result(visitor, language)
    return visitor.follow(".answers button[formaction$='/w/zettel/']")


def search_for(visitor: Visitor, words: str, language: str = "de") -> Page:
    visitor.open("", language).locator("form.search input").fill(words)
    return visitor.follow("form.search button")


def a_search(visitor: Visitor, language: str) -> Page:
    return search_for(visitor, WORDS[language], language)


def a_search_without_hits(visitor: Visitor, language: str) -> Page:
    return search_for(visitor, "qqxxzz wwvvkk", language)


def a_referral(visitor: Visitor, language: str) -> Page:
    """What a professional sees of the same: everything on one page."""
    page = visitor.open("fachkraefte/", language)
    page.locator("#f-what").select_option(index=0)
    page.locator("#f-body").select_option(index=1)
    return visitor.follow("form.situation button.main")


PAGES: dict[str, Way] = {
    "home": at(""),
    "concern": a_concern,
    "witness": at("w/witness/"),
    "guide": the_guide,
    "result": a_result,
    "professionals": at("fachkraefte/"),
    "referral": a_referral,
    "news": at("fachkraefte/neues/"),
    "slip": a_slip,
    "poster": at("aushang/?thema=school&sprachen=alle&nummern=1"),
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
    "text-page": at("so-geht-es/"),
    "easy-language": at("leichte-sprache/"),
    "404": at("gibt-es-nicht/"),
}
