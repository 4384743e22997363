"""The page of one listing, of one organisation."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from directory.models import ContactPoint, Listing, Place
from tests.integration.public.conftest import Get

SECRET = "Geheimweg 7"


@pytest.fixture
def listing(demo: None) -> Listing:
    found: Listing = Listing.objects.get(slug="dus-obr")
    return found


def test_the_number_can_be_called(get: Get) -> None:
    call = get("/de/angebote/dus-obr/").one("a", having="call")
    assert call.attributes["href"] == "tel:+4921115925566"
    assert call.dir == "ltr"


def test_its_number_reads_from_left_to_right_on_an_arabic_page(get: Get) -> None:
    page = get("/ar/angebote/dus-obr/")
    assert page.within("bdi", inside="call")[0].attributes["dir"] == "ltr"


def test_an_unknown_contact_says_so(get: Get, listing: Listing) -> None:
    listing.contacts.set([])
    listing.organisation.website = ""
    listing.organisation.save()
    listing.save()
    assert "Contact: not known yet" in get("/en/angebote/dus-obr/").text


def test_the_codes_speak_arabic_and_the_german_text_follows(get: Get, listing: Listing) -> None:
    page = get("/ar/angebote/dus-obr/")
    description = str(listing.__dict__["description_de"])
    german = next(element for element in page.all("p") if description.split(".", maxsplit=1)[0] in element.text)
    assert (german.attributes["lang"], german.attributes["dir"]) == ("de", "ltr")
    assert "العنصرية" in page.one(having="facts").text


def test_a_hidden_address_is_nowhere_on_the_page(get: Get, listing: Listing) -> None:
    listing.places.set([Place(name="Haus", address=f"{SECRET}, 40210 Düsseldorf", visibility="hidden")])
    listing.save()
    page = get("/en/angebote/dus-obr/")
    assert SECRET not in page.response.content.decode()
    assert "The address is confidential." in page.text


def test_a_number_for_professionals_is_not_on_the_page(get: Get, listing: Listing) -> None:
    listing.contacts.set([ContactPoint(kind="phone", value="0211 999999", audience="professionals")])
    listing.save()
    assert "999999" not in get("/de/angebote/dus-obr/").response.content.decode()


@pytest.mark.parametrize("field", ["internal_only", "valid_until", "live"])
def test_what_is_not_public_does_not_exist(client: Client, listing: Listing, field: str) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    setattr(listing, field, {"internal_only": True, "valid_until": yesterday, "live": False}[field])
    listing.save()
    assert client.get("/de/angebote/dus-obr/").status_code == 404
    assert "dus-obr" not in client.get("/de/stellen/ida-nrw/").content.decode()


def test_a_training_has_no_exit(get: Get, demo: None) -> None:
    training = Listing.objects.filter(kind="training").first()
    assert training is not None
    assert get(f"/de/angebote/{training.slug}/").all("a", having="exit") == []


def test_it_leads_on_where_it_is_the_wrong_place(get: Get) -> None:
    assert "/de/w/" in [
        link.attributes["href"] for link in get("/de/angebote/dus-obr/").within("a", inside="panel")
    ]


def test_an_organisation_shows_its_listings(get: Get) -> None:
    page = get("/de/stellen/ida-nrw/")
    assert "/de/angebote/dus-obr/" in [link.attributes.get("href") for link in page.within("a", inside="card")]


@pytest.mark.parametrize("path", ["angebote/nowhere/", "stellen/nowhere/", "w/nowhere/", "nowhere/"])
def test_what_does_not_exist_still_has_emergency_numbers(client: Client, demo: None, path: str) -> None:
    response = client.get(f"/ar/{path}")
    assert response.status_code == 404
    assert 'href="tel:110"' in response.content.decode()
    assert 'lang="ar" dir="rtl"' in response.content.decode()


def test_a_listing_takes_six_queries(
    client: Client, get: Get, warm: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    get("/de/angebote/dus-obr/")
    with django_assert_max_num_queries(6):
        client.get("/de/angebote/dus-obr/")
