"""The clock publishes with no language active, a colleague with any: the result is the same (R15)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone, translation

from directory.models import Change, ContactPoint, Exclusion, Listing
from tests.integration.directory.making import let_an_hour_pass, stored, unsaved_listing

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
