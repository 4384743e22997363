"""Rows as lines of JSON, alike for every database: read in the order of their keys, written as they were.

Columns, not objects: a model's own field would translate, shorten or renew what it is given.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection
from django.db.models.expressions import Col
from django.utils.duration import duration_microseconds

from wegweiser.backup.manifest import BackupError, first_line
from wegweiser.backup.schema import Table

AT_ONCE = 500
Convert = Callable[[Any], Any]


def lines(table: Table) -> Iterator[bytes]:
    """The columns' names first, then a line for each row."""
    yield _line(table.columns)
    for row in stored(table):
        yield _line(row)


def stored(table: Table) -> Iterator[list[Any]]:
    reading = [_reader(table, field) for field in table.fields]
    columns = ", ".join(map(_quoted, table.columns))
    with connection.chunked_cursor() as cursor:
        source, key = _quoted(table.name), _quoted(table.key)
        cursor.execute(f"SELECT {columns} FROM {source} ORDER BY {key}")  # noqa: S608 - our own names
        while some := cursor.fetchmany(AT_ONCE):
            for row in some:
                yield [read(value) for read, value in zip(reading, row, strict=True)]


def load(table: Table, found: Iterable[bytes], on_rows: Callable[[int], None] = lambda number: None) -> int:
    """Write what `lines` read into the empty table; how many rows."""
    source = iter(found)
    if json.loads(next(source, b"null")) != table.columns:
        raise BackupError(f"The backup is damaged: {table.label} has other columns than its migrations say.")
    writing = [_writer(_plain(field)) for field in table.fields]
    columns, marks = ", ".join(map(_quoted, table.columns)), ", ".join(["%s"] * len(table.fields))
    insert = f"INSERT INTO {_quoted(table.name)} ({columns}) VALUES ({marks})"  # noqa: S608 - our own names
    total = 0
    with connection.cursor() as cursor:
        while some := list(islice(source, AT_ONCE)):
            try:
                values = [_row(writing, line) for line in some]
                cursor.executemany(insert, values)
            except (ValueError, TypeError, ArithmeticError, DatabaseError) as error:
                raise BackupError(f"The backup cannot be loaded: {table.label}: {first_line(error)}") from error
            total += len(some)
            on_rows(len(some))
    return total


def count(table: Table) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {_quoted(table.name)}")  # noqa: S608 - our own names
        return int(cursor.fetchone()[0])


def _line(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _row(writing: list[Convert], line: bytes) -> list[Any]:
    values = zip(writing, json.loads(line), strict=True)
    return [None if value is None else write(value) for write, value in values]


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))


def _plain(field: Any) -> Any:
    """A foreign key holds what it points to."""
    while field.remote_field:
        field = field.target_field
    return field


def _reader(table: Table, field: Any) -> Convert:
    expression = Col(table.name, field, _plain(field))
    # The database's own converters only, not the field's: JSON stays the text that it is.
    converters = connection.ops.get_db_converters(expression)

    def read(value: Any) -> Any:
        for convert in converters:
            value = convert(value, expression, connection)
        return _neutral(value)

    return read


_NEUTRAL: dict[type, Convert] = {
    datetime: lambda value: value.astimezone(UTC).isoformat(),
    date: date.isoformat,
    time: time.isoformat,
    timedelta: duration_microseconds,
    Decimal: str,
    UUID: str,
    bytes: lambda value: b64encode(value).decode(),
    memoryview: lambda value: b64encode(value).decode(),
}


def _neutral(value: Any) -> Any:
    convert = _NEUTRAL.get(type(value))
    return convert(value) if convert else value


def _writer(field: Any) -> Convert:
    kind = field.get_internal_type()
    if kind == "DecimalField":
        return lambda value: connection.ops.adapt_decimalfield_value(
            Decimal(value), field.max_digits, field.decimal_places
        )
    return _writers(connection.vendor).get(kind, lambda value: value)


@lru_cache
def _writers(vendor: str) -> dict[str, Convert]:
    native = connection.features.has_native_duration_field
    return {
        "DateTimeField": lambda value: connection.ops.adapt_datetimefield_value(datetime.fromisoformat(value)),
        "DateField": lambda value: connection.ops.adapt_datefield_value(date.fromisoformat(value)),
        "TimeField": lambda value: connection.ops.adapt_timefield_value(time.fromisoformat(value)),
        "DurationField": lambda value: timedelta(microseconds=value) if native else value,
        "UUIDField": lambda value: value if vendor == "postgresql" else UUID(value).hex,
        "BinaryField": b64decode,
    }
