"""Staff note that listings are still correct: many in one click, each by name and date."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from directory.models import Listing
from tests.integration.directory.making import listing, organisation, person, stored
from tests.integration.editing.posting import url

pytestmark = pytest.mark.django_db


def address(*entries: Listing) -> str:
    chosen = "&".join(f"id={entry.pk}" for entry in entries)
    return f"{reverse('wagtail_bulk_action', args=['directory', 'listing', 'confirm'])}?{chosen}"


def test_the_chosen_ones_and_no_others(admin: Client) -> None:
    house = organisation()
    one, two = listing("one", organisation=house, needs_check=True), listing("two", organisation=house)
    admin.post(address(one))
    assert stored(one).last_confirmed_on == timezone.localdate()
    assert stored(one).last_confirmed_by == "chris"
    assert not stored(one).needs_check
    assert stored(two).last_confirmed_on is None


def test_the_question_names_them_and_changes_nothing(admin: Client) -> None:
    entry = listing(title_de="Rat & Tat")
    page = admin.get(address(entry)).content.decode()
    assert "Rat &amp; Tat" in page
    assert stored(entry).last_confirmed_on is None


def test_the_history_says_so(admin: Client, chris: User) -> None:
    entry = listing()
    admin.post(address(entry))
    noted = ModelLogEntry.objects.for_instance(entry).get(action="wegweiser.confirm")
    assert noted.user == chris
    assert "Confirmed" in admin.get(url("listing", "history", entry.pk)).content.decode()


def test_who_may_not_is_told_and_nothing_changes() -> None:
    entry = listing()
    client = Client()
    client.force_login(person("eve", "access_admin", "view_listing"))
    client.get(address(entry))
    client.post(address(entry))
    assert stored(entry).last_confirmed_on is None


def test_there_is_no_such_action_for_organisations(admin: Client) -> None:
    house = organisation()
    where = reverse("wagtail_bulk_action", args=["directory", "organisation", "confirm"])
    assert admin.post(f"{where}?id={house.pk}").status_code == 404
