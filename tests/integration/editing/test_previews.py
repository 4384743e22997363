"""A draft is previewed as its public page, in each enabled language (B8: Wagtail alone always shows one)."""

from typing import Any

import pytest
from django.test import Client
from django.test.utils import override_settings
from django.utils import translation

from directory.models import Area, ContactPoint, OrganisationContact, Term
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
    assert "/eigene/" not in page, "nobody could look after it there yet"


CARDS = ["card:de", "card:en", "card:ar"]


@override_settings(LANGUAGES=[("de", "Deutsch"), ("en", "English"), ("ar", "العربية")])
def test_the_modes_are_the_enabled_languages_as_page_and_as_card() -> None:
    with translation.override("en"):
        entry = listing()
        modes = dict(entry.preview_modes)
    assert list(modes) == ["de", "en", "ar", *CARDS]
    assert (modes["de"], modes["card:ar"]) == ("Deutsch: page", "العربية: card")
    assert [code for code, _name in entry.organisation.preview_modes] == ["de", "en", "ar"]


@pytest.mark.parametrize("entry", [Term(), Area()])
def test_what_has_no_page_of_its_own_has_no_preview(entry: Term | Area) -> None:
    assert entry.preview_modes == []


class TestCard:
    def draft(self, slug: str = "advice", **values: Any) -> Any:
        entry = listing(slug, live=False)
        for name, text in {**TEXTS, **values}.items():
            setattr(entry, name, text)
        entry.contacts.add(ContactPoint(kind="phone", value="0211 8991234"))
        return entry, entry.save_revision()

    def page(self, client: Client, code: str, **values: Any) -> str:
        entry, draft = self.draft(**values)
        page = client.get(url("listing", "revisions_view", entry.pk, draft.pk), {"mode": f"card:{code}"})
        assert page.status_code == 200
        return page.content.decode()

    @each_language
    def test_in_each_language_with_the_rows_of_the_draft(
        self, admin: Client, code: str, direction: str, title: str
    ) -> None:
        html = self.page(admin, code)
        assert f'lang="{code}" dir="{direction}"' in html.partition("<head")[0]
        assert '<article class="card' in html
        assert title in html
        assert "tel:+492118991234" in html

    def test_what_a_machine_wrote_is_marked(self, admin: Client) -> None:
        noted = {"en": {"state": "machine"}}
        marked = self.page(admin, "en", translation_state=noted)
        assert marked.count("machine") > self.page(admin, "en", slug="other").count("machine")

    def test_a_link_to_its_page_only_where_there_is_one(self, admin: Client) -> None:
        assert "/angebote/advice/" not in self.page(admin, "de")
        entry = listing("public")
        draft = entry.save_revision()
        address = url("listing", "revisions_view", entry.pk, draft.pk)
        assert "/de/angebote/public/fehler/" in admin.get(address, {"mode": "card:de"}).content.decode()

    def test_an_unsaved_edit(self, admin: Client) -> None:
        entry = listing(**TEXTS)
        address = url("listing", "preview_on_edit", entry.pk)
        typed = shown(form_on(url("listing", "edit", entry.pk))) | {"title_en": "Quite new"}
        assert admin.post(address, typed).json()["is_valid"]
        assert "Quite new" in admin.get(address, {"mode": "card:en"}).content.decode()


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
