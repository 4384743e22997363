"""Slip, call-back and poster in a real browser: what they leave behind, and what comes out on paper."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, NewVisitor, Site, Visitor, environment_of
from tests.browser.pages import a_result, a_slip

CANARY = "kanarienvogel"
ADDRESS = "rueckruf@example.org"
SHOW = """slug = 'dus-obr'; from directory.models import Listing; found = Listing.objects.get(slug=slug)
found.callback_email = %r; found.save()"""


def set_address(site: Site, address: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "wegweiser", "shell", "-c", SHOW % address],
        env=environment_of(site.folder), capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.fixture
def agreed(site: Site) -> Iterator[None]:
    set_address(site, ADDRESS)
    yield
    set_address(site, "")


def mails(site: Site) -> list[str]:
    folder = site.folder / "mail"
    return [path.read_text() for path in folder.iterdir()] if folder.exists() else []


def shown(page: Page, selector: str) -> list[str]:
    return [each.inner_text() for each in page.locator(selector).all() if each.is_visible()]


class TestSlip:
    @pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
    def test_a_box_takes_its_fact_off_the_paper_at_once(self, new_visitor: NewVisitor, javascript: bool) -> None:
        page = a_slip(new_visitor(PHONE, javascript=javascript), "ar")
        before, aloud = shown(page, ".paper tbody tr"), shown(page, ".aloud")
        assert page.locator(".code").is_visible()
        page.locator("#f1").uncheck()
        assert shown(page, ".paper tbody tr") == before[1:]
        assert not page.locator(".code").is_visible()  # it still holds what was taken off
        assert page.locator(".outdated").is_visible()
        page.locator("#f1").check()
        assert page.locator(".code").is_visible()
        assert shown(page, ".aloud") == aloud

    def test_the_language_is_left_out_of_the_sentence_too(self, visitor: Visitor) -> None:
        page = a_slip(visitor, "ar")
        assert "bitte mit Dolmetschung" in shown(page, ".aloud")[0]
        box = page.locator("label", has_text="اللغة").first.get_attribute("for")
        page.locator(f"#{box}").uncheck()
        assert "Arabisch" not in shown(page, ".aloud")[0]
        assert "Dolmetschung" not in shown(page, ".aloud")[0]

    def test_another_body_has_its_name_on_it(self, visitor: Visitor) -> None:
        page = a_slip(visitor, "de")
        labels = [each.inner_text() for each in page.locator("input[name=body] + label").all()]
        assert len(labels) > 1
        page.locator("#b2").check()
        (receiver,) = shown(page, ".receiver")
        assert receiver.startswith(labels[1])

    def test_another_language_keeps_the_answers(self, visitor: Visitor) -> None:
        page = a_slip(visitor, "de")
        german = shown(page, ".paper td[lang=de]")
        page.locator(".language summary").click()
        page = visitor.follow(".language button[lang=tr]")
        assert shown(page, ".paper td[lang=de]")[: len(german)] == german
        assert page.locator("html").get_attribute("lang") == "tr"

    def test_the_way_back_leads_to_the_result(self, visitor: Visitor) -> None:
        page = a_result(visitor, "de")
        first = shown(page, ".first-bodies h3")
        visitor.follow(".answers button[formaction$='/w/zettel/']")
        page = visitor.follow("button[form=result]")
        assert shown(page, ".first-bodies h3") == first

    @pytest.mark.parametrize("language", ["de", "ar"])
    def test_on_paper_stand_the_facts_and_nothing_else(
        self, new_visitor: NewVisitor, language: str, tmp_path: Path
    ) -> None:
        page = a_slip(new_visitor(DESK), language)
        page.locator("#f1").uncheck()
        page.emulate_media(media="print")
        visible = page.evaluate(
            "() => [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && e.getClientRects()"
            ".length && !e.closest('.paper, .hidden') && !e.querySelector('.paper') && e.innerText?.trim())"
            ".map(e => e.outerHTML.slice(0, 80))"
        )
        assert visible == []
        assert not page.locator(".outdated").is_visible()
        assert pages_of(page, tmp_path) == 1


def pages_of(page: Page, folder: Path) -> int:
    """Sheets of A4 that the printer would take."""
    path = folder / "printed.pdf"
    page.pdf(path=path, format="A4")
    if keep := os.environ.get("PRINTED"):
        (Path(keep) / f"{os.urandom(3).hex()}.pdf").write_bytes(path.read_bytes())
    return len(re.findall(rb"/Type\s*/Page\b", path.read_bytes()))


class TestCallBack:
    def test_what_was_written_is_in_one_mail_and_nowhere_else(
        self, new_visitor: NewVisitor, site: Site, agreed: None
    ) -> None:
        visitor = new_visitor(PHONE)
        a_result(visitor, "de")
        page = visitor.follow("button[formaction$='/w/rueckruf/']")
        page.locator("[name=who]").fill(CANARY)
        page.locator("[name=mail]").fill(f"{CANARY}@example.org")
        page.locator("[name=number]").fill("123")
        page.locator("[name=agreed]").check()
        page = visitor.follow("button.main[name=send]")  # an error first: it keeps what was typed
        assert page.locator("[name=who]").input_value() == CANARY
        page.locator("[name=number]").fill("0211 4567890")
        page.wait_for_timeout(2100)  # nobody is faster
        page = visitor.follow("button.main[name=send]")
        assert page.locator("input[name=who]").count() == 0
        holding = [mail for mail in mails(site) if CANARY in mail]
        assert len(holding) == 1
        assert f"To: {ADDRESS}" in holding[0]
        assert CANARY not in page.content()
        addresses = [request.url for request in visitor.requests] + visitor.history()
        assert not [address for address in addresses if CANARY in address or "?" in address]
        kept = files_with(site.folder, CANARY)
        assert [path.parent for path in kept] == [site.folder / "mail"]  # beside other tests' mails

    def test_enter_sends_and_does_not_change_the_language(self, new_visitor: NewVisitor, agreed: None) -> None:
        visitor = new_visitor(DESK)
        a_result(visitor, "de")
        page = visitor.follow("button[formaction$='/w/rueckruf/']")
        page.locator("[name=who]").fill(CANARY)
        with page.expect_navigation():
            page.locator("[name=who]").press("Enter")
        assert page.locator("html").get_attribute("lang") == "de"
        assert page.locator(".wrong").count() > 0


def files_with(folder: Path, word: str) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]


class TestPoster:
    @pytest.mark.parametrize("language", ["de", "ar"])
    @pytest.mark.parametrize("query", ["", "?thema=violence&nummern=1", "?sprachen=alle&thema=school&nummern=1"])
    def test_it_fits_on_one_page(self, new_visitor: NewVisitor, language: str, query: str, tmp_path: Path) -> None:
        page = new_visitor(DESK).open(f"aushang/{query}", language)
        assert pages_of(page, tmp_path) == 1

    def test_choosing_shows_another_one(self, visitor: Visitor) -> None:
        page = visitor.open("aushang/")
        page.locator("#thema").select_option("school")
        page.locator("#nummern").check()
        page = visitor.follow("form.choosing button.main")
        assert page.locator(".numbers dt").count() > 0
        assert page.locator(".about").count() > 0
