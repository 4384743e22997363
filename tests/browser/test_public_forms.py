"""The forms of whoever has no account: on a phone, by keyboard and screen reader, with and without scripts."""

import email
import re
from collections.abc import Callable
from email import policy
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, NewVisitor, Visitor
from tests.browser.pages import at
from tests.browser.test_accessibility import TOO_SMALL, UNMARKED, WIDER_THAN_THE_SCREEN, findings

ENTRY = "angebote/dus-obr/"
HOUSE_MAIL = "info@opferberatung.example.org"
Way = Callable[[Visitor, str], Page]


def mistaken(path: str) -> Way:
    """The same form after a button that was pressed too early: each error beside its field."""

    def press(visitor: Visitor, language: str) -> Page:
        visitor.open(path, language)
        return visitor.follow("#proposal button.main")

    return press


def a_claim(visitor: Visitor, language: str) -> Page:
    visitor.open(ENTRY, language)
    return visitor.follow("main a[href$='/eigene/']")


def from_a_result(visitor: Visitor, language: str) -> Page:
    visitor.open("", language)
    visitor.follow("main .panel a.main")
    visitor.tap(".question label")
    visitor.follow("form.guide button.main")
    page = visitor.page
    page.locator(".card details summary").first.click()
    return visitor.follow(".card button[name='entry']")


WAYS: dict[str, Way] = {
    "report": at(f"{ENTRY}fehler/"),
    "report-mistaken": mistaken(f"{ENTRY}fehler/"),
    "report-from-a-result": from_a_result,
    "claim": a_claim,
    "suggest": at("vorschlagen/"),
    "organisation": at("vorschlagen/stelle/"),
    "organisation-mistaken": mistaken("vorschlagen/stelle/"),
    "offer": at("vorschlagen/angebot/"),
    "offer-mistaken": mistaken("vorschlagen/angebot/"),
    "new-link": at("vorschlagen/neuer-link/"),
    "useless-link": at("vorschlagen/link/x/"),
    "policy": at("aufnahme/"),
}
every_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
every_language = pytest.mark.parametrize("language", ["de", "ar"])


@every_language
@every_way
def test_everybody_can_use_it(new_visitor: NewVisitor, way: Way, language: str) -> None:
    page = way(new_visitor(PHONE), language)
    assert findings(page) == []
    assert page.evaluate(TOO_SMALL, 24) == []
    assert page.evaluate(WIDER_THAN_THE_SCREEN) == []
    assert page.evaluate(UNMARKED) == []


@every_way
def test_at_a_desk_too(new_visitor: NewVisitor, way: Way) -> None:
    page = way(new_visitor(DESK), "de")
    assert findings(page) == []
    assert page.evaluate(WIDER_THAN_THE_SCREEN) == []


def newest_mail(folder: Path, to: str) -> str:
    files = sorted((folder / "mail").glob("*.log"), key=lambda file: file.stat().st_mtime)
    texts = [each for file in files for each in file.read_bytes().split(b"-" * 79) if to.encode() in each]
    message = email.message_from_bytes(texts[-1].strip(), policy=policy.default)
    body = message.get_body()
    assert body
    return str(body.get_content())


def link_in(body: str) -> str:
    found = re.search(r"/\w\w/(vorschlagen/link/\S+)", body)
    assert found
    return found[1]


@pytest.mark.parametrize("scripts", [True, False])
def test_suggest_an_offer_from_the_first_page_to_the_review(new_visitor: NewVisitor, scripts: bool) -> None:
    visitor = new_visitor(PHONE, javascript=scripts)
    visitor.open("", "en")
    visitor.follow("footer a[href$='/vorschlagen/']")
    page = visitor.follow("main a[href$='/vorschlagen/angebot/']")
    sender = f"asel-{scripts}@verein.example.org".lower()
    for name, value in {
        "organisation": "Verein",
        "title": "Training for the fire brigade",
        "helps_with": "Talking about racism at work.",
        "phone": "0211 4567890",
        "email": sender,
    }.items():
        page.locator(f"#id_{name}").fill(value)
    page.locator("#id_kind").select_option("training")
    page.wait_for_timeout(2500)  # nobody types faster
    page = visitor.follow("#proposal button.main")
    assert page.locator("h1").inner_text() == "Look into your mail"
    body = newest_mail(visitor.site.folder, sender)
    page = visitor.open(link_in(body), "en")
    page = visitor.follow("main button.main")
    assert "It has arrived" in page.locator("main").inner_text()


def test_the_enter_key_sends_and_changes_no_language(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(DESK)
    page = visitor.open("vorschlagen/stelle/", "en")
    page.locator("#id_name").fill("Verein")
    page.locator("#id_name").press("Enter")
    page.wait_for_selector(".wrong")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("#id_name").input_value() == "Verein"


def test_another_language_keeps_what_was_typed(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(PHONE)
    page = visitor.open(f"{ENTRY}fehler/", "de")
    page.locator("#id_remark").fill("Montags zu")
    page.locator("input[value='hours']").check()
    page.locator(".language summary").click()
    page.locator(".language button[lang='ar']").click()
    page.wait_for_selector("html[lang='ar']")
    assert page.locator("#id_remark").input_value() == "Montags zu"
    assert page.locator("input[value='hours']").is_checked()
    assert not page.locator(".wrong").count()


def test_a_report_from_a_result_leads_back_to_it(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(PHONE)
    page = from_a_result(visitor, "de")
    assert page.url.endswith("/de/fehler/")
    page.locator("input[value='hours']").check()
    page.wait_for_timeout(2500)
    visitor.follow("#proposal button.main")
    page = visitor.follow("main form[action$='/w/'] button")
    assert page.locator(".card.first").count() == 1
