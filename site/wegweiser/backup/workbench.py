"""Where a backup is loaded: unseen by anybody until one last step shows it whole."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from django.db import DatabaseError, OperationalError, connection, transaction

from wegweiser.backup import schema
from wegweiser.backup.manifest import BackupError, first_line
from wegweiser.backup.schema import State

PATIENCE = "10s"  # for whoever holds a lock
LEFT_BEHIND = ("", "-wal", "-shm", "-journal")


class Workbench(Protocol):
    def show(self) -> None:
        """Put the loaded database in the place of the old one, at once."""


@contextmanager
def workbench(state: State) -> Iterator[Workbench]:
    """The empty tables of that state, into which everything that runs within writes."""
    make = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
    with make(state) as bench:
        yield bench


# --- SQLite: a file beside, copied into the one in use as one transaction -----------------------------------


class _File:
    def __init__(self, live: Path) -> None:
        self.live = live
        self.beside = live.with_name(f".{live.name}.restoring")

    def show(self) -> None:
        """By SQLite's own copy, not by renaming: a server that has the file open must see all of it or nothing,
        and the write-ahead log of one file must never meet another one."""
        use(self.live)
        source = sqlite3.connect(self.beside)
        try:
            copy(source, self.live)
        except sqlite3.DatabaseError:
            if _is_whole(self.live):
                raise
            self._put_in_place_of_ruins()
        finally:
            source.close()

    def _put_in_place_of_ruins(self) -> None:
        """Nobody can have it open: it is no database any more."""
        for suffix in ("-wal", "-shm", "-journal"):
            self.live.with_name(self.live.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self.beside, whole := self.beside.with_suffix(".whole"))
        os.sync()
        whole.replace(self.live)

    def discard(self) -> None:
        for path in (self.beside, self.beside.with_suffix(".whole")):
            for suffix in LEFT_BEHIND:
                path.with_name(path.name + suffix).unlink(missing_ok=True)


@contextmanager
def _on_sqlite(state: State) -> Iterator[Workbench]:
    file = _File(Path(connection.settings_dict["NAME"]))
    file.discard()
    alike = _is_whole(file.live) and schema.applied() == state
    if alike:
        _copy_of(file.live, file.beside)
    use(file.beside)
    try:
        if not alike:
            schema.migrate_to(state)
        _quickly()
        _empty(state)
        yield file
    finally:
        use(file.live)
        file.discard()


def use(path: Path) -> None:
    connection.close()
    connection.settings_dict["NAME"] = str(path)


def copy(source: sqlite3.Connection, target: Path) -> None:
    into = sqlite3.connect(target, timeout=60)
    try:
        into.execute("PRAGMA synchronous=FULL")
        source.backup(into)
        into.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # what was deleted must not stay in the log
    finally:
        into.close()


def _copy_of(path: Path, target: Path) -> None:
    source = sqlite3.connect(path)
    try:
        copy(source, target)
    finally:
        source.close()


def _is_whole(path: Path) -> bool:
    if not path.is_file():
        return False
    with suppress(sqlite3.DatabaseError):
        database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            return bool(database.execute("PRAGMA quick_check").fetchone() == ("ok",))
        finally:
            database.close()
    return False


def _quickly() -> None:
    """Nobody misses this file if the power fails."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute("PRAGMA foreign_keys=OFF")


def _empty(state: State) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
        there = {name for (name,) in cursor.fetchall()}
        for table in schema.tables(state):
            if table.name in there:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table.name)}")  # noqa: S608
        cursor.execute("DELETE FROM sqlite_sequence")
        cursor.execute("VACUUM")  # the copy held what the backup may not


# --- PostgreSQL: one transaction ----------------------------------------------------------------------------


class _Transaction:
    def __init__(self) -> None:
        self.shown = False
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def show(self) -> None:
        self.shown = True
        self.atomic.__exit__(None, None, None)

    def undo(self, error: BaseException | None) -> None:
        if not self.shown:
            error = error or BackupError("The backup was not loaded to the end.")
            self.atomic.__exit__(type(error), error, error.__traceback__)


@contextmanager
def _on_postgresql(state: State) -> Iterator[Workbench]:
    bench = _Transaction()
    try:
        _make_empty(state)
        yield bench
    except BaseException as error:
        bench.undo(error)
        raise
    bench.undo(None)


def _make_empty(state: State) -> None:
    ours = [str(connection.ops.quote_name(name)) for name in schema.our_tables()]
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
        try:
            if schema.applied() == state:
                kept = [name for name in ours if name != '"django_migrations"']
                cursor.execute(f"TRUNCATE {', '.join(kept)} RESTART IDENTITY")
                return
            if ours:
                cursor.execute(f"DROP TABLE {', '.join(ours)} CASCADE")
        except OperationalError as error:
            raise BackupError("Other programs are using the database: stop the server and try again.") from error
        except DatabaseError as error:
            raise BackupError(f"The old tables cannot be cleared: {first_line(error)}") from error
    check_references()  # at once from here on: a waiting check would keep a migration from altering its table
    schema.migrate_to(state)
    with connection.cursor() as cursor:
        # What a migration has put there is in the backup too, as it is now.
        names = ", ".join(str(connection.ops.quote_name(table.name)) for table in _existing(state))
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _existing(state: State) -> list[schema.Table]:
    there = set(connection.introspection.table_names())
    return [table for table in schema.tables(state) if table.name in there]


def check_references() -> None:
    """Every row points to one that is there; on PostgreSQL also so that a migration may go on."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    else:
        connection.check_constraints()
