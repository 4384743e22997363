"""Work by the clock: what is scheduled goes live, once, whoever else is at it."""

import fcntl
import os
import threading
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from threading import Event

import pytest
from django.core import management
from django.db import connection, connections
from django.utils import timezone
from pytest_django import Settings

from directory.alone import alone
from directory.models import Change
from tests.integration.directory.making import listing
from wegweiser import nightly, timed


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def rounds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    called: list[str] = []
    monkeypatch.setattr(timed, "call_command", lambda name, **options: called.append(name))
    monkeypatch.setattr(nightly, "attempt", lambda: called.append("nightly"))
    return called


@pytest.mark.django_db
def test_a_listing_goes_live_at_its_time_and_once() -> None:
    entry = listing("treff")
    entry.live = False
    entry.save()
    entry.go_live_at = timezone.now() + timedelta(seconds=60)
    entry.save_revision(approved_go_live_at=timezone.now() - timedelta(seconds=1))
    revision = entry.latest_revision
    revision.content["go_live_at"] = (timezone.now() - timedelta(seconds=1)).isoformat()
    revision.save()
    assert timed.once()
    entry.refresh_from_db()
    assert entry.live
    position = Change.position()
    assert timed.once()
    assert Change.position() == position


@pytest.mark.django_db
def test_a_round_leaves_a_sign_of_life(folder: Path, rounds: list[str]) -> None:
    assert timed.once()
    assert (folder / timed.HEARTBEAT).exists()
    assert rounds == ["publish_scheduled", "clearsessions", "nightly"]


@pytest.mark.django_db(transaction=True)
def test_only_one_at_a_time(folder: Path, rounds: list[str]) -> None:
    """The other one is a thread with a connection of its own, as another process has it."""
    inside, leave, seen = Event(), Event(), []

    def other() -> None:
        with alone("round") as mine:
            seen.append(mine)
            inside.set()
            leave.wait(20)
        connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    assert inside.wait(20)
    assert timed.once() is False
    assert rounds == []
    leave.set()
    thread.join(20)
    assert seen == [True]
    assert timed.once() is True


def hold_and_die(folder: str) -> None:
    lock = (Path(folder) / "round.lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    os._exit(9)


@pytest.mark.django_db
def test_who_died_holding_the_lock_blocks_nobody(folder: Path, rounds: list[str]) -> None:
    process = get_context("fork").Process(target=hold_and_die, args=(str(folder),))
    process.start()
    process.join(20)
    assert process.exitcode == 9
    assert timed.once()


def test_a_round_that_fails_ends_no_later_one(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried, stop = [], Event()

    def fail() -> bool:
        tried.append(1)
        if len(tried) == 3:
            stop.set()
        raise ConnectionError("geheim")

    monkeypatch.setattr(timed, "once", fail)
    monkeypatch.setattr(timed, "close_old_connections", lambda: None)
    monkeypatch.setattr(connections["default"], "close", lambda: None)
    timed.rounds(stop, seconds=0.001)
    assert len(tried) == 3
    assert "scheduled work failed" in caplog.text


def test_it_stops_when_the_server_does(monkeypatch: pytest.MonkeyPatch) -> None:
    first, stop = Event(), Event()
    monkeypatch.setattr(timed, "attempt", first.set)
    thread = timed.start(stop, seconds=60)
    assert first.wait(20)
    stop.set()
    thread.join(20)
    assert not thread.is_alive()
    assert thread.daemon


def test_the_commands_that_it_calls_exist() -> None:
    assert {"publish_scheduled", "clearsessions"} <= set(management.get_commands())
