"""What an organisation calls wrong itself is hidden at once, and shown again when it is something else."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils.timezone import localtime

from directory import listings
from directory.cards import card
from directory.exchange.record import records
from directory.models import Contact, ContactPoint, Listing, Membership
from directory.permissions import ByLink
from directory.proposals import correcting
from tests.integration.directory.making import listing, new_changes, organisation, person, stored
from wegweiser import roles

pytestmark = pytest.mark.django_db
NUMBER, OTHER = "0211 8928888", "0211 4567890"


@pytest.fixture
def entry() -> Listing:
    roles.install()
    made = listing()
    ContactPoint(listing=made, kind="phone", value=NUMBER).save()
    ContactPoint(listing=made, kind="email", value="info@example.org").save()
    return stored(made)  # type: ignore[no-any-return]


@pytest.fixture
def owner(entry: Listing) -> User:
    found = person("asel")
    Membership.objects.create(organisation=entry.organisation, user=found)
    return found


def phone(entry: Listing) -> ContactPoint:
    found: ContactPoint = ContactPoint.objects.get(listing=entry, kind="phone")
    return found


def seen(entry: Listing) -> str:
    shown = card(stored(entry), at=localtime()).phone
    return shown.shown if shown else ""


def hide(entry: Listing, by: User | ByLink) -> int:
    return correcting.hide(listing=stored(entry), wrong=[phone(entry).pk], by=by)


class TestHiding:
    def test_nobody_sees_it_and_everybody_is_told(self, entry: Listing, owner: User) -> None:
        assert seen(entry) == NUMBER
        assert hide(entry, owner) == 1
        assert seen(entry) == ""
        assert card(stored(entry), at=localtime()).being_corrected == (str(Contact.Kind.PHONE.label),)

    def test_only_what_was_named(self, entry: Listing, owner: User) -> None:
        hide(entry, owner)
        assert card(stored(entry), at=localtime()).email == "info@example.org"

    def test_no_export_has_it(self, entry: Listing, owner: User) -> None:
        assert NUMBER in str(list(records()))
        hide(entry, owner)
        assert NUMBER not in str(list(records()))

    def test_whoever_holds_a_mailed_link_of_the_organisation(self, entry: Listing) -> None:
        assert hide(entry, ByLink(entry.organisation_id, "info@example.org")) == 1

    @pytest.mark.parametrize("stranger", ["account", "link"])
    def test_nobody_else(self, entry: Listing, stranger: str) -> None:
        other = organisation("other")
        by = person("eve") if stranger == "account" else ByLink(other.pk, "info@example.org")
        with pytest.raises(PermissionDenied):
            hide(entry, by)
        assert seen(entry) == NUMBER

    def test_contacts_of_another_listing_stay(self, entry: Listing, owner: User) -> None:
        elsewhere = listing("elsewhere", organisation=entry.organisation)
        ContactPoint(listing=elsewhere, kind="phone", value=NUMBER).save()
        assert correcting.hide(listing=entry, wrong=[phone(elsewhere).pk], by=owner) == 0
        assert seen(elsewhere) == NUMBER

    def test_the_log_says_that_the_listing_has_changed(self, entry: Listing, owner: User) -> None:
        with new_changes() as changes:
            hide(entry, owner)
        assert [(model, slug) for model, slug, _action in changes] == [("listing", "advice")]

    def test_twice_is_once(self, entry: Listing, owner: User) -> None:
        hide(entry, owner)
        assert hide(entry, owner) == 0


class TestDrafts:
    def written(self, entry: Listing, owner: User, number: str) -> Listing:
        current = stored(entry)
        draft = listings.draft_of(current)
        rows = list(draft.contacts.all())
        rows[0].value = number
        draft.contacts = rows  # type: ignore[misc]
        listings.save_draft(draft=draft, seen=current.latest_revision_id, by=owner)
        return stored(entry)  # type: ignore[no-any-return]

    def test_a_waiting_draft_does_not_bring_it_back(self, entry: Listing, owner: User) -> None:
        after = self.written(entry, owner, NUMBER)
        hide(after, owner)
        stored(after).get_latest_revision().publish()
        assert seen(entry) == ""

    def test_what_the_draft_has_corrected_is_public_with_it(self, entry: Listing, owner: User) -> None:
        after = self.written(entry, owner, OTHER)
        hide(after, owner)
        assert seen(entry) == ""
        stored(after).get_latest_revision().publish()
        assert seen(entry) == OTHER

    def test_another_number_is_shown_again_when_it_is_approved(self, entry: Listing, owner: User) -> None:
        hide(entry, owner)
        after = self.written(entry, owner, OTHER)
        assert seen(entry) == ""
        after.get_latest_revision().publish()
        assert seen(entry) == OTHER
        assert phone(entry).audience == Contact.Audience.PUBLIC

    def test_the_same_number_stays_hidden(self, entry: Listing, owner: User) -> None:
        hide(entry, owner)
        self.written(entry, owner, NUMBER).get_latest_revision().publish()
        assert seen(entry) == ""


class TestShowingAgain:
    def test_it_was_right_after_all(self, entry: Listing, owner: User) -> None:
        hide(entry, owner)
        correcting.show_again(listing=stored(entry), contacts=[phone(entry).pk], by=owner)
        assert seen(entry) == NUMBER

    def test_what_is_for_professionals_only_does_not_become_public(self, entry: Listing, owner: User) -> None:
        row = phone(entry)
        row.audience = Contact.Audience.PROFESSIONALS
        row.save()
        correcting.show_again(listing=stored(entry), contacts=[row.pk], by=owner)
        assert phone(entry).audience == Contact.Audience.PROFESSIONALS

    def test_not_by_a_stranger(self, entry: Listing, owner: User) -> None:
        hide(entry, owner)
        with pytest.raises(PermissionDenied):
            correcting.show_again(listing=stored(entry), contacts=[phone(entry).pk], by=person("eve"))


class TestPages:
    def test_the_page_says_so_instead_of_the_number(self, entry: Listing, owner: User, client: Client) -> None:
        hide(entry, owner)
        page = client.get("/en/angebote/advice/").content.decode()
        assert "Is being corrected at the moment:" in page
        assert NUMBER not in page

    def test_nothing_is_said_where_nothing_is_wrong(self, entry: Listing, client: Client) -> None:
        assert "corrected" not in client.get("/en/angebote/advice/").content.decode()
