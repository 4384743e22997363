"""Every address below /admin/, opened and sent in every role: 0 unexpected answers, no error, no secret."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from tests.integration.directory.making import undone
from tests.integration.staff.expectations import EXPECTED, LEAST
from tests.integration.staff.world import LETTERS, SECRET, World, again, keys, routes

pytestmark = pytest.mark.django_db

PARAMETER = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)|<(?:\w+:)?(\w+)>")
# Who works with drafts may read them; the others meet no secret anywhere.
READS_DRAFTS = "ARET"


def address(world: World, route: str) -> str:
    values = keys(world, route)
    text = PARAMETER.sub(lambda found: str(values[found[1] or found[2]]), route)
    return "/" + re.sub(r"[\^$]|\\", "", text)


def bulk_addresses(world: World) -> Iterator[str]:
    assert list(bulk_action_registry.get_bulk_actions_for_model("directory", "listing"))  # fills the registry
    for app, models in bulk_action_registry.actions.items():
        for model, actions in models.items():
            if kind := world.kinds.get(model):
                for action in actions:
                    yield f"admin/bulk/{app}/{model}/{action}/?id={kind.live.pk}&id={kind.hidden.pk}"


def expected(route: str) -> tuple[str, str] | None:
    return next(((opens, sends) for pattern, opens, sends in EXPECTED if re.match(pattern, route)), None)


def is_allowed(letter: str, allowed: str) -> bool:
    """Here, a member of an organisation is as anybody without a role."""
    return letter.replace("M", "N") in allowed


def let_in(response: Any, route: str) -> bool:
    if response.status_code in (403, 404, 405):
        return False
    target = response.headers.get("Location", "")
    sent_away = target.startswith("/admin/login/") and "logout" not in route
    return not sent_away and target != "/admin/"


def body(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return bytes(content).decode(errors="replace")


class Person:
    """Comes to every address as if it were the first."""

    def __init__(self, world: World, letter: str) -> None:
        self.client = Client(raise_request_exception=False, headers={"accept-language": "en"})
        if letter != "V":
            self.client.force_login(world.people[letter])
        self.cookies = dict(self.client.cookies)

    def asks(self, method: str, url: str, data: dict[str, str]) -> tuple[Any, str]:
        self.client.cookies.clear()
        self.client.cookies.update(self.cookies)
        with undone():
            response = self.client.generic(method, url) if method == "GET" else self.client.post(url, data)
            return response, body(response)


def least(route: str) -> dict[str, str]:
    return next((data for pattern, data in LEAST.items() if re.match(pattern, route)), {})


@pytest.fixture
def world(db: None) -> World:
    return again()


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("letter", LETTERS)
def test_every_address(world: World, letter: str) -> None:
    person = Person(world, letter)
    wrong = []
    everywhere = [(route, address(world, route)) for route in routes()]
    everywhere += [(route, f"/{route}") for route in bulk_addresses(world)]
    assert len(everywhere) > 300
    for route, url in everywhere:
        for method, allowed in zip(("GET", "POST"), expected(route) or ("", ""), strict=True):
            response, text = person.asks(method, url, least(route))
            if response.status_code >= 500:
                wrong.append(f"{method} {route}: {response.status_code}")
            elif let_in(response, route) != is_allowed(letter, allowed):
                told = f"{response.status_code} {response.headers.get('Location', '')}"
                wrong.append(
                    f"{method} {route}: {told}, {'not ' if not is_allowed(letter, allowed) else ''}expected"
                )
            if SECRET in text and letter not in READS_DRAFTS:
                wrong.append(f"{method} {route}: shows a draft")
    assert not wrong, "\n".join(wrong)


def test_every_address_has_its_row(world: World) -> None:
    """Who adds one decides here who may open and send it: tests/integration/staff/expectations.py."""
    assert [route for route in [*routes(), *bulk_addresses(world)] if expected(route) is None] == []


def test_no_row_is_left_over(world: World) -> None:
    everywhere = [*routes(), *bulk_addresses(world)]
    used = {next((row[0] for row in EXPECTED if re.match(row[0], route)), "") for route in everywhere}
    assert [pattern for pattern, _opens, _sends in EXPECTED if pattern not in used] == []
