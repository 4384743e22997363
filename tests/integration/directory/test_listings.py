"""What may be done with a listing, by whom, and what it leaves behind."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation
from wagtail.models import ModelLogEntry

from directory import listings, permissions
from directory.models import ContactPoint, Listing
from tests.integration.directory.making import (
    listing,
    new_changes,
    organisation,
    person,
    stored,
    superuser,
)

pytestmark = pytest.mark.django_db


class TestConfirm:
    def test_date_name_and_no_more_need_to_check(self) -> None:
        entry, staff = listing(needs_check=True), person("asel", "change_listing")
        listings.confirm(listing=entry, by=staff)
        for found in (entry, stored(entry)):
            assert found.last_confirmed_on == timezone.localdate()
            assert found.last_confirmed_by == "asel"
            assert found.needs_check is False

    def test_on_another_day(self) -> None:
        entry = listing()
        listings.confirm(listing=entry, by=superuser(), on=date(2026, 5, 1))
        assert stored(entry).last_confirmed_on == date(2026, 5, 1)

    def test_a_waiting_draft_stays_a_draft_and_is_confirmed_too(self) -> None:
        entry = listing()
        entry.title_de = "Entwurf"
        entry.contacts.add(ContactPoint(kind="phone", value="110"))
        entry.save_revision()
        listings.confirm(listing=stored(entry), by=superuser())
        after = stored(entry)
        assert (after.title_de, after.has_unpublished_changes) == ("Beratung", True)
        assert not after.contacts.exists()
        after.get_latest_revision().publish()
        published = stored(entry)
        assert published.title_de == "Entwurf"
        assert published.last_confirmed_on == timezone.localdate()
        assert published.contacts.get().value == "110"

    def test_a_listing_that_was_never_published_stays_unpublished(self) -> None:
        entry = listing(live=False)
        listings.confirm(listing=entry, by=superuser())
        assert not stored(entry).live

    def test_without_a_draft_none_is_made(self) -> None:
        entry = listing()
        listings.confirm(listing=entry, by=superuser())
        assert not stored(entry).has_unpublished_changes
        assert stored(entry).latest_revision == stored(entry).live_revision

    def test_the_history_names_it(self) -> None:
        entry, staff = listing(), superuser()
        listings.confirm(listing=entry, by=staff)
        assert ModelLogEntry.objects.for_instance(entry).get().action == "wegweiser.confirm"


class TestPublish:
    @pytest.mark.parametrize("active", [None, "de", "en", "ar"])
    def test_the_latest_draft_in_all_languages(self, active: str | None) -> None:
        entry = listing(live=False, title_ar="استشارة")
        entry.title_en = "Advice"
        entry.save_revision()
        with translation.override(active):
            listings.publish(listing=stored(entry), by=superuser())
        found = stored(entry)
        assert found.live
        assert (found.title_de, found.title_en, found.title_ar) == ("Beratung", "Advice", "استشارة")
        assert found.first_published_at

    def test_without_a_draft_the_listing_as_it_stands(self) -> None:
        entry = listing(live=False)
        listings.publish(listing=entry, by=superuser())
        assert stored(entry).live


class TestArchive:
    def test_it_leaves_the_public_pages_and_loses_nothing(self) -> None:
        entry = listing(title_ar="استشارة")
        entry.contacts.add(ContactPoint(kind="phone", value="110"))
        entry.save()
        listings.archive(listing=entry, by=superuser())
        found = stored(entry)
        assert not found.live
        assert (found.title_ar, found.contacts.get().value) == ("استشارة", "110")
        assert not Listing.objects.public().exists()

    def test_twice_is_as_good_as_once(self) -> None:
        entry, staff = listing(), superuser()
        listings.archive(listing=entry, by=staff)
        listings.archive(listing=stored(entry), by=staff)
        assert not stored(entry).live


VERBS: list[tuple[Callable[..., None], str]] = [
    (listings.confirm, "change_listing"),
    (listings.publish, "publish_listing"),
    (listings.archive, "publish_listing"),
]
each_verb = pytest.mark.parametrize(("verb", "needed"), VERBS, ids=lambda each: getattr(each, "__name__", each))


@each_verb
class TestWhoMay:
    def test_staff_with_the_permission(self, verb: Callable[..., None], needed: str) -> None:
        verb(listing=listing(), by=person("asel", needed))

    def test_a_colleague_with_other_permissions_may_not(self, verb: Callable[..., None], needed: str) -> None:
        others = {"view_listing", "add_listing", "delete_listing", "change_listing", "publish_listing"} - {needed}
        refused(verb, person("bo", *others, "change_organisation"))

    def test_a_stranger_may_not(self, verb: Callable[..., None], needed: str) -> None:
        refused(verb, person("eve"))

    def test_somebody_who_left_may_not(self, verb: Callable[..., None], needed: str) -> None:
        gone = superuser("gone")
        gone.is_active = False
        gone.save()
        refused(verb, gone)


def refused(verb: Callable[..., None], by: User) -> None:
    entry = listing()
    before = stored(entry).serializable_data()
    with new_changes() as rows, pytest.raises(PermissionDenied):
        verb(listing=entry, by=by)
    assert rows == []
    assert stored(entry).serializable_data() == before
    assert not ModelLogEntry.objects.exists()


@pytest.mark.parametrize("rule", [permissions.may_confirm, permissions.may_publish])
def test_nobody_in_particular_may_nothing(rule: Callable[..., bool]) -> None:
    assert rule(AnonymousUser(), listing()) is False


class TestPublic:
    """What everybody may see."""

    def slugs(self, on: date | None = None) -> set[str]:
        return {entry.slug for entry in Listing.objects.public(on=on)}

    def test_published_and_nothing_else(self) -> None:
        house = organisation()
        listing("shown", organisation=house)
        listing("draft", organisation=house, live=False)
        listing("internal", organisation=house, internal_only=True)
        listing("hidden", organisation=organisation("asleep", live=False))
        assert self.slugs() == {"shown"}

    def test_up_to_and_on_the_last_day(self) -> None:
        last = date(2026, 6, 30)
        listing("short", valid_until=last)
        listing("long")
        assert self.slugs(on=last) == {"short", "long"}
        assert self.slugs(on=last + timedelta(days=1)) == {"long"}

    def test_today_is_meant_where_no_day_is_named(self) -> None:
        listing("over", valid_until=timezone.localdate() - timedelta(days=1))
        listing("today", valid_until=timezone.localdate())
        assert self.slugs() == {"today"}
