"""The clock publishes with no language active, a colleague with any: the result is the same (R15)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone, translation

from directory import listings
from directory.models import Change, ContactPoint, Exclusion, Listing
from tests.integration.directory.making import let_an_hour_pass, listing, stored, superuser, unsaved_listing
from wegweiser import roles

pytestmark = pytest.mark.django_db

CLOCK = {"last_published_at", "first_published_at", "go_live_at"}


def scheduled() -> Listing:
    entry = unsaved_listing(title_de="", title_ar="استشارة", title_tr="Danışma", source_language="ar", live=False)
    entry.contacts.add(ContactPoint(kind="phone", value="110"))
    entry.exclusions.add(Exclusion(strength="hard", reason_en="Reason"))
    entry.save()
    entry.go_live_at = timezone.now() + timedelta(hours=1)
    entry.save_revision().publish()
    let_an_hour_pass()
    assert not stored(entry).live
    return entry


def facts(entry: Listing) -> dict[str, Any]:
    data: dict[str, Any] = stored(entry).serializable_data()
    return {key: value for key, value in data.items() if key not in CLOCK} | {"named": str(stored(entry))}


@pytest.mark.parametrize("active", [None, "de", "en", "ar"])
def test_publish_scheduled_does_the_same_in_every_language(active: str | None) -> None:
    entry = scheduled()
    before = facts(entry)
    with translation.override(active):
        call_command("publish_scheduled")
    after = facts(entry)
    changed = {key for key in before if before[key] != after[key]}
    assert changed == {"live", "live_revision", "has_unpublished_changes"}
    assert after["live"]
    assert (after["title_ar"], after["title_de"] or "", after["title_tr"]) == ("استشارة", "", "Danışma")
    assert after["exclusions"][0]["reason_en"] == "Reason"
    assert not after["exclusions"][0]["reason_de"]
    assert Change.objects.latest("id").slug == "advice"


@pytest.mark.parametrize("active", [None, "de", "en", "ar"])
def test_public_follows_the_clock(active: str | None) -> None:
    entry = scheduled()
    with translation.override(active):
        assert not Listing.objects.public().exists()
        call_command("publish_scheduled")
        assert [found.slug for found in Listing.objects.public()] == [entry.slug]


class TestWhileSomethingNewerIsReviewed:
    @pytest.fixture
    def entry(self) -> Listing:
        """One version waits for its hour, a newer one for a reviewer."""
        roles.install()
        chris, entry = superuser(), listing()
        entry.title_de, entry.go_live_at = "Geplant", timezone.now() + timedelta(hours=1)
        entry.save_revision().publish()
        draft = listings.draft_of(stored(entry))
        draft.description_de, draft.go_live_at = "Danach", None
        listings.save_draft(draft=draft, seen=stored(entry).latest_revision_id, by=chris)
        listings.submit(listing=entry, by=chris)
        let_an_hour_pass()
        found: Listing = stored(entry)
        return found

    def test_the_review_goes_on(self, entry: Listing) -> None:
        call_command("publish_scheduled")
        after = stored(entry)
        assert (after.title_de, after.description_de or "") == ("Geplant", "")
        assert after.workflow_in_progress
        listings.approve(listing=after, seen=after.latest_revision_id, by=superuser("omid"))
        after = stored(entry)
        assert (after.title_de, after.description_de) == ("Geplant", "Danach")
        assert not after.workflow_in_progress

    def test_publishing_the_version_that_is_reviewed_ends_the_review(self, entry: Listing) -> None:
        listings.publish(listing=entry, by=superuser("omid"))
        assert stored(entry).description_de == "Danach"
        assert not stored(entry).workflow_in_progress
