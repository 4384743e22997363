"""Why a site must not go to the public as it is set: one sentence each, which says what to set."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

SHORTEST_KEY = 50
FEWEST_SIGNS = 5
# What stands in examples on the net and in our own.
KNOWN_KEYS = ("django-insecure-", "change", "secret", "example", "test")
DATABASES = ("postgresql", "sqlite3")


@dataclass(frozen=True)
class Given:
    """What an operator has set, as it was read."""

    environment: Mapping[str, str]
    debug: bool
    secret_key: str
    public_url: str
    allowed_hosts: Sequence[str]
    database: Mapping[str, object]


def refusals(given: Given) -> list[str]:
    checks = (_debug, _key, _address, _hosts, _data_folder, _database, _second_factor)
    return [sentence for check in checks for sentence in check(given)]


def _debug(given: Given) -> Iterator[str]:
    if given.debug:
        yield "DEBUG is on: take it out, for its error pages show settings and what visitors typed."


def _key(given: Given) -> Iterator[str]:
    key = given.secret_key
    known = key.lower().startswith(KNOWN_KEYS)
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_SIGNS or known:
        yield (
            f"SECRET_KEY is short or a well-known one: leave it out, then the data folder gets its own, "
            f"or set at least {SHORTEST_KEY} random characters."
        )


def _address(given: Given) -> Iterator[str]:
    address = urlsplit(given.public_url)
    if "PUBLIC_URL" not in given.environment or address.scheme != "https" or not address.hostname:
        yield "PUBLIC_URL is no https address: set the one that visitors use, like https://wegweiser.example.org."


def _hosts(given: Given) -> Iterator[str]:
    host = urlsplit(given.public_url).hostname or "wegweiser.example.org"
    hosts = [name.strip() for name in given.allowed_hosts if name.strip()]
    if not given.environment.get("ALLOWED_HOSTS", "").strip():
        yield f"ALLOWED_HOSTS is missing: set the names that visitors use, like {host}."
    elif "*" in hosts:
        yield f"ALLOWED_HOSTS allows any name: set those that visitors use, like {host}."


def _data_folder(given: Given) -> Iterator[str]:
    if not given.environment.get("WEGWEISER_DATA_DIR"):
        yield "WEGWEISER_DATA_DIR is missing: set the folder that is backed up, like /var/lib/wegweiser."


def _database(given: Given) -> Iterator[str]:
    engine, name = str(given.database.get("ENGINE", "")), str(given.database.get("NAME", ""))
    if not engine.endswith(DATABASES) or name == ":memory:":
        yield "DATABASE_URL names no lasting PostgreSQL or SQLite database: set postgresql://… or leave it out."


def _second_factor(given: Given) -> Iterator[str]:
    if given.environment.get("SECOND_FACTOR", "required") != "required":
        yield "SECOND_FACTOR is not required: take it out, for a stolen password could put up a false number."
