"""Whoever guesses gets fewer than ten tries an hour and account; the owner still gets in; no address is kept."""

import os
import re
import time
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import serializers
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from tests.integration.directory.making import superuser
from tests.integration.staff.signing_in import code, is_in, set_up, sign_in, with_password
from wegweiser.staff import tries

pytestmark = pytest.mark.django_db

ADDRESS = "203.0.113.77"
TOO_MANY = "Too many"


@pytest.fixture(autouse=True)
def fresh(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    cache.clear()


@pytest.fixture
def chris(db: None) -> User:
    return with_password(superuser("chris"))


def attacker(number: int) -> Client:
    """Each from another network."""
    return Client(REMOTE_ADDR=f"198.51.{number % 250}.1", headers={"accept-language": "en"})


def page(answer: Any) -> str:
    return str(answer.content.decode())


class TestPasswords:
    def test_a_thousand_wrong_ones_are_nine(self, chris: User, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[str] = []

        def wrong(user: User, password: str) -> bool:
            asked.append(password)
            return False

        monkeypatch.setattr(User, "check_password", wrong)
        told = [page(sign_in(attacker(number), "chris", f"guess {number}")) for number in range(1000)]
        assert len(asked) == tries.TRIES_PER_HOUR < 10
        assert TOO_MANY in told[-1]

    def test_name_and_address_are_one_account(self, chris: User) -> None:
        for number in range(tries.TRIES_PER_HOUR):
            sign_in(attacker(number), ["chris", "chris@example.org", "CHRIS"][number % 3], "wrong")
        assert TOO_MANY in page(sign_in(attacker(99), "chris@example.org", "wrong"))

    def test_the_owner_gets_in_with_a_known_browser(self, chris: User) -> None:
        known = Client()
        sign_in(known, "chris")
        known.post("/admin/logout/")
        for number in range(30):
            sign_in(attacker(number), "chris", "wrong")
        elsewhere = Client(headers={"accept-language": "en"})
        assert TOO_MANY in page(sign_in(elsewhere, "chris"))
        assert sign_in(known, "chris").status_code == 302
        assert is_in(known)

    def test_a_known_browser_is_no_way_around(self, chris: User) -> None:
        known = Client(headers={"accept-language": "en"})
        sign_in(known, "chris")
        known.post("/admin/logout/")
        told = [page(sign_in(known, "chris", "wrong")) for _time in range(tries.TRIES_PER_HOUR + 1)]
        assert [TOO_MANY in text for text in told] == [False] * tries.TRIES_PER_HOUR + [True]

    def test_somebody_elses_browser_counts_as_a_strange_one(self, chris: User) -> None:
        device = tries.new_device("user 99")
        assert tries.counted_as(f"user {chris.pk}", device) == f"user {chris.pk}"
        assert tries.counted_as(f"user {chris.pk}", "forged:cookie") == f"user {chris.pk}"
        assert tries.counted_as("user 99", device) != "user 99"

    def test_after_an_hour_it_goes_on(self, chris: User, settings: Settings) -> None:
        for number in range(tries.TRIES_PER_HOUR):
            sign_in(attacker(number), "chris", "wrong")
        long_ago = time.time() - tries.HOUR - 1
        for slot in (Path(settings.DATA_DIR) / "tries").iterdir():
            os.utime(slot, (long_ago, long_ago))
        assert sign_in(attacker(1), "chris").status_code == 302

    def test_right_passwords_cost_nothing(self, chris: User) -> None:
        for _time in range(tries.TRIES_PER_HOUR + 3):
            assert sign_in(Client(), "chris").status_code == 302

    def test_a_strange_name_is_throttled_like_a_known_one(self, db: None) -> None:
        told = [page(sign_in(attacker(number), "nobody", "x")) for number in range(tries.TRIES_PER_HOUR + 1)]
        assert TOO_MANY in told[-1]

    def test_many_names_make_few_files(self, settings: Settings) -> None:
        for number in range(300):
            tries.take(f"name {number}")
        names = {path.name for path in (Path(settings.DATA_DIR) / "tries").iterdir()}
        assert all(re.fullmatch(r"[0-9a-f]{4}-[0-8]", name) for name in names)


class TestCodes:
    def test_six_digits_are_not_guessed(self, chris: User, settings: Settings) -> None:
        first = Client()
        sign_in(first, "chris")
        secret, _codes = set_up(first)
        guesser = Client(headers={"accept-language": "en"})
        sign_in(guesser, "chris")
        for number in range(tries.TRIES_PER_HOUR):
            guesser.post("/admin/second-factor/authenticate/", {"code": f"{number:06}"})
        answer = guesser.post("/admin/second-factor/authenticate/", {"code": code(secret, 1)})
        assert TOO_MANY in page(answer)
        assert not is_in(guesser)


class TestReset:
    def test_three_letters_an_hour(self, chris: User, mailoutbox: list[Any]) -> None:
        for number in range(12):
            attacker(number).post("/admin/password/reset/", {"email": "chris@example.org"})
        assert len(mailoutbox) == 3


class TestAddresses:
    def test_none_is_kept_anywhere(self, chris: User, settings: Settings, mailoutbox: list[Any]) -> None:
        agent = "Curious-Browser/7"
        client = Client(REMOTE_ADDR=ADDRESS, headers={"user-agent": agent})
        for _time in range(12):
            sign_in(client, "chris", "wrong")
        client.post("/admin/password/reset/", {"email": "chris@example.org"})
        cache_keys = list(cache._cache)  # type: ignore[attr-defined]
        settings.DATA_DIR = Path(settings.DATA_DIR) / "later"
        sign_in(client, "chris")
        set_up(client)
        session = client.session
        session["signed_in_at"] = 1.0 + time.time() - 3600  # now the password is asked for once more
        session.save()
        answer = client.post("/admin/second-factor/recovery-codes/generate/")
        assert "reauthenticate" in answer.headers["Location"]
        rows = [row for model in apps.get_models() for row in model._default_manager.all()]
        kept = serializers.serialize("json", rows) + repr([s.get_decoded() for s in Session.objects.all()])
        kept += repr(cache_keys) + "".join(str(letter.message()) for letter in mailoutbox)
        files = [path for path in Path(settings.DATA_DIR).parent.rglob("*") if path.is_file()]
        assert files
        kept += "".join(path.name + path.read_text() for path in files)
        for trace in (ADDRESS, "203.0.113", agent):
            assert trace not in kept
