"""From an empty form to a public page and back, as staff go: German and Arabic texts, clicks counted."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import DESK, PHONE, NewVisitor, Site, Visitor, environment_of, visiting
from tests.browser.desk import LISTINGS, LOCALES, PATIENTLY, Desk, Texts, staff
from tests.browser.pages import search_for

BERLIN = ZoneInfo("Europe/Berlin")
ENOUGH = timedelta(seconds=25)  # to save the schedule before it comes true, also on a busy machine
SUBMIT, RESUBMIT = "In Review einreichen", "Erneut in Review einreichen"
ASK, APPROVE, PUBLISH = "Änderungen anfordern", "Freigeben und Veröffentlichen", "Veröffentlichen"
OUTDATED = "veraltet"


@dataclass(frozen=True)
class Story:
    """An entry of one journey. Each has a bird of its own, which nothing else on the site speaks of."""

    source: str
    slug: str
    birds: Texts
    texts: dict[str, Texts]

    @property
    def languages(self) -> tuple[str, str]:
        return (self.source, "ar" if self.source == "de" else "de")

    @property
    def name(self) -> str:
        return self.texts[self.source]["title"]


def story(source: str, bird: str, arabic: str) -> Story:
    german = {
        "title": f"Sprechstunde {bird}",
        "helps_with": "Hilft, wenn eine Behörde Sie abweist.",
        "description": "Wir lesen Ihren Bescheid und schreiben mit Ihnen eine Antwort.",
    }
    translated = {
        "title": f"ساعة {arabic} للاستشارة",
        "helps_with": "نساعدكم عندما ترفض إحدى الدوائر طلبكم.",
        "description": "نقرأ معكم القرار ونكتب معكم الرد.",
    }
    slug = f"sprechstunde-{bird.lower()}"
    return Story(source, slug, {"de": bird, "ar": arabic}, {"de": german, "ar": translated})


Report = Callable[[str, int, int], None]


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Report:
    """Prints the clicks of a way, and fails when the way has become longer."""
    capture = request.config.pluginmanager.getplugin("capturemanager")

    def tell(way: str, clicks: int, at_most: int) -> None:
        with capture.global_and_fixture_disabled():
            sys.stdout.write(f"\n{way}: {clicks} clicks\n")
        assert clicks <= at_most, way

    return tell


@pytest.fixture
def entries(new_visitor: NewVisitor, site: Site) -> Iterator[list[str]]:
    """The forms of entries that are gone after the test: the next finds the site as the demo made it."""
    made: list[str] = []
    yield made
    delete(staff(new_visitor, site, "Reviewer"), made)


def delete(reviewer: Desk, entries: list[str]) -> None:
    for path in entries:
        reviewer.goes_to(path.replace("/edit/", "/delete/"))
        reviewer.follow("main form [type=submit]")


def start(desk: Desk, story: Story) -> None:
    """What the first tab asks of every entry."""
    desk.choose(
        "organisation", desk.page.locator("[name=organisation] option").nth(1).get_attribute("value") or ""
    )
    desk.choose("kind", "counselling")
    desk.choose("audience", "affected")
    if story.source != "de":
        desk.choose("source_language", story.source)


def saved(desk: Desk) -> str:
    """Where the entry is that the message speaks of."""
    return desk.page.locator(".messages a[href*='/edit/']").first.get_attribute("href") or ""


def published(new_visitor: NewVisitor, site: Site, entries: list[str], story: Story) -> str:
    """An entry that a reviewer makes and publishes at once."""
    reviewer = staff(new_visitor, site, "Reviewer")
    reviewer.goes_to(f"{LISTINGS}add/")
    start(reviewer, story)
    for language in story.languages:
        reviewer.write_all(language, story.texts[language])
    reviewer.do(PUBLISH)
    entries.append(saved(reviewer))
    return entries[-1]


def is_public(visitor: Visitor, slug: str, language: str) -> bool:
    response = visitor.page.goto(visitor.site.address(f"angebote/{slug}/", language))
    assert response
    return response.status == 200


def is_found(visitor: Visitor, story: Story, language: str) -> bool:
    page = search_for(visitor, story.birds[language], language)
    return page.locator(f"main .card[id='{story.slug}']").count() == 1


def public_text(visitor: Visitor, slug: str, language: str) -> str:
    assert is_public(visitor, slug, language)
    return visitor.page.locator("main").inner_text()


NEXT_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Scheduled:
    story: Story
    at: datetime
    clicks: int


@pytest.fixture(scope="module")
def scheduled(site: Site, browser: Browser) -> Iterator[Scheduled]:
    """The first test of this file asks for it and the last waits for its time: the others pass meanwhile."""
    planned, entries = story("de", "Pirol", "الصفير"), list[str]()
    with visiting(site, browser, DESK, javascript=True, locale=LOCALES["de"]) as someone:
        reviewer = Desk(someone, site, "Reviewer")
        reviewer.goes_to(f"{LISTINGS}add/")
        start(reviewer, planned)
        for language in planned.languages:
            reviewer.write_all(language, planned.texts[language])
        reviewer.follow(reviewer.button("Entwurf speichern"))
        entries.append(saved(reviewer))
        reviewer.goes_to(entries[-1])
        reviewer.clicks = 0
        at = (datetime.now(BERLIN) + ENOUGH + NEXT_MINUTE).replace(second=0, microsecond=0)
        plan(reviewer, at)
        yield Scheduled(planned, at, reviewer.clicks)
        delete(reviewer, entries)


def plan(reviewer: Desk, at: datetime) -> None:
    reviewer.click(reviewer.page.get_by_role("button", name="Status umschalten"))
    reviewer.click(reviewer.page.get_by_role("button", name="Zeitplan festlegen"))
    reviewer.click("[name=go_live_at]")
    calendar = reviewer.page.locator(".xdsoft_datetimepicker").first  # opens a little later, over the button
    expect(calendar).to_be_visible(timeout=PATIENTLY)
    reviewer.page.locator("[name=go_live_at]").fill(f"{at:%Y-%m-%d %H:%M}")
    reviewer.click("#schedule-publishing-dialog h2")
    expect(calendar).to_be_hidden(timeout=PATIENTLY)
    reviewer.follow(reviewer.page.get_by_role("button", name="Zeitplan speichern"))
    reviewer.do("Zur Veröffentlichung einplanen")
    assert datetime.now(BERLIN) < at, "the machine was too busy to schedule in time"


def clock(site: Site) -> None:
    """What `wegweiser serve` does each minute."""
    command = [sys.executable, "-m", "wegweiser", "publish_scheduled"]
    environment = environment_of(site.folder)
    done = subprocess.run(
        command, cwd=site.folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


def test_what_is_scheduled_is_not_public_yet(
    new_visitor: NewVisitor, site: Site, scheduled: Scheduled, report: Report
) -> None:
    report("Schedule a publication", scheduled.clicks, 7)
    visitor = new_visitor(PHONE)
    if datetime.now(BERLIN) < scheduled.at:
        clock(site)
    for language in scheduled.story.languages:
        if datetime.now(BERLIN) < scheduled.at:
            assert not is_public(visitor, scheduled.story.slug, language)
            assert not is_found(visitor, scheduled.story, language)


MADE = [story("de", "Nachtigall", "البلبل"), story("ar", "Kranich", "الكركي")]


@pytest.mark.parametrize("story", MADE, ids=["German-Arabic", "Arabic-German"])
def test_an_entry_is_written_reviewed_corrected_and_approved(
    new_visitor: NewVisitor, site: Site, entries: list[str], report: Report, story: Story
) -> None:
    editor, reviewer = staff(new_visitor, site, "Editor"), staff(new_visitor, site, "Reviewer")
    visitor = new_visitor(PHONE)

    write(editor, story)
    preview(editor, story)
    editor.do(SUBMIT)
    entries.append(saved(editor))
    report(f"Write in two languages, preview, submit ({story.source})", editor.clicks, 20 + (story.source != "de"))
    for language in story.languages:
        assert not is_public(visitor, story.slug, language)
        assert not is_found(visitor, story, language)

    send_back(reviewer, story, "Bitte die Uhrzeit nennen.")
    report("Find, read and send back with a comment", reviewer.clicks, 5)

    correct(editor, story, "Bitte die Uhrzeit nennen.", "Montags um neun.")
    report("Find what came back, correct it, submit again", editor.clicks, 6)

    approve(reviewer, story, "Montags um neun.")
    report("Compare with the version before, and approve", reviewer.clicks, 7)
    for language in story.languages:
        assert is_public(visitor, story.slug, language)
        assert visitor.page.locator("h1").inner_text() == story.texts[language]["title"]
        assert is_found(visitor, story, language)
    assert "Montags um neun." in public_text(visitor, story.slug, story.source)


def write(editor: Desk, story: Story) -> None:
    editor.goes_home()
    editor.click(editor.page.get_by_role("button", name="Verzeichnis"))
    editor.follow(editor.page.get_by_role("link", name="Einträge", exact=True))
    editor.follow(f"main a[href='{LISTINGS}add/'], header a[href='{LISTINGS}add/']")
    start(editor, story)
    for language in story.languages:
        editor.write_all(language, story.texts[language])


def preview(editor: Desk, story: Story) -> None:
    """The page comes unasked, in the main language; the others are one choice away."""
    editor.click(editor.page.get_by_role("button", name="Vorschau umschalten"))
    frame = editor.page.frame_locator("iframe.w-preview__iframe, iframe[title]").first
    for mode in ("de", "ar", "card:de", "card:ar"):
        if mode != "de":
            editor.choose("preview_mode", mode)
        language = mode.removeprefix("card:")
        title = frame.locator("main .card h3" if mode.startswith("card:") else "main h1")
        expect(title).to_have_text(story.texts[language]["title"], timeout=PATIENTLY)
        assert frame.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        assert frame.locator("html").get_attribute("lang") == language


def send_back(reviewer: Desk, story: Story, comment: str) -> None:
    reviewer.goes_home()
    reviewer.clicks = 0
    reviewer.follow(reviewer.page.locator("main").get_by_role("link", name=story.name))
    reviewer.sees(".messages", "Das wartet auf Ihre Prüfung.")
    reviewer.open_bar()
    reviewer.click(reviewer.button(ASK))
    reviewer.sees(".modal textarea")
    reviewer.click(".modal textarea")
    reviewer.page.locator(".modal textarea").fill(comment)
    reviewer.follow(".modal [type=submit]")


def correct(editor: Desk, story: Story, comment: str, more: str) -> None:
    editor.goes_home()
    editor.clicks = 0
    editor.follow("main a[href*='listing'][href*='state=draft']")
    editor.follow(editor.page.locator("td.title").get_by_role("link", name=story.name))
    editor.sees(".messages", comment)
    editor.click(f"#tab-label-language_{story.source}")
    editor.write(f"description_{story.source}", f"{story.texts[story.source]['description']} {more}")
    editor.do(RESUBMIT)


def approve(reviewer: Desk, story: Story, more: str) -> None:
    reviewer.goes_home()
    reviewer.clicks = 0
    reviewer.follow(reviewer.page.locator("main").get_by_role("link", name=story.name))
    form = reviewer.page.url
    reviewer.follow("a[href*='/history/']")
    row = reviewer.page.locator("main tbody tr").filter(has_text="Beschreibung").first
    reviewer.click(row.get_by_role("button").first)
    reviewer.follow(row.get_by_role("link", name="Mit vorheriger Version vergleichen"))
    reviewer.sees("main .comparison .addition, main ins, main .addition", more)
    reviewer.clicks += 1
    reviewer.page.goto(form)
    reviewer.do(APPROVE)


def change(desk: Desk, story: Story, language: str, words: str) -> None:
    desk.click(f"#tab-label-language_{language}")
    desk.write(f"description_{language}", words)


def test_what_a_change_overtakes_is_marked_and_renewed(
    new_visitor: NewVisitor, site: Site, entries: list[str], report: Report
) -> None:
    tale = story("de", "Zeisig", "الشرشور")
    form = published(new_visitor, site, entries, tale)
    visitor = new_visitor(PHONE)
    assert NEWER not in public_text(visitor, tale.slug, "ar")

    editor, reviewer = staff(new_visitor, site, "Editor"), staff(new_visitor, site, "Reviewer")
    editor.goes_to(form)
    change(editor, tale, "de", "Jetzt auch am Samstag.")
    editor.do(SUBMIT)
    report("Change a text and submit it", editor.clicks, 4)
    assert "Samstag" not in public_text(visitor, tale.slug, "de")
    approve_changes(reviewer, tale, "Samstag")
    report("See what changes, and approve", reviewer.clicks, 5)
    assert "Samstag" in public_text(visitor, tale.slug, "de")
    assert NEWER in public_text(visitor, tale.slug, "ar")

    translator = staff(new_visitor, site, "Translator")
    renew(translator, tale, "أيضًا يوم السبت الآن.")
    report("Find what is outdated, renew it, submit", translator.clicks, 7)
    assert NEWER in public_text(visitor, tale.slug, "ar")
    approve_changes(reviewer, tale, "السبت")
    shown = public_text(visitor, tale.slug, "ar")
    assert "أيضًا يوم السبت الآن." in shown
    assert NEWER not in shown
    assert tale.texts["de"]["title"] in public_text(visitor, tale.slug, "de")
    reviewer.goes_to(form)
    expect(reviewer.page.locator("#tab-label-language_ar")).not_to_contain_text(OUTDATED)


NEWER = "أحدث من هذه الترجمة"  # newer than this translation


def approve_changes(reviewer: Desk, story: Story, word: str) -> None:
    reviewer.goes_home()
    reviewer.clicks = 0
    reviewer.follow(reviewer.page.locator("main").get_by_role("link", name=story.name))
    form = reviewer.page.url
    reviewer.follow(reviewer.page.locator(".messages").get_by_role("link", name="Was sich ändert"))
    expect(reviewer.page.locator("main .addition").filter(has_text=word).first).to_be_visible(timeout=PATIENTLY)
    reviewer.clicks += 1
    reviewer.page.goto(form)
    reviewer.do(APPROVE)


def renew(translator: Desk, story: Story, words: str) -> None:
    """From the number of the start page to the list that it counts, and to the tab that says why."""
    translator.goes_home()
    translator.clicks = 0
    translator.follow("main a[href*='listing'][href*='outdated']")
    translator.follow(translator.page.locator("td.title").get_by_role("link", name=story.name))
    assert translator.page.get_by_role("tab").count() == 5  # the languages, and nothing else
    assert translator.page.locator("[name=organisation], [name=kind]").count() == 0
    translator.sees("#tab-label-language_ar", OUTDATED)
    change(translator, story, "ar", words)
    translator.click("#tab-language_ar [name=checked_languages]")
    translator.do(SUBMIT)


def test_a_wrong_edit_is_taken_back_in_both_languages(
    new_visitor: NewVisitor, site: Site, entries: list[str], report: Report
) -> None:
    tale = story("de", "Stieglitz", "الحسون")
    form = published(new_visitor, site, entries, tale)
    visitor, reviewer = new_visitor(PHONE), staff(new_visitor, site, "Reviewer")
    before = {language: public_text(visitor, tale.slug, language) for language in tale.languages}

    reviewer.goes_to(form)
    for language, wrong in (("de", "Das ist falsch."), ("ar", "هذا خطأ.")):
        change(reviewer, tale, language, wrong)
    reviewer.do(PUBLISH)
    assert "Das ist falsch." in public_text(visitor, tale.slug, "de")
    assert "هذا خطأ." in public_text(visitor, tale.slug, "ar")

    reviewer.goes_to(form)
    reviewer.clicks = 0
    reviewer.follow("a[href*='/history/']")
    first = reviewer.page.locator("main tbody tr").filter(has_text="Erstellt")
    reviewer.click(first.get_by_role("button").first)
    reviewer.follow(first.get_by_role("link", name="Diese Version überprüfen"))
    reviewer.do("Diese Version veröffentlichen")
    report("Take a wrong edit back", reviewer.clicks, 5)
    assert {language: public_text(visitor, tale.slug, language) for language in tale.languages} == before


def test_what_was_scheduled_goes_live_and_is_found(
    new_visitor: NewVisitor, site: Site, scheduled: Scheduled
) -> None:
    time.sleep(max(0.0, (scheduled.at - datetime.now(BERLIN)).total_seconds() + 1))
    clock(site)
    visitor = new_visitor(PHONE)
    for language in scheduled.story.languages:
        assert is_public(visitor, scheduled.story.slug, language)
        assert is_found(visitor, scheduled.story, language)
