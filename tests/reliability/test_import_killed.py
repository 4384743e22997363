"""`kill -9` at any moment of an import of translations: all of it is there or nothing, and the next one works."""

import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from directory.exchange import translations_import as importing
from directory.models import Change, Listing
from search import reader
from tests import houses
from tests.conftest import CI
from tests.database import States
from tests.integration.directory.making import listing
from tests.integration.translations.filling import export, fill

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")

KILLS = int(os.environ.get("KILLS") or ("20" if CI else "5"))
SEED = int(os.environ.get("KILL_SEED") or time.time_ns() % 1_000_000)
LISTINGS = 12


@pytest.fixture
def house(tmp_path: Path, database_states: States, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """On disk, as a city has it: what lies in memory only is gone with any process."""
    with django_db_blocker.unblock(), houses.house(database_states, tmp_path, state="empty"):
        for number in range(LISTINGS):
            listing(f"l{number}", title_de=f"Beratung {number}")
        yield tmp_path


def bring(book: Path) -> None:
    plan = importing.plan(book, language="en", by=None)
    assert not plan.problems
    assert plan.writes == LISTINGS
    importing.carry_out(plan, by=None)


def start(book: Path) -> int:
    connections.close_all()  # two processes on one connection would mix their answers
    process = os.fork()
    if process == 0:
        code = 1
        try:
            reader.forget()
            bring(book)
            code = 0
        finally:
            os._exit(code)
    return process


def next_book(folder: Path, turn: int) -> Path:
    texts = {f"directory.listing/l{number}/title": f"Advice {number}, turn {turn}" for number in range(LISTINGS)}
    return fill(export(folder / "book.xlsx"), texts)


def turns() -> set[str]:
    """Of everything that an import writes: the public text, the draft, its note and the line of the change log."""
    found = set()
    for entry in Listing.objects.select_related("latest_revision"):
        text = (entry.title_en or "").rpartition(" ")[2]
        revision = entry.latest_revision
        drafted = (revision.content["title_en"] if revision else "").rpartition(" ")[2]
        noted = "noted" if entry.translation_state else ""
        rows = Change.objects.filter(model="directory.listing", object_id=str(entry.pk)).count()
        # The row of its making, and the revision that keeps what was public before the first one, stand beside.
        kept = entry.revisions.count() - 1
        found.add(f"{text}|{drafted}|{noted}|{rows - 1}|{kept}|{entry.has_unpublished_changes}")
    return found


def test_all_or_nothing(house: Path) -> None:
    chance = random.Random(SEED)
    book = next_book(house, 0)
    started = time.monotonic()
    assert os.waitstatus_to_exitcode(os.waitpid(start(book), 0)[1]) == 0
    takes = time.monotonic() - started
    assert turns() == {"0|0|noted|1|1|False"}
    done = 1
    for turn in range(1, KILLS + 1):
        book = next_book(house, turn)
        before = turns()
        process = start(book)
        time.sleep(chance.uniform(0, takes * 1.1))
        os.kill(process, signal.SIGKILL)
        finished = os.WIFEXITED(os.waitpid(process, 0)[1])
        after = turns()
        written = {f"{turn}|{turn}|noted|{done + 1}|{done + 1}|False"}
        assert after in ([written] if finished else [before, written]), f"KILL_SEED={SEED}"
        done += after == written
    bring(next_book(house, KILLS + 1))
    assert turns() == {f"{KILLS + 1}|{KILLS + 1}|noted|{done + 1}|{done + 1}|False"}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchall() == [("ok",)]
    connection.check_constraints()
