"""A draft is previewed as its public page, in each enabled language (B8: Wagtail alone always shows one)."""

import pytest
from django.test import Client

from directory.models import ContactPoint, OrganisationContact
from tests.integration.directory.making import listing, organisation
from tests.integration.editing.posting import form_on, shown, url

pytestmark = pytest.mark.django_db

TEXTS = {
    "title_de": "Deutscher Titel",
    "title_en": "English title",
    "title_ar": "عنوان",
    "description_de": "Auf Deutsch.",
    "description_en": "In English.",
}
LANGUAGES = [("de", "ltr", "Deutscher Titel"), ("en", "ltr", "English title"), ("ar", "rtl", "عنوان")]
each_language = pytest.mark.parametrize(("code", "direction", "title"), LANGUAGES)


@each_language
def test_an_unsaved_edit(admin: Client, code: str, direction: str, title: str) -> None:
    entry = listing(**TEXTS, live=False)
    address = url("listing", "preview_on_edit", entry.pk)
    typed = shown(form_on(url("listing", "edit", entry.pk))) | {"title_de": "Deutscher Titel"}
    assert admin.post(address, typed).json()["is_valid"]
    page = admin.get(address, {"mode": code})
    assert page.status_code == 200
    html = page.content.decode()
    assert f'lang="{code}"' in html.partition("<head")[0]
    assert f'dir="{direction}"' in html.partition("<head")[0]
    assert title in html


@each_language
def test_a_revision(admin: Client, code: str, direction: str, title: str) -> None:
    entry = listing(live=False)
    for name, text in TEXTS.items():
        setattr(entry, name, text)
    entry.contacts.add(ContactPoint(kind="phone", value="0211 8991234"))
    draft = entry.save_revision()
    page = admin.get(url("listing", "revisions_view", entry.pk, draft.pk), {"mode": code})
    html = page.content.decode()
    assert f'lang="{code}"' in html.partition("<head")[0]
    assert title in html
    assert "tel:+492118991234" in html


def test_an_organisation(admin: Client) -> None:
    house = organisation(live=False, name_en="House")
    house.contacts.add(OrganisationContact(kind="phone", value="0211 8991234"))
    draft = house.save_revision()
    address = url("organisation", "revisions_view", house.pk, draft.pk)
    page = admin.get(address, {"mode": "en"}).content.decode()
    assert "House" in page
    assert "tel:+492118991234" in page


def test_the_modes_are_the_enabled_languages() -> None:
    assert [code for code, _name in listing().preview_modes] == ["de", "en", "ar"]


def test_it_may_stand_in_a_frame_of_the_admin_and_nowhere_else(admin: Client) -> None:
    entry = listing()
    address = url("listing", "preview_on_edit", entry.pk)
    admin.post(address, shown(form_on(url("listing", "edit", entry.pk))))
    page = admin.get(address)
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_nobody_else_sees_it() -> None:
    entry = listing(live=False)
    draft = entry.save_revision()
    assert Client().get(url("listing", "revisions_view", entry.pk, draft.pk)).status_code == 302
