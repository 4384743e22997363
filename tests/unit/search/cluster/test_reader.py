"""What a process keeps of the cluster, where several visitors come at the same moment."""

import time
from collections.abc import Iterator
from dataclasses import replace
from threading import Event, Thread

import pytest
from elasticsearch import Elasticsearch

from search.cluster import reader
from search.cluster.generations import Cluster, Generation, State
from search.cluster.reader import BEHIND, RECHECK_SECONDS, ElsewhereError, Reader, Seen
from search.engines.elastic import ElasticEngine
from search.generations import Stamp
from search.library import Statistics
from search.port import EngineError


def seen(ago: float = 0, **words: int) -> Seen:
    state = State(Stamp("schema", 1, "0", "2026-11-21"), Statistics(words, {}))
    return Seen(Generation(Elasticsearch("http://127.0.0.1:1"), "index"), state, time.monotonic() - ago)


@pytest.fixture
def mine() -> Iterator[Reader]:
    made = Reader(Cluster(Elasticsearch("http://127.0.0.1:1")))
    yield made
    made.cluster.client.close()


class Looking:
    """Somebody looks what is there, and it takes long."""

    def __init__(self, mine: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.go_on, self.times = Event(), Event(), 0
        self.news = seen()

        def slow(_cluster: Cluster) -> Seen:
            self.times += 1
            self.begun.set()
            assert self.go_on.wait(20)
            return self.news

        monkeypatch.setattr(Seen, "now", slow)
        self.somebody = Thread(target=mine._look)
        self.somebody.start()
        assert self.begun.wait(20)

    def end(self) -> None:
        self.go_on.set()
        self.somebody.join()


def test_what_was_seen_just_now_is_not_looked_at_again(mine: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Seen, "now", lambda _cluster: pytest.fail("looked"))
    mine.seen = seen(ago=RECHECK_SECONDS / 2)
    assert mine._look() is mine.seen


def test_one_looks_and_the_others_go_on_with_what_there_was(mine: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    before = mine.seen = seen(ago=2 * RECHECK_SECONDS)
    looking = Looking(mine, monkeypatch)
    assert [mine._look() for _visitor in range(3)] == [before] * 3
    looking.end()
    assert looking.times == 1
    assert mine._look() is not before


@pytest.mark.parametrize("before", [None, BEHIND.total_seconds() + 1])
def test_what_is_too_old_is_not_used(mine: Reader, monkeypatch: pytest.MonkeyPatch, before: float | None) -> None:
    mine.seen = None if before is None else seen(ago=before)
    looking = Looking(mine, monkeypatch)
    with pytest.raises(ElsewhereError):
        mine._look()
    looking.end()
    assert mine._look()


def test_who_looks_in_vain_lets_the_next_one_look(mine: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_cluster: Cluster) -> Seen:
        raise EngineError

    monkeypatch.setattr(Seen, "now", failing)
    for _visitor in range(2):
        with pytest.raises(EngineError) as error:
            mine._look()
        assert type(error.value) is EngineError


class TestNews:
    def test_the_same_words_are_the_same_object(self) -> None:
        before, after = seen(beratung=1), seen(beratung=1)
        assert after.after(before).state.additions is before.state.additions

    def test_other_words_are_not(self) -> None:
        before, after = seen(beratung=1), seen(beratung=1, hilfe=1)
        assert after.after(before) is after

    def test_all_else_is_new(self) -> None:
        before = seen(beratung=1)
        after = seen(beratung=1)
        after = replace(after, state=replace(after.state, written=(7, 1)))
        assert after.after(before).state.written == (7, 1)
        assert after.after(None) is after


class TestTelling:
    def test_each_reason_once_and_its_end(self, mine: Reader, caplog: pytest.LogCaptureFixture) -> None:
        for reason in ("ConnectionTimeout", "ConnectionTimeout", "", "", "TlsError"):
            mine._say(reason)
        assert [record.message.rpartition(": ")[2] for record in caplog.records] == [
            "ConnectionTimeout", "The search cluster answers again", "TlsError",
        ]  # fmt: skip

    def test_a_failure_by_its_kind(self, mine: Reader, caplog: pytest.LogCaptureFixture) -> None:
        try:
            try:
                raise TimeoutError("http://chris:geheim@es")
            except TimeoutError:
                raise EngineError("geheim") from None
        except EngineError as error:
            mine._failed(0, error)
        assert "TimeoutError" in caplog.text
        assert "geheim" not in caplog.text
        assert mine.breaker.is_open


def test_while_it_is_tried_nobody_else_does(mine: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[object] = []
    monkeypatch.setattr(reader, "_beside", lambda work, *_rest: started.append(work))
    mine.breaker.failed(0)
    mine.breaker.since -= 1
    for _visitor in range(3):
        with pytest.raises(ElsewhereError), mine.asking():
            pass
    assert started == [mine._try]


def test_who_tries_tells_how_it_went(mine: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    mine.breaker.failed(0)
    mine._try(mine.breaker.period)
    assert mine.breaker.pause == 1
    monkeypatch.setattr(Seen, "now", lambda _cluster: seen())
    monkeypatch.setattr(ElasticEngine, "search", lambda _engine, _plan: None)
    mine._try(mine.breaker.period)
    assert not mine.breaker.is_open
