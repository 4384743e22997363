"""What an organisation and the city do to keep entries right, in clicks and keys counted on the screen."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, NewVisitor, Site, Visitor, environment_of
from tests.browser.test_accessibility import TOO_SMALL, WIDER_THAN_THE_SCREEN, findings

pytestmark = pytest.mark.timeout(600)
# Seconds of a practised hand (Card, Moran and Newell, 1980): point and press, one key, find the next thing.
CLICK, KEY, LOOK = 1.2, 0.28, 1.35
WITH_PHONE = "awo-duesseldorf"


@dataclass
class Effort:
    what: str
    clicks: int = 0
    keys: int = 0
    looks: int = 0

    @property
    def seconds(self) -> float:
        return self.clicks * CLICK + self.keys * KEY + self.looks * LOOK


# At most: tests/browser/test_reviewing.py counts them. Each of the ten is read, which is one look for each line.
TEN_REVIEWED = Effort("ten mixed submissions reviewed", clicks=25, looks=10 * 6)


@pytest.fixture(scope="module")
def efforts() -> Iterator[dict[str, Effort]]:
    found: dict[str, Effort] = {}
    yield found
    for each in found.values():
        print(f"\n{each.what}: {each.clicks} clicks, {each.keys} keys, about {each.seconds:.0f} s", end="")  # noqa: T201
    if {"confirm", "correct"} <= found.keys():
        print(f"\n{weekly(found)}")  # noqa: T201


def weekly(found: dict[str, Effort], listings: int = 100, months: int = 6, changed: float = 1 / 3) -> str:
    """Each entry comes up once in so many months; a third of them, we assume, has changed."""
    due = listings / (months * 52 / 12)
    fresh, corrected = due * (1 - changed), due * changed
    theirs = fresh * found["confirm"].seconds + corrected * found["correct"].seconds
    ours = corrected * TEN_REVIEWED.seconds / 10
    return (
        f"at {listings} listings, each week: {fresh:.1f} confirmed and {corrected:.1f} corrected, "
        f"{theirs / 60:.1f} minutes of all organisations together, {ours / 60:.1f} of the city"
    )


class Hand:
    """One person at one screen, everything counted."""

    def __init__(self, visitor: Visitor, what: str) -> None:
        self.page, self.effort = visitor.page, Effort(what)

    def click(self, target: Any) -> None:
        found = self.page.locator(target).first if isinstance(target, str) else target.first
        found.click()
        self.effort.clicks += 1
        self.effort.looks += 1

    def follow(self, target: Any) -> None:
        with self.page.expect_navigation():
            self.click(target)

    def type(self, target: Any, words: str) -> None:
        self.click(target)
        found = self.page.locator(target).first if isinstance(target, str) else target.first
        found.fill(words)
        self.effort.keys += len(words)


def run(site: Site, code: str) -> str:
    """In a process of the same installation, as an operator would."""
    environment = environment_of(site.folder) | {"EMAIL_URL": f"filemail:///{site.folder / 'mail'}"}
    made = subprocess.run(
        [sys.executable, "-m", "wegweiser", "shell", "-c", code],
        cwd=site.folder, env=environment, capture_output=True, text=True, timeout=180,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    return made.stdout


ASK = """
from directory.models import Organisation
from directory.upkeep import asking
from django.utils.timezone import localdate
assert asking.ask(Organisation.objects.get(slug={slug!r}), to="info@example.org", today=localdate())
"""


def mailed(site: Site, slug: str) -> list[str]:
    """The paths of the links in the mail that the organisation gets."""
    run(site, ASK.format(slug=slug))
    newest = max((site.folder / "mail").iterdir(), key=lambda path: path.stat().st_mtime)
    mail: Any = message_from_bytes(newest.read_bytes(), policy=default)
    return re.findall(r"https?://[^/\s]+(/\S+)", mail.get_content())


def opened(visitor: Visitor, site: Site, links: list[str], word: str) -> Hand:
    hand = Hand(visitor, word)
    (link, *_others) = [each for each in links if f"/{word}/" in each]
    hand.page.goto(site.url + link)
    return hand


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_confirm_from_the_mail(
    new_visitor: NewVisitor, site: Site, efforts: dict[str, Effort], javascript: bool
) -> None:
    links = mailed(site, "jena-welcome")
    hand = opened(new_visitor(PHONE, javascript=javascript), site, links, "richtig")
    hand.follow("main form button.main")
    assert hand.page.locator("main h1").is_visible()
    assert hand.effort.clicks == 1
    assert hand.page.context.cookies() == []
    efforts["confirm"] = hand.effort
    hand.effort.what = "confirm from the mail"


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_correct_a_number_from_the_mail(
    new_visitor: NewVisitor, site: Site, efforts: dict[str, Effort], javascript: bool
) -> None:
    hand = opened(new_visitor(PHONE, javascript=javascript), site, mailed(site, WITH_PHONE), "aendern")
    hand.type("main input[inputmode=tel]", "0211 8991234" if javascript else "0211 8991235")
    hand.follow("main form button.main")
    assert hand.page.locator("main h1").is_visible()
    assert not hand.page.locator("main .wrong").count()
    hand.effort.what = "correct a telephone number from the mail"
    efforts["correct"] = hand.effort
    assert hand.effort.seconds <= 60


# --- for everybody ----------------------------------------------------------------------------------------------

HOUSE, ENTRY = "awo-jena", "jena-awo-iko"
SECTIONS = ("text", "kontakt", "zeiten", "ort", "fuer-wen", "bedingungen", "fortbildung")
PAGES = (
    *("", "einstellungen/", "zugang/", "zugang/passwort/", "zugang/app/"),
    *(f"stelle/{HOUSE}/{page}/" for page in ("neu", "mitglieder", "tabelle")),
    *(f"eintrag/{ENTRY}/{page}" for page in ("", "verlauf/", "vorschau/seite/de/", "vorschau/karte/de/")),
    *(f"eintrag/{ENTRY}/{section}/" for section in SECTIONS),
    *(f"{page}/{ENTRY}/" for page in ("plaetze", "termine", "entfernen")),
)


# What only screen readers get is clipped, however long it is.
WIDER = WIDER_THAN_THE_SCREEN.replace("e.checkVisibility()", "!e.closest('.hidden') && e.checkVisibility()")


def faults(page: Page) -> list[Any]:
    found = [*findings(page), *page.evaluate(TOO_SMALL, 24), *page.evaluate(WIDER)]
    return [f"{page.url}: {each}" for each in found]


@pytest.mark.parametrize("language", ["de", "ar"])
def test_everybody_can_use_every_page_of_members(new_visitor: NewVisitor, site: Site, language: str) -> None:
    visitor = new_visitor(PHONE)
    signed_in(visitor, site, "Member of AWO Jena (owner)")
    visitor.tap("details.language summary")
    visitor.follow(f"details.language button[value={language}]")
    found = []
    for path in PAGES:
        response = visitor.page.goto(f"{site.url}/konto/{path}")
        assert response is not None
        assert response.status == 200, path
        assert path.startswith("eintrag") or visitor.page.locator("html").get_attribute("lang") == language
        found += faults(visitor.page)
    assert found == []


@pytest.mark.parametrize("language", ["de", "ar"])
def test_everybody_can_use_what_needs_no_account(new_visitor: NewVisitor, site: Site, language: str) -> None:
    visitor, found = new_visitor(PHONE), []
    links = [link for link in mailed(site, "jena-iberoamerica") if "/eintrag/" in link]
    addresses = [f"/{language}/{link.lstrip('/').partition('/')[2]}" for link in links]
    addresses += [f"/{language}/eintrag/neuer-link/", f"/konto/anmelden/?language={language}"]
    assert len(addresses) >= 5
    for address in addresses:
        visitor.page.goto(site.url + address)
        found += faults(visitor.page)
    assert found == []


def test_in_one_tap_without_a_script(new_visitor: NewVisitor, site: Site) -> None:
    visitor = new_visitor(PHONE, javascript=False)
    signed_in(visitor, site, "Member of AWO Jena (owner)")
    visitor.page.goto(f"{site.url}/konto/plaetze/{ENTRY}/")
    taps = visitor.taps
    visitor.follow("button[value='waiting_list:4']")
    assert visitor.taps - taps == 1
    assert visitor.page.locator("button[value='waiting_list:4'][aria-current]").count() == 1


def signed_in(visitor: Visitor, site: Site, who: str) -> None:
    """Not counted: a browser stays signed in for the day."""
    address, password = site.accounts[who]
    visitor.page.goto(f"{site.url}/konto/")
    if not visitor.page.locator("[name=login]").is_visible():  # a link by mail comes first
        visitor.page.locator("main details summary").first.click()
    visitor.page.locator("[name=login]").fill(address)
    visitor.page.locator("[name=password]").fill(password)
    with visitor.page.expect_navigation():
        visitor.page.locator("form:has([name=password]) button").first.click()
    assert visitor.page.url == f"{site.url}/konto/"
