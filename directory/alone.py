"""One process at a time, of however many hosts there are on one database."""

import fcntl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection


@contextmanager
def alone(work: str) -> Iterator[bool]:
    """Whether this process may do it now. The lock ends with who holds it, even where that was killed."""
    if connection.vendor == "postgresql":
        number = zlib.crc32(f"wegweiser {work}".encode())
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
            mine = bool(cursor.fetchone()[0])
            try:
                yield mine
            finally:
                if mine:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
        return
    with (Path(settings.DATA_DIR) / f"{work}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
