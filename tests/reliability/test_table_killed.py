"""`kill -9` at any moment of an import of entries: all of it is there or nothing, and the next one works."""

import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from directory.exchange.table_lookup import Scope
from directory.models import Change, Listing, Organisation
from search import reader
from tests import houses
from tests.conftest import CI
from tests.database import States
from tests.integration.directory.making import listing
from tests.integration.exchange.tables import bring, give

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")

KILLS = int(os.environ.get("KILLS") or ("20" if CI else "5"))
SEED = int(os.environ.get("KILL_SEED") or time.time_ns() % 1_000_000)
LISTINGS = 8


@pytest.fixture
def house(tmp_path: Path, database_states: States, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """On disk, as a city has it: what lies in memory only is gone with any process."""
    with django_db_blocker.unblock(), houses.house(database_states, tmp_path, state="empty"):
        for number in range(LISTINGS):
            listing(f"l{number}", title_de=f"Beratung {number}")
        yield tmp_path


def table(folder: Path, turn: int) -> Path:
    """Changes every entry, and brings an organisation with entries of its own."""
    shown = {"organisation": "house", "kind": "counselling", "audience": "affected"}
    changed = [
        {**shown, "slug": f"l{number}", "title_de": f"Beratung {number}", "price": f"turn {turn}"}
        for number in range(LISTINGS)
    ]
    new = {"organisation": f"o{turn}", "organisation_name_de": f"Haus {turn}", "kind": "offer"}
    made = [
        {**new, "slug": f"n{turn}-{number}", "audience": "affected", "title_de": f"Neu {number}", "price": ""}
        for number in range(LISTINGS)
    ]
    return give(folder / "table.csv", [*changed, *made])


def start(path: Path) -> int:
    connections.close_all()  # two processes on one connection would mix their answers
    process = os.fork()
    if process == 0:
        code = 1
        try:
            reader.forget()
            bring(path, Scope(publish=True))
            code = 0
        finally:
            os._exit(code)
    return process


def state() -> tuple[set[str], int, int, int]:
    """What every entry says, and how many entries, organisations and lines of the change log there are."""
    prices = {entry.price for entry in Listing.objects.filter(slug__startswith="l")}
    return prices, Listing.objects.count(), Organisation.objects.count(), Change.objects.count()


def test_all_or_nothing(house: Path) -> None:
    chance = random.Random(SEED)
    started = time.monotonic()
    assert os.waitstatus_to_exitcode(os.waitpid(start(table(house, 0)), 0)[1]) == 0
    takes = time.monotonic() - started
    assert state()[:3] == ({"turn 0"}, 2 * LISTINGS, 2)
    done = 1
    for turn in range(1, KILLS + 1):
        path, before = table(house, turn), state()
        process = start(path)
        time.sleep(chance.uniform(0, takes * 1.1))
        os.kill(process, signal.SIGKILL)
        finished = os.WIFEXITED(os.waitpid(process, 0)[1])
        after = state()
        if finished or after != before:
            done += 1
            assert after[:3] == ({f"turn {turn}"}, (1 + done) * LISTINGS, 1 + done), f"KILL_SEED={SEED}"
        else:
            assert after == before, f"KILL_SEED={SEED}"
    bring(table(house, KILLS + 1), Scope(publish=True))
    assert state()[:3] == ({f"turn {KILLS + 1}"}, (2 + done) * LISTINGS, 2 + done)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchall() == [("ok",)]
    connection.check_constraints()
