"""Sign-in of staff: a second factor for all, no account by oneself, nothing told to strangers."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.integration.directory.making import person, superuser
from tests.integration.staff.signing_in import PASSWORD, code, is_in, set_up, sign_in, with_password
from wegweiser import roles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def required(settings: Settings, tmp_path: Any) -> None:
    settings.SECOND_FACTOR = "required"
    settings.DATA_DIR = tmp_path


@pytest.fixture
def chris(db: None) -> User:
    return with_password(superuser("chris"))


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"accept-language": "en"})


class TestSecondFactor:
    def test_without_one_every_page_leads_to_its_set_up(self, visitor: Client, chris: User) -> None:
        assert sign_in(visitor, "chris").headers["Location"] == "/admin/"
        for page in (
            "/admin/",
            "/admin/account/",
            "/admin/snippets/directory/listing/",
            "/admin/users/",
            "/admin/nowhere/",
        ):
            answer = visitor.get(page)
            assert (answer.status_code, answer.headers["Location"]) == (
                302,
                "/admin/second-factor/totp/activate/",
            ), page
        assert visitor.post("/admin/users/new/", {}).status_code == 302
        script = visitor.get("/admin/account/", headers={"accept": "application/json"})
        assert (script.status_code, script.headers["Content-Type"]) == (403, "application/json")

    def test_set_up_shows_the_codes_once(self, visitor: Client, chris: User) -> None:
        sign_in(visitor, "chris")
        _secret, codes = set_up(visitor)
        assert len(set(codes)) == 10
        assert is_in(visitor)
        again = visitor.get("/admin/second-factor/recovery-codes/").content.decode()
        assert not [found for found in codes if found in again]

    def test_a_wrong_code_sets_nothing_up(self, visitor: Client, chris: User) -> None:
        sign_in(visitor, "chris")
        visitor.get("/admin/second-factor/totp/activate/")
        assert visitor.post("/admin/second-factor/totp/activate/", {"code": "000000"}).status_code == 200
        assert not Authenticator.objects.exists()
        assert not is_in(visitor)

    def test_the_password_alone_is_not_enough_afterwards(self, visitor: Client, chris: User) -> None:
        sign_in(visitor, "chris")
        secret, _codes = set_up(visitor)
        elsewhere = Client()
        assert sign_in(elsewhere, "chris").headers["Location"].startswith("/admin/second-factor/authenticate/")
        assert not is_in(elsewhere)
        assert elsewhere.post("/admin/second-factor/authenticate/", {"code": "000000"}).status_code == 200
        assert not is_in(elsewhere)
        elsewhere.post("/admin/second-factor/authenticate/", {"code": code(secret, 1)})
        assert is_in(elsewhere)

    def test_a_recovery_code_works_once(self, visitor: Client, chris: User) -> None:
        sign_in(visitor, "chris")
        _secret, codes = set_up(visitor)
        for expected in (True, False):
            elsewhere = Client()
            sign_in(elsewhere, "chris")
            elsewhere.post("/admin/second-factor/authenticate/", {"code": codes[0]})
            assert is_in(elsewhere) is expected

    def test_nobody_takes_it_away_by_themselves(self, visitor: Client, chris: User) -> None:
        sign_in(visitor, "chris")
        set_up(visitor)
        visitor.post("/admin/second-factor/totp/deactivate/")
        assert Authenticator.objects.filter(type="totp").exists()

    def test_every_role_needs_one(self, visitor: Client) -> None:
        roles.install()
        for role in roles.ROLES:
            user = with_password(person(role.name.lower()))
            user.groups.add(*Group.objects.filter(name=role.name))
            client = Client()
            sign_in(client, user.username)
            assert not is_in(client), role.name

    def test_where_it_is_optional_nobody_is_led_away(
        self, visitor: Client, chris: User, settings: Settings
    ) -> None:
        settings.SECOND_FACTOR = "optional"
        sign_in(visitor, "chris")
        assert is_in(visitor)

    def test_the_picture_of_the_key_needs_no_other_server(self, visitor: Client, chris: User) -> None:
        sign_in(visitor, "chris")
        answer = visitor.get("/admin/second-factor/totp/activate/")
        page = answer.content.decode()
        assert 'src="data:image/svg+xml;base64,' in page
        assert answer.context["form"].secret in page
        assert "img-src 'self' data:" in answer.headers["Content-Security-Policy"]
        assert not re.search(r"""(src|href|action)=["'](https?:)?//(?!www\.enable-javascript)""", page)


class TestAccounts:
    @pytest.mark.parametrize("address", ["signup/", "password_reset/", "email/", "social/signup/", "oidc/login/"])
    def test_nothing_makes_an_account_or_goes_round_the_throttle(
        self, visitor: Client, db: None, address: str
    ) -> None:
        given = {"email": "a@example.org", "username": "eve", "password1": PASSWORD}
        for answer in (visitor.get(f"/admin/{address}"), visitor.post(f"/admin/{address}", given)):
            target = answer.headers.get("Location", "")
            assert answer.status_code == 404 or target == f"/admin/login/?next=/admin/{address}"
        assert not User.objects.exists()

    def test_by_name_or_by_address(self, chris: User) -> None:
        for name in ("chris", "CHRIS@example.org"):
            client = Client()
            assert sign_in(client, name).status_code == 302, name

    def test_without_a_role_nobody_gets_in(self, visitor: Client) -> None:
        with_password(person("eve"))
        answer = sign_in(visitor, "eve")
        assert answer.status_code == 403
        assert "sessionid" not in visitor.cookies or not visitor.cookies["sessionid"].value or not is_in(visitor)

    def test_a_closed_account_stays_closed(self, visitor: Client, chris: User) -> None:
        chris.is_active = False
        chris.save()
        sign_in(visitor, "chris")
        assert not is_in(visitor)

    def test_a_wrong_name_is_answered_like_a_wrong_password(self, visitor: Client, chris: User) -> None:
        def told(name: str) -> str:
            page = sign_in(visitor, name, "wrong").content.decode()
            return re.sub(
                r"csrf\S+ value=\S+|value=\"\S*\"|csrfToken\S+|CSRF_TOKEN\S+\s\S+", "", page.replace(name, "")
            )

        assert told("chris") == told("nobody")

    def test_a_foreign_target_is_not_followed(self, visitor: Client, chris: User) -> None:
        answer = visitor.post(
            "/admin/login/?next=https://evil.example/",
            {"login": "chris", "password": PASSWORD, "next": "https://evil.example/"},
        )
        assert answer.headers["Location"] == "/admin/"


class TestReset:
    def ask(self, client: Client, address: str) -> Any:
        return client.post("/admin/password/reset/", {"email": address})

    def test_a_stranger_learns_nothing_and_gets_no_mail(self, visitor: Client, chris: User) -> None:
        known, unknown = self.ask(visitor, "chris@example.org"), self.ask(visitor, "nobody@example.org")
        assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
        assert [letter.to for letter in mail.outbox] == [["chris@example.org"]]
        assert "example.com" not in mail.outbox[0].body

    def test_the_new_password_works_and_the_second_factor_stays(self, visitor: Client, chris: User) -> None:
        sign_in(visitor, "chris")
        set_up(visitor)
        self.ask(visitor, "chris@example.org")
        link = re.search(r"https?://\S+", str(mail.outbox[0].body))
        assert link
        elsewhere = Client()
        form = elsewhere.get(link[0], follow=True)
        new = "another very long password"
        elsewhere.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
        assert not is_in(elsewhere)
        assert sign_in(elsewhere, "chris").status_code == 200
        assert "authenticate" in sign_in(elsewhere, "chris", new).headers["Location"]

    def test_without_mail_there_is_no_reset(self, visitor: Client, db: None, settings: Settings) -> None:
        assert "/admin/password/reset/" in visitor.get("/admin/login/").content.decode()
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        assert "/admin/password/reset/" not in visitor.get("/admin/login/").content.decode()
        assert visitor.get("/admin/password/reset/").status_code == 404


class TestSession:
    def test_cookies_stay_below_the_admin(self, visitor: Client, chris: User) -> None:
        visitor.get("/admin/login/")
        sign_in(visitor, "chris")
        visitor.get("/admin/second-factor/totp/activate/")
        assert {"sessionid", "csrftoken", "wegweiser-device"} <= set(visitor.cookies)
        for cookie in visitor.cookies.values():
            assert (cookie["path"], bool(cookie["httponly"]), cookie["samesite"]) == ("/admin/", True, "Strict"), (
                cookie
            )
        assert visitor.cookies["sessionid"]["max-age"] == ""  # gone with the browser

    def test_a_new_one_for_a_new_person(self, visitor: Client, chris: User) -> None:
        visitor.get("/admin/second-factor/authenticate/")
        before = visitor.session.session_key
        sign_in(visitor, "chris")
        assert visitor.session.session_key != before

    def test_it_ends_after_twelve_hours_however_busy(
        self, visitor: Client, chris: User, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.SECOND_FACTOR = "optional"
        sign_in(visitor, "chris")
        assert is_in(visitor)
        start = timezone.now().timestamp()
        for hours, still in ((6, True), (11.9, True), (12.1, False)):
            later = start + timedelta(hours=hours).total_seconds()
            monkeypatch.setattr("wegweiser.staff.middleware.time.time", lambda later=later: later)
            assert is_in(visitor) is still, hours

    def test_signing_out_clears_what_the_browser_kept(self, visitor: Client, chris: User) -> None:
        sign_in(visitor, "chris")
        assert "Sign out" in visitor.get("/admin/logout/").content.decode()
        answer = visitor.post("/admin/logout/")
        assert (answer.headers["Location"], answer.headers["Clear-Site-Data"]) == (
            "/admin/login/",
            '"cache", "storage"',
        )
        assert not is_in(visitor)

    def test_no_page_of_staff_is_kept_on_a_disk(self, visitor: Client, chris: User) -> None:
        visitor.force_login(chris)
        set_up(visitor)
        for page in ("/admin/", "/admin/account/", "/admin/snippets/directory/listing/"):
            assert "no-store" in visitor.get(page).headers["Cache-Control"], page


@pytest.mark.parametrize(("asked", "language"), [("de", "de"), ("en-GB", "en"), ("ar", "de"), ("fr", "de")])
def test_sign_in_speaks_german_and_english(db: None, asked: str, language: str) -> None:
    page = Client(headers={"accept-language": asked}).get("/admin/login/").content.decode()
    assert f'<html lang="{language}"' in page


@pytest.mark.parametrize(
    "address", ["/admin/nowhere/", "/admin/api/nowhere/", "/admin/snippets/directory/listing/edit/9/"]
)
def test_what_is_missing_is_missing_and_not_sent_on(
    visitor: Client, chris: User, address: str, settings: Any
) -> None:
    settings.SECOND_FACTOR = "optional"
    visitor.force_login(chris)
    assert visitor.get(address, headers={"accept": "application/json"}).status_code == 404
