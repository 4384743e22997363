"""Who keeps the indexes level where there is a cluster: beside the server, and by hand."""

import io
import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from elastic_transport import NodeConfig
from pytest_django import Settings

from search import indexes, indexing, worker
from search.cluster import connection as cluster_connection
from search.cluster import following, generations
from search.cluster.generations import Cluster
from search.indexes import Index
from search.indexing import Difference
from search.port import EngineError
from tests.clusters import found
from tests.integration.search.making import listing, term
from tests.reliability.starting import free_port

PASSWORD = "geheim-und-lang"


@pytest.fixture
def both(cluster: Cluster, settings: Settings) -> Iterator[Cluster]:
    """SEARCH_URL names a corner of the cluster, in which nothing is yet."""
    node: NodeConfig = next(iter(cluster.client.transport.node_pool.all())).config
    settings.SEARCH_URL = f"{node.scheme}://{node.host}:{node.port}/{cluster.prefix}"
    yield cluster
    cluster_connection.forget()


def run(*arguments: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command(*arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def made_up(follow: Callable[[], bool], built: list[str]) -> Index:
    def rebuild(_progress: object) -> bool:
        built.append("built")
        return True

    return Index("An index", follow, rebuild, Difference, frozenset)


class TestCommands:
    def test_both_are_brought_there(self, both: Cluster) -> None:
        listing("advice", "Beratung")
        run("follow_changes", "--once")
        assert not following.check(both)
        assert not indexing.check()
        connection.run_on_commit.clear()  # what follows is another transaction
        listing("other", "Kurs")
        assert following.check(both)
        run("follow_changes", "--once")
        assert found(both, "Kurs") == ["other"]
        assert not indexing.check()

    def test_there_is_nothing_to_do_without_a_cluster(self, index: object) -> None:
        with pytest.raises(CommandError, match="SEARCH_URL is not set"):
            run("follow_changes", "--once")

    def test_a_cluster_that_is_away_keeps_this_host_from_nothing(self, index: object, settings: Settings) -> None:
        settings.SEARCH_URL = f"http://elastic:{PASSWORD}@127.0.0.1:{free_port()}"
        listing("advice", "Beratung")
        for command in ("follow_changes --once", "rebuild_index", "check_index --repair"):
            with pytest.raises(CommandError) as error:
                run(*command.split())
            assert "The index in the cluster: " in str(error.value)
            assert "does not answer" in str(error.value)
            assert PASSWORD not in str(error.value)
            assert not indexing.check()
        cluster_connection.forget()

    def test_both_are_built_and_named(self, both: Cluster) -> None:
        listing("advice", "Beratung")
        out, _err = run("rebuild_index")
        assert out.splitlines() == [
            "The index in the cluster: 1 listings indexed.",
            "The index of this host: 1 listings indexed.",
        ]
        out, _err = run("check_index")
        assert out.count("exactly the public listings") == 2

    def test_the_one_that_is_wrong_is_named(self, both: Cluster) -> None:
        listing("advice", "Beratung")
        run("rebuild_index")
        both.client.delete(index=generations.current(both).index, id="advice", refresh=True)
        with pytest.raises(CommandError) as error:
            run("check_index")
        assert str(error.value) == "The index in the cluster: Missing: advice."
        out, err = run("check_index", "--repair")
        assert "Missing: advice." in err
        assert out.count("exactly the public listings") == 2
        assert found(both) == ["advice"]

    def test_one_that_is_only_behind_is_not_built_anew(self, both: Cluster) -> None:
        listing("advice", "Beratung")
        run("rebuild_index")
        connection.run_on_commit.clear()
        before = generations.current(both)
        listing("other", "Kurs")
        out, _err = run("check_index", "--repair")
        assert out.count("exactly the public listings") == 2
        assert generations.current(both) == before

    def test_it_ends_when_it_is_told_to(self, both: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
        stops: list[threading.Event] = []

        class Interrupted:
            def join(self) -> None:
                raise KeyboardInterrupt

        def start(stop: threading.Event) -> list[Any]:
            stops.append(stop)
            return [Interrupted()]

        monkeypatch.setattr(worker, "start", start)
        run("follow_changes")
        assert stops[0].is_set()


class TestBeside:
    def test_nothing_runs_without_a_cluster(self, index: object) -> None:
        assert worker.start(threading.Event()) == []
        assert [each.name for each in indexes.indexes()] == ["The index of this host"]

    @pytest.mark.django_db(transaction=True)
    def test_edits_are_followed(self, both: Cluster) -> None:
        if connection.vendor == "sqlite":
            pytest.skip("threads share the tests' database in memory, where whoever reads locks out who writes")
        stop = threading.Event()
        threads = worker.start(stop)
        try:
            listing("advice", "Beratung")
            wait(lambda: found(both, "Beratung") == ["advice"])
            term("grounds", "racism", "Rassismus")
            listing("other", "Rat", grounds=["racism"])
            wait(lambda: found(both, "Rassismus") == ["other"])
            wait(lambda: not indexing.check())
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        assert not following.check(both)

    def test_an_index_is_built_where_following_is_not_enough(self) -> None:
        built: list[str] = []
        keeper = worker.Keeper(made_up(lambda: False, built))
        keeper.build()
        assert built == []  # nobody has asked for it
        keeper.follow()
        keeper.build()
        keeper.build()
        assert built == ["built"]

    def test_not_where_somebody_else_was_faster(self) -> None:
        built: list[str] = []
        answers = [False, True]
        keeper = worker.Keeper(made_up(lambda: answers.pop(0), built))
        keeper.follow()
        keeper.build()
        assert built == []


def wait(until: Callable[[], bool], seconds: float = 60) -> None:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        try:
            if until():
                return
        except EngineError:  # not built yet
            pass
        time.sleep(0.1)
    raise AssertionError("not in time")


class Stop(threading.Event):
    """Waits for nobody, and ends after so many pauses."""

    def __init__(self, turns: int) -> None:
        super().__init__()
        self.turns = turns
        self.pauses: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.pauses.append(timeout or 0.0)
        return len(self.pauses) > self.turns


@pytest.mark.usefixtures("db")
class TestFaults:
    @pytest.fixture(autouse=True)
    def one_connection(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(worker, "close_old_connections", lambda: None)
        monkeypatch.setattr(connection, "close", lambda: None)

    def test_the_pauses_grow_and_it_is_told_once(self, caplog: pytest.LogCaptureFixture) -> None:
        def fail() -> None:
            raise EngineError(f"http://elastic:{PASSWORD}@host")

        stop = Stop(8)
        with caplog.at_level(logging.INFO):
            worker.rounds("An index", fail, stop)
        assert stop.pauses == [0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 10.0, 10.0, 10.0]
        assert [record.getMessage() for record in caplog.records] == ["An index: EngineError"]

    def test_long_work_rests_four_times_as_long_but_never_longer_than_an_edit_may_wait(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        clock, costs = [0.0], [0.01, 0.5, 60.0]
        monkeypatch.setattr("search.worker.time.monotonic", lambda: clock[0])

        def work() -> None:
            clock[0] += costs.pop(0)

        stop = Stop(3)
        worker.rounds("An index", work, stop)
        assert stop.pauses == [0.0, 0.5, 2.0, 2.0]

    def test_it_goes_on_at_once_when_it_is_well_again(self, caplog: pytest.LogCaptureFixture) -> None:
        faults: list[Exception | None] = [None, OSError("x"), OSError("x"), ValueError("x"), None, None]

        def work() -> None:
            if fault := faults.pop(0):
                raise fault

        stop = Stop(6)
        with caplog.at_level(logging.INFO):
            worker.rounds("An index", work, stop)
        assert stop.pauses == [0.0, 0.5, 1.0, 2.0, 4.0, 0.5, 0.5]
        said = [record.getMessage() for record in caplog.records]
        assert said == ["An index: OSError", "An index: ValueError", "An index: well again"]
