"""Somebody at the members' door."""

import re
from typing import Any

from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from directory.models import Membership, Organisation, Role
from tests.integration.directory.making import organisation, person
from tests.integration.staff.signing_in import PASSWORD, code, with_password

SIGN_IN = "/konto/anmelden/"
SET_UP = "/konto/zugang/app/"


def house(slug: str = "house") -> Organisation:
    rows: Any = Organisation.objects
    found: Organisation | None = rows.filter(slug=slug).first()
    return found or organisation(slug)


def member(name: str = "asel", of: str = "house", role: str = Role.OWNER, **fields: Any) -> User:
    """With a password; in one organisation or, called again, in several. Reads English, unless told otherwise."""
    user = User.objects.filter(username=name).first() or with_password(person(name))
    Membership(organisation=house(of), user=user, role=role, **{"language": "en"} | fields).save()
    return user


def visitor(language: str = "en", **more: Any) -> Client:
    return Client(headers={"accept-language": language}, **more)


def by_password(client: Client, name: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(SIGN_IN, {"login": f"{name}@example.org", "password": password, **more})


def signed_in(name: str = "asel") -> Client:
    client = visitor()
    assert by_password(client, name).status_code == 302
    return client


def asks_for_link(client: Client, address: str = "asel@example.org", **more: str) -> Any:
    return client.post("/konto/anmelden/link/", {"email": address, **more})


def mailed_path(number: int = -1) -> str:
    """Of the first address in the mail, which stands below this site's own."""
    found = re.search(r"http://localhost:8000(/\S+)", str(mail.outbox[number].body))
    assert found
    return found[1]


def is_in(client: Client) -> bool:
    return client.get("/konto/zugang/").status_code == 200


def set_up(client: Client) -> tuple[str, list[str]]:
    """The key and the recovery codes of the new second factor."""
    secret = client.get(SET_UP).context["form"].secret
    answer = client.post(SET_UP, {"code": code(secret)}, follow=True)
    return secret, answer.context["unused_codes"]


def said(answer: Any) -> str:
    return str(answer.content.decode())
