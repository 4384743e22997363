"""Members' cookies stay below /konto/, staff's below /admin/, and neither opens the other's pages."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.fixtures import Settings

from directory.models import Membership
from tests.integration.directory.making import organisation, person, superuser
from tests.integration.staff.signing_in import PASSWORD, with_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def asel() -> User:
    made = with_password(person("asel"))
    Membership(organisation=organisation("verein"), user=made, role="owner").save()
    return made


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"accept-language": "en"})


def enter(client: Client, name: str = "asel@example.org", below: str = "/konto/anmelden/") -> Any:
    return client.post(below, {"login": name, "password": PASSWORD})


def test_every_cookie_of_members_has_their_path(visitor: Client, asel: User) -> None:
    visitor.get("/konto/anmelden/")
    assert enter(visitor).headers["Location"] == "/konto/"
    assert {"sessionid", "csrftoken", "wegweiser-device"} <= set(visitor.cookies)
    for cookie in visitor.cookies.values():
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/konto/", True, "Strict"), cookie


def test_signing_out_takes_away_the_cookie_of_this_path(visitor: Client, asel: User) -> None:
    enter(visitor)
    answer = visitor.post("/konto/abmelden/")
    assert (answer.headers["Location"], answer.cookies["sessionid"]["path"]) == ("/konto/anmelden/", "/konto/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert visitor.get("/konto/").headers["Location"].startswith("/konto/anmelden/")


def test_a_session_of_members_opens_nothing_of_staff(visitor: Client, settings: Settings) -> None:
    settings.SECOND_FACTOR = "optional"
    chris = with_password(superuser("chris"))
    Membership(organisation=organisation("verein"), user=chris).save()
    enter(visitor, "chris@example.org")
    assert visitor.get("/konto/").status_code == 200
    assert visitor.get("/admin/").headers["Location"].startswith("/admin/login/")
    assert visitor.get("/konto/").status_code == 302  # it is gone


def test_a_session_of_staff_opens_nothing_of_members(visitor: Client, settings: Settings) -> None:
    chris = with_password(superuser("chris"))
    Membership(organisation=organisation("verein"), user=chris).save()
    settings.SECOND_FACTOR = "optional"
    enter(visitor, "chris", "/admin/login/")
    assert visitor.get("/admin/").status_code == 200
    assert visitor.get("/konto/").headers["Location"].startswith("/konto/anmelden/")


def test_pages_for_visitors_set_no_cookie_for_a_member(visitor: Client, asel: User) -> None:
    enter(visitor)
    answer = visitor.get("/de/")
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
