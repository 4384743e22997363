"""Staff decide: an entry becomes a draft, a claim an invitation, and whoever asked gets an answer by mail."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import translation

from directory import listings
from directory.models import (
    ContactPoint,
    Invitation,
    Listing,
    Membership,
    Organisation,
    OrganisationContact,
    Proposal,
)
from directory.proposals import correcting, deciding, making, policies
from tests.integration.directory.making import listing, organisation, person, stored
from tests.integration.directory.proposals.conftest import NUMBER

pytestmark = pytest.mark.django_db
SENDER = "asel@verein.example.org"
Commit = Any


def proposal(kind: str, **fields: Any) -> Proposal:
    made = Proposal(kind=kind, **({"email": SENDER, "language": "en", "policy": "2020-01"} | fields))
    made.save()
    return made


def about_organisation(**told: Any) -> Proposal:
    given = {"name": "Verein für Vielfalt", "does": "Berät.", "phone": "0211 4567890", "language": "de"}
    return proposal("organisation", fields=given | told)


def about_listing(**told: Any) -> Proposal:
    given = {
        "title": "Training",
        "kind": "training",
        "audience": "institutions",
        "helps_with": "Reden.",
        "mail": "training@example.org",
        "language": "tr",
    }
    return proposal("listing", fields=given | told)


@pytest.fixture
def accept(reviewer: User, django_capture_on_commit_callbacks: Commit) -> Any:
    def decide(found: Proposal, **given: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return deciding.accept(proposal=found, by=reviewer, **given)

    return decide


@pytest.fixture
def refuse(reviewer: User, django_capture_on_commit_callbacks: Commit) -> Any:
    def decide(found: Proposal, **given: Any) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            deciding.refuse(proposal=found, by=reviewer, **given)

    return decide


class TestAnOrganisation:
    def test_becomes_a_draft(self, accept: Any) -> None:
        made = accept(about_organisation())
        assert (made.slug, made.name_de, made.description_de) == (
            "verein-fuer-vielfalt",
            "Verein für Vielfalt",
            "Berät.",
        )
        assert not made.live
        assert made.latest_revision
        assert OrganisationContact.objects.get(organisation=made).value == "0211 4567890"
        assert made.get_latest_revision_as_object().contacts.count() == 1

    def test_in_the_language_that_it_was_written_in(self, accept: Any) -> None:
        with translation.override("de"):
            made = accept(about_organisation(name="جمعية", language="ar"))
        assert (made.name_ar, made.name_de) == ("جمعية", None)
        assert made.slug == "organisation"

    def test_whoever_works_there_is_invited_as_its_owner(self, accept: Any) -> None:
        made = accept(about_organisation(own=True))
        found = Invitation.objects.get()
        assert (found.organisation, found.email, found.role, found.language) == (made, SENDER, "owner", "en")

    def test_whoever_does_not_is_not(self, accept: Any) -> None:
        accept(about_organisation())
        assert not Invitation.objects.exists()

    def test_two_of_one_name_have_two_addresses(self, accept: Any) -> None:
        accept(about_organisation())
        assert accept(about_organisation()).slug == "verein-fuer-vielfalt-2"


class TestAnOffer:
    def test_becomes_a_draft_that_can_be_published_when_it_is_complete(self, accept: Any, reviewer: User) -> None:
        house = organisation()
        made = accept(about_listing(), organisation=house)
        assert (made.organisation, made.title_tr, made.source_language) == (house, "Training", "tr")
        assert (made.kind, made.audience, made.live) == ("training", "institutions", False)
        assert ContactPoint.objects.get(listing=made).value == "training@example.org"
        assert made not in Listing.objects.public()
        listings.publish(listing=made, by=reviewer)
        assert stored(made) in Listing.objects.public()
        assert ContactPoint.objects.filter(listing=made).count() == 1

    def test_needs_an_organisation(self, accept: Any) -> None:
        found = about_listing(organisation="Not here yet")
        with pytest.raises(deciding.IncompleteError):
            accept(found)
        assert stored(found).state == "waiting"
        assert not Listing.objects.exists()


class TestAClaim:
    def test_is_an_invitation(self, accept: Any) -> None:
        house = organisation()
        accept(proposal("claim", organisation=house))
        assert Invitation.objects.get().organisation == house
        assert not Membership.objects.exists()

    def test_of_somebody_who_is_there_already(self, accept: Any) -> None:
        house, asel = organisation(), person("asel")
        asel.email = SENDER
        asel.save()
        Membership.objects.create(organisation=house, user=asel)
        accept(proposal("claim", organisation=house))
        assert not Invitation.objects.exists()

    def test_a_letter_without_an_address_invites_nobody(self, accept: Any) -> None:
        found = proposal("claim", organisation=organisation(), email="")
        accept(found)
        assert stored(found).state == "accepted"
        assert not mail.outbox


class TestARemoval:
    def test_of_one_entry(self, accept: Any) -> None:
        one, other = listing(), listing("other")
        accept(proposal("removal", listing=one, organisation=one.organisation))
        assert (stored(one).live, stored(other).live) == (False, True)

    def test_of_an_organisation_that_is_gone(self, accept: Any) -> None:
        one, elsewhere = listing(), listing("elsewhere", organisation=organisation("elsewhere"))
        accept(proposal("removal", organisation=one.organisation))
        assert (stored(one).live, stored(one.organisation).live) == (False, False)
        assert (stored(elsewhere).live, stored(elsewhere.organisation).live) == (True, True)


class TestAReport:
    @pytest.fixture
    def hidden(self, entry: Listing, reviewer: User) -> Proposal:
        row = ContactPoint.objects.get(listing=entry, kind="phone")
        correcting.hide(listing=entry, wrong=[row.pk], by=reviewer)
        return proposal("error", listing=entry, fields={"hidden": [row.pk], "verified": True})

    def public(self, found: Proposal) -> list[str]:
        assert found.listing
        return [row.value for row in correcting.public_contacts(stored(found.listing))]

    def test_that_was_no_mistake_shows_the_number_again(self, hidden: Proposal, refuse: Any) -> None:
        assert NUMBER not in self.public(hidden)
        refuse(hidden)
        assert NUMBER in self.public(hidden)

    def test_that_was_right_leaves_it_hidden(self, hidden: Proposal, accept: Any) -> None:
        accept(hidden)
        assert NUMBER not in self.public(hidden)

    def test_without_a_proven_address_is_answered_to_nobody(
        self, entry: Listing, accept: Any, refuse: Any
    ) -> None:
        accept(proposal("error", listing=entry))
        refuse(proposal("error", listing=entry))
        assert not mail.outbox


class TestTheAnswer:
    def test_a_refusal_names_the_rules_and_the_point(self, refuse: Any) -> None:
        refuse(about_organisation(), reason="off_topic", answer="It is about football.")
        (found,) = mail.outbox
        version = policies.current().version
        assert f"/de/aufnahme/{version}/" in found.body
        assert f"/en/aufnahme/{version}/" in found.body
        assert "It is about football." in found.body
        assert "Offers on another subject" in found.body
        assert "Angebote mit einem anderen Thema" in found.body

    @pytest.mark.parametrize("kind", ["organisation", "listing", "claim", "removal"])
    def test_every_refusal_does(self, kind: str, refuse: Any) -> None:
        house = organisation()
        refuse(proposal(kind, organisation=house, fields={"title": "T", "name": "N"}))
        assert f"/en/aufnahme/{policies.current().version}/" in mail.outbox[0].body
        assert Proposal.objects.get().policy == policies.current().version

    def test_who_is_accepted_is_told(self, accept: Any) -> None:
        accept(about_organisation(), answer="Welcome!")
        assert mail.outbox[0].to == [SENDER]
        assert "Welcome!" in mail.outbox[0].body

    def test_nothing_is_mailed_where_nothing_was_decided(self, accept: Any) -> None:
        with pytest.raises(deciding.IncompleteError):
            accept(about_listing())
        assert not mail.outbox


class TestOnce:
    def test_who_was_slower_is_told(self, accept: Any, refuse: Any) -> None:
        found = about_organisation()
        accept(found)
        for late in (accept, refuse):
            with pytest.raises(deciding.DecidedError):
                late(found)
        assert Organisation.objects.count() == 1
        assert len(mail.outbox) == 1

    def test_what_nobody_has_confirmed_cannot_be_decided(self, accept: Any) -> None:
        found = about_organisation()
        found.state = Proposal.State.UNVERIFIED
        found.save()
        with pytest.raises(deciding.DecidedError):
            accept(found)

    @pytest.mark.parametrize("permissions", [(), ("change_listing", "add_listing")])
    def test_only_by_who_may_publish(self, permissions: tuple[str, ...]) -> None:
        found, by = about_organisation(), person("ed", *permissions)
        with pytest.raises(PermissionDenied):
            deciding.accept(proposal=found, by=by)
        with pytest.raises(PermissionDenied):
            deciding.refuse(proposal=found, by=by)
        assert stored(found).state == "waiting"

    def test_it_is_noted_who_decided(self, accept: Any, reviewer: User) -> None:
        found = about_organisation()
        accept(found)
        after = stored(found)
        assert (after.decided_by, after.state) == (reviewer, "accepted")
        assert after.decided_at


class TestSlugs:
    @pytest.mark.parametrize(
        ("name", "slug"),
        [
            ("Verein", "verein"),
            ("Größe & Mut e. V.", "groesse-mut-e-v"),
            ("جمعية", "organisation"),
            ("", "organisation"),
        ],
    )
    def test_in_latin_letters(self, db: None, name: str, slug: str) -> None:
        assert making.slug_base(Organisation, name) == slug
