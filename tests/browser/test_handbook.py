"""The pictures of the guide for editors. To make them anew: HANDBOOK=write, and run this file."""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from tests.browser.conftest import Site, visiting
from tests.browser.desk import LISTINGS, LOCALES, PATIENTLY, Desk
from tests.browser.test_accessibility import findings
from wegweiser.handbook.chapters import CHAPTERS, LANGUAGES

FOLDER = Path(__file__).resolve().parents[2] / "site/wegweiser/static/wegweiser/handbook"
SIZE = (1200, 800)
AT_MOST = 60_000  # bytes of a picture
AIR = 16  # pixels
SUBMIT = "In Review einreichen"
HOURS = "Mo-Fr 09:00-12:00; We 14:00-18:00; PH off"
WRITTEN, CHANGED, TURKISH = "Sprechstunde Rotkehlchen", "Sprechstunde Amsel", "Kızılgerdan danışma saati"
TEXTS = {
    "helps_with": "Hilft, wenn eine Behörde Sie abweist.",
    "description": "Wir lesen Ihren Bescheid und schreiben mit Ihnen eine Antwort.",
}
LATER = f"{TEXTS['description']} Jetzt auch am Samstag."


class Studio:
    """Somebody of each role in each language, an entry to write, and one with a change that waits for review."""

    def __init__(self, site: Site, browser: Browser, stack: ExitStack) -> None:
        self.site = site
        self.browser = browser
        self.stack = stack
        self.desks: dict[tuple[str, str], Desk] = {}
        self.entry = ""
        self.changed = ""

    def desk(self, role: str, language: str) -> Desk:
        if (role, language) not in self.desks:
            options: dict[str, Any] = {"javascript": True, "locale": LOCALES[language]}
            visitor = self.stack.enter_context(visiting(self.site, self.browser, SIZE, **options))
            # Wagtail remembers which panel stood open at the side, and would show it in the next picture.
            visitor.context.add_init_script("try { localStorage.clear() } catch { }")
            self.desks[role, language] = Desk(visitor, self.site, role, language)
        return self.desks[role, language]

    def prepare(self) -> None:
        self.entry = self.make(WRITTEN)
        self.changed = self.make(CHANGED)
        editor = self.desk("Editor", "de")
        editor.goes_to(self.changed)
        editor.write_all("de", {"description": LATER})
        editor.do(SUBMIT)

    def make(self, title: str) -> str:
        reviewer = self.desk("Reviewer", "de")
        reviewer.goes_to(f"{LISTINGS}add/")
        options = reviewer.page.locator("[name=organisation] option")
        reviewer.choose("organisation", options.nth(1).get_attribute("value") or "")
        reviewer.choose("kind", "counselling")
        reviewer.choose("audience", "affected")
        reviewer.write_all("de", {"title": title, **TEXTS})
        reviewer.write_all("tr", {"title": TURKISH})
        reviewer.do("Veröffentlichen")
        return reviewer.page.locator(".messages a[href*='/edit/']").first.get_attribute("href") or ""

    def clear(self) -> None:
        reviewer = self.desk("Reviewer", "de")
        for entry in (self.entry, self.changed):
            reviewer.goes_to(entry.replace("/edit/", "/delete/"))
            reviewer.follow("main form [type=submit]")


@pytest.fixture(scope="module")
def studio(site: Site, browser: Browser) -> Iterator[Studio]:
    with ExitStack() as stack:
        made = Studio(site, browser, stack)
        made.prepare()
        yield made
        made.clear()


class Shot:
    """A page of its own, so that nothing unsaved asks to be kept."""

    def __init__(self, studio: Studio, language: str) -> None:
        self.studio = studio
        self.language = language
        self.entry = studio.entry
        self.page: Page = studio.desk("Reviewer", language).page

    def open(self, path: str, role: str = "Reviewer") -> Page:
        desk = self.studio.desk(role, self.language)
        self.page = desk.page.context.new_page()
        self.page.goto(desk.site.url + path, wait_until="networkidle")
        return self.page

    def shows(self, *targets: str | Locator) -> Locator:
        found = [self.page.locator(target) if isinstance(target, str) else target for target in targets]
        for each in found:
            expect(each.first).to_be_visible(timeout=PATIENTLY)
        return found[0].first

    def word(self, german: str, english: str) -> str:
        return german if self.language == "de" else english

    def button(self, german: str, english: str) -> Locator:
        return self.page.get_by_role("button", name=self.word(german, english), exact=True).first


def sign_in(shot: Shot) -> Locator | None:
    context = shot.studio.browser.new_context(
        locale=LOCALES[shot.language], viewport={"width": 800, "height": 600}
    )
    shot.studio.stack.callback(context.close)
    shot.page = context.new_page()
    shot.page.goto(f"{shot.studio.site.url}/admin/login/", wait_until="networkidle")
    shot.shows("[name=login]", "[name=password]", "button[type=submit]")
    return None


def start(shot: Shot) -> None:
    shot.open("/admin/")
    shot.shows(shot.page.locator("main").get_by_role("link", name=CHANGED))
    shot.shows("main a strong")


def write(shot: Shot) -> None:
    shot.open(shot.entry, "Editor")
    shot.shows("#tab-label-language_de", "#tab-label-language_ar", "[name=organisation]", "[name=kind]")


def hours(shot: Shot) -> Locator:
    page = shot.open(shot.entry, "Editor")
    page.get_by_role("tab", name=shot.word("Kontakte und Orte", "Contacts and places")).click()
    field = page.locator("[name=opening_hours]")
    field.fill(HOURS)
    panel = page.locator(".w-panel").filter(has=field).last
    shot.shows(panel.get_by_text(shot.word("Mittwoch", "Wednesday")))
    panel.evaluate("panel => panel.scrollIntoView({block: 'center'})")
    return panel


def preview(shot: Shot) -> None:
    page = shot.open(shot.entry, "Editor")
    shot.button("Vorschau umschalten", "Toggle preview").click()
    frame = page.frame_locator("iframe.w-preview__iframe, iframe[title]").first
    expect(frame.locator("main h1")).to_have_text(WRITTEN, timeout=PATIENTLY)  # before it, a choice is lost
    page.locator("[name=preview_mode]").select_option(f"card:{shot.language}")
    expect(frame.locator("main .card h3")).to_have_text(WRITTEN, timeout=PATIENTLY)


def translate(shot: Shot) -> None:
    shot.open(shot.entry, "Translator").locator("#tab-label-language_tr").click()
    shot.shows("#tab-language_tr .language-state", "#tab-language_tr .source-text", "[name=title_tr]")


def workbooks(shot: Shot) -> None:
    shot.open("/admin/translations/", "Translator")
    shot.shows("main a[href='/admin/translations/uk/']")


def difference(shot: Shot) -> None:
    page = shot.open(shot.studio.changed)
    page.locator(".messages a").first.click()
    shot.shows(page.locator("main tr").filter(has_text="Samstag"), "main .addition")


def review(shot: Shot) -> None:
    shot.open(shot.studio.changed)
    shot.button("Mehr Aktionen", "More actions").click()
    shot.shows(
        shot.button("Änderungen anfordern", "Request changes"),
        shot.button("Freigeben und Veröffentlichen", "Approve and Publish"),
        ".messages",
    )


def history(shot: Shot) -> None:
    shot.open(shot.studio.changed.replace("/edit/", "/history/"))
    shot.shows(shot.page.locator("main tbody tr").nth(2))


def entries(shot: Shot) -> None:
    page = shot.open(LISTINGS)
    shot.button("Filter anzeigen", "Show filters").click()
    shot.shows("td.title a", page.locator(".w-drilldown__menu, .w-drilldown").last)


def term(shot: Shot) -> None:
    page = shot.open("/admin/snippets/directory/term/?q=rassis")
    page.goto(shot.studio.site.url + (page.locator("td.title a").first.get_attribute("href") or ""))
    page.wait_for_load_state("networkidle")
    shot.shows("[name=slug]", "[name=synonyms]")


def deadlines(shot: Shot) -> None:
    shot.open("/admin/snippets/referrals/deadline/")
    shot.shows("td.title a")


def text_page(shot: Shot) -> None:
    page = shot.open("/admin/pages/", "Editor")
    home = page.locator("main td a[href$='/edit/']").first.get_attribute("href") or ""
    page.goto(shot.studio.site.url + home.removesuffix("edit/"))
    page.goto(shot.studio.site.url + (page.locator("main td a[href$='/edit/']").first.get_attribute("href") or ""))
    shot.shows("[role=tab]", "[name^=heading], [name^=title]")


def pictures(shot: Shot) -> None:
    page = shot.open("/admin/images/add/", "Editor")
    bird = io.BytesIO()
    Image.new("RGB", (400, 300), (40, 110, 90)).save(bird, "JPEG")
    file = FilePayload(name="amsel.jpg", mimeType="image/jpeg", buffer=bird.getvalue())
    page.locator("input[type=file]").first.set_input_files(file)
    shot.shows("li.upload-success form, form [name*=title]")


SCREENS: dict[str, Callable[[Shot], Locator | None]] = {
    "sign-in": sign_in,
    "start": start,
    "write": write,
    "hours": hours,
    "preview": preview,
    "translate": translate,
    "workbooks": workbooks,
    "difference": difference,
    "review": review,
    "history": history,
    "list": entries,
    "term": term,
    "deadlines": deadlines,
    "page": text_page,
    "pictures": pictures,
}


OURS = ("difference", "history", "hours", "pictures")  # that no other test holds against axe


def test_every_screen_of_the_guide_is_pictured() -> None:
    assert list(SCREENS) == [screen for chapter in CHAPTERS.values() for screen in chapter.screens]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_shows_what_the_guide_says(studio: Studio, screen: str, language: str, tmp_path: Path) -> None:
    shot = Shot(studio, language)
    part = SCREENS[screen](shot)
    assert shot.page.locator("html").get_attribute("lang") == language
    if screen in OURS and language == "de":
        assert findings(shot.page) == []
    shot.page.evaluate("document.fonts.ready")
    taken = shot.page.screenshot(animations="disabled", caret="hide", **clip(part))
    shot.page.close()
    folder = (FOLDER if os.environ.get("HANDBOOK") == "write" else tmp_path) / language
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{screen}.png"
    keep(Image.open(io.BytesIO(taken)), path)
    assert path.stat().st_size < AT_MOST


def clip(part: Locator | None) -> dict[str, Any]:
    """A part of the screen, with some air around it."""
    box = part.bounding_box() if part else None
    if box is None:
        return {}
    around = {"x": box["x"] - AIR, "y": box["y"] - AIR, "width": box["width"] + 2 * AIR}
    return {"clip": {**around, "height": box["height"] + 2 * AIR}}


def keep(picture: Image.Image, path: Path) -> None:
    assert len(picture.convert("RGB").getcolors(maxcolors=1 << 20) or []) > 50  # text is on it
    picture.convert("RGB").quantize(64).save(path, optimize=True)
