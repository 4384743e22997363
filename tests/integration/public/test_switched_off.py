"""A language that the operator switches off is nowhere; switched on again, it is whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from directory.languages import SHIPPED
from directory.models import Listing
from search import indexing, reader
from search.port import Query
from search.queries import find
from tests.integration.directory.making import listing

ON, OFF = ("de", "en", "tr"), ("de", "en")
WORD = "kelaynakları"  # a rare bird: no other text of the directory holds it


def enable(settings: Settings, codes: tuple[str, ...]) -> None:
    """As a restart with another LANGUAGES does: nobody rebuilds the index by hand."""
    settings.LANGUAGES = [(code, SHIPPED[code].name) for code in codes]
    reader.forget()


@pytest.fixture
def entry(db: None, settings: Settings, tmp_path: Path) -> Iterator[Listing]:
    settings.DATA_DIR = tmp_path
    found = listing("birds", title_de="Vogelschutz", title_tr=f"{WORD} koruma", description_tr=f"{WORD} yaşasın")
    found.description_de = "Wir schützen Vögel."
    found.save()
    yield found
    reader.forget()


def found_by_search() -> bool:
    return "birds" in [hit.slug for hit in find(Query(text=WORD, language="tr")).hits]


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.usefixtures("entry")
class TestOff:
    def test_its_pages_are_gone(self, client: Client, settings: Settings) -> None:
        enable(settings, OFF)
        assert client.get("/tr/", follow=True).status_code == 404
        assert client.get("/tr/angebote/birds/", follow=True).status_code == 404

    def test_no_page_names_it(self, client: Client, settings: Settings) -> None:
        enable(settings, OFF)
        for address in ("/de/", "/en/", "/de/angebote/birds/"):
            shown = page(client, address)
            assert "/tr/" not in shown
            assert 'lang="tr"' not in shown
            assert WORD not in shown

    def test_the_sitemap_leaves_it_out(self, client: Client, settings: Settings) -> None:
        enable(settings, OFF)
        assert "/tr/" not in page(client, "/sitemap.xml")

    def test_the_index_leaves_it_out(self, settings: Settings) -> None:
        enable(settings, OFF)
        assert not found_by_search()

    def test_an_index_of_other_languages_is_not_opened(self, settings: Settings) -> None:
        enable(settings, ON)
        before = indexing.newest().schema
        settings.LANGUAGES = [("de", "Deutsch")]
        assert indexing.newest().schema != before


@pytest.mark.usefixtures("entry")
class TestOnAgain:
    def test_nothing_was_lost(self, client: Client, settings: Settings) -> None:
        enable(settings, ON)
        shown = page(client, "/tr/angebote/birds/")
        enable(settings, OFF)
        enable(settings, ON)
        assert WORD in shown
        assert page(client, "/tr/angebote/birds/") == shown
        assert found_by_search()
        assert "/tr/angebote/birds/" in page(client, "/sitemap.xml")


def test_what_exists_in_no_other_language_is_still_shown(db: None, client: Client, settings: Settings) -> None:
    """An entry without a title would help nobody."""
    listing("only", source_language="tr", title_de="", title_tr=WORD)
    enable(settings, OFF)
    assert f'lang="tr" dir="ltr">{WORD}' in page(client, "/de/angebote/only/")
