"""The machine for chosen listings: only where it is switched on, and only for those chosen."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from pytest_django import Settings
from wagtail import hooks
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.users.models import UserProfile

from directory.editing.translating_bulk import TranslateByMachine
from directory.models import Listing
from tests.integration.directory.making import listing, person, stored, superuser

pytestmark = pytest.mark.django_db

LIST = "/admin/snippets/directory/listing/"


class Parrot:
    name = "Parrot"
    was_in_transaction: bool | None = None

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        Parrot.was_in_transaction = len(connection.savepoint_ids) > 0
        return [f"{target}: {text}" for text in texts]


@pytest.fixture
def on(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As with the setting at the start of the server."""
    settings.MACHINE_TRANSLATION = "service"
    monkeypatch.setattr("directory.machine_translation.import_string", lambda _path: Parrot)
    monkeypatch.setattr(bulk_action_registry, "actions", {})
    monkeypatch.setattr(bulk_action_registry, "has_scanned_for_bulk_actions", False)
    with hooks.register_temporarily("register_bulk_action", TranslateByMachine):
        yield


@pytest.fixture
def admin(db: None) -> Client:
    return signed_in(superuser("chris"))


def signed_in(user: Any) -> Client:
    UserProfile(user=user, preferred_language="en").save()
    client = Client()
    client.force_login(user)
    return client


def action(*entries: Listing) -> str:
    chosen = urlencode([("id", entry.pk) for entry in entries] + [("next", LIST)])
    return f"/admin/bulk/directory/listing/translate/?{chosen}"


def test_off_there_is_no_such_action(entry: Listing, admin: Client) -> None:
    assert "bulk/directory/listing/translate" not in admin.get(LIST).content.decode()
    assert admin.get(action(entry)).status_code == 404


@pytest.mark.usefixtures("on")
class TestOn:
    def test_the_list_offers_it(self, entry: Listing, admin: Client) -> None:
        assert "bulk/directory/listing/translate" in admin.get(LIST).content.decode()

    def test_it_says_what_will_happen_first(self, entry: Listing, admin: Client) -> None:
        page = admin.get(action(entry)).content.decode()
        assert "<li>Beratung</li>" in page
        assert "that have no translation yet are sent to the service" in page
        assert not stored(entry).title_en

    def test_only_the_chosen_ones(self, entry: Listing, admin: Client) -> None:
        other = listing("other", title_de="Andere")
        response = admin.post(action(entry), {"language": "tr"})
        assert (response.status_code, response["Location"]) == (302, LIST)
        assert stored(entry).title_tr == "tr: Beratung"
        assert not stored(other).title_tr

    def test_no_transaction_is_open_while_the_service_thinks(self, entry: Listing, admin: Client) -> None:
        admin.post(action(entry), {"language": "tr"})
        assert Parrot.was_in_transaction is False

    def test_a_language_that_is_not_offered(self, entry: Listing, admin: Client) -> None:
        assert admin.post(action(entry), {"language": "fr"}).status_code == 200
        assert not stored(entry).title_fr

    def test_not_for_a_reader(self, entry: Listing) -> None:
        reader = person("vera", "view_listing")
        reader.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client = signed_in(reader)
        response = client.post(action(entry), {"language": "tr"})
        assert response.status_code in (302, 403)
        assert not stored(entry).title_tr
