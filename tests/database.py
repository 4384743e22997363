"""States of the test database: migrated once, the demo data loaded once, each given back in milliseconds."""

import hashlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.db.backends.utils import CursorWrapper


class States:
    """Brings the database into a named state before a test opens its transaction."""

    def __init__(self, makers: dict[str, Callable[[], None]]) -> None:
        self.makers = makers
        self.snapshots: Snapshots = Copies() if connection.vendor == "sqlite" else Templates()
        self.current = "empty"
        self.snapshots.take("empty")
        self.taken = {"empty"}

    def become(self, name: str) -> None:
        if name == self.current:
            return
        if name in self.taken:
            self.snapshots.give_back(name)
        else:
            if self.current != "empty":
                self.snapshots.give_back("empty")
            self.makers[name]()
            self.snapshots.take(name)
            self.taken.add(name)
        self.current = name

    def spoil(self) -> None:
        """A test with real transactions flushes what migrations made (Wagtail's root page and locale)."""
        self.current = ""


class Snapshots:
    def take(self, name: str) -> None:
        raise NotImplementedError

    def give_back(self, name: str) -> None:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError


class Copies(Snapshots):
    """SQLite: page by page into memory and back."""

    def __init__(self) -> None:
        self.copies: dict[str, sqlite3.Connection] = {}

    def take(self, name: str) -> None:
        connection.ensure_connection()
        self.copies[name] = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(self.copies[name])

    def give_back(self, name: str) -> None:
        connection.ensure_connection()
        self.copies[name].backup(connection.connection)

    def close(self) -> None:
        for copy in self.copies.values():
            copy.close()


class Templates(Snapshots):
    """PostgreSQL: databases made from a template."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def take(self, name: str) -> None:
        self._copy(connection.settings_dict["NAME"], self._template(name))
        self.names.append(name)

    def give_back(self, name: str) -> None:
        self._copy(self._template(name), connection.settings_dict["NAME"])

    def close(self) -> None:
        for name in self.names:
            self._each(f"DROP DATABASE {self._quoted(self._template(name))} WITH (FORCE)")

    def _copy(self, source: str, target: str) -> None:
        self._each(
            f"DROP DATABASE IF EXISTS {self._quoted(target)} WITH (FORCE)",
            f"CREATE DATABASE {self._quoted(target)} TEMPLATE {self._quoted(source)}",
        )

    def _each(self, *statements: str) -> None:
        connection.close()
        cursor: CursorWrapper
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def _template(self, name: str) -> str:
        return f"{connection.settings_dict['NAME']}_{name}"

    def _quoted(self, name: str) -> str:
        return str(connection.ops.quote_name(name))


def fingerprint_of_migrations() -> str:
    """Changes with any migration's name or content, of any installed app: then a kept database is stale."""
    digest = hashlib.sha256(sqlite3.sqlite_version.encode())
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path).glob("migrations/*.py")):
            digest.update(f"{app.label}/{path.name}".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class MigratedBefore:
    """Keeps the migrated SQLite database of the last run beside pytest's cache: 2 s instead of 7 s."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / f"{fingerprint_of_migrations()}.sqlite3"
        self.filled: sqlite3.Connection | None = None

    def fill(self, name: str) -> None:
        """Put the kept database where Django will look for the one to migrate."""
        with suppress(sqlite3.OperationalError):  # none kept, or another run is just replacing it
            kept = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)
            self.filled = sqlite3.connect(name, uri=True, check_same_thread=False)
            kept.backup(self.filled)
            kept.close()

    def keep(self) -> None:
        if self.path.exists():
            return
        for older in self.path.parent.glob("*.sqlite3"):
            older.unlink(missing_ok=True)
        beside = self.path.with_suffix(f".{os.getpid()}")
        copy = sqlite3.connect(beside)
        connection.ensure_connection()
        connection.connection.backup(copy)
        copy.close()
        beside.replace(self.path)

    def close(self) -> None:
        if self.filled:
            self.filled.close()
