"""The first collection: what it costs in clicks until every entry can be reached, by call sheet and by letter."""

import re
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, PHONE, Site, demo_site, visiting
from tests.browser.desk import LOCALES, PATIENTLY, Desk
from tests.browser.test_accessibility import findings

pytestmark = pytest.mark.timeout(600)  # a site of its own has to be set up first
COLLECTING = "/admin/collecting/"
CODE = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}")
Say = Callable[[str], None]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """These tests write into half of all entries, which the others want as the demo made them."""
    with demo_site(tmp_path_factory.mktemp("collecting")) as found:
        yield found


@pytest.fixture
def reviewer(own: Site, browser: Browser) -> Iterator[Desk]:
    with visiting(own, browser, DESK, javascript=True, locale=LOCALES["de"]) as someone:
        yield Desk(someone, own, "Reviewer")


@pytest.fixture
def say(request: pytest.FixtureRequest) -> Say:
    capture = request.config.pluginmanager.getplugin("capturemanager")

    def tell(words: str) -> None:
        with capture.global_and_fixture_disabled():
            sys.stdout.write(f"\n{words}\n")

    return tell


def drama_number(at: int) -> str:
    """Given to nobody: the regulator keeps these for films."""
    return f"030 23125 {at:03d}"


def missing(reviewer: Desk) -> tuple[int, int]:
    """Organisations and entries that the list counts."""
    reviewer.goes_to(COLLECTING)
    rows = reviewer.page.locator("main tbody tr")
    return rows.count(), sum(int(each) for each in rows.locator("td:nth-child(3)").all_inner_texts())


def printed(reviewer: Desk) -> Page:
    """Letters to the first two of the list."""
    reviewer.goes_to(COLLECTING)
    reviewer.clicks = 0
    for at in range(2):
        reviewer.click(reviewer.page.locator("[name=organisation]").nth(at))
    with reviewer.page.context.expect_page() as opened:
        reviewer.click("form[action*='letters'] button")
    opened.value.wait_for_load_state()
    return opened.value


def test_a_letter_is_printed_answered_from_a_phone_and_waits_for_review(
    reviewer: Desk, own: Site, browser: Browser, say: Say
) -> None:
    letters = printed(reviewer)
    clicks = reviewer.clicks
    assert letters.locator(".letter").count() == 2
    letters.emulate_media(media="print")
    fits = "[...document.querySelectorAll('.letter')].map(each => each.scrollHeight <= each.clientHeight)"
    assert letters.evaluate(fits) == [True, True]  # nothing is cut off at the end of the paper
    code = CODE.findall(letters.locator(".way strong").first.inner_text())[0]
    assert findings(letters) == []
    letters.close()

    for javascript in (False, True):
        with visiting(own, browser, PHONE, javascript=javascript) as visitor:
            visitor.open(f"brief/{code}/")
            if not javascript:
                assert visitor.page.locator("[name=phone]").is_visible()
                continue
            visitor.tap("[name=phone]")
            visitor.page.keyboard.type(drama_number(999))
            page = visitor.follow("form .button[name=send]")
            assert page.locator("form").count() == 0
            assert visitor.taps == 2
            assert visitor.traces() == {
                "cookies": [], "local": [], "session": [], "databases": [], "caches": [], "workers": 0,
            }  # fmt: skip
    say(f"Print a letter to two bodies: {clicks} clicks; answer it from the phone: 2 taps")
    reviewer.goes_home()
    assert reviewer.page.locator("main").get_by_text("AWO Jena").count() >= 1


@pytest.mark.parametrize("language", ["de", "ar"])
def test_axe_finds_nothing_on_the_page_of_the_letter(
    reviewer: Desk, own: Site, browser: Browser, language: str
) -> None:
    code = CODE.findall(printed(reviewer).locator(".way strong").nth(1).inner_text())[0]
    for size in (PHONE, DESK):
        with visiting(own, browser, size, javascript=True) as visitor:
            found = {"code": findings(visitor.open("brief/", language))}
            found["form"] = findings(visitor.open(f"brief/{code}/", language))
            assert visitor.page.evaluate("document.documentElement.scrollWidth") <= size[0]
            found["errors"] = findings(visitor.follow("form .button[name=send]"))
            assert visitor.page.locator("[aria-invalid=true]").count() == 1
            visitor.page.locator("[name=code]").evaluate("each => each.value = '0000-0000-0000'")
            found["unknown"] = findings(visitor.follow("form .button[name=send]"))
            assert not any(found.values()), found


def test_the_keyboard_s_enter_sends_and_does_not_change_the_language(
    reviewer: Desk, own: Site, browser: Browser
) -> None:
    code = CODE.findall(printed(reviewer).locator(".way strong").first.inner_text())[0]
    with visiting(own, browser, PHONE, javascript=True) as visitor:
        page = visitor.open(f"brief/{code}/", "tr")
        with page.expect_navigation():
            page.locator("[name=website]").press("Enter")
        assert page.locator("html").get_attribute("lang") == "tr"
        assert page.locator("[aria-invalid=true]").count() == 1  # it was sent, empty as it is


def test_axe_finds_nothing_on_the_staff_s_screens(reviewer: Desk) -> None:
    reviewer.goes_to(COLLECTING)
    sheet = reviewer.page.locator(".collecting-start a").get_attribute("href") or ""
    for path in (COLLECTING, f"{COLLECTING}?list=due", sheet, "/admin/dead-links/"):
        reviewer.page.goto(reviewer.site.url + path, wait_until="networkidle")
        for width, height in (DESK, PHONE):
            reviewer.page.set_viewport_size({"width": width, "height": height})
            assert findings(reviewer.page) == [], path
            assert reviewer.page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_every_missing_contact_by_call_sheet(reviewer: Desk, own: Site, browser: Browser, say: Say) -> None:
    """The last test of this file: afterwards nobody is missing."""
    organisations, entries = missing(reviewer)
    assert entries >= 45
    reviewer.goes_home()
    reviewer.clicks, begun, letters = 0, time.monotonic(), 0
    reviewer.click(reviewer.page.get_by_role("button", name="Verzeichnis"))
    reviewer.follow(f"nav a[href='{COLLECTING}']")
    reviewer.follow(".collecting-start a")
    for at in range(organisations):
        if at:
            expect(reviewer.page.locator("[name=phone]")).to_be_focused(timeout=PATIENTLY)
        reviewer.page.keyboard.type(drama_number(at))
        letters += len(drama_number(at))
        reviewer.follow(".collecting-heard button")
    took = time.monotonic() - begun
    say(
        f"First collection by call sheet: {entries} entries of {organisations} organisations in {reviewer.clicks} "
        f"clicks and {letters} typed characters ({took:.0f} s of a busy machine)"
    )
    assert reviewer.clicks <= organisations + 3
    left, _entries = missing(reviewer)
    assert left == 0
    seen_by_visitors(own, browser)


def seen_by_visitors(own: Site, browser: Browser) -> None:
    with visiting(own, browser, PHONE, javascript=False) as visitor:
        page = visitor.open("stellen/awo-jena/")
        assert page.locator("a[href^='tel:+493023125']").count() >= 1


def test_the_bar_is_full(reviewer: Desk) -> None:
    reviewer.goes_to(COLLECTING)
    assert "100 %" in reviewer.page.locator(".collecting-progress figcaption").inner_text()
