"""A member sees the draft as visitors would, in every language, while visitors see what was approved."""

from typing import Any

import pytest
from django.test import Client

from directory.models import Listing
from tests.integration.directory.making import find, stored
from tests.integration.members.making import changed, codes, complete, member, page, signed_in
from wegweiser import roles

pytestmark = pytest.mark.django_db
PREVIEW = "/konto/eintrag/advice/vorschau"


@pytest.fixture
def asel(db: None) -> Client:
    roles.install()
    codes()
    found = member("house", language="en")
    changed(complete("advice"), title_de="Entwurf", title_ar="مسودة", helps_with_ar="تساعد")
    return signed_in(found)


@pytest.mark.parametrize("way", ["seite", "karte"])
@pytest.mark.parametrize(("language", "words"), [("de", "Entwurf"), ("ar", "مسودة"), ("tr", "Entwurf")])
def test_the_draft_in_a_language(asel: Client, way: str, language: str, words: str) -> None:
    shown = page(asel, f"{PREVIEW}/{way}/{language}/")
    assert words in shown
    assert f'<html lang="{language}"' in shown
    assert "Entwurf" not in Client().get("/de/angebote/advice/").content.decode()


def test_the_words_around_it_are_in_the_members_own_language(asel: Client) -> None:
    shown = page(asel, f"{PREVIEW}/seite/ar/")
    assert '<html lang="ar" dir="rtl">' in shown
    bar = shown[shown.index('class="preview-bar') :]
    assert 'lang="en" dir="ltr"' in bar[:120]
    assert "Back to the entry" in bar


def test_every_language_and_both_ways_are_one_click_away(asel: Client) -> None:
    shown = page(asel, f"{PREVIEW}/seite/de/")
    for code in ("de", "en", "tr", "ar", "uk"):
        assert f"{PREVIEW}/seite/{code}/" in shown
    assert f"{PREVIEW}/karte/de/" in shown
    assert shown.count('aria-current="page"') == 2


def test_a_preview_is_no_page_for_search_engines_and_no_cache(asel: Client) -> None:
    response = asel.get(f"{PREVIEW}/seite/de/")
    html = response.content.decode()
    assert '<meta name="robots" content="noindex">' in html
    assert "hreflang=" not in html.split("</head>")[0]
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("rest", ["seite/pl/", "seite/xx/", "kopf/de/"])
def test_what_is_not_offered_does_not_exist(asel: Client, rest: str) -> None:
    assert asel.get(f"{PREVIEW}/{rest}").status_code == 404


def test_looking_changes_nothing(asel: Client) -> None:
    page(asel, f"{PREVIEW}/seite/tr/")
    shown = page(asel, "/konto/eintrag/advice/")
    assert "<p>Not sent yet: Name and description</p>" in shown


def public_links(html: str) -> set[str]:
    """From the entry itself, not from what stands around it."""
    (shown,) = [part.partition("</article>")[0] for part in html.split("<article")[1:]]
    addresses = (part.partition('"')[0] for part in shown.split('href="')[1:])
    return {address for address in addresses if address.startswith("/de/")}


def hide(*, organisation: bool = False) -> None:
    entry: Any = find(Listing, "advice")
    hidden = entry.organisation if organisation else entry
    hidden.live = False
    hidden.save()


@pytest.mark.parametrize("way", ["seite", "karte"])
@pytest.mark.parametrize("organisation", [True, False])
def test_no_link_of_an_entry_that_is_not_public_leads_nowhere(asel: Client, way: str, organisation: bool) -> None:
    hide(organisation=organisation)
    html = page(asel, f"{PREVIEW}/{way}/de/")
    assert not [each for each in public_links(html) if Client().get(each).status_code != 200]
    assert "/angebote/advice/" not in html
    assert "Fehler melden" not in html
    assert "Preview." in html


@pytest.mark.parametrize("way", ["seite", "karte"])
def test_the_links_of_a_public_entry_are_there(asel: Client, way: str) -> None:
    html = page(asel, f"{PREVIEW}/{way}/de/")
    links = public_links(html)
    assert "/de/angebote/advice/fehler/" in links
    assert all(Client().get(each).status_code == 200 for each in links)


@pytest.mark.parametrize("way", ["seite", "karte"])
def test_nobody_is_asked_for_a_call_in_the_name_of_an_entry_that_is_not_public(asel: Client, way: str) -> None:
    changed(stored(find(Listing, "advice")), callback_email="team@example.org")
    address = f"{PREVIEW}/{way}/de/"
    assert 'action="/de/w/rueckruf/"' in page(asel, address)
    hide()
    html = page(asel, address)
    assert 'type="button" disabled>Um einen Anruf bitten</button>' in html
    assert "/w/rueckruf/" not in html


def test_the_name_that_a_draft_will_have_is_no_address_yet(asel: Client) -> None:
    changed(stored(find(Listing, "advice")), slug="later")
    assert "/angebote/" not in page(asel, f"{PREVIEW}/karte/de/")
