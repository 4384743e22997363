"""Many entries with one click: all of them or none, one row each, and the reason in words."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from directory.models import Change, Listing, Term
from tests.integration.directory.making import (
    area,
    listing,
    new_changes,
    organisation,
    person,
    stored,
    superuser,
    term,
)

pytestmark = pytest.mark.django_db(transaction=True)


def bulk(client: Client, action: str, *entries: Any) -> Any:
    """Looks at the question first, as people do."""
    address = reverse("wagtail_bulk_action", args=["directory", entries[0]._meta.model_name, action])
    chosen = "&".join(f"id={entry.pk}" for entry in entries)
    question = client.get(f"{address}?{chosen}")
    if question.status_code == 200:
        for entry in entries:
            assert str(stored(entry)) in question.content.decode()
    return client.post(f"{address}?{chosen}&next=/admin/")


def told(response: Any) -> str:
    with translation.override("en"):
        return "\n".join(str(message) for message in get_messages(response.wsgi_request))


def listings(*slugs: str, **fields: Any) -> list[Listing]:
    house = organisation()
    return [listing(slug, organisation=house, title_de=slug.capitalize(), **fields) for slug in slugs]


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


class TestPublish:
    def test_the_newest_draft_of_each(self, admin: Client) -> None:
        one, two = listings("one", "two")
        one.title_ar = "استشارة"
        one.save_revision()
        two.live = False
        two.save()
        with new_changes() as rows:
            response = bulk(admin, "publish", one, two)
        assert rows == [("listing", "one", "update"), ("listing", "two", "update")]
        assert set(Change.objects.order_by("-id").values_list("by", flat=True)[:2]) == {"chris"}
        assert "2 entries published" in told(response)
        assert stored(one).title_ar == "استشارة"
        assert stored(two).live
        assert not stored(one).has_unpublished_changes

    def test_what_is_public_already_stays_as_it_is(self, admin: Client) -> None:
        (one,) = listings("one")
        with new_changes() as rows:
            bulk(admin, "publish", one)
        assert rows == []

    def test_none_where_one_is_not_complete(self, admin: Client) -> None:
        good, bad = listings("good", "bad", live=False)
        bad.title_de = ""
        bad.save_revision(clean=False)
        with new_changes() as rows:
            response = bulk(admin, "publish", good, bad)
        assert rows == []
        assert "Write the title" in told(response)
        assert "Bad" in told(response)
        assert not stored(good).live

    @pytest.mark.parametrize("make", [lambda: organisation(live=False), lambda: term("grounds", "x", live=False)])
    def test_other_kinds_of_entries(self, admin: Client, make: Any) -> None:
        entry = make()
        bulk(admin, "publish", entry)
        assert stored(entry).live


class TestUnpublish:
    def test_each_leaves_a_row_and_an_entry_in_its_history(self, admin: Client) -> None:
        entries = listings("one", "two", "three")
        with new_changes() as rows:
            response = bulk(admin, "unpublish", *entries[:2])
        assert rows == [("listing", "one", "update"), ("listing", "two", "update")]
        assert "2 entries taken off the site" in told(response)
        assert [entry.slug for entry in Listing.objects.public()] == ["three"]
        logged = ModelLogEntry.objects.filter(action="wagtail.unpublish")
        assert {entry.user for entry in logged} == {User.objects.get(username="chris")}

    def test_none_where_one_is_still_used(self, admin: Client) -> None:
        free, used = term("grounds", "free"), term("grounds", "racism", label_de="Rassismus")
        listing(grounds=["racism"], title_de="Rat und Tat")
        with new_changes() as rows:
            response = bulk(admin, "unpublish", free, used)
        assert rows == []
        assert "Rassismus" in told(response)
        assert "Rat und Tat" in told(response)
        assert Term.objects.filter(live=True).count() == 2

    def test_an_area_with_areas_in_it(self, admin: Client) -> None:
        land = area("thueringen")
        area("jena", land)
        assert "Jena" in told(bulk(admin, "unpublish", land))
        assert stored(land).live


class TestAskToCheck:
    def test_the_public_version_and_the_draft(self, admin: Client) -> None:
        one, two = listings("one", "two")
        one.title_de = "Neu"
        one.save_revision()
        with new_changes() as rows:
            response = bulk(admin, "needs_check", one, two)
        assert rows == [("listing", "one", "update"), ("listing", "two", "update")]
        assert "2 listings to be checked" in told(response)
        assert (stored(one).needs_check, stored(two).needs_check) == (True, True)
        stored(one).get_latest_revision().publish()
        assert (stored(one).title_de, stored(one).needs_check) == ("Neu", True)
        assert ModelLogEntry.objects.filter(action="wegweiser.needs_check").count() == 2

    def test_only_for_listings(self, admin: Client) -> None:
        house = organisation()
        page = admin.get(reverse("wagtailsnippets_directory_organisation:list")).content.decode()
        assert reverse("wagtail_bulk_action", args=["directory", "organisation", "publish"]) in page
        assert reverse("wagtail_bulk_action", args=["directory", "organisation", "needs_check"]) not in page
        assert house.live


class TestWhoMay:
    @pytest.mark.parametrize("action", ["publish", "unpublish", "needs_check"])
    def test_not_without_the_permission(self, action: str) -> None:
        (one,) = listings("one")
        eve = client_of(person("eve", "access_admin", "view_listing"))
        with new_changes() as rows:
            assert bulk(eve, action, one).status_code == 302
        assert rows == []
        assert (stored(one).live, stored(one).needs_check) == (True, False)

    @pytest.mark.parametrize("action", ["publish", "unpublish"])
    def test_who_may_change_may_not_publish(self, action: str) -> None:
        (one,) = listings("one")
        one.title_de = "Neu"
        one.save_revision()
        bulk(client_of(person("ed", "access_admin", "change_listing")), action, one)
        assert (stored(one).live, stored(one).title_de) == (True, "One")

    @pytest.mark.parametrize("action", ["publish", "unpublish", "needs_check"])
    def test_none_where_a_colleague_has_locked_one(self, action: str) -> None:
        free, mine = listings("free", "mine")
        for entry in (free, mine):
            entry.title_de = "Neu"
            entry.save_revision()
        dana = superuser("dana")
        mine = stored(mine)
        mine.locked, mine.locked_by = True, dana
        mine.save()
        ed = person("ed", "access_admin", "change_listing", "publish_listing")
        UserProfile(user=ed, preferred_language="en").save()
        with new_changes() as rows:
            response = bulk(client_of(ed), action, free, mine)
        assert rows == []
        assert "Mine" in told(response)
        assert "locked" in told(response)
