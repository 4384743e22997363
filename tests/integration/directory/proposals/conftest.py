"""An entry with contacts, people, and forms as somebody fills them in by hand."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from directory import by_hand
from directory.budget import Budget
from directory.models import ContactPoint, Listing, Proposal
from directory.proposals import budgets
from tests.integration.directory.making import listing, stored, superuser
from tests.integration.public.reading import Seen, read
from wegweiser import roles

NUMBER = "0211 8928888"
HOUSE_MAIL = "info@example.org"
Send = Callable[..., Seen]


@pytest.fixture
def entry(db: None) -> Listing:
    roles.install()
    made = listing()
    ContactPoint(listing=made, kind="phone", value=NUMBER).save()
    ContactPoint(listing=made, kind="email", value=HOUSE_MAIL).save()
    found: Listing = stored(made)
    return found


@pytest.fixture
def reviewer(db: None) -> User:
    return superuser("rita")


@pytest.fixture(autouse=True)
def by_hand_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_hand, "LEAST_SECONDS", 0)


@pytest.fixture(autouse=True)
def fresh_budgets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("reports", "mails", "shares"):
        whole: Budget = getattr(budgets, name)
        monkeypatch.setattr(budgets, name, Budget(each=whole.each, total=whole.total))


@pytest.fixture
def send(client: Client, db: None) -> Send:
    """Presses the button; `since` and other hidden fields as the page has them."""

    def press(path: str, status: int = 200, **typed: Any) -> Seen:
        opened = read(client.get(path))
        hidden = {each.attributes["name"]: each.attributes["value"] for each in opened.all("input", type="hidden")}
        response = client.post(path, hidden | typed | {"send": "1"}, headers={"sec-fetch-site": "same-origin"})
        assert response.status_code == status, response.content.decode()
        return read(response)

    return press


@pytest.fixture
def press_link(client: Client) -> Callable[[], Seen]:
    """Opens the newest mail's link and presses the button there."""

    def press() -> Seen:
        path = link_of(mail.outbox[-1].body)
        assert client.get(path).status_code == 200
        return read(client.post(path, headers={"sec-fetch-site": "same-origin"}))

    return press


def link_of(body: object) -> str:
    """The one in the reader's language, which stands below the German."""
    found: list[str] = re.findall(r"http://[^/\s]+(/\w+/vorschlagen/link/\S+)", str(body))
    return found[-1]


def only_proposal() -> Proposal:
    return Proposal.objects.get()
