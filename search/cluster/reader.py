"""The index in a cluster as this process asks it: within the time of a visitor, and never a write.

What only costs time is done beside the requests: reading what a generation has learnt, trying whether a cluster
that failed is back. Those threads touch no database.
"""

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Lock, Thread
from typing import Any

from directory.languages import MAIN
from search import indexing
from search.cluster import connection
from search.cluster.address import Address
from search.cluster.breaker import Breaker
from search.cluster.generations import Cluster, Generation, State, current, merged
from search.cluster.lag import lag
from search.engines.elastic import ElasticEngine
from search.library import Library, Statistics, grown, taught, weights_of
from search.port import EngineError, Plan
from search.understanding import Knowledge, understand

logger = logging.getLogger(__name__)

RECHECK_SECONDS = 0.5  # another process's edit is seen after at most this long
SLIPS = ("Beratnug", "مسااعدة", "допомогаа")  # one in each script
TAUGHT_SECONDS = 60.0  # what corrects words learns those of edits after this long: compiling it takes a second
BEHIND = timedelta(seconds=10)  # an index that is further behind does not answer


class ElsewhereError(EngineError):
    """Nothing is wrong with the cluster, but another engine must answer this."""


class BehindError(ElsewhereError):
    """Somebody should know of it."""


@dataclass(frozen=True)
class Seen:
    """What stood behind the alias."""

    generation: Generation
    state: State
    at: float

    @classmethod
    def now(cls, cluster: Cluster) -> "Seen":
        generation = current(cluster)
        return cls(generation, generation.state(), time.monotonic())

    def after(self, before: "Seen | None") -> "Seen":
        """With the same object where the same was learnt: compared once, and not for each who asks."""
        if before is None or before.state.additions != self.state.additions:
            return self
        return replace(self, state=replace(self.state, additions=before.state.additions))


@dataclass(frozen=True)
class Learnt:
    """What it takes to ask one generation."""

    index: str
    base: Knowledge  # the vocabulary as it was
    first: Statistics
    additions: Statistics
    library: Library
    taught_at: float
    is_grown: bool  # since then, by the words of a few edits

    def is_of(self, seen: Seen, base: Knowledge) -> bool:
        same = self.additions is seen.state.additions and self.may_grow(seen.generation, base)
        return same and not (self.is_grown and self.is_dated())

    def may_grow(self, generation: Generation, base: Knowledge) -> bool:
        return self.index == generation.index and self.base is base

    def is_dated(self) -> bool:
        return time.monotonic() - self.taught_at >= TAUGHT_SECONDS


class Reader:
    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.breaker = Breaker()
        self.seen: Seen | None = None
        self.judged: tuple[Seen | None, timedelta | None] = (None, None)
        self.learnt: Learnt | None = None
        self.looking = Lock()
        self.learner: Thread | None = None
        self.said = ""

    @contextmanager
    def asking(self) -> Iterator[Library]:
        """All that is asked within shares one budget; raises `EngineError` where another engine must answer."""
        period = self.breaker.asks()
        if period is None:
            self._try_beside()
            raise ElsewhereError("the cluster rests")
        try:
            with connection.budget():
                yield self._library(period)
        except BehindError as reason:
            self._say(str(reason))
            raise
        except ElsewhereError:
            raise
        except EngineError as error:
            self._failed(period, error)
            raise
        self._say("")

    def _library(self, period: int) -> Library:
        seen, base = self._look(), indexing.base_knowledge()
        self._judge(seen)
        learnt = self.learnt
        if not (learnt and learnt.is_of(seen, base)) and not (self.learner and self.learner.is_alive()):
            self.learner = _beside(self._learn, period, seen, base)
        if learnt is None:
            raise ElsewhereError("it is being read what the index knows")
        return learnt.library

    def _look(self) -> Seen:
        seen = self.seen
        age = time.monotonic() - seen.at if seen else float("inf")
        if seen and age < RECHECK_SECONDS:
            return seen
        if not self.looking.acquire(blocking=False):
            if seen and age < BEHIND.total_seconds():
                return seen
            raise ElsewhereError("somebody is looking what is there")
        try:
            self.seen = Seen.now(self.cluster).after(seen)
            return self.seen
        finally:
            self.looking.release()

    def _judge(self, seen: Seen) -> None:
        if self.judged[0] is not seen:
            self.judged = (seen, lag(seen.state.stamp))
        behind = self.judged[1]
        if behind is None:
            raise BehindError("its index is of another database")
        if behind > BEHIND:
            raise BehindError("its index does not follow the edits")

    def _learn(self, period: int, seen: Seen, base: Knowledge) -> None:
        """Meanwhile the generation before answers, if there is one."""
        try:
            before, generation = self.learnt, seen.generation
            if before and before.index == generation.index:
                first = before.first
            else:
                client = generation.client.options(request_timeout=connection.PATIENCE)
                first = replace(generation, client=client).statistics()
            known = merged(first, seen.state.additions)
            if before and before.may_grow(generation, base) and not before.is_dated():
                knowledge, taught_at, is_grown = grown(before.library.knowledge, known), before.taught_at, True
            else:
                knowledge, taught_at, is_grown = taught(base, known), time.monotonic(), False
                _warm(knowledge)
            engine = ElasticEngine(generation.client, generation.index)
            library = Library(engine, knowledge, weights_of(known), known)
            additions = seen.state.additions
            self.learnt = Learnt(generation.index, base, first, additions, library, taught_at, is_grown)
        except Exception as error:  # whatever it is: it must not be tried with every page
            self._failed(period, error)

    def _try_beside(self) -> None:
        period = self.breaker.tries()
        if period is not None:
            _beside(self._try, period)

    def _try(self, period: int) -> None:
        """As a visitor asks, and in the same time."""
        try:
            with connection.budget():
                seen = Seen.now(self.cluster)
                ElasticEngine(self.cluster.client, seen.generation.index).search(Plan(limit=1))
        except Exception:
            self.breaker.failed(period)
        else:
            self.breaker.succeeded(period)
            self._say("")

    def _failed(self, period: int, error: Exception) -> None:
        """Only what kind of error it was is told: messages name hosts, and what was asked."""
        self.breaker.failed(period)
        self._say(type(error.__context__ or error).__name__)

    def _say(self, reason: str) -> None:
        """Once, and not with every page."""
        if reason != self.said:
            self.said = reason
            if reason:
                logger.warning("The search cluster does not answer, another engine does: %s", reason)
            else:
                logger.warning("The search cluster answers again")


def _warm(knowledge: Knowledge) -> None:
    """What is worked out with the first question of each kind, no visitor waits for."""
    for slip in SLIPS:
        understand(slip, MAIN, knowledge)
    knowledge.name_stems  # noqa: B018 - worked out when it is looked at


def _beside(work: Callable[..., None], *arguments: Any) -> Thread:
    thread = Thread(target=work, args=arguments, name="search-cluster", daemon=True)
    thread.start()
    return thread


@contextmanager
def asking() -> Iterator[Library]:
    """The cluster that the settings name; raises `EngineError` or what is wrong with the settings."""
    where = connection.configured()
    if where is None:
        raise ElsewhereError("no cluster is set")
    with _reader(where).asking() as library:
        yield library


def forget() -> None:
    _readers.clear()
    connection.forget()


def _reader(where: Address) -> Reader:
    """Of this process: its locks and threads do not survive a fork."""
    key = (os.getpid(), where)
    return _readers.get(key) or _readers.setdefault(key, Reader(connection.cluster(where)))


_readers: dict[tuple[int, Address], Reader] = {}
