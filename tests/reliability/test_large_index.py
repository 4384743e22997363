"""A large directory: nothing long happens within a request. In processes of their own, with threads as they are.

A few listings stand for many, and slow work for that of a large index.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from search import indexing, reader
from search.port import Query, Results
from search.queries import find
from search.understanding import Knowledge
from tests import houses
from tests.database import States
from tests.integration.search.making import listing, term
from tests.reliability.killing import Acknowledge, finish

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
SLOW = 2.0  # seconds of what is slow in a large index
AT_ONCE = 1.2  # the request's patience and what a busy machine adds; less than what is slow
WITHIN = 3.0


@pytest.fixture(scope="module")
def directory(
    tmp_path_factory: pytest.TempPathFactory, database_states: States, django_db_blocker: DjangoDbBlocker
) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("large") / "data"
    folder.mkdir()
    with django_db_blocker.unblock(), houses.house(database_states, folder, state="empty"):
        for number in range(6):
            listing(f"still-{number}", f"Rat {number}")
        listing("advice", "Beratung")
        finish(lambda acknowledge: acknowledge(str(indexing.rebuild())))
        yield folder / "index"


def in_a_large_directory(work: Callable[[], str]) -> None:
    """Another process, for which every directory is large."""

    def child(acknowledge: Acknowledge) -> None:
        # A thread connects anew, to what the settings say.
        connections.settings["default"] = connections["default"].settings_dict
        find(Query())  # what each process loads at first, whatever the size
        reader.forget()
        with patch.object(reader, "SMALL", 0):
            acknowledge(work())

    assert finish(child) == ["good"]


def asked(text: str) -> tuple[Results, float]:
    started = time.monotonic()
    results = find(Query(text))
    return results, time.monotonic() - started


def until(holds: Callable[[Results], bool], text: str, within: float = WITHIN) -> Results:
    """Ask again and again, as visitors do; none of them waits."""
    end = time.monotonic() + within
    while True:
        results, took = asked(text)
        assert took < AT_ONCE, took
        if holds(results):
            return results
        assert time.monotonic() < end, results
        time.sleep(0.05)


def is_whole(results: Results) -> bool:
    return not results.degraded


def shows(slug: str) -> Callable[[Results], bool]:
    return lambda results: is_whole(results) and slug in [hit.slug for hit in results.hits]


def slow(function: Callable[..., object]) -> Callable[..., object]:
    def slowly(*arguments: object, **more: object) -> object:
        time.sleep(SLOW)
        return function(*arguments, **more)

    return slowly


@pytest.mark.usefixtures("directory")
class TestBesideTheRequests:
    def test_what_is_not_open_yet_is_opened_and_the_database_answers(self) -> None:
        def work() -> str:
            with patch.object(Knowledge, "compile", slow(Knowledge.compile)):
                first, took = asked("Beratung")
                assert first.degraded
                assert [hit.slug for hit in first.hits] == ["advice"]
                assert took < AT_ONCE
                until(is_whole, "Beratung", SLOW + WITHIN)
            return "good"

        in_a_large_directory(work)

    def test_an_edit_is_seen_by_the_process_that_made_it_and_never_by_way_of_the_database(self) -> None:
        def work() -> str:
            until(is_whole, "Beratung")
            for number in range(3):
                listing(f"new-{number}", f"Kurs{number} Zwölferlei")
                end = time.monotonic() + WITHIN
                while not shows(f"new-{number}")(results := asked(f"Kurs{number} Zwölferlei")[0]):
                    assert not results.degraded
                    assert time.monotonic() < end
            return "good"

        in_a_large_directory(work)

    def test_a_slow_follower_makes_nobody_wait(self) -> None:
        def work() -> str:
            until(is_whole, "Beratung")
            with patch.object(indexing, "follow", slow(indexing.follow)):
                listing("slow", "Langsam")
                results, took = asked("Beratung")
                assert is_whole(results)
                assert took < AT_ONCE
                until(shows("slow"), "Langsam", SLOW + WITHIN)
            return "good"

        in_a_large_directory(work)

    def test_edits_are_seen_while_the_vocabulary_makes_a_new_index(self, directory: Path) -> None:
        def generation() -> str:
            return (directory / "current").read_text().partition(".")[0]

        def work() -> str:
            until(is_whole, "Beratung")
            before = generation()
            with patch.object(indexing, "fill", slow(indexing.fill)):
                term("grounds", "racism", "Rassismus")
                asked("Beratung")
                listing("meanwhile", "Unterdessen")
                until(shows("meanwhile"), "Unterdessen", SLOW)
                assert generation() == before
                end = time.monotonic() + SLOW + WITHIN
                while generation() == before and time.monotonic() < end:
                    assert is_whole(asked("Beratung")[0])
                    time.sleep(0.1)
            until(shows("meanwhile"), "Unterdessen")
            assert generation() != before
            return "good"

        in_a_large_directory(work)

    def test_damage_is_repaired_beside_the_requests(self) -> None:
        def work() -> str:
            until(is_whole, "Beratung")
            path = next(indexing.generations().current().glob("*.fast"))
            beside = path.with_name("beside")
            beside.write_bytes(bytes(path.stat().st_size))
            beside.replace(path)
            time.sleep(reader.RECHECK_SECONDS)
            with patch.object(indexing, "fill", slow(indexing.fill)):
                results = asked("Beratung")[0]
                assert [hit.slug for hit in results.hits] == ["advice"]
                until(lambda results: results.degraded, "Beratung")
                until(is_whole, "Beratung", SLOW + WITHIN)
            assert not indexing.check()
            return "good"

        in_a_large_directory(work)

    def test_a_disk_that_is_full_is_not_tried_by_every_page(self) -> None:
        def work() -> str:
            until(is_whole, "Beratung")
            tries: list[int] = []

            def full(*_arguments: object) -> bool:
                tries.append(1)
                raise OSError("no space left")

            with patch.object(indexing, "follow", full):
                listing("full", "Voll")
                for _search in range(4):
                    assert is_whole(asked("Beratung")[0])  # behind, but whole
                    time.sleep(0.2)
            assert tries == [1]
            return "good"

        in_a_large_directory(work)
