"""A language that staff do not show yet is missing for everybody outside, and named for staff all the same."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from directory.exchange.record import record
from directory.models import Exclusion, Listing, Organisation, Term
from directory.text import translated, translations, written
from directory.translation_state import show
from directory.vocabulary import label
from referrals import queries
from search import indexing, reader
from tests.integration.directory.making import listing, organisation, stored, superuser, term
from tests.integration.search.making import found

pytestmark = pytest.mark.django_db

WORD = "kelaynakları"  # a rare bird: no other text of the directory holds it


@pytest.fixture(autouse=True)
def own_index(tmp_path: Path) -> Iterator[None]:
    reader.forget()
    with override_settings(DATA_DIR=tmp_path):
        yield
    reader.forget()


@pytest.fixture
def entry() -> Listing:
    house = organisation(name_tr=f"{WORD} evi", description_tr=WORD)
    texts = dict.fromkeys(("title_tr", "helps_with_tr", "description_tr", "what_happens_tr"), f"Danışma {WORD}")
    made = listing(organisation=house, title_de="Beratung", description_de="Lang", **texts)
    Exclusion(listing=made, strength="hard", reason_de="Grund", reason_tr=f"Neden {WORD}", what=["insult"]).save()
    return made


def hide(*entries: Listing | Organisation | Term, public: bool = False) -> None:
    for each in entries:
        current = stored(each)
        show(current, "tr", public=public)
        current.save()


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


PAGES = ("/tr/angebote/advice/", "/tr/angebote/", "/tr/stellen/house/", "/de/angebote/advice/")


class TestPages:
    @pytest.mark.parametrize("address", PAGES[:3])
    def test_its_texts_are_on_no_page_and_the_source_stands_there_marked(
        self, client: Client, entry: Listing, address: str
    ) -> None:
        assert WORD in page(client, address)
        hide(entry, entry.organisation)
        shown = page(client, address)
        assert WORD not in shown
        assert '<span lang="de" dir="ltr">Beratung</span>' in shown

    def test_shown_again_nothing_was_lost(self, client: Client, entry: Listing) -> None:
        hide(entry, entry.organisation)
        hide(entry, entry.organisation, public=True)
        assert WORD in page(client, "/tr/angebote/advice/")

    def test_a_hidden_name_of_the_organisation_leaves_the_listing_alone(
        self, client: Client, entry: Listing
    ) -> None:
        hide(entry.organisation)
        assert f"{WORD} evi" not in page(client, "/tr/angebote/advice/")
        assert f"Danışma {WORD}" in page(client, "/tr/angebote/advice/")

    def test_a_reason_in_words_follows_its_listing_and_leaves_no_empty_point(
        self, client: Client, entry: Listing
    ) -> None:
        exclusion: Any = entry.exclusions.get()
        exclusion.reason_de = ""
        exclusion.save()
        assert f"Neden {WORD}" in page(client, "/tr/angebote/advice/")
        hide(entry)
        shown = page(client, "/tr/angebote/advice/")
        assert "Neden" not in shown
        assert "<li></li>" not in shown

    def test_search_engines_are_not_told_of_it(self, client: Client, entry: Listing) -> None:
        address = "/tr/angebote/advice/"
        assert address in page(client, "/sitemap.xml")
        assert f'hreflang="tr" href="http://localhost:8000{address}"' in page(client, "/de/angebote/advice/")
        hide(entry)
        assert address not in page(client, "/sitemap.xml")
        assert f'hreflang="tr" href="http://localhost:8000{address}"' not in page(client, "/de/angebote/advice/")
        assert "/de/angebote/advice/" in page(client, "/sitemap.xml")

    def test_the_sitemap_asks_once_for_all_listings(self, client: Client, entry: Listing) -> None:
        page(client, "/sitemap.xml")
        with CaptureQueriesContext(connection) as one:
            page(client, "/sitemap.xml")
        for number in range(3):
            listing(f"more-{number}", organisation=entry.organisation)
        page(client, "/sitemap.xml")
        with CaptureQueriesContext(connection) as many:
            page(client, "/sitemap.xml")
        assert len(many) == len(one)

    def test_the_source_cannot_be_hidden(self, entry: Listing) -> None:
        entry.source_language = "tr"
        entry.save()
        hide(entry)
        assert translated(stored(entry), "title", "tr").text == f"Danışma {WORD}"


class TestOtherOutputs:
    def test_the_index_holds_it_neither_followed_nor_rebuilt(self, entry: Listing) -> None:
        assert found(WORD, language="tr") == ["advice"]
        hide(entry, entry.organisation)
        assert found(WORD, language="tr") == []
        assert not indexing.check()
        assert indexing.rebuild()
        reader.forget()
        assert found(WORD, language="tr") == []
        assert found("Beratung", language="tr") == ["advice"]
        assert not indexing.check()
        hide(entry, public=True)
        assert found(WORD, language="tr") == ["advice"]

    def test_no_export_holds_it(self, entry: Listing) -> None:
        assert WORD in str(record(entry))
        hide(entry, entry.organisation)
        assert WORD not in str(record(stored(entry)))
        assert "Beratung" in str(record(stored(entry)))

    def test_the_referral_gives_no_reason_in_it(self, entry: Listing) -> None:
        (body,) = queries.bodies()
        assert set(body.exclusions[0].reason) == {"de", "tr"}
        hide(entry)
        (body,) = queries.bodies()
        assert set(body.exclusions[0].reason) == {"de"}

    def test_a_term_is_shown_in_its_source_language(self) -> None:
        racism = term("grounds", "racism", label_de="Rassismus", label_tr="Irkçılık")
        assert label("grounds", "racism", "tr").text == "Irkçılık"
        hide(racism)
        assert (label("grounds", "racism", "tr").text, label("grounds", "racism", "tr").lang) == (
            "Rassismus",
            "de",
        )


class TestStaff:
    @pytest.mark.parametrize("active", ["de", "en", "tr"])
    def test_every_entry_has_its_name(self, active: str) -> None:
        house, word = organisation(name_de="", name_tr="Ev"), term("grounds", "x", label_de="", label_tr="Irk")
        hide(house, word)
        with translation.override(active):
            assert (str(stored(house)), str(stored(word))) == ("Ev", "Irk")
        assert translations(stored(house), "name") == {}
        assert written(stored(house), "name") == {"tr": "Ev"}

    def test_the_form_still_offers_it(self, client: Client, entry: Listing) -> None:
        hide(entry)
        client.force_login(superuser())
        assert WORD in page(client, f"/admin/snippets/directory/listing/edit/{entry.pk}/")
