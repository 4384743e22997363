"""Members hide a wrong number with one click; nobody else's, and nobody else does."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from directory.models import Configuration, Contact, ContactPoint, Listing, Membership
from tests.integration.directory.making import listing, organisation, person
from tests.integration.directory.proposals.conftest import NUMBER
from tests.integration.public.reading import read

pytestmark = pytest.mark.django_db
PATH = "/konto/falsch/advice/"


@pytest.fixture
def asel(entry: Listing) -> User:
    found = person("asel")
    Membership.objects.create(organisation=entry.organisation, user=found, language="en")
    return found


@pytest.fixture
def member(asel: User, client: Client) -> Client:
    client.force_login(asel)
    return client


def phone() -> ContactPoint:
    found: ContactPoint = ContactPoint.objects.get(listing__slug="advice", kind="phone")
    return found


def test_one_click_hides_it_and_one_shows_it_again(member: Client) -> None:
    assert NUMBER in read(member.get(PATH)).text
    member.post(PATH, {"wrong": phone().pk})
    assert phone().audience == Contact.Audience.NOBODY
    assert NUMBER not in member.get("/en/angebote/advice/").content.decode()
    assert read(member.get(PATH)).one("button", name="right")
    member.post(PATH, {"right": phone().pk})
    assert phone().audience == Contact.Audience.PUBLIC


def test_the_entry_leads_there(member: Client) -> None:
    assert read(member.get("/konto/eintrag/advice/")).one("a", href=PATH)


def test_somebody_of_another_organisation_finds_nothing(entry: Listing, client: Client) -> None:
    eve = person("eve")
    Membership.objects.create(organisation=organisation("other"), user=eve)
    client.force_login(eve)
    assert client.get(PATH).status_code == 404
    assert client.post(PATH, {"wrong": phone().pk}).status_code == 404
    assert phone().audience == Contact.Audience.PUBLIC


def test_not_what_another_listing_has(member: Client) -> None:
    other = listing("other", organisation=organisation("other"))
    row = ContactPoint(listing=other, kind="phone", value=NUMBER)
    row.save()
    member.post(PATH, {"wrong": row.pk})
    row.refresh_from_db()
    assert row.audience == Contact.Audience.PUBLIC


def test_while_everything_is_frozen_it_says_so(member: Client) -> None:
    Configuration(pk=1, frozen=True).save()
    page = member.post(PATH, {"wrong": phone().pk}, follow=True)
    assert "cannot be changed at the moment" in read(page).text
    assert phone().audience == Contact.Audience.PUBLIC


@pytest.mark.parametrize("value", ["", "x", "-1", "²", "9" * 30])
def test_what_is_no_contact_changes_nothing(member: Client, value: str) -> None:
    assert member.post(PATH, {"wrong": value}).status_code == 302
    assert member.post(PATH, {"right": value}).status_code == 302
    assert phone().audience == Contact.Audience.PUBLIC
