"""The server runs threads, and an editor saves while visitors search."""

import threading
from pathlib import Path

import pytest

from search import indexing, reader
from search.engines.embedded import EmbeddedEngine
from search.library import Library
from search.port import Query
from search.queries import answer, find
from tests.contract.small_directory import KNOWLEDGE, STATISTICS, WEIGHTS, built
from tests.integration.search.making import found, listing


def test_threads_share_one_open_index(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.update(built())
    library = Library(engine, KNOWLEDGE, WEIGHTS, STATISTICS)
    expected = answer(Query("Rassismus am Arbeitsplatz", home_area="harbour"), library)
    wrong: list[object] = []

    def search() -> None:
        for _ in range(20):
            got = answer(Query("Rassismus am Arbeitsplatz", home_area="harbour"), library)
            if got != expected:
                wrong.append(got)

    threads = [threading.Thread(target=search) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_an_update_while_others_read(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.update(built())
    stop = threading.Event()
    failed: list[BaseException] = []

    def search() -> None:
        while not stop.is_set():
            try:
                answer(Query("Beratung"), Library(engine, KNOWLEDGE, WEIGHTS, STATISTICS))
            except BaseException as error:
                failed.append(error)
                return

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(10):
        engine.update(built())
    stop.set()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(engine.ids()) == 6  # replaced, not added


def test_a_swap_under_an_open_index_costs_no_answer(index: Path) -> None:
    listing("advice", "Beratung")
    assert found("Beratung") == ["advice"]
    open_before = reader.library()
    indexing.rebuild()
    assert [hit.slug for hit in answer(Query("Beratung"), open_before).hits] == ["advice"]
    assert found("Beratung") == ["advice"]


def test_an_index_that_cannot_be_built_after_a_failure_is_only_logged(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing("advice", "Beratung")
    found()

    def broken(*_args: object, **_kwargs: object) -> bool:
        raise OSError("full")

    monkeypatch.setattr(EmbeddedEngine, "search", broken)
    monkeypatch.setattr(indexing, "rebuild", broken)
    assert find(Query("Beratung")).degraded


def test_building_beside_the_requests_fills_the_index_and_survives_a_fault(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thread's own function, called here because a test's transaction is its own."""
    closed: list[int] = []
    monkeypatch.setattr("search.reader.connection.close", lambda: closed.append(1))
    listing("advice", "Beratung")
    reader._reader._build_beside()
    assert indexing.held() == {"advice"}

    def broken(*_args: object, **_kwargs: object) -> bool:
        raise OSError("full")

    monkeypatch.setattr(indexing, "rebuild", broken)
    reader._reader._build_beside()
    assert closed == [1, 1]
