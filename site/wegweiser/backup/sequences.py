"""The numbers that the tables have given out: a number once used for one thing must not come back for another."""

from collections.abc import Iterable

from django.db import connection

from wegweiser.backup.schema import Table


def read(tables: Iterable[Table]) -> dict[str, int]:
    counted = [table for table in tables if table.counted]
    last = _last_on_sqlite() if connection.vendor == "sqlite" else {}
    return {
        table.label: last.get(table.name, 0) if connection.vendor == "sqlite" else _last_on_postgresql(table)
        for table in counted
    }


def write(tables: Iterable[Table], last: dict[str, int]) -> None:
    for table in tables:
        if table.counted:
            number = max(int(last.get(table.label, 0)), _highest(table))
            (_set_on_sqlite if connection.vendor == "sqlite" else _set_on_postgresql)(table, number)


def _last_on_sqlite() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence")
        return {name: int(number) for name, number in cursor.fetchall()}


def _last_on_postgresql(table: Table) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [_quoted(table.name), table.key])
        [sequence] = cursor.fetchone()
        cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608
        return int(cursor.fetchone()[0])


def _highest(table: Table) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max({_quoted(table.key)}) FROM {_quoted(table.name)}")  # noqa: S608
        return int(cursor.fetchone()[0] or 0)


def _set_on_sqlite(table: Table, number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
        if number:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, number])


def _set_on_postgresql(table: Table, number: int) -> None:
    """Not setval(), which no rollback would take back."""
    with connection.cursor() as cursor:
        key = f"ALTER COLUMN {_quoted(table.key)} RESTART WITH {number + 1}"
        cursor.execute(f"ALTER TABLE {_quoted(table.name)} {key}")


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))
