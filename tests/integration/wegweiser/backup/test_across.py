"""From SQLite to PostgreSQL and back, as a city that grows: the same rows, the same export."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from tests import houses

pytestmark = pytest.mark.skipif(
    not os.environ.get("TEST_DATABASE_URL", "").startswith("postgres"), reason="TEST_DATABASE_URL names none"
)


@pytest.fixture
def other(house: Path) -> Iterator[str]:
    """An empty database beside the tests', and its address."""
    name = f"{connection.settings_dict['NAME']}_other"
    drop, create = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"'
    for statement in (drop, create):
        nowhere(statement)
    address = os.environ["TEST_DATABASE_URL"]
    server, _slash, query = address.partition("?")
    yield f"{server.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")
    nowhere(drop)


def nowhere(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def wegweiser(folder: Path, database: str, *arguments: str) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "TEST_DATABASE_URL"}
    environment |= {
        "WEGWEISER_DATA_DIR": str(folder),
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "wegweiser.settings.base",
    }
    if not database:
        del environment["DATABASE_URL"]
    command = [sys.executable, "-m", "wegweiser", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr


def rows(backup: Path) -> dict[str, list[str]]:
    """Every row, with the keys of JSON in one order, but those of the restores themselves."""
    import zipfile

    found = {}
    with zipfile.ZipFile(backup) as archive:
        for name in archive.namelist():
            if name.startswith("database/"):
                lines = archive.read(name).decode().splitlines()
                found[name] = [neutral(line) for line in lines if "wegweiser.restore" not in line]
    return found


def neutral(line: str) -> str:
    return json.dumps([ordered(value) for value in json.loads(line)], ensure_ascii=False)


def ordered(value: object) -> object:
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.dumps(json.loads(value), sort_keys=True)
        except ValueError:
            return value
    return value


@pytest.mark.timeout(600)
def test_there_and_back_again(house: Path, other: str, tmp_path: Path) -> None:
    """PostgreSQL → SQLite → another PostgreSQL: three steps, and the last backup equals the first."""
    houses.furnish()
    first, second, third = (tmp_path / f"{number}.zip" for number in ("first", "second", "third"))
    call_command("backup", first)
    exports = [tmp_path / "first", tmp_path / "second", tmp_path / "third"]
    small, large = tmp_path / "small", tmp_path / "large"
    call_command("export_listings", format="csv", out=exports[0])
    for folder, database, source, target, out in (
        (small, "", first, second, exports[1]),
        (large, other, second, third, exports[2]),
    ):
        folder.mkdir()
        wegweiser(folder, database, "restore", "--yes", str(source))
        wegweiser(folder, database, "backup", str(target))
        wegweiser(folder, database, "export_listings", "--format", "csv", "--out", str(out))
        wegweiser(folder, database, "check_index")
    assert (small / "wegweiser.sqlite3").is_file()
    assert not (large / "wegweiser.sqlite3").exists()
    assert rows(first) == rows(second) == rows(third)
    [one, two, three] = [(out / "listings.csv").read_bytes() for out in exports]
    assert one == two == three
    assert houses.pictures(house) == houses.pictures(small) == houses.pictures(large)
