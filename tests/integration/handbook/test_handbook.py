"""The guide for editors: every chapter in both languages, for whoever may enter the admin, and nobody else."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.template.loader import get_template
from django.test import Client
from wagtail.users.models import UserProfile

from tests.integration.directory.making import person, superuser
from wegweiser.handbook.chapters import CHAPTERS, LANGUAGES

PICTURES = Path(__file__).resolve().parents[3] / "site/wegweiser/static/wegweiser/handbook"
PLACED = re.compile(r'name="([\w-]+)" words="([^"]+)"')
SHOWN = re.compile(r'<img src="[^"]*/handbook/(\w+)/([\w.-]+)" alt="([^"]+)"')


def source(slug: str, language: str) -> str:
    return Path(get_template(f"handbook/{language}/{slug}.html").origin.name).read_text()  # type: ignore[attr-defined]


def reader_of(language: str, made: User) -> Client:
    UserProfile(user=made, preferred_language=language).save()
    client = Client()
    client.force_login(made)
    return client


each_text = pytest.mark.parametrize(
    ("slug", "language"), [(slug, language) for slug in CHAPTERS for language in LANGUAGES]
)


@each_text
def test_a_chapter_places_the_screens_that_it_names(slug: str, language: str) -> None:
    placed = dict(PLACED.findall(source(slug, language)))
    assert tuple(placed) == CHAPTERS[slug].screens
    assert all(len(words) > 15 for words in placed.values()), "a description that says what is to be seen"


@each_text
def test_a_picture_is_there_for_every_screen(slug: str, language: str) -> None:
    missing = [name for name in CHAPTERS[slug].screens if not (PICTURES / language / f"{name}.png").is_file()]
    assert missing == [], "HANDBOOK=write python3 start.py test tests/browser/test_handbook.py makes them"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_picture_is_left_over(language: str) -> None:
    named = {f"{screen}.png" for chapter in CHAPTERS.values() for screen in chapter.screens}
    assert {path.name for path in (PICTURES / language).glob("*")} == named


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_have_the_same_parts(language: str) -> None:
    for slug in CHAPTERS:
        counted = [source(slug, each).count("<h2>") for each in (language, "en")]
        assert counted[0] == counted[1], slug


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_chapter_opens_and_leads_on(db: None, language: str) -> None:
    client = reader_of(language, superuser("chris"))
    seen = []
    address = "/admin/handbook/start/"
    while address:
        page = client.get(address).content.decode()
        slug = address.split("/")[3]
        assert f'<div lang="{language}" dir="ltr">' in page
        assert [(where, name) for where, name, _words in SHOWN.findall(page)] == [
            (language, f"{screen}.png") for screen in CHAPTERS[slug].screens
        ]
        seen.append(slug)
        onward = re.search(r'href="([^"]+)">[^<]*→', page)
        address = onward[1] if onward else ""
    assert seen == list(CHAPTERS)


def test_the_contents_name_every_chapter(db: None) -> None:
    page = reader_of("en", superuser("chris")).get("/admin/handbook/").content.decode()
    for chapter in CHAPTERS.values():
        assert f"/admin/handbook/{chapter.slug}/" in page
    assert "Signing in, and ten minutes a week" in page


def test_the_menu_leads_there_and_to_no_stranger(db: None) -> None:
    page = reader_of("en", superuser("chris")).get("/admin/").content.decode()
    assert "/admin/handbook/" in page
    assert "guide.wagtail.org" not in page


def test_a_chapter_that_does_not_exist(db: None) -> None:
    assert reader_of("en", superuser("chris")).get("/admin/handbook/nothing/").status_code == 404


def test_who_may_not_enter_the_admin_reads_nothing(db: None, client: Client) -> None:
    assert "Signing in, and" not in client.get("/admin/handbook/start/", follow=True).content.decode()
    assert client.get("/admin/handbook/start/").status_code == 302
    client.force_login(person("eve"))
    assert client.get("/admin/handbook/start/").status_code in (302, 403)
