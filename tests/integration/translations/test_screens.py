"""The screens of staff: counts that lead to texts, a file out, a file in after a preview, the machine."""

import os
import re
import time
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as active
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import Settings
from wagtail.users.models import UserProfile

from directory import translation_state
from directory.editing import uploads
from directory.models import Listing
from directory.translation_state import State
from tests.integration.directory.making import person, stored, superuser
from tests.integration.translations.filling import NAME, TITLE, export, fill, spoil

pytestmark = pytest.mark.django_db

OVERVIEW = "/admin/translations/"
ENGLISH = "/admin/translations/en/"


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path) -> None:
    Path(active.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    settings.DATA_DIR = tmp_path / "data"


def signed_in(user: User) -> Client:
    UserProfile.objects.get_or_create(user=user, defaults={"preferred_language": "en"})
    client = Client()
    client.force_login(user)
    return client


def staff(name: str, *permissions: str) -> Client:
    user = person(name, *permissions)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return signed_in(user)


@pytest.fixture
def admin(db: None) -> Client:
    return signed_in(superuser("chris"))


def send(client: Client, path: Path, language: str = "en") -> Any:
    file = SimpleUploadedFile("book.xlsx", path.read_bytes())
    return client.post(f"/admin/translations/{language}/import/", {"file": file})


def confirm(client: Client, preview: Any, language: str = "en") -> Any:
    address = f"/admin/translations/{language}/import/confirm/"
    return client.post(address, {"token": preview.context["token"]}, follow=True)


def said(response: Any) -> str:
    return " ".join(str(message).strip() for message in response.context["messages"])


def kept() -> list[str]:
    folder = active.DATA_DIR / "uploads"
    return [path.name for path in folder.iterdir()] if folder.exists() else []


class TestOverview:
    def test_each_language_with_its_counts(self, entry: Listing, admin: Client) -> None:
        entry.title_en = "Advice"
        translation_state.note(entry, "en", state=State.CHECKED, by="x")
        entry.save()
        languages = {each["language"].code: each for each in admin.get(OVERVIEW).context["languages"]}
        assert list(languages) == ["en", "tr", "ar", "uk"]  # everything is written in German
        numbers = {str(count.state): count.number for count in languages["en"]["counts"]}
        assert numbers == {"missing": 3, "machine": 0, "human": 0, "checked": 1, "outdated": 0}
        assert languages["en"]["all"] == 4

    def test_a_number_leads_to_its_texts(self, entry: Listing, admin: Client) -> None:
        page = admin.get(OVERVIEW).content.decode()
        (link,) = re.findall(r'href="(/admin/translations/en/\?state=missing)"', page)
        assert len(admin.get(link).context["rows"]) == 4

    def test_it_stands_in_the_menu(self, entry: Listing, admin: Client) -> None:
        assert OVERVIEW in admin.get("/admin/").content.decode()


class TestLanguage:
    def test_each_text_leads_to_the_form_of_its_entry(self, entry: Listing, admin: Client) -> None:
        page = admin.get(ENGLISH)
        form = reverse("wagtailsnippets_directory_listing:edit", args=[entry.pk])
        assert f'href="{form}"' in page.content.decode()

    def test_text_says_its_language_and_direction(self, entry: Listing, admin: Client) -> None:
        entry.title_ar = "مشورة"
        entry.save()
        page = admin.get("/admin/translations/ar/").content.decode()
        assert '<td lang="ar" dir="rtl">مشورة</td>' in page
        assert '<td lang="de" dir="ltr">Beratung</td>' in page

    @pytest.mark.parametrize("state", ["lost", "", "<script>"])
    def test_an_unknown_state_shows_all(self, entry: Listing, admin: Client, state: str) -> None:
        assert len(admin.get(ENGLISH, {"state": state}).context["rows"]) == 4

    def test_many_texts_stand_on_several_pages(
        self, entry: Listing, admin: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("directory.editing.translating.PER_PAGE", 3)
        assert len(admin.get(ENGLISH).context["rows"]) == 3
        assert len(admin.get(ENGLISH, {"p": 2}).context["rows"]) == 1
        assert "p=2" in admin.get(ENGLISH).content.decode()

    @pytest.mark.parametrize("language", ["xx", "fr", "..", "de'"])
    def test_a_language_that_is_not_offered(self, admin: Client, language: str) -> None:
        assert admin.get(f"/admin/translations/{language}/").status_code == 404


class TestExport:
    def test_a_workbook_that_no_cache_keeps(self, entry: Listing, admin: Client) -> None:
        response = admin.get(f"{ENGLISH}export/")
        assert response["Content-Disposition"] == 'attachment; filename="translations-en.xlsx"'
        assert "no-store" in response["Cache-Control"]
        assert load_workbook(BytesIO(response.content))["en"].max_row == 5

    def test_only_what_is_missing(self, entry: Listing, admin: Client) -> None:
        entry.title_en = "Advice"
        entry.save()
        response = admin.get(f"{ENGLISH}export/?only=missing&only=outdated&only=nonsense")
        keys = [row[0].value for row in load_workbook(BytesIO(response.content))["en"].iter_rows(min_row=2)]
        assert len(keys) == 3
        assert TITLE not in keys


class TestImport:
    def test_first_a_preview_then_the_writing(self, entry: Listing, admin: Client, book: Path) -> None:
        preview = send(admin, fill(export(book), {TITLE: "Advice"}))
        assert preview.context["lines"][0] == "1 new"
        assert "Write 1 text" in preview.content.decode()
        assert not stored(entry).title_en
        assert len(kept()) == 1
        done = confirm(admin, preview)
        assert done.redirect_chain == [(ENGLISH, 302)]
        assert said(done) == "1 text written. 1 entry published, 0 entries wait for review."
        assert stored(entry).title_en == "Advice"
        assert stored(entry).translation_state["en"]["by"] == "chris"
        assert kept() == []

    def test_problems_are_listed_and_the_file_is_gone(self, entry: Listing, admin: Client, book: Path) -> None:
        preview = send(admin, spoil(export(book), 3, "translation", "=1"))
        page = preview.content.decode()
        assert "Row 3: “translation” holds a formula." in page
        assert "Write" not in re.sub(r"Write the text itself", "", page.partition("<main")[2])
        assert kept() == []

    def test_nothing_to_write_has_no_button(self, entry: Listing, admin: Client, book: Path) -> None:
        page = send(admin, export(book)).content.decode()
        assert "There is nothing to write." in page
        assert 'name="token"' not in page

    def test_what_became_a_problem_since_the_preview_is_told(
        self, entry: Listing, admin: Client, book: Path
    ) -> None:
        preview = send(admin, fill(export(book), {TITLE: "Advice"}))
        entry.delete()
        after = confirm(admin, preview)
        assert "there is no entry" in after.content.decode()

    @pytest.mark.parametrize("content", [b"", b"no workbook"])
    def test_another_file(self, entry: Listing, admin: Client, book: Path, content: bytes) -> None:
        book.write_bytes(content)
        response = send(admin, book)
        assert response.status_code == 200
        assert kept() == []

    def test_no_file(self, entry: Listing, admin: Client) -> None:
        response = admin.post(f"{ENGLISH}import/")
        assert list(response.context["form"].errors) == ["file"]
        assert kept() == []

    def test_a_file_that_is_too_big_is_not_even_kept(
        self, entry: Listing, admin: Client, book: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("directory.editing.translating.BIGGEST_FILE", 10)
        response = send(admin, export(book))
        assert "This file is too big" in response.content.decode()
        assert kept() == []

    def test_a_visit_without_a_form_changes_nothing(self, admin: Client) -> None:
        assert admin.get(f"{ENGLISH}import/").status_code == 405
        assert admin.get(f"{ENGLISH}import/confirm/").status_code == 405


class TestTheKeptFile:
    def test_only_its_owner_gets_it(self, entry: Listing, admin: Client, book: Path) -> None:
        preview = send(admin, fill(export(book), {TITLE: "Advice"}))
        other = confirm(signed_in(superuser("kim")), preview)
        assert "Upload it once more" in said(other)
        assert not stored(entry).title_en

    def test_for_its_language_only(self, entry: Listing, admin: Client, book: Path) -> None:
        preview = send(admin, fill(export(book), {TITLE: "Advice"}))
        assert "Upload it once more" in said(confirm(admin, preview, "ar"))

    def test_once_only(self, entry: Listing, admin: Client, book: Path) -> None:
        preview = send(admin, fill(export(book), {TITLE: "Advice"}))
        confirm(admin, preview)
        assert "Upload it once more" in said(confirm(admin, preview))

    @pytest.mark.parametrize("token", ["", "x", "../../etc/passwd", "e30:1:x"])
    def test_a_made_up_token_leads_nowhere(self, entry: Listing, admin: Client, token: str) -> None:
        response = admin.post(f"{ENGLISH}import/confirm/", {"token": token}, follow=True)
        assert "Upload it once more" in said(response)

    def test_after_an_hour_it_is_gone(self, db: None) -> None:
        uploads.keep([b"old"], owner="1")
        (path,) = (active.DATA_DIR / "uploads").iterdir()
        past = time.time() - uploads.SECONDS - 1
        os.utime(path, (past, past))
        token = uploads.keep([b"new"], owner="1")
        assert not path.exists()
        found = uploads.find(token, owner="1")
        assert found is not None
        assert found.read_bytes() == b"new"

    def test_nobody_else_on_the_machine_reads_it(self, db: None) -> None:
        uploads.keep([b"x"], owner="1")
        folder = active.DATA_DIR / "uploads"
        (path,) = folder.iterdir()
        assert (folder.stat().st_mode & 0o777, path.stat().st_mode & 0o777) == (0o700, 0o600)


class TestWhoMay:
    def test_a_translator_sees_their_models_only(self, entry: Listing, book: Path) -> None:
        client = staff("tara", "translate_listing")
        assert [row["context"] for row in client.get(ENGLISH).context["rows"]] == [
            "Listing “Beratung”: title",
            "Listing “Beratung”: helps with (one sentence)",
            "Listing “Beratung”: description",
        ]
        keys = load_workbook(BytesIO(client.get(f"{ENGLISH}export/").content))["en"]["A"]
        assert NAME not in [cell.value for cell in keys]
        preview = send(client, fill(export(book), {TITLE: "Advice", NAME: "House"}))
        assert "Haus der Vielfalt" in preview.content.decode()
        assert said(confirm(client, preview)) == "1 text written. 0 entries published, 1 entry waits for review."
        assert not stored(entry.organisation).name_en

    @pytest.mark.parametrize("address", [OVERVIEW, ENGLISH, f"{ENGLISH}export/"])
    def test_a_reader_sees_none(self, entry: Listing, address: str) -> None:
        client = staff("vera", "view_listing")
        response = client.get(address)
        assert response.status_code in (302, 403)
        assert b"Beratung" not in response.content

    def test_a_reader_writes_nothing(self, entry: Listing, book: Path) -> None:
        response = send(staff("vera", "view_listing"), fill(export(book), {TITLE: "Advice"}))
        assert response.status_code in (302, 403)
        assert kept() == []

    def test_a_reader_has_no_menu_item(self, entry: Listing) -> None:
        assert OVERVIEW not in staff("vera", "view_listing").get("/admin/").content.decode()

    def test_a_visitor_is_sent_to_the_login(self, entry: Listing, client: Client) -> None:
        assert "login" in client.get(OVERVIEW)["Location"]


class Parrot:
    name = "Parrot"

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        return [f"{target}: {text}" for text in texts]


class TestMachine:
    @pytest.fixture
    def on(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        settings.MACHINE_TRANSLATION = "service"
        monkeypatch.setattr("directory.machine_translation.import_string", lambda _path: Parrot)

    def test_off_nothing_shows_it(self, entry: Listing, admin: Client) -> None:
        assert "machine/" not in admin.get(ENGLISH).content.decode()
        assert admin.get(f"{ENGLISH}machine/").status_code == 404
        assert admin.post(f"{ENGLISH}machine/").status_code == 404

    @pytest.mark.usefixtures("on")
    def test_first_it_says_what_is_sent_where(self, entry: Listing, admin: Client) -> None:
        assert f'href="{ENGLISH}machine/"' in admin.get(ENGLISH).content.decode()
        page = admin.get(f"{ENGLISH}machine/").content.decode()
        assert "4 public texts have no translation." in page
        assert "They are sent to Parrot." in page
        assert not stored(entry).title_en

    @pytest.mark.usefixtures("on")
    def test_then_it_fills_the_gaps(self, entry: Listing, admin: Client) -> None:
        done = admin.post(f"{ENGLISH}machine/", follow=True)
        assert "4 texts translated by machine." in said(done)
        assert stored(entry).title_en == "en: Beratung"
        numbers = {str(count.state): count.number for count in done.context["counts"]}
        assert numbers["machine"] == 4

    @pytest.mark.usefixtures("on")
    def test_a_click_asks_for_so_many_at_once(
        self, entry: Listing, admin: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("directory.editing.translating.AT_ONCE", 1)
        assert "1 text translated by machine." in said(admin.post(f"{ENGLISH}machine/", follow=True))

    @pytest.mark.usefixtures("on")
    def test_a_service_that_fails_is_told(
        self, entry: Listing, admin: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Parrot, "translate", lambda *_args, **_kwargs: [])
        assert "one translation for each text" in said(admin.post(f"{ENGLISH}machine/", follow=True))

    @pytest.mark.parametrize("path", ["no.such.Class", "directory.libretranslate.LibreTranslate"])
    def test_wrong_settings_are_told(self, entry: Listing, admin: Client, settings: Settings, path: str) -> None:
        settings.MACHINE_TRANSLATION, settings.MACHINE_TRANSLATION_URL = path, ""
        assert "MACHINE_TRANSLATION" in said(admin.get(f"{ENGLISH}machine/"))
        assert "MACHINE_TRANSLATION" in said(admin.post(f"{ENGLISH}machine/", follow=True))

    @pytest.mark.usefixtures("on")
    def test_refused_answers_are_told(
        self, entry: Listing, admin: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Parrot, "translate", lambda _self, texts, **_kwargs: ["<b>"] * len(texts))
        assert "4 answers of the service were refused" in said(admin.post(f"{ENGLISH}machine/", follow=True))
