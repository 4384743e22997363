"""What a monitor gets: one word, at once, with nothing about anybody."""

from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from directory.models import Change
from search import reader
from search.port import EngineError
from wegweiser import health

BOTH = pytest.mark.parametrize("path", ["/healthz", "/readyz"])


@pytest.fixture(autouse=True)
def fresh(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    health.all_migrations_applied.cache_clear()
    reader.forget()


def broken(*args: Any, **kwargs: Any) -> Any:
    raise DatabaseError("geheim")


@BOTH
def test_a_whole_site_is_well(demo: None, client: Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.content) == (200, b"ok\n")


@BOTH
def test_the_answer_is_kept_by_nobody_and_sets_nothing(demo: None, client: Client, path: str) -> None:
    response = client.get(path)
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Type"].startswith("text/plain")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Vary" not in response.headers
    assert not response.cookies


@BOTH
def test_it_can_be_asked_for_its_head_only(demo: None, client: Client, path: str) -> None:
    response = client.head(path)
    assert (response.status_code, response.content) == (200, b"")


@BOTH
def test_nothing_can_be_sent(demo: None, client: Client, path: str) -> None:
    assert client.post(path, {"text": "x"}).status_code == 405


@BOTH
def test_it_is_asked_by_address_and_without_tls(demo: None, client: Client, settings: Settings, path: str) -> None:
    settings.ALLOWED_HOSTS = ["wegweiser.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
    assert client.get(path, headers={"host": "10.0.0.7:8000"}).status_code == 200


@pytest.mark.django_db
def test_the_process_answers_without_asking_the_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200


def test_readiness_is_cheap_once_it_was_reached(demo: None, client: Client) -> None:
    from django.test.utils import CaptureQueriesContext

    client.get("/readyz")
    with CaptureQueriesContext(connection) as queries:
        client.get("/readyz")
    assert len(queries) <= 3


class TestNotReady:
    def test_no_database(self, demo: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Change, "position", broken)
        response = client.get("/readyz")
        assert (response.status_code, response.content) == (503, b"not ready\n")
        assert response.headers["Cache-Control"] == "no-store"
        assert client.get("/healthz").status_code == 200

    def test_old_tables_until_they_are_brought_up(
        self, demo: None, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as old:
            old.setattr(MigrationExecutor, "migration_plan", lambda _self, _targets: [("0002", False)])
            assert client.get("/readyz").status_code == 503
        assert client.get("/readyz").status_code == 200

    def test_an_index_that_does_not_open(
        self, demo: None, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def closed() -> Any:
            raise EngineError("damaged")

        monkeypatch.setattr(reader, "library", closed)
        assert client.get("/readyz").status_code == 503
