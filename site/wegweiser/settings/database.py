"""The database of an installation: SQLite in the data folder, or PostgreSQL by DATABASE_URL."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ

SCHEMES = ("postgresql", "postgres", "sqlite")
SQLITE_OPTIONS = {
    # IMMEDIATE: a read-then-write transaction takes its lock at once instead of failing half-way.
    "transaction_mode": "IMMEDIATE",
    "timeout": 5,
    # FULL: an acknowledged edit survives a power cut.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}


def database(url: str, folder: Path) -> dict[str, Any]:
    """Never says what stands in the address: there may be a password in it."""
    url = url or f"sqlite:///{folder / 'wegweiser.sqlite3'}"
    if urlsplit(url).scheme not in SCHEMES:
        raise SystemExit("DATABASE_URL cannot be read: set postgresql://user:password@host/name, or leave it out.")
    if not url.startswith("sqlite") and find_spec("psycopg") is None:
        raise SystemExit(
            "DATABASE_URL names PostgreSQL, but its driver is missing: pip install 'wegweiser[postgres]'"
        )
    found: dict[str, Any] = environ.Env.db_url_config(url)
    if found["ENGINE"].endswith("sqlite3"):
        found["OPTIONS"] = SQLITE_OPTIONS
    return found
