"""From a member's draft to what is public: nobody's edit is lost, and nothing is public that nobody has seen."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from directory import listings
from directory.models import Listing, Membership
from directory.permissions import Actor, ByLink
from tests.integration.directory.making import find, listing, organisation, person, stored, superuser
from wegweiser import roles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def review() -> None:
    roles.install()


def member(of: str = "house") -> User:
    found = person(f"member-of-{of}")
    house = listing(of).organisation if of == "house" else organisation(of)
    Membership.objects.create(organisation=house, user=found)
    return found


def written(entry: Listing, by: Actor, **values: Any) -> Listing:
    current = stored(entry)
    draft = listings.draft_of(current)
    for name, value in values.items():
        setattr(draft, name, value)
    listings.save_draft(draft=draft, seen=current.latest_revision_id, by=by)
    found: Listing = find(Listing, entry.slug)
    return found


def entry() -> Listing:
    found: Listing = Listing.objects.get(slug="house")
    return found


def test_a_draft_changes_nothing_that_is_public() -> None:
    asel = member()
    after = written(entry(), asel, title_de="Neu")
    assert (after.title_de, listings.draft_of(after).title_de) == ("Beratung", "Neu")


def test_submitted_approved_and_public() -> None:
    asel, reviewer = member(), superuser()
    after = written(entry(), asel, title_de="Neu")
    listings.submit(listing=after, by=asel)
    after = stored(after)
    assert after.workflow_in_progress
    assert after.title_de == "Beratung"
    listings.approve(listing=after, seen=after.latest_revision_id, by=reviewer)
    assert stored(after).title_de == "Neu"


def test_by_a_mailed_link_and_the_history_names_the_address() -> None:
    member()
    by = ByLink(entry().organisation_id, "info@example.org")
    after = written(entry(), by, title_de="Neu")
    listings.submit(listing=after, by=by)
    assert stored(after).workflow_in_progress


def test_whoever_was_slower_is_told_and_nothing_is_lost() -> None:
    asel = member()
    seen = entry().latest_revision_id
    late = listings.draft_of(entry())
    written(entry(), asel, title_de="Zuerst")
    late.title_de = "Später"
    with pytest.raises(listings.ConflictError):
        listings.save_draft(draft=late, seen=seen, by=asel)
    assert listings.draft_of(entry()).title_de == "Zuerst"


def test_what_is_in_review_stays_as_it_was_submitted() -> None:
    asel = member()
    after = written(entry(), asel, title_de="Neu")
    listings.submit(listing=after, by=asel)
    with pytest.raises(listings.InReviewError):
        written(after, asel, title_de="Noch neuer")
    with pytest.raises(listings.InReviewError):
        listings.submit(listing=after, by=asel)
    listings.withdraw(listing=after, by=asel)
    assert listings.draft_of(written(after, asel, title_de="Noch neuer")).title_de == "Noch neuer"


def test_a_reviewer_approves_what_was_seen_only() -> None:
    asel, reviewer = member(), superuser()
    after = written(entry(), asel, title_de="Neu")
    listings.submit(listing=after, by=asel)
    with pytest.raises(listings.ConflictError):
        listings.approve(listing=after, seen=(after.latest_revision_id or 0) - 1, by=reviewer)
    assert stored(after).title_de == "Beratung"


def test_sent_back_mended_and_submitted_again() -> None:
    asel, reviewer = member(), superuser()
    after = written(entry(), asel, title_de="Neu")
    listings.submit(listing=after, by=asel)
    listings.send_back(listing=stored(after), by=reviewer, remark="Bitte kürzer.")
    assert not stored(after).workflow_in_progress
    after = written(after, asel, title_de="Kurz")
    listings.submit(listing=after, by=asel)
    after = stored(after)
    listings.approve(listing=after, seen=after.latest_revision_id, by=reviewer)
    assert stored(after).title_de == "Kurz"


@pytest.mark.parametrize("verb", ["approve", "send_back"])
def test_what_waits_for_nobody_is_not_decided(verb: str) -> None:
    asel = member()
    after = written(entry(), asel, title_de="Neu")
    given: dict[str, Any] = {"seen": after.latest_revision_id} if verb == "approve" else {"remark": "Nein."}
    with pytest.raises(listings.ConflictError):
        getattr(listings, verb)(listing=after, by=superuser(), **given)


def test_others_write_nothing() -> None:
    member()
    stranger, elsewhere = person("stranger"), member("elsewhere")
    for by in (stranger, elsewhere, ByLink(elsewhere.memberships.get().organisation_id, "a@example.org")):
        with pytest.raises(PermissionDenied):
            written(entry(), by, title_de="Fremd")
        for verb in (listings.submit, listings.withdraw, listings.confirm):
            with pytest.raises(PermissionDenied):
                verb(listing=entry(), by=by)
    assert entry().latest_revision_id is None


def test_members_neither_approve_nor_publish() -> None:
    asel = member()
    after = written(entry(), asel, title_de="Neu")
    listings.submit(listing=after, by=asel)
    after = stored(after)
    with pytest.raises(PermissionDenied):
        listings.approve(listing=after, seen=after.latest_revision_id, by=asel)
    with pytest.raises(PermissionDenied):
        listings.publish(listing=after, by=asel)


def test_what_is_wrong_is_not_submitted() -> None:
    asel = member()
    after = written(entry(), asel, title_de="")
    with pytest.raises(ValidationError):
        listings.submit(listing=after, by=asel)
    assert not stored(after).workflow_in_progress
