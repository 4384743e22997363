"""A restore that stops at any of its steps: the next start finds the old state or the new one, never a mixture."""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections

from directory import vocabulary
from directory.models import Organisation
from tests import houses
from tests.houses import everything, pictures
from wegweiser.backup import media, restoring, workbench

SQLITE = pytest.mark.skipif("__import__('django.db').db.connection.vendor != 'sqlite'", reason="a file of SQLite")


class StoppedError(Exception):
    pass


def stop(*args: Any, **kwargs: Any) -> None:
    raise StoppedError


@pytest.fixture
def made(furnished: Path, tmp_path: Path) -> Path:
    """Beside it, another state is there by now."""
    call_command("backup", tmp_path / "city.zip")
    houses.edit(Organisation.objects.earliest("pk").slug, "Later")
    houses.add_picture("later", "red")
    return tmp_path / "city.zip"


def leftovers(folder: Path) -> list[str]:
    left = [*folder.glob(".media*"), *folder.glob(".*restoring*"), *folder.glob("restoring.json")]
    return [path.name for path in left]


def is_later() -> bool:
    return bool(Organisation.objects.earliest("pk").name_de == "Later")


def die_at(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, made: Path) -> None:
    """As by SIGKILL: nothing is tidied up behind it."""
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, stop)
        patch.setattr(restoring, "_settle", lambda: True)
        patch.setattr(workbench._File, "discard", lambda file: None)
        with pytest.raises(StoppedError):
            call_command("restore", made, yes=True)


STEPS = [
    (restoring, "_load"),
    (restoring, "check_references"),
    (restoring, "record_restore"),
    (restoring, "_note"),
    (media.Exchange, "stage"),
]


@pytest.mark.parametrize(("owner", "name"), STEPS, ids=lambda value: value if isinstance(value, str) else "")
def test_stopped_before_the_last_step(
    furnished: Path, made: Path, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str
) -> None:
    before = everything(), pictures(furnished)
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, stop)
        with pytest.raises(StoppedError):
            call_command("restore", made, yes=True)
    assert (everything(), pictures(furnished)) == before
    assert leftovers(furnished) == []


def show_not(bench: Any) -> None:
    raise StoppedError


def test_killed_before_the_database_was_shown(
    furnished: Path, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(), pictures(furnished)
    bench = workbench._File if connection.vendor == "sqlite" else workbench._Transaction
    die_at(monkeypatch, bench, "show", made)
    assert "restoring.json" in leftovers(furnished)
    assert restoring.settle()
    assert (everything(), pictures(furnished)) == before
    assert not [name for name in leftovers(furnished) if not name.startswith(".wegweiser")]


def killed_after_the_database(monkeypatch: pytest.MonkeyPatch, made: Path) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(restoring, "_settle", lambda: True)
        call_command("restore", made, yes=True)


def test_killed_between_database_and_media(furnished: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later = pictures(furnished)
    killed_after_the_database(monkeypatch, made)
    assert not is_later()
    assert pictures(furnished) == later
    assert restoring.settle()
    assert len(pictures(furnished)) == len(later) - 2
    assert leftovers(furnished) == []
    assert not restoring.settle()


def test_the_next_start_of_the_server_finishes_it(
    furnished: Path, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wegweiser.wsgi import application_after_repair

    later = pictures(furnished)
    killed_after_the_database(monkeypatch, made)
    application_after_repair()
    assert len(pictures(furnished)) == len(later) - 2


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_the_next_command_finishes_it(
    furnished: Path, made: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    later = pictures(furnished)
    killed_after_the_database(monkeypatch, made)
    if command == "backup":
        call_command("backup", made.with_name("next.zip"))
    else:
        call_command("restore", made, yes=True)
    assert len(pictures(furnished)) == len(later) - 2
    assert leftovers(furnished) == []


def test_a_running_restore_is_left_alone(furnished: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed_after_the_database(monkeypatch, made)
    with restoring.alone():
        assert not restoring.settle()
    assert "restoring.json" in leftovers(furnished)


def test_what_is_unknown_is_not_decided(furnished: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL may just be starting: the media must not be undone for that."""
    killed_after_the_database(monkeypatch, made)

    def down(*args: Any) -> None:
        raise DatabaseError("connection refused")

    with monkeypatch.context() as patch:
        patch.setattr(connections["default"], "vendor", "postgresql")
        patch.setattr(connection.introspection, "table_names", down)
        with pytest.raises(DatabaseError):
            restoring.settle()
    assert json.loads((furnished / "restoring.json").read_text())["token"]


def test_caches_see_it(furnished: Path, tmp_path: Path) -> None:
    """Both states have a change at the same number; only which one it is tells them apart."""
    from directory.models import Term

    call_command("backup", tmp_path / "city.zip")
    changed = Term.objects.filter(live=True).earliest("pk")
    changed.label_de = "Later"
    changed.save()
    vocabulary.forget()
    assert vocabulary.terms(changed.vocabulary)[changed.slug].labels["de"] == "Later"
    seen = vocabulary.snapshot()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "forget", lambda: None)
        patch.setattr(vocabulary, "RECHECK_SECONDS", -1)
        call_command("restore", tmp_path / "city.zip", yes=True)
        assert vocabulary.snapshot().position[0] == seen.position[0]
        assert vocabulary.terms(changed.vocabulary)[changed.slug].labels["de"] != "Later"


# --- the file of SQLite -------------------------------------------------------------------------------------


@SQLITE
def test_a_damaged_database_is_replaced(furnished: Path, made: Path) -> None:
    connection.close()
    path = furnished / "wegweiser.sqlite3"
    content = bytearray(path.read_bytes())
    for start in range(0, len(content), 4096):
        content[start : start + 200] = os.urandom(200)
    path.write_bytes(content)
    path.with_name(path.name + "-wal").write_bytes(b"of another database")
    call_command("restore", made, yes=True)
    assert not is_later()
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert leftovers(furnished) == []


@SQLITE
def test_a_reader_with_the_file_open_sees_all_of_it(furnished: Path, made: Path) -> None:
    with closing(sqlite3.connect(furnished / "wegweiser.sqlite3", isolation_level=None)) as reader:
        names = "SELECT count(*) FROM directory_organisation WHERE name_de = 'Later'"
        reader.execute("BEGIN")
        assert reader.execute(names).fetchone() == (1,)
        call_command("restore", made, yes=True)
        assert reader.execute(names).fetchone() == (1,), "one page sees one state"
        reader.execute("COMMIT")
        assert reader.execute(names).fetchone() == (0,), "the next page sees the restored one"


@SQLITE
def test_the_file_keeps_its_journal(furnished: Path, made: Path) -> None:
    call_command("restore", made, yes=True)
    connection.close()
    with closing(sqlite3.connect(furnished / "wegweiser.sqlite3")) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
