"""Pages in the admin: the same form rules, drafts, previews and workflow as every other entry."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import GroupApprovalTask, Page, Site, Task, Workflow, WorkflowPage, WorkflowTask

from directory.languages import SHIPPED
from directory.translation_state import State, state
from tests.integration.pages.making import (
    add_url,
    click,
    edit_url,
    form_at,
    home,
    page,
    stored,
)
from tests.unit.wegweiser.pages.test_videos import MP4
from wegweiser.pages.models import EasyLanguagePage, EditorialPage, HomePage, SignLanguagePage, TextPage
from wegweiser.pages.reserved import reserved

pytestmark = pytest.mark.django_db

HTML = "<p>Wir helfen.</p>"


def raw(text: str) -> str:
    """As the editor of formatted text posts it."""
    import json

    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    return json.dumps({"blocks": [block], "entityMap": {}})


def errors(response: Any) -> str:
    assert response.status_code == 200
    with translation.override("en"):
        words: str = response.context["form"].errors.as_text()
    return words


class TestSetUp:
    def test_the_tree_has_one_root_of_our_own(self) -> None:
        site = Site.objects.get()
        assert isinstance(site.root_page.specific, HomePage)
        assert site.site_name == "Wegweiser"
        assert Page.objects.filter(depth=2).count() == 1
        assert home().url == "/de/"

    def test_doing_it_again_changes_nothing(self) -> None:
        from importlib import import_module

        from django.apps import apps

        migration = import_module("wegweiser.pages.migrations.0002_first_page")
        before = home().serializable_data()
        migration.take_the_place_of_the_welcome(apps, None)
        assert home().serializable_data() == before
        assert HomePage.objects.count() == 1

    def test_what_may_stand_where(self) -> None:
        about = page()
        assert {TextPage, EasyLanguagePage, SignLanguagePage} == set(HomePage.allowed_subpage_models())
        assert TextPage.can_create_at(about)
        assert not EasyLanguagePage.can_create_at(about)
        assert not HomePage.can_create_at(home())
        assert not HomePage.can_create_at(Page.objects.get(depth=1))
        assert not EditorialPage.can_create_at(home())


class TestCreating:
    def test_a_page_takes_name_and_address_from_its_heading(self, admin: Client) -> None:
        response = click(admin, add_url(), "publish", heading_de="Über uns für Ärzte", text_de=raw("Wir helfen."))
        assert response.status_code == 302, errors(response)
        made = TextPage.objects.get()
        assert (made.title, made.draft_title, made.slug) == (("Über uns für Ärzte",) * 2) + (
            "ueber-uns-fuer-aerzte",
        )
        assert made.live
        assert "Wir helfen." in made.text_de

    def test_a_second_one_of_the_same_name_gets_another_address(self, admin: Client) -> None:
        for _time in range(2):
            click(admin, add_url(), heading_de="Über uns")
        assert set(TextPage.objects.values_list("slug", flat=True)) == {"ueber-uns", "ueber-uns-2"}

    def test_also_a_draft_needs_a_heading(self, admin: Client) -> None:
        assert "heading in at least one language" in errors(click(admin, add_url(), text_de=raw("x"), slug="x"))

    def test_a_page_only_in_arabic_needs_a_word_for_its_address(self, admin: Client) -> None:
        assert "Latin letters" in errors(click(admin, add_url(), heading_ar="من نحن"))
        assert click(admin, add_url(), "publish", heading_ar="من نحن", slug="about").status_code == 302
        assert TextPage.objects.get().title == "من نحن"

    @pytest.mark.parametrize("slug", ["impressum", "notruf", "w", "angebote", "stellen", "suche", "rechte", "de"])
    def test_addresses_of_the_site_are_taken(self, admin: Client, slug: str) -> None:
        assert slug in errors(click(admin, add_url(), heading_de="X", slug=slug))

    def test_also_one_that_comes_of_the_heading(self, admin: Client) -> None:
        assert "impressum" in errors(click(admin, add_url(), heading_de="Impressum"))

    def test_whatever_the_way(self) -> None:
        for live in (True, False):
            with pytest.raises(ValidationError, match="datenschutz"):
                page("datenschutz", live=live)

    def test_every_first_word_of_the_addresses_is_reserved(self) -> None:
        assert {
            "notruf",
            "sicherheit",
            "datenschutz",
            "impressum",
            "barrierefreiheit",
            "w",
            "rechte",
        } <= reserved()
        assert {"angebote", "stellen", "suche", "admin", "documents", "media", "static"} <= reserved()
        assert set(SHIPPED) <= reserved()
        assert "ueber-uns" not in reserved()


class TestForm:
    def test_only_the_offered_languages_are_in_it_and_the_others_stay(self, admin: Client, settings: Any) -> None:
        made = page(heading_ru="О нас", text_ru="<p>Помощь</p>", intro_pl="Krótko")
        fields = admin.get(edit_url(made)).context["form"].fields
        offered = {code for code, _name in settings.LANGUAGES}
        assert {name.removeprefix("heading_") for name in fields if name.startswith("heading_")} == offered
        click(admin, edit_url(made), "publish", heading_en="About us")
        assert (stored(made).heading_ru, stored(made).text_ru) == ("О нас", "<p>Помощь</p>")
        assert stored(made).intro_pl == "Krótko"

    def test_an_emptied_text_is_empty(self, admin: Client) -> None:
        made = page(text_en="<p>We help.</p>")
        click(admin, edit_url(made), "publish", text_en=raw(""))
        assert stored(made).text_en == ""
        assert "Wir helfen." in stored(made).text_de

    def test_an_unchanged_form_changes_no_text(self, admin: Client) -> None:
        made = page(text_de=HTML, heading_en="About us", intro_ar="نساعد")
        names = ("heading_de", "heading_en", "intro_ar", "text_ar", "text_en")
        before = [getattr(made, name) or "" for name in names]
        click(admin, edit_url(made), "publish")
        assert [getattr(stored(made), name) or "" for name in names] == before

    def test_only_plain_formatting_is_kept(self, admin: Client) -> None:
        made = page()
        click(admin, edit_url(made), "publish", text_de=raw("<script>alert(1)</script>"))
        assert "<script>" not in stored(made).text_de
        assert "&lt;script&gt;" in stored(made).text_de

    def test_who_wrote_what_is_noted(self, admin: Client) -> None:
        made = page()
        click(admin, edit_url(made), "publish", heading_en="About us", text_en=raw("We help."))
        assert state(stored(made), "en") is State.HUMAN
        assert stored(made).translation_state["en"]["by"] == "chris"

    def test_a_changed_source_outdates_the_translation(self, admin: Client) -> None:
        made = page()
        click(admin, edit_url(made), "publish", heading_en="About us")
        click(admin, edit_url(made), "publish", heading_de="Wer wir sind")
        assert state(stored(made), "en") is State.OUTDATED

    @pytest.mark.parametrize("kind", ["textpage", "easylanguagepage", "signlanguagepage"])
    def test_each_type_has_a_form_with_a_tab_for_each_language(
        self, admin: Client, kind: str, settings: Any
    ) -> None:
        html = admin.get(add_url(kind)).content.decode()
        for code, _name in settings.LANGUAGES:
            assert f'name="heading_{code}"' in html
            assert f'name="text_{code}"' in html
        assert 'name="title"' not in html

    def test_the_first_page_has_one_too(self, admin: Client) -> None:
        assert click(admin, edit_url(home()), "publish", intro_de="Von der Stadt.").status_code == 302
        assert home().intro_de == "Von der Stadt."
        assert home().slug == "home"


class TestVideo:
    def test_it_is_asked_for_before_the_page_is_published(self, admin: Client) -> None:
        words = errors(click(admin, add_url("signlanguagepage"), "publish", heading_de="DGS"))
        assert "video" in words.lower()
        assert click(admin, add_url("signlanguagepage"), heading_de="DGS", slug="dgs").status_code == 302

    def test_its_length_and_size_are_asked_for(self, admin: Client) -> None:
        given = {"heading_de": "DGS", "video_url": "https://example.org/a.mp4"}
        assert "how long" in errors(click(admin, add_url("signlanguagepage"), "publish", **given))
        assert "how large" in errors(
            click(admin, add_url("signlanguagepage"), "publish", **given, video_seconds=9)
        )

    def test_one_of_our_own(self, admin: Client) -> None:
        video = SimpleUploadedFile("Frau X.mp4", MP4, "video/mp4")
        response = click(
            admin, add_url("signlanguagepage"), "publish", heading_de="DGS", video=video, video_seconds=9
        )
        assert response.status_code == 302, errors(response)
        assert "Frau" not in SignLanguagePage.objects.get().video.name

    def test_either_or(self, admin: Client) -> None:
        video = SimpleUploadedFile("a.mp4", MP4, "video/mp4")
        both = {"heading_de": "DGS", "video": video, "video_url": "https://example.org/a.mp4", "video_seconds": 9}
        assert "not both" in errors(click(admin, add_url("signlanguagepage"), "publish", **both))

    def test_no_other_file(self, admin: Client) -> None:
        page_of_html = SimpleUploadedFile("a.mp4", b"<html>", "video/mp4")
        words = errors(click(admin, add_url("signlanguagepage"), heading_de="DGS", video=page_of_html))
        assert "MP4 or WebM" in words


class TestPreview:
    @pytest.mark.parametrize("code", ["de", "en", "ar"])
    def test_a_revision_in_each_language(self, admin: Client, code: str) -> None:
        made = page(heading_en="About us", heading_ar="من نحن", live=False)
        revision = made.save_revision()
        address = reverse("wagtailadmin_pages:revisions_view", args=[made.pk, revision.pk])
        html = admin.get(f"{address}?mode={code}").content.decode()
        expected = {"de": "Über uns", "en": "About us", "ar": "من نحن"}[code]
        assert f'<html lang="{code}"' in html
        assert f"<h1>{expected}</h1>" in html

    @pytest.mark.parametrize("code", ["de", "ar"])
    def test_what_is_being_written(self, admin: Client, code: str) -> None:
        made = page()
        address = reverse("wagtailadmin_pages:preview_on_edit", args=[made.pk])
        data = form_at(admin, edit_url(made)) | {"heading_de": "Neu", "heading_ar": "جديد"}
        assert admin.post(f"{address}?mode={code}", data).json()["is_valid"]
        response = admin.get(f"{address}?mode={code}")
        assert f"<h1>{'Neu' if code == 'de' else 'جديد'}</h1>" in response.content.decode()
        assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]

    def test_a_page_that_was_never_saved(self, admin: Client) -> None:
        data = form_at(admin, add_url()) | {"heading_de": "Neu"}
        address = reverse("wagtailadmin_pages:preview_on_add", args=["pages", "textpage", home().pk])
        assert admin.post(address, data).json()["is_valid"]
        assert "<h1>Neu</h1>" in admin.get(f"{address}?mode=de").content.decode()

    def test_every_type(self, admin: Client) -> None:
        for number, model in enumerate((EasyLanguagePage, SignLanguagePage)):
            revision = page(f"p{number}", model=model, live=False).save_revision()
            address = reverse("wagtailadmin_pages:revisions_view", args=[revision.object_id, revision.pk])
            assert admin.get(f"{address}?mode=de").status_code == 200
        revision = home().save_revision()
        address = reverse("wagtailadmin_pages:revisions_view", args=[revision.object_id, revision.pk])
        assert admin.get(f"{address}?mode=de").status_code == 200


class TestHistory:
    def test_revert_brings_all_languages_back_together(self, admin: Client) -> None:
        made = page(heading_en="About us")
        old = made.save_revision()
        click(admin, edit_url(made), "publish", heading_de="Neu", heading_en="New")
        address = reverse("wagtailadmin_pages:revisions_revert", args=[made.pk, old.pk])
        data = form_at(admin, address) | {"action-publish": "1", "revision": old.pk}
        admin.post(edit_url(made), data)
        assert (stored(made).heading_de, stored(made).heading_en) == ("Über uns", "About us")

    def test_two_states_can_be_compared(self, admin: Client) -> None:
        made = page()
        old = made.save_revision()
        made.heading_en = "About us"
        new = made.save_revision()
        address = reverse("wagtailadmin_pages:revisions_compare", args=[made.pk, old.pk, new.pk])
        assert "About us" in admin.get(address).content.decode()

    @pytest.mark.parametrize(
        "name", ["history", "usage", "workflow_history", "move", "copy", "delete", "unpublish"]
    )
    def test_its_pages_work(self, admin: Client, name: str) -> None:
        made = page()
        assert admin.get(reverse(f"wagtailadmin_pages:{name}", args=[made.pk])).status_code == 200

    def test_the_tree_is_shown(self, admin: Client) -> None:
        page()
        assert "Über uns" in admin.get(reverse("wagtailadmin_explore", args=[home().pk])).content.decode()


class TestWorkflow:
    def test_it_goes_public_when_somebody_approves(self, admin: Client, chris: User) -> None:
        Workflow.objects.all().delete()
        Task.objects.all().delete()
        workflow = Workflow.objects.create(name="Look", active=True)
        task = GroupApprovalTask.objects.create(name="Look", active=True)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
        WorkflowPage.objects.create(workflow=workflow, page=home())
        made = page(live=False)
        click(admin, edit_url(made), "submit", heading_en="About us")
        waiting = stored(made).current_workflow_state
        assert waiting is not None
        assert not stored(made).live
        waiting.current_task_state.approve(user=chris)
        assert stored(made).live
        assert stored(made).heading_en == "About us"


def test_without_accounts_there_are_no_private_pages(admin: Client) -> None:
    made = page()
    html = admin.get(reverse("wagtailadmin_pages:set_privacy", args=[made.pk])).content.decode()
    assert "password" not in html.lower().replace("password_reset", "")
