"""A reviewer before ten mixed submissions: clicks counted, then by keys alone, and every page for everybody."""

import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import DESK, Site, demo_site, environment_of, visiting
from tests.browser.desk import LOCALES, Desk
from tests.browser.test_accessibility import findings

QUEUE = "/admin/reviews/"
CLICKS = 25
# What ten organisations have sent: four slips, three numbers, a text, something vague, something wrong.
SUBMIT = """
from directory import listings
from directory.models import ContactPoint, Listing
from directory.permissions import ByLink

def send(listing, phone="", **texts):
    by, draft = ByLink(listing.organisation_id, "info@example.org"), listings.draft_of(listing)
    for name, text in texts.items():
        setattr(draft, name, text)
    if phone:
        draft.contacts = [ContactPoint(kind="phone", value=phone)]
    listings.save_draft(draft=draft, seen=listing.latest_revision_id, by=by)
    listings.submit(listing=Listing.objects.get(pk=listing.pk), by=by)

def slip(text):
    word = max(text.split(), key=lambda each: len(each) * each.isalpha())
    return text.replace(word, word[0] + word[2] + word[1] + word[3:])

every = list(Listing.objects.public().exclude(description_de="").order_by("slug")[:10])
for listing in every[:4]:
    send(listing, description_de=slip(listing.description_de))
for number, listing in enumerate(every[4:7]):
    send(listing, phone=f"030 23125 {number:03d}")
send(every[7], description_de="Ein ganz neuer Text.", title_ar="استشارة")
send(every[8], helps_with_de="Alles.")
send(every[9], helps_with_de="Beratnug für alle, die etwas erlebt haben")
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with demo_site(tmp_path_factory.mktemp("reviewing")) as found:
        command = [sys.executable, "-m", "wegweiser", "shell", "-c", SUBMIT]
        made = subprocess.run(
            command, env=environment_of(found.folder), capture_output=True, text=True, timeout=180
        )
        assert made.returncode == 0, made.stderr
        yield found


@pytest.fixture
def reviewer(own: Site, browser: Browser) -> Iterator[Desk]:
    with visiting(own, browser, DESK, javascript=True, locale=LOCALES["de"]) as someone:
        yield Desk(someone, own, "Reviewer")


def submissions(reviewer: Desk) -> Locator:
    return reviewer.page.locator("[data-submission]")


def mails(site: Site) -> str:
    files = (site.folder / "mail").iterdir()
    found = (part for each in files for part in each.read_bytes().split(b"-" * 79))
    parsed = (message_from_bytes(part.strip(), policy=policy.default) for part in found if part.strip())
    return "".join(str(each.get_content()) for each in parsed if each.get_content_type() == "text/plain")


def test_every_page_is_for_everybody(reviewer: Desk) -> None:
    reviewer.goes_to(QUEUE)
    submissions(reviewer).first.locator("summary").click()
    assert findings(reviewer.page) == []
    reviewer.follow("[data-correct]")
    assert findings(reviewer.page) == []
    reviewer.goes_to(f"{QUEUE}accounts/")
    assert findings(reviewer.page) == []


def test_by_keys_alone(reviewer: Desk) -> None:
    """Only on a submission that has the focus, and never while somebody writes."""
    reviewer.goes_to(QUEUE)
    first, second = (submissions(reviewer).nth(at) for at in range(2))
    reviewer.page.keyboard.press("a")
    expect(submissions(reviewer)).to_have_count(6)
    first.focus()
    reviewer.page.keyboard.press("j")
    expect(second).to_be_focused()
    reviewer.page.keyboard.press("k")
    expect(first).to_be_focused()
    reviewer.page.keyboard.press("r")
    remark = first.locator("textarea")
    expect(remark).to_be_focused()
    reviewer.page.keyboard.type("aja")
    expect(remark).to_have_value("aja")
    expect(submissions(reviewer)).to_have_count(6)


def test_ten_mixed_submissions(reviewer: Desk, request: pytest.FixtureRequest) -> None:
    page = reviewer.page
    reviewer.goes_to("/admin/")
    reviewer.clicks = 0
    reviewer.follow(f"main a[href='{QUEUE}']")
    expect(page.locator("[name=chosen]")).to_have_count(4)
    expect(submissions(reviewer)).to_have_count(6)
    reviewer.follow("form[action$='/harmless/'] button")
    for _number in range(4):
        reviewer.follow("[data-approve]")
    vague = submissions(reviewer).first
    reviewer.click(vague.locator("summary"))
    expect(vague.locator("textarea")).to_be_focused()
    page.keyboard.type("Bitte genauer: wobei genau?")
    reviewer.follow(vague.locator("[name=send_back]"))
    reviewer.follow("[data-correct]")
    reviewer.write("helps_with_de", "Beratung für alle, die etwas erlebt haben")
    reviewer.follow("form.reviewing-correct button")
    expect(submissions(reviewer)).to_have_count(0)
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        sys.stdout.write(f"\nten mixed submissions: {reviewer.clicks} clicks\n")
    assert reviewer.clicks <= CLICKS
    assert "Bitte genauer: wobei genau?" in mails(reviewer.site)
