"""The form reads opening hours back, and while somebody types a script asks for it."""

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import ContactPoint
from tests.integration.directory.making import listing, person
from tests.integration.editing.posting import url

pytestmark = pytest.mark.django_db


def test_the_listings_and_each_contacts_hours_are_read_back(admin: Client) -> None:
    entry = listing(opening_hours="Mo 10:00-12:00")
    entry.contacts.add(ContactPoint(kind="phone", value="110", opening_hours="Tu 10:00-12:00"))
    entry.save()
    page = admin.get(url("listing", "edit", entry.pk)).content.decode()
    assert "Monday: 10 a.m." in page
    assert "Tuesday: 10 a.m." in page
    assert "directory/editing/hours.js" in page
    assert page.count('class="hours-read"') == 3  # the third is the pattern of a new contact


def test_what_the_script_asks(admin: Client) -> None:
    answer = admin.get(reverse("wegweiser_hours"), {"text": "Mo 10:00-12:00"})
    assert answer.json()["words"][0] == "Monday: 10 a.m. – noon"
    assert answer.json()["problem"] == ""
    assert "no-store" in answer.headers["Cache-Control"]
    assert "“ntags”" in admin.get(reverse("wegweiser_hours"), {"text": "montags"}).json()["problem"]


@pytest.mark.parametrize("text", ["", "\x00", "x" * 5000, "\ud800"])
def test_it_answers_whatever_is_typed(admin: Client, text: str) -> None:
    assert (
        admin.get(reverse("wegweiser_hours"), {"text": text.encode("utf-8", "surrogatepass")}).status_code == 200
    )


def test_only_staff_may_ask() -> None:
    assert Client().get(reverse("wegweiser_hours")).status_code == 302
    client = Client()
    client.force_login(person("eve"))
    assert client.get(reverse("wegweiser_hours")).status_code in (302, 403)
