"""DATABASE_URL: what is accepted, and that nothing of it is ever repeated."""

from pathlib import Path

import pytest

from wegweiser.settings import database as module
from wegweiser.settings.database import database

FOLDER = Path("/data")


def test_without_one_it_is_a_durable_file_in_the_data_folder() -> None:
    found = database("", FOLDER)
    assert found["ENGINE"] == "django.db.backends.sqlite3"
    assert found["NAME"] == "/data/wegweiser.sqlite3"
    assert "synchronous=FULL" in found["OPTIONS"]["init_command"]


def test_postgresql_over_a_socket_and_over_the_network() -> None:
    socket = database("postgresql://wegweiser@/wegweiser?host=/run/postgresql", FOLDER)
    assert socket["ENGINE"] == "django.db.backends.postgresql"
    assert socket["OPTIONS"] == {"host": "/run/postgresql"}
    network = database("postgres://w:key@db.example.org:5433/city", FOLDER)
    assert (network["HOST"], network["PORT"], network["NAME"]) == ("db.example.org", 5433, "city")


@pytest.mark.parametrize(
    "url", ["postgre://w:geheim@db/city", "mysql://w:geheim@db/city", "geheim", "://geheim", "db:geheim"]
)
def test_another_one_is_refused_without_repeating_it(url: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="postgresql://") as refused:
        database(url, FOLDER)
    assert "geheim" not in "".join([str(refused.value), *capfd.readouterr()])


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _name: None)
    with pytest.raises(SystemExit, match=r"wegweiser\[postgres\]"):
        database("postgresql://w@/city", FOLDER)
    assert database("", FOLDER)
