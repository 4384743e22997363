"""Entries of every kind go public and leave by the clock, whatever language is active, and search finds them."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone, translation

from directory.models import Listing, Term
from directory.vocabulary import label, terms
from search import reader
from tests.integration.directory.making import (
    area,
    let_an_hour_pass,
    listing,
    new_changes,
    organisation,
    stored,
    term,
)
from tests.integration.editing.posting import post, saved, url
from tests.integration.search.making import found

pytestmark = pytest.mark.django_db(transaction=True)

each_language = pytest.mark.parametrize("active", [None, "de", "en", "ar"])


def moment(**later: int) -> str:
    return (timezone.localtime() + timedelta(**later)).strftime("%Y-%m-%d %H:%M")


@pytest.fixture
def index(tmp_path: Path) -> Any:
    with override_settings(DATA_DIR=tmp_path):
        reader.forget()
        yield
        reader.forget()


def made(model: str) -> Any:
    makers: dict[str, Any] = {
        "listing": lambda: listing(live=False),
        "organisation": lambda: organisation(live=False),
        "term": lambda: term("grounds", "racism", live=False),
        "area": lambda: area("jena", live=False),
    }
    return makers[model]()


class TestGoingPublic:
    @each_language
    @pytest.mark.parametrize("model", ["listing", "organisation", "term", "area"])
    def test_every_kind_of_entry(self, admin: Client, model: str, active: str | None) -> None:
        entry = made(model)
        saved(post(admin, url(model, "edit", entry.pk), "publish", go_live_at=moment(hours=1)))
        assert not stored(entry).live
        let_an_hour_pass()
        with new_changes() as rows, translation.override(active):
            call_command("publish_scheduled")
        assert rows == [(model, entry.slug, "update")]
        assert stored(entry).live

    @each_language
    def test_search_finds_what_the_clock_published(self, admin: Client, index: None, active: str | None) -> None:
        entry = listing(live=False, title_de="Kantine", title_ar="مقصف")
        saved(post(admin, url("listing", "edit", entry.pk), "publish", go_live_at=moment(hours=1)))
        assert found("Kantine") == []
        let_an_hour_pass()
        with translation.override(active):
            call_command("publish_scheduled")
        assert found("Kantine") == ["advice"]
        assert found("مقصف", language="ar") == ["advice"]

    def test_the_next_version_of_a_public_one(self, admin: Client, index: None) -> None:
        entry = listing(title_de="Kantine")
        saved(
            post(admin, url("listing", "edit", entry.pk), "publish", title_de="Mensa", go_live_at=moment(hours=1))
        )
        assert found("Kantine") == ["advice"]
        let_an_hour_pass()
        call_command("publish_scheduled")
        assert (found("Mensa"), found("Kantine")) == (["advice"], [])

    def test_a_term_is_known_at_once(self, admin: Client) -> None:
        entry = term("grounds", "racism", label_de="Rassismus", live=False)
        saved(post(admin, url("term", "edit", entry.pk), "publish", go_live_at=moment(hours=1)))
        assert "racism" not in terms("grounds")
        let_an_hour_pass()
        call_command("publish_scheduled")
        assert label("grounds", "racism", "de").text == "Rassismus"


class TestLeaving:
    @each_language
    def test_a_listing(self, admin: Client, index: None, active: str | None) -> None:
        entry = listing(title_de="Kantine")
        saved(post(admin, url("listing", "edit", entry.pk), "publish", expire_at=moment(hours=1)))
        assert found("Kantine") == ["advice"]
        late = stored(entry)
        late.expire_at = timezone.now() - timedelta(minutes=1)
        late.save(update_fields=["expire_at"])
        with new_changes() as rows, translation.override(active):
            call_command("publish_scheduled")
        assert rows == [("listing", "advice", "update")]
        assert stored(entry).expired
        assert found("Kantine") == []
        assert not Listing.objects.public().exists()

    def test_a_term_that_nobody_names(self) -> None:
        entry = term("grounds", "racism", expire_at=timezone.now() - timedelta(minutes=1))
        call_command("publish_scheduled")
        assert not stored(entry).live
        assert Term.objects.exists()
