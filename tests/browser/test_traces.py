"""A marked answer in every field, a browser with a profile on disk, a talkative server: nothing stays anywhere."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from tests.browser.conftest import Site
from tests.browser.traces import BODY, House, Walker, carriers, house, walking
from tests.browser.watcher import BREAK, LEAK

Walk = Callable[[Walker], None]
BROKEN = (("", "form.search"), ("w/", "form.guide"), ("fachkraefte/", "form.situation"))  # page and its form
pytestmark = pytest.mark.timeout(400)
LEAKED = {
    *("History", "Sessions", "Cache", "Local Storage", "Web Data", "cookies"),
    *("log", "database", "mail", "other site", "referrer"),
}
with_and_without_scripts = pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])


@pytest.fixture(scope="module")
def watched(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(site.folder, tmp_path_factory.mktemp("watched") / "data") as found:
        yield found


@pytest.fixture(autouse=True)
def in_order(watched: House) -> Iterator[None]:
    yield
    watched.order("")


def search(walker: Walker) -> None:
    walker.open()
    walker.answer("form.search")
    walker.submit(walker.page.locator("form.search button.main"))


def ask_by_concern(walker: Walker) -> None:
    walker.open()
    walker.submit(walker.page.locator(".tile").first)
    answer_all(walker)


def answer_all(walker: Walker) -> Page:
    walker.answer("form.guide")
    return walker.submit(walker.page.locator("form.guide button.main"))


def ask_and_change(walker: Walker) -> None:
    """The guide, another language in the middle of it and on the result, and answers that change."""
    walker.open("w/")
    walker.answer("form.guide")
    switch(walker, "en")
    page = answer_all(walker)
    switch(walker, walker.language)
    walker.submit(page.locator("main button[value=change]"))
    answer_all(walker)


def switch(walker: Walker, language: str) -> None:
    walker.page.locator("details.language > summary").click()
    walker.submit(walker.page.locator(f"details.language li [lang={language}]"))


def read_elsewhere(walker: Walker) -> None:
    """From the result to a website that stands there."""
    link = walker.page.locator(f"main a[href^='{walker.house.sink.url}']").first
    link.evaluate("link => link.closest('details')?.setAttribute('open', '')")
    walker.submit(link)
    assert walker.page.url.startswith(walker.house.sink.url)


def take_a_slip(walker: Walker) -> None:
    walker.open("w/")
    answer_all(walker)
    page = walker.submit(walker.page.locator("main button[formaction$='/w/zettel/']").first)
    walker.answer("form.slip")
    switch(walker, "en")
    walker.submit(page.locator("form.slip button").last)
    walker.submit(page.locator("button[form=result]"))


def ask_for_a_call(walker: Walker) -> None:
    page = walker.submit(walker.page.locator("main button[formaction$='/w/rueckruf/']").first)
    walker.answer("form.callback")
    walker.settle()  # nobody fills in that form in less than two seconds
    mails = len(walker.house.mails())
    walker.submit(page.locator("form.callback button.main"))
    [mail] = walker.house.mails()[mails:]
    assert f"To: {BODY}" in mail


def ask_as_professional(walker: Walker) -> None:
    walker.open("fachkraefte/")
    walker.answer("form.situation")
    walker.submit(walker.page.locator("form.situation button.main"))


def ask_of_broken_views(walker: Walker) -> None:
    """The error page and what the operator reads of it know the place, and nothing of the person."""
    for path, form in BROKEN:
        walker.open(path)
        walker.answer(form)
        walker.house.order(BREAK)
        walker.submit(walker.page.locator(f"{form} button.main"), status=500)
        walker.house.order("")
    assert walker.house.log().count("tests.browser.watcher.BrokenError") >= len(BROKEN)


def leave(walker: Walker) -> None:
    walker.open("w/")
    answer_all(walker)
    walker.submit(walker.page.locator("a.exit"))
    assert walker.page.url == f"{walker.house.sink.url}/weather"


WALKS: tuple[Walk, ...] = (
    leave,  # first, for it clears the cache
    *(search, ask_by_concern, ask_and_change, read_elsewhere, take_a_slip, ask_for_a_call, ask_as_professional),
    ask_of_broken_views,
)


@pytest.mark.parametrize("language", ["de", "ar"])
@with_and_without_scripts
def test_a_visit_leaves_nothing(
    playwright: Playwright, watched: House, tmp_path: Path, language: str, javascript: bool
) -> None:
    before = watched.rows()
    with walking(playwright, watched, tmp_path, language, javascript=javascript) as walker:
        for walk in WALKS:
            walk(walker)
    assert carriers(walker, tmp_path, before) == {}


def test_whatever_leaks_is_found(playwright: Playwright, watched: House, tmp_path: Path) -> None:
    """The same search for traces, after a visit to a site that leaks into each carrier."""
    before = watched.rows()
    watched.order(LEAK)
    with walking(playwright, watched, tmp_path, "de") as walker:
        for walk in (ask_by_concern, search):
            walk(walker)
        walker.submit(walker.page.locator("#away"))
    found = carriers(walker, tmp_path, before)
    kinds = {re.sub(r"^browser Default/([\w ]+)(/.*)?$", r"\1", carrier) for carrier in found}
    assert kinds >= LEAKED
