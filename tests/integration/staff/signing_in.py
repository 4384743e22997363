"""Somebody at the sign-in page."""

from typing import Any

from allauth.mfa.totp.internal import auth
from django.contrib.auth.models import User
from django.test import Client

PASSWORD = "a long and quiet river"


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, name: str, password: str = PASSWORD) -> Any:
    return client.post("/admin/login/", {"login": name, "password": password})


def code(secret: str, steps: int = 0) -> str:
    counter = list(auth.yield_hotp_counters_from_time())[1] + steps
    digits: str = auth.format_hotp_value(auth.hotp_value(secret, counter))
    return digits


def set_up(client: Client) -> tuple[str, list[str]]:
    """The key and the recovery codes of the new second factor."""
    address = "/admin/second-factor/totp/activate/"
    secret = client.get(address).context["form"].secret
    answer = client.post(address, {"code": code(secret)}, follow=True)
    return secret, answer.context["unused_codes"]


def is_in(client: Client) -> bool:
    return client.get("/admin/account/").status_code == 200
