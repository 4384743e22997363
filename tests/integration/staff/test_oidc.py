"""A city's own sign-in: for people who have an account, or whose group there has a role here. Nobody else."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import clear_url_caches
from pytest_django.fixtures import Settings

import wegweiser.staff.urls
import wegweiser.urls
from tests.integration.directory.making import person, superuser
from tests.integration.staff.provider import CLIENT, Provider, running
from tests.integration.staff.signing_in import is_in
from wegweiser import roles

pytestmark = pytest.mark.django_db

LOGIN = "/admin/sign-in/oidc/login/"


def read_addresses_again() -> None:
    clear_url_caches()
    importlib.reload(wegweiser.staff.urls)
    importlib.reload(wegweiser.urls)


@pytest.fixture
def provider(settings: Settings, tmp_path: Path) -> Iterator[Provider]:
    with running() as found:
        app = {
            "provider_id": "oidc",
            "name": "Rathaus",
            "client_id": CLIENT,
            "secret": "s",
            "settings": {"server_url": found.url},
        }
        settings.OIDC_URL, settings.OIDC_NAME = found.url, "Rathaus"
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        settings.SESSION_COOKIE_SAMESITE = "Lax"
        settings.SECOND_FACTOR = "required"
        settings.DATA_DIR = tmp_path
        read_addresses_again()
        yield found
    settings.OIDC_URL = ""
    read_addresses_again()


@pytest.fixture
def ada(db: None) -> User:
    roles.install()
    made = person("ada")
    made.groups.add(Group.objects.get(name=roles.EDITOR))
    return made


def claims(**changed: Any) -> dict[str, Any]:
    return {"sub": "4711", "email": "ada@example.org", "email_verified": True, "name": "Ada"} | changed


def come_back(provider: Provider, told: dict[str, Any], client: Client | None = None) -> tuple[Client, Any]:
    provider.claims = told
    client = client or Client(headers={"accept-language": "en"})
    away = client.get(LOGIN)
    target = urlsplit(away.headers["Location"])
    assert f"{target.scheme}://{target.netloc}{target.path}" == f"{provider.url}/authorize"
    asked = parse_qs(target.query)
    assert asked["code_challenge_method"] == ["S256"]
    back = urlsplit(asked["redirect_uri"][0]).path
    return client, client.get(back, {"code": "c", "state": asked["state"][0]})


def test_unset_there_is_no_trace_of_it(client: Client, db: None) -> None:
    assert "sign-in/" not in client.get("/admin/login/").content.decode()
    assert client.get(LOGIN).headers["Location"].startswith("/admin/login/?next=")


def test_the_page_offers_it_by_its_name(client: Client, provider: Provider, db: None) -> None:
    page = client.get("/admin/login/", headers={"accept-language": "en"}).content.decode()
    assert f'href="{LOGIN}"' in page
    assert "Sign in with Rathaus" in page


def test_somebody_with_an_account_gets_in(provider: Provider, ada: User) -> None:
    client, answer = come_back(provider, claims())
    assert answer.headers["Location"] == "/admin/"
    assert is_in(client)
    assert provider.asked[0]["client_id"] == [CLIENT]
    assert set(ada.groups.values_list("name", flat=True)) == {roles.EDITOR}
    again, _answer = come_back(provider, claims(email="changed@example.org"))
    assert is_in(again), "known by the provider's number now"
    assert User.objects.count() == 1


def test_the_second_factor_is_the_providers_matter_unless_set(
    provider: Provider, ada: User, settings: Settings
) -> None:
    settings.OIDC_SECOND_FACTOR = "own"
    client, _answer = come_back(provider, claims())
    assert client.get("/admin/").headers["Location"] == "/admin/second-factor/totp/activate/"


@pytest.mark.parametrize(
    "told",
    [
        {"email_verified": False},
        {"email": "stranger@example.org"},
        {"email": ""},
        {"email": "ada@example.org", "email_verified": "false"},
    ],
)
def test_nobody_else_does(provider: Provider, ada: User, told: dict[str, Any]) -> None:
    client, answer = come_back(provider, claims(**told))
    assert not is_in(client)
    assert answer.status_code == 200
    assert "No account here" in answer.content.decode()
    assert User.objects.count() == 1


def test_an_address_of_two_is_nobodys(provider: Provider, ada: User) -> None:
    User.objects.create_user("ada2", "ADA@example.org")
    client, _answer = come_back(provider, claims())
    assert not is_in(client)


def test_a_closed_account_stays_closed(provider: Provider, ada: User) -> None:
    ada.is_active = False
    ada.save()
    client, _answer = come_back(provider, claims())
    assert not is_in(client)


def test_an_account_without_a_role_gets_none(provider: Provider, db: None) -> None:
    person("ada")
    client, answer = come_back(provider, claims())
    assert (answer.status_code, is_in(client)) == (403, False)


class TestRoles:
    @pytest.fixture(autouse=True)
    def mapped(self, provider: Provider, settings: Settings) -> None:
        settings.OIDC_ROLES = {"web-team": roles.EDITOR, "leads": roles.REVIEWER, "root": "Superuser"}
        roles.install()

    def test_a_group_there_is_a_role_here(self, provider: Provider) -> None:
        client, _answer = come_back(provider, claims(groups=["web-team", "canteen"]))
        assert is_in(client)
        made = User.objects.get()
        assert [group.name for group in made.groups.all()] == [roles.EDITOR]
        assert (made.is_superuser, made.is_staff, made.has_usable_password()) == (False, False, False)

    def test_the_role_follows_the_group(self, provider: Provider) -> None:
        come_back(provider, claims(groups=["web-team"]))
        made = User.objects.get()
        made.groups.add(Group.objects.create(name="Choir"))
        come_back(provider, claims(groups="leads"))
        assert set(made.groups.values_list("name", flat=True)) == {roles.REVIEWER, "Choir"}

    @pytest.mark.parametrize("groups", [["canteen"], [], ["root"], "Editor"])
    def test_other_groups_make_no_account(self, provider: Provider, groups: Any) -> None:
        client, _answer = come_back(provider, claims(groups=groups))
        assert not is_in(client)
        assert not User.objects.exists()

    def test_nobody_takes_over_an_account_by_an_unverified_address(self, provider: Provider) -> None:
        chief = superuser("ada")
        client, _answer = come_back(provider, claims(groups=["web-team"], email_verified=False))
        assert not is_in(client)
        assert list(User.objects.all()) == [chief]


def test_a_provider_that_fails_is_told_in_words(provider: Provider, db: None) -> None:
    provider.broken = True
    answer = Client(headers={"accept-language": "en"}).get(LOGIN)
    assert answer.status_code == 502
    assert "Sign-in failed" in answer.content.decode()


def test_an_answer_that_nobody_asked_for_is_refused(provider: Provider, ada: User) -> None:
    provider.claims = claims()
    client = Client(headers={"accept-language": "en"})
    answer = client.get("/admin/sign-in/oidc/login/callback/", {"code": "c", "state": "made-up"})
    assert answer.status_code < 500
    assert not is_in(client)
