"""What `wegweiser serve` prepares, and how it starts the server. The server itself: tests/reliability."""

import multiprocessing
from pathlib import Path
from threading import Event
from typing import Any

import granian.server
import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from pytest_django import Settings

from search import indexing, worker
from wegweiser import static_files, timed
from wegweiser.management.commands import demo, serve
from wegweiser.steps import Steps


class FakeServer:
    started: list[dict[str, Any]] = []

    def __init__(self, target: str, **options: Any) -> None:
        self.options = {"target": target, **options}

    def serve(self) -> None:
        FakeServer.started.append(self.options)


@pytest.fixture
def started(
    demo: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> list[dict[str, Any]]:
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    FakeServer.started = []
    monkeypatch.setattr(granian.server, "Server", FakeServer)
    monkeypatch.setattr(multiprocessing, "set_start_method", lambda method, force: None)
    monkeypatch.setattr(connections, "close_all", lambda: None)
    monkeypatch.setattr(static_files, "collect", lambda: True)
    monkeypatch.setattr(timed, "start", lambda stop: None)
    return FakeServer.started


def test_the_server_logs_no_access_and_stays_on_this_machine(started: list[dict[str, Any]]) -> None:
    call_command("serve")
    [options] = started
    assert options["log_access"] is False
    assert options["log_dictconfig"]["loggers"]["granian.access"]["propagate"] is False
    assert (options["address"], options["port"], options["uds"]) == ("127.0.0.1", 8000, None)
    assert options["workers"] == 2
    assert options["respawn_failed_workers"] is True


def test_running_requests_may_finish(started: list[dict[str, Any]]) -> None:
    call_command("serve")
    assert started[0]["workers_kill_timeout"] >= 10


def test_an_operator_chooses_where_and_how_many(started: list[dict[str, Any]], tmp_path: Path) -> None:
    call_command("serve", host="0.0.0.0", port=9000, workers=4, threads=8)
    call_command("serve", socket=tmp_path / "s")
    over_network, over_socket = started
    assert (over_network["address"], over_network["port"]) == ("0.0.0.0", 9000)
    assert (over_network["workers"], over_network["blocking_threads"]) == (4, 8)
    assert over_socket["uds"] == tmp_path / "s"
    assert over_socket["uds_permissions"] & 0o007 == 0


def test_workers_are_not_forked(started: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    methods = []
    monkeypatch.setattr(multiprocessing, "set_start_method", lambda method, force: methods.append(method))
    call_command("serve")
    assert methods == ["spawn"]


def test_there_is_an_index_before_the_first_visitor(started: list[dict[str, Any]]) -> None:
    assert indexing.check()
    call_command("serve")
    assert not indexing.check()


def test_an_index_that_is_there_is_not_built_again(
    started: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    indexing.rebuild()
    monkeypatch.setattr(indexing, "rebuild", lambda **_options: pytest.fail("built again"))
    call_command("serve")


def test_work_by_the_clock_ends_with_the_server(
    started: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    stops: list[Event] = []
    monkeypatch.setattr(timed, "start", stops.append)
    monkeypatch.setattr(FakeServer, "serve", lambda self: pytest.fail("x") if stops[0].is_set() else None)
    call_command("serve")
    assert stops[0].is_set()


def test_it_ends_too_where_the_server_failed(
    started: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: FakeServer) -> None:
        raise OSError("address in use")

    stops: list[Event] = []
    monkeypatch.setattr(timed, "start", stops.append)
    monkeypatch.setattr(FakeServer, "serve", fail)
    with pytest.raises(OSError, match="in use"):
        call_command("serve")
    assert stops[0].is_set()


def test_the_indexes_are_kept_as_long_as_the_server_runs(
    started: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    stops: list[Event] = []
    monkeypatch.setattr(worker, "start", stops.append)
    monkeypatch.setattr(FakeServer, "serve", lambda self: pytest.fail("x") if stops[0].is_set() else None)
    call_command("serve")
    assert stops[0].is_set()


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:1"])
def test_a_demo_keeps_them_where_there_is_a_cluster(
    started: list[dict[str, Any]], settings: Settings, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    kept: list[Event] = []
    monkeypatch.setattr(worker, "start", kept.append)
    settings.SEARCH_URL, settings.SECOND_FACTOR = url, "optional"
    demo.Command()._serve(Steps(), 8000)
    assert len(started) == 1
    assert bool(kept) == bool(url)


def test_without_a_proxy_it_says_what_to_set(started: list[dict[str, Any]], settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT, settings.SECURE_PROXY_SSL_HEADER = True, None
    with pytest.raises(CommandError, match="TRUSTED_PROXY"):
        call_command("serve")
    assert started == []


def test_old_tables_are_refused(started: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda _self, _targets: [("0002", False)])
    with pytest.raises(CommandError, match="wegweiser upgrade"):
        serve.refuse_old_tables()
    with pytest.raises(CommandError):
        call_command("serve")
    assert started == []
