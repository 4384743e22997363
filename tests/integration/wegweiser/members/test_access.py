"""Password and second factor are a member's own choice, until somebody may publish."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django.fixtures import Settings

from tests.integration.staff.signing_in import PASSWORD, code
from tests.integration.wegweiser.members.entering import (
    SET_UP,
    asks_for_link,
    by_password,
    is_in,
    mailed_path,
    member,
    said,
    set_up,
    signed_in,
    visitor,
)
from wegweiser import roles

pytestmark = pytest.mark.django_db
NEW = "/konto/zugang/passwort/"
SENTENCE = "seven green bottles on a wall"


@pytest.fixture
def asel(db: None) -> User:
    return member()


@pytest.fixture
def without_password(asel: User) -> Client:
    asel.set_unusable_password()
    asel.save()
    client = visitor()
    asks_for_link(client)
    client.post(mailed_path())
    return client


def some_time_ago(client: Client) -> None:
    session = client.session
    session["signed_in_at"] -= 6 * 60
    session.save()


class TestPassword:
    def test_whoever_has_none_chooses_one(self, without_password: Client) -> None:
        assert "You have none" in said(without_password.get("/konto/zugang/"))
        answer = without_password.post(NEW, {"password": SENTENCE}, follow=True)
        assert "Your new password is saved." in said(answer)
        assert is_in(without_password)  # still
        assert by_password(visitor(), "asel", SENTENCE).status_code == 302

    def test_a_new_one_signs_out_every_other_browser(self, asel: User) -> None:
        here, elsewhere = signed_in(), signed_in()
        here.post(NEW, {"password": SENTENCE})
        assert (is_in(here), is_in(elsewhere)) == (True, False)

    @pytest.mark.parametrize("weak", ["short", "password1234", ""])
    def test_a_weak_one_is_refused_beside_the_field(self, asel: User, weak: str) -> None:
        answer = signed_in().post(NEW, {"password": weak})
        assert answer.status_code in (200, 422)
        page = said(answer)
        assert 'aria-describedby="id_password_helptext id_password_error"' in page
        assert ("This password is short or well known." in page) == bool(weak)
        asel.refresh_from_db()
        assert asel.check_password(PASSWORD)

    def test_after_a_while_the_password_is_asked_for_again(self, asel: User) -> None:
        client = signed_in()
        some_time_ago(client)
        away = client.get(NEW).headers["Location"]
        assert away == f"/konto/nochmal/?next={NEW.replace('/', '%2F')}"
        assert client.post(away, {"password": "wrong", "next": NEW}).status_code == 200
        assert client.get(NEW).status_code == 302
        assert client.post(away, {"password": PASSWORD, "next": NEW}).headers["Location"] == NEW
        assert client.get(NEW).status_code == 200

    def test_or_another_mailed_link(self, without_password: Client) -> None:
        some_time_ago(without_password)
        away = without_password.get(NEW).headers["Location"]
        assert away.startswith("/konto/anmelden/?next=")
        page = said(without_password.get(away))
        assert f'name="next" value="{NEW}"' in page
        asks_for_link(without_password, next=NEW)
        assert without_password.post(mailed_path()).headers["Location"] == NEW
        assert without_password.get(NEW).status_code == 200

    def test_a_post_that_waits_for_it_is_not_kept(self, asel: User) -> None:
        client = signed_in()
        some_time_ago(client)
        assert "/nochmal/" in client.post(NEW, {"password": SENTENCE}).headers["Location"]
        assert SENTENCE not in repr(dict(client.session.items()))


class TestSecondFactor:
    def test_is_offered_and_asked_for_from_then_on(self, asel: User) -> None:
        client = signed_in()
        assert SET_UP in said(client.get("/konto/zugang/"))
        secret, codes = set_up(client)
        assert len(set(codes)) == 10
        elsewhere = visitor()
        assert by_password(elsewhere, "asel").headers["Location"] == "/konto/anmelden/code/"
        assert not is_in(elsewhere)
        elsewhere.post("/konto/anmelden/code/", {"code": code(secret, 1)})
        assert is_in(elsewhere)

    def test_its_key_is_drawn_within_the_page(self, asel: User) -> None:
        answer = signed_in().get(SET_UP)
        page = said(answer)
        assert re.search(r'<div class="qr-code"[^>]*><svg ', page)
        assert answer.context["form"].secret in page
        assert "data:" not in page
        assert "data:" not in answer.headers["Content-Security-Policy"]
        assert " style=" not in page

    def test_six_digits_are_not_guessed(self, asel: User) -> None:
        secret, _codes = set_up(signed_in())
        guesser = visitor()
        by_password(guesser, "asel")
        for number in range(9):
            guesser.post("/konto/anmelden/code/", {"code": f"{number:06}"})
        assert "Too many" in said(guesser.post("/konto/anmelden/code/", {"code": code(secret, 1)}))
        assert not is_in(guesser)

    def test_recovery_codes_are_shown_once_and_made_anew(self, asel: User) -> None:
        client = signed_in()
        _secret, codes = set_up(client)
        page = said(client.get("/konto/zugang/codes/"))
        assert not [each for each in codes if each in page]
        answer: Any = client.post("/konto/zugang/codes/neu/", follow=True)
        assert not set(answer.context["unused_codes"]) & set(codes)

    def test_a_member_takes_it_away_again(self, asel: User) -> None:
        client = signed_in()
        set_up(client)
        assert "Take the app away" in said(client.get("/konto/zugang/"))
        client.post("/konto/zugang/app/weg/")
        assert not Authenticator.objects.filter(type="totp").exists()
        assert by_password(visitor(), "asel").headers["Location"] == "/konto/"

    @pytest.mark.parametrize("page", [SET_UP, "/konto/zugang/app/weg/", "/konto/zugang/codes/neu/"])
    def test_a_session_that_was_left_open_changes_nothing(self, without_password: Client, page: str) -> None:
        if page != SET_UP:
            set_up(without_password)
        some_time_ago(without_password)
        for answer in (without_password.get(page), without_password.post(page, {"code": "000000"})):
            assert re.match(r"/konto/(anmelden|nochmal/code)/\?next=", answer.headers["Location"])

    def test_the_code_again_opens_the_page(self, without_password: Client) -> None:
        _secret, codes = set_up(without_password)
        some_time_ago(without_password)
        away = without_password.get(NEW).headers["Location"]
        answer = without_password.post(away, {"code": codes[0], "next": NEW})
        assert answer.headers["Location"] == NEW
        assert without_password.get(NEW).status_code == 200


class TestWhoeverMayPublish:
    @pytest.fixture
    def reviewer(self, db: None) -> User:
        roles.install()
        user = member("ruth")
        user.groups.add(*Group.objects.filter(name=roles.REVIEWER))
        return user

    def test_sets_one_up_before_anything_else(self, reviewer: User) -> None:
        client = signed_in("ruth")
        for page in ("/konto/", "/konto/stelle/house/mitglieder/", NEW, "/konto/nowhere/"):
            assert client.get(page).headers["Location"] == SET_UP, page
        assert client.post("/konto/stelle/house/mitglieder/einladen/", {}).headers["Location"] == SET_UP
        set_up(client)
        assert client.get("/konto/").status_code == 200

    def test_and_keeps_it(self, reviewer: User) -> None:
        client = signed_in("ruth")
        set_up(client)
        client.post("/konto/zugang/app/weg/")
        assert Authenticator.objects.filter(user=reviewer, type="totp").exists()

    def test_who_only_writes_needs_none(self, asel: User) -> None:
        assert signed_in().get("/konto/").status_code == 200

    def test_where_it_is_optional_nobody_is_led_away(self, reviewer: User, settings: Settings) -> None:
        settings.SECOND_FACTOR = "optional"
        assert signed_in("ruth").get("/konto/").status_code == 200


def test_too_many_requests_are_told_without_staffs_frame(asel: User, settings: Settings) -> None:
    answers = [visitor().post("/konto/anmelden/", {}) for _time in range(61)]
    assert answers[-1].status_code == 429
    assert "wagtail" not in said(answers[-1]).lower()
