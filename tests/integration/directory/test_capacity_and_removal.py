"""What members say without a review: whether there is room. And what they ask staff for: to take an entry away."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry

from directory import listings
from directory.models import Change, Listing, Membership, Proposal
from directory.permissions import ByLink
from tests.integration.directory.making import (
    let_an_hour_pass,
    listing,
    new_changes,
    organisation,
    person,
    stored,
    superuser,
)
from wegweiser import roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def asel() -> User:
    roles.install()
    found = person("asel")
    Membership.objects.create(organisation=listing().organisation, user=found)
    return found


@pytest.fixture
def stranger(asel: User) -> User:
    found = person("stranger")
    Membership.objects.create(organisation=organisation("elsewhere"), user=found)
    return found


def entry() -> Listing:
    found: Listing = Listing.objects.get(slug="advice")
    return found


def full(by: Any, weeks: int | None = 6, capacity: str = "waiting_list") -> None:
    listings.set_capacity(listing=entry(), capacity=capacity, waiting_weeks=weeks, by=by)


class TestCapacity:
    def test_is_public_at_once_and_in_the_log(self, asel: User) -> None:
        full(asel)
        assert (entry().capacity, entry().waiting_weeks) == ("waiting_list", 6)
        assert Change.objects.latest("id").summary == "capacity waiting_weeks"
        assert Change.objects.latest("id").by == "asel"
        noted = ModelLogEntry.objects.get(action="wegweiser.capacity")
        assert (noted.user, noted.data["capacity"], noted.data["waiting_weeks"]) == (asel, "waiting_list", 6)

    def test_goes_into_a_draft_and_takes_nothing_else_of_it_along(self, asel: User) -> None:
        draft = listings.draft_of(entry())
        draft.title_de = "Neu"
        listings.save_draft(draft=draft, seen=None, by=asel)
        full(asel)
        assert (entry().title_de, entry().capacity) == ("Beratung", "waiting_list")
        waiting = listings.draft_of(entry())
        assert (waiting.title_de, waiting.capacity) == ("Neu", "waiting_list")

    def test_is_not_taken_back_by_what_is_approved_later(self, asel: User) -> None:
        draft = listings.draft_of(entry())
        draft.title_de = "Neu"
        listings.save_draft(draft=draft, seen=None, by=asel)
        listings.submit(listing=entry(), by=asel)
        full(asel)
        listings.approve(listing=entry(), seen=entry().latest_revision_id, by=superuser())
        assert (entry().title_de, entry().capacity) == ("Neu", "waiting_list")

    def test_the_same_once_more_writes_nothing(self, asel: User) -> None:
        full(asel)
        with new_changes() as rows:
            full(asel)
        assert rows == []

    def test_by_a_mailed_link(self, asel: User) -> None:
        full(ByLink(entry().organisation_id, "info@example.org"))
        assert Change.objects.latest("id").by == "info@example.org"

    @pytest.mark.parametrize(("weeks", "capacity"), [(6, "Bitte anrufen!"), (-1, "full"), (105, "full")])
    def test_only_what_is_coded(self, asel: User, weeks: int, capacity: str) -> None:
        with pytest.raises(ValueError, match=r"Bitte|-1|105"):
            full(asel, weeks, capacity)
        assert entry().capacity == "unknown"

    def test_not_of_somebody_elses_entry(self, stranger: User) -> None:
        for by in (stranger, ByLink(organisation("third").pk, "info@example.org")):
            with pytest.raises(PermissionDenied):
                full(by)
        assert entry().capacity == "unknown"


class TestRemoval:
    def ask(self, by: Any, remark: str = "Gibt es nicht mehr.") -> Proposal:
        return listings.request_removal(
            listing=entry(), remark=remark, email="asel@example.org", language="de", by=by
        )

    def test_waits_for_staff_and_the_entry_stays(self, asel: User) -> None:
        asked = self.ask(asel)
        assert (asked.kind, asked.state, asked.listing) == ("removal", "waiting", entry())
        assert asked.organisation == entry().organisation
        assert entry().live
        assert listings.removal_asked_for(entry()) == asked
        assert ModelLogEntry.objects.get(action="wegweiser.removal").user == asel

    def test_asked_twice_is_one(self, asel: User) -> None:
        assert self.ask(asel).pk == self.ask(asel, "Ende Dezember.").pk
        assert stored(Proposal.objects.get()).remark == "Ende Dezember."

    def test_what_was_refused_can_be_asked_again(self, asel: User) -> None:
        asked = self.ask(asel)
        asked.state = Proposal.State.REFUSED
        asked.save()
        assert listings.removal_asked_for(entry()) is None
        assert self.ask(asel).pk != asked.pk

    def test_not_of_somebody_elses_entry(self, stranger: User) -> None:
        with pytest.raises(PermissionDenied):
            self.ask(stranger)
        assert not Proposal.objects.exists()


class TestMeanwhile:
    def test_who_has_read_the_entry_before_does_not_take_it_back(self, asel: User) -> None:
        full(asel, 2)
        seen, late = entry().latest_revision_id, listings.draft_of(entry())
        full(asel, 12)
        late.title_de = "Neu"
        with pytest.raises(listings.ConflictError):
            listings.save_draft(draft=late, seen=seen, by=asel)
        assert entry().waiting_weeks == 12

    def test_nor_takes_back_that_somebody_has_confirmed_it(self, asel: User) -> None:
        seen, late = entry().latest_revision_id, listings.draft_of(entry())
        listings.confirm(listing=entry(), by=asel)
        with pytest.raises(listings.ConflictError):
            listings.save_draft(draft=late, seen=seen, by=asel)

    def test_a_version_that_waits_for_its_hour_does_not_take_it_back(self, asel: User) -> None:
        planned = listings.draft_of(entry())
        planned.title_de, planned.go_live_at = "Geplant", timezone.now() + timedelta(hours=1)
        planned.save_revision().publish()
        draft = listings.draft_of(entry())
        draft.description_de, draft.go_live_at = "Danach", None
        listings.save_draft(draft=draft, seen=entry().latest_revision_id, by=asel)
        full(asel, 12)
        let_an_hour_pass()
        call_command("publish_scheduled")
        assert (entry().title_de, entry().waiting_weeks) == ("Geplant", 12)
        assert listings.draft_of(entry()).waiting_weeks == 12
