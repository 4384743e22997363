"""The demo's pages: an example of what an editor writes, loaded once."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client

from directory.models import Change
from directory.translation_state import State, state
from tests.integration.pages.making import home
from wegweiser.demo.loader import load
from wegweiser.demo.pages import KINDS, load_pages, read_pages
from wegweiser.demo.reader import FOLDER
from wegweiser.demo.sheets import DataError
from wegweiser.pages import tree
from wegweiser.pages.models import EasyLanguagePage, EditorialPage, TextPage

FILES = sorted((FOLDER / "pages").glob("*.yaml"))
LANGUAGES = ("de", "en", "ar", "tr", "uk")
LONGEST_EASY_SENTENCE = 12
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def values(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        assert attrs == []
        self.found.append(tag)


@each_file
class TestFiles:
    def test_it_is_in_the_database_and_public(self, demo: None, path: Path) -> None:
        found = values(path)
        page = EditorialPage.objects.get(slug=found["slug"]).specific
        assert page.live
        assert type(page) is KINDS[found.pop("kind")]
        assert {key: getattr(page, key) for key in found} == found

    @pytest.mark.parametrize("code", LANGUAGES)
    def test_visitors_find_it(self, demo: None, client: Client, path: Path, code: str, settings: Any) -> None:
        if code not in dict(settings.LANGUAGES):
            pytest.skip(f"{code} is switched off")
        slug = values(path)["slug"]
        assert client.get(f"/{code}/{slug}/").status_code == 200
        assert f'href="/{code}/{slug}/"' in client.get(f"/{code}/").content.decode()

    def test_it_is_formatted_as_an_editor_could(self, path: Path) -> None:
        for key, text in values(path).items():
            if key.startswith("text_"):
                assert set(Tags(text).found) <= {"h2", "p", "ul", "li"}, key

    def test_every_language_says_all_of_it(self, path: Path) -> None:
        found = values(path)
        if found["kind"] == "text":
            shapes = {code: Tags(found[f"text_{code}"]).found for code in LANGUAGES}
            assert all(shape == shapes["de"] for shape in shapes.values())
            assert all(found[f"{name}_{code}"] for name in ("heading", "intro") for code in LANGUAGES)


def test_easy_language_has_short_sentences() -> None:
    (easy,) = [values(path) for path in FILES if values(path)["kind"] == "easy_language"]
    words = re.sub(r"<[^>]+>", "\n", easy["text_de"] + "\n" + easy["intro_de"])
    sentences = [sentence.split() for sentence in re.split(r"[.!?:\n]", words) if sentence.strip()]
    assert len(sentences) > 20
    assert [" ".join(each) for each in sentences if len(each) > LONGEST_EASY_SENTENCE] == []


def test_the_first_page_links_the_explanations(demo: None, client: Client) -> None:
    assert [link.label.text for link in tree.explanations()] == ["Leichte Sprache"]
    assert "/de/leichte-sprache/" in client.get("/de/").content.decode()


def test_translations_are_noted_as_written_by_people(demo: None) -> None:
    page = TextPage.objects.get(slug="so-geht-es")
    assert {code: state(page, code) for code in LANGUAGES} == dict.fromkeys(LANGUAGES, State.HUMAN)
    assert state(page, "ru") is State.MISSING
    page.heading_de = "Anders"
    assert state(page, "ar") is State.OUTDATED


class TestAgain:
    def test_nothing_changes(self, demo: None) -> None:
        before = Change.position()
        load()
        assert Change.position() == before

    def test_what_an_editor_wrote_stays(self, demo: None) -> None:
        page = EasyLanguagePage.objects.get()
        page.heading_de = "Anders"
        page.save()
        load()
        assert EasyLanguagePage.objects.get().heading_de == "Anders"

    def test_what_somebody_deleted_stays_away(self, demo: None) -> None:
        EasyLanguagePage.objects.get().delete()
        load()
        assert not EasyLanguagePage.objects.exists()

    def test_without_a_root_nothing_is_loaded(self, demo: None) -> None:
        home().delete()
        load()
        assert not EditorialPage.objects.exists()


@pytest.mark.django_db
def test_every_page_leaves_its_row() -> None:
    load_pages(read_pages(), "demo data")
    rows = Change.objects.filter(model__startswith="pages.")
    assert sorted(rows.values_list("slug", "action")) == sorted((values(path)["slug"], "create") for path in FILES)


@pytest.mark.parametrize(
    ("line", "words"),
    [("kind: nothing", "nothing"), ("heading_xx: X", "heading_xx"), ("text_de: [a]", "must be words")],
)
def test_a_mistake_in_a_file_is_told(tmp_path: Path, line: str, words: str) -> None:
    (tmp_path / "pages").mkdir()
    kept = [each for each in ("slug: a", "kind: text", "heading_de: A", "text_de: A") if each[:4] != line[:4]]
    (tmp_path / "pages" / "a.yaml").write_text("\n".join([*kept, line]))
    with pytest.raises(DataError, match=words):
        read_pages(tmp_path)


def test_a_folder_without_pages_is_complete(tmp_path: Path) -> None:
    assert read_pages(tmp_path) == []
