"""Every click of staff leaves exactly one row per entry, in its own transaction, with the editor's name."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.models import Area, Change, Configuration, ContactPoint, Listing, Organisation, Term
from tests.integration.directory.making import (
    area,
    find,
    let_an_hour_pass,
    listing,
    new_changes,
    organisation,
    stored,
    term,
)
from tests.integration.editing.posting import post, row, saved, url

pytestmark = pytest.mark.django_db(transaction=True)

UPDATED = [("listing", "advice", "update")]
DRAFTED = [("listing", "advice", "draft")]


@pytest.fixture(autouse=True)
def by_chris(chris: User) -> Iterator[None]:
    """Whatever a test here changes through the admin, the row says who did it."""
    yield
    assert set(Change.objects.values_list("by", flat=True)) in ({"chris", ""}, {"chris"})


def new_listing(client: Client, action: str = "") -> Any:
    house = find(Organisation, "house")
    return post(
        client,
        url("listing", "add"),
        action,
        slug="advice",
        organisation=house.pk,
        kind="counselling",
        audience="affected",
        source_language="de",
        title_de="Beratung",
        **row("contacts", kind="phone", value="110", audience="public", on_bill="unknown"),
    )


class TestListings:
    def test_created_as_a_draft(self, admin: Client) -> None:
        organisation()
        with new_changes() as rows:
            saved(new_listing(admin))
        assert rows == [("listing", "advice", "create")]
        assert not Listing.objects.get().live

    def test_created_and_published_in_one_click(self, admin: Client) -> None:
        organisation()
        with new_changes() as rows:
            saved(new_listing(admin, "publish"))
        assert rows == [("listing", "advice", "create")]
        made = Listing.objects.get()
        assert made.live
        assert made.contacts.get().value == "110"

    def test_a_draft_of_a_published_one(self, admin: Client) -> None:
        entry = listing()
        with new_changes() as rows:
            saved(post(admin, url("listing", "edit", entry.pk), title_de="Neu"))
        assert rows == DRAFTED
        assert stored(entry).title_de == "Beratung"

    def test_edited_and_published_in_one_click(self, admin: Client) -> None:
        entry = listing()
        with new_changes() as rows:
            saved(post(admin, url("listing", "edit", entry.pk), "publish", title_de="Neu"))
        assert rows == UPDATED
        assert stored(entry).title_de == "Neu"

    def test_a_child_added_changed_and_taken_out(self, admin: Client) -> None:
        entry = listing()
        address = url("listing", "edit", entry.pk)
        for changed, values in (
            (row("contacts", kind="phone", value="110", audience="public", on_bill="unknown"), ["110"]),
            ({"contacts-0-value": "112"}, ["112"]),
            ({"contacts-0-DELETE": "on"}, []),
        ):
            with new_changes() as rows:
                saved(post(admin, address, "publish", **changed))
            assert rows == UPDATED
            assert list(stored(entry).contacts.values_list("value", flat=True)) == values

    def test_unpublished(self, admin: Client) -> None:
        entry = listing()
        with new_changes() as rows:
            saved(admin.post(url("listing", "unpublish", entry.pk)))
        assert rows == UPDATED
        assert not stored(entry).live

    def test_scheduled_and_then_published_by_the_clock(self, admin: Client) -> None:
        entry = listing(live=False)
        at = timezone.localtime() + timedelta(hours=1)
        with new_changes() as rows:
            saved(
                post(admin, url("listing", "edit", entry.pk), "publish", go_live_at=at.strftime("%Y-%m-%d %H:%M"))
            )
        assert rows == DRAFTED
        assert not stored(entry).live
        let_an_hour_pass()
        with new_changes() as rows:
            call_command("publish_scheduled")
        assert rows == UPDATED
        assert stored(entry).live

    def test_a_schedule_that_is_cancelled(self, admin: Client) -> None:
        entry = listing(live=False)
        entry.go_live_at = timezone.now() + timedelta(hours=1)
        draft = entry.save_revision()
        draft.publish()
        saved(admin.post(url("listing", "revisions_unschedule", entry.pk, draft.pk)))
        let_an_hour_pass()
        call_command("publish_scheduled")
        assert not stored(entry).live
        saved(admin.post(url("listing", "delete", entry.pk)))

    def test_an_older_revision_brought_back(self, admin: Client) -> None:
        entry = listing()
        older = entry.save_revision()
        saved(post(admin, url("listing", "edit", entry.pk), "publish", title_de="Neu"))
        address = url("listing", "revisions_revert", entry.pk, older.pk)
        with new_changes() as rows:
            saved(post(admin, address, "publish"))
        assert rows == UPDATED
        assert stored(entry).title_de == "Beratung"

    def test_locked_and_unlocked(self, admin: Client) -> None:
        entry = listing()
        for view in ("lock", "unlock"):
            with new_changes() as rows:
                saved(admin.post(url("listing", view, entry.pk)))
            assert rows == UPDATED

    def test_deleted(self, admin: Client) -> None:
        entry = listing()
        entry.contacts.add(ContactPoint(kind="phone", value="110"))
        entry.save()
        with new_changes() as rows:
            saved(admin.post(url("listing", "delete", entry.pk)))
        assert rows == [("listing", "advice", "delete")]

    def test_several_deleted_at_once(self, admin: Client) -> None:
        house = organisation()
        entries = [listing(slug, organisation=house) for slug in ("one", "two", "three")]
        with new_changes() as rows:
            saved(bulk(admin, "delete", entries[:2]))
        assert rows == [("listing", "one", "delete"), ("listing", "two", "delete")]
        assert [entry.slug for entry in Listing.objects.all()] == ["three"]

    def test_several_confirmed_at_once(self, admin: Client) -> None:
        house = organisation()
        entries = [listing(slug, organisation=house) for slug in ("one", "two", "three")]
        with new_changes() as rows:
            saved(bulk(admin, "confirm", entries[:2]))
        assert rows == [("listing", "one", "update"), ("listing", "two", "update")]

    def test_a_refused_form_leaves_none(self, admin: Client) -> None:
        entry = listing()
        with new_changes() as rows:
            assert post(admin, url("listing", "edit", entry.pk), "publish", title_de="").status_code == 200
        assert rows == []
        saved(admin.post(url("listing", "delete", entry.pk)))


class TestOthers:
    def test_an_organisation(self, admin: Client) -> None:
        with new_changes() as rows:
            saved(post(admin, url("organisation", "add"), "publish", slug="house", name_de="Haus"))
        assert rows == [("organisation", "house", "create")]
        house = Organisation.objects.get()
        contact = row("contacts", kind="email", value="a@example.org", audience="public", on_bill="unknown")
        with new_changes() as rows:
            saved(post(admin, url("organisation", "edit", house.pk), "publish", **contact))
        assert rows == [("organisation", "house", "update")]
        with new_changes() as rows:
            saved(admin.post(url("organisation", "delete", house.pk)))
        assert rows == [("organisation", "house", "delete")]

    def test_a_term(self, admin: Client) -> None:
        term("grounds", "gender")
        with new_changes() as rows:
            saved(post(admin, url("term", "add"), vocabulary="grounds", slug="racism", label_de="Rassismus"))
        assert rows == [("term", "racism", "create")]
        racism = find(Term, "racism")
        with new_changes() as rows:
            saved(post(admin, url("term", "edit", racism.pk), label_en="Racism"))
        assert rows == [("term", "racism", "draft")]
        with new_changes() as rows:
            saved(post(admin, url("term", "edit", racism.pk), "publish"))
        assert rows == [("term", "racism", "update")]
        with new_changes() as rows:
            saved(admin.post(url("term", "delete", racism.pk)))
        assert rows == [("term", "racism", "delete")]

    def test_an_area(self, admin: Client) -> None:
        land = area("thueringen", level="land")
        with new_changes() as rows:
            saved(post(admin, url("area", "add"), slug="jena", level="city", name_de="Jena", parent=land.pk))
        assert rows == [("area", "jena", "create")]
        jena = find(Area, "jena")
        with new_changes() as rows:
            saved(post(admin, url("area", "edit", jena.pk), "publish", aliases="Lichtstadt"))
        assert rows == [("area", "jena", "update")]
        assert stored(jena).aliases == ["Lichtstadt"]
        with new_changes() as rows:
            saved(admin.post(url("area", "delete", jena.pk)))
        assert rows == [("area", "jena", "delete")]

    def test_the_configuration(self, admin: Client) -> None:
        area("jena")
        address = url("configuration", "edit", 1)
        with new_changes() as rows:
            saved(post(admin, address, home_area="jena"))
        with new_changes() as again:
            saved(post(admin, address, publisher="Stadt Jena"))
        assert (rows, again) == ([("configuration", "", "create")], [("configuration", "", "update")])
        kept = Configuration.load()
        assert (kept.home_area, kept.publisher) == ("jena", "Stadt Jena")


def bulk(client: Client, action: str, entries: list[Any]) -> Any:
    address = reverse("wagtail_bulk_action", args=["directory", entries[0]._meta.model_name, action])
    chosen = "&".join(f"id={entry.pk}" for entry in entries)
    assert client.get(f"{address}?{chosen}").status_code == 200
    return client.post(f"{address}?{chosen}")
