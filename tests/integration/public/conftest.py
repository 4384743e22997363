"""The public pages on the demo data, asked through the client."""

from typing import Any, Protocol

import pytest
from django.test import Client

from directory import vocabulary
from search import reader
from tests.integration.public.reading import Seen, read
from wegweiser.pages import tree


class Get(Protocol):
    def __call__(self, path: str, **headers: str) -> Seen: ...


class Post(Protocol):
    def __call__(self, path: str, data: dict[str, Any] | None = None, **headers: str) -> Seen: ...


@pytest.fixture
def get(demo: None, client: Client) -> Get:
    """A page that exists, read as a visitor reads it."""

    def ask(path: str, **headers: str) -> Seen:
        response = client.get(path, headers=headers)
        assert response.status_code == 200, response.status_code
        return read(response)

    return ask


@pytest.fixture
def post(demo: None, client: Client) -> Post:
    def send(path: str, data: dict[str, Any] | None = None, **headers: str) -> Seen:
        response = client.post(path, data or {}, headers={"sec-fetch-site": "same-origin"} | headers)
        assert response.status_code == 200, response.status_code
        return read(response)

    return send


@pytest.fixture
def warm(demo: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Vocabulary, areas and index are in the process, and this is not the moment to look for others' edits."""
    for module in (vocabulary, reader):
        monkeypatch.setattr(module, "RECHECK_SECONDS", 3600)
    vocabulary.snapshot()
    tree.tree()
