"""Keeps the indexes level with the database where there is a cluster. No page waits for it.

However many hosts do so at once, they do no harm: search/cluster/following.py. Without a cluster whoever serves
keeps the index of this host while it answers.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Thread

from django.db import close_old_connections, connection

from search.indexes import Index, indexes, there
from search.indexing import silent

logger = logging.getLogger(__name__)

SECONDS = 0.5
LONGEST = 10.0  # between two attempts while something is wrong
REST = 4  # times as long as the work took: where edits never end, keeping an index costs a fifth of the time
MOST_REST = 2.0  # but no edit waits longer for its turn, however busy the machine is


@dataclass(frozen=True)
class Keeper:
    """Follows with one index, and builds it anew beside: meanwhile the one in use follows what it can."""

    index: Index
    is_due: Event = field(default_factory=Event)

    def follow(self) -> None:
        if not self.index.follow():
            self.is_due.set()

    def build(self) -> None:
        if self.is_due.is_set():
            self.is_due.clear()
            once(self.index)


def once(index: Index) -> None:
    if not index.follow():
        index.rebuild(silent)


def start(stop: Event) -> list[Thread]:
    """Beside the server, in the process that watches its workers."""
    keepers = [Keeper(index) for index in indexes()] if there() else []
    works = [(keeper.index.name, work) for keeper in keepers for work in (keeper.follow, keeper.build)]
    threads = [Thread(target=rounds, args=(*work, stop), name="search", daemon=True) for work in works]
    for thread in threads:
        thread.start()
    return threads


def rounds(name: str, work: Callable[[], None], stop: Event) -> None:
    """A fault is told once, by its type only, and tried again with growing pauses."""
    pause, said = 0.0, ""
    while not stop.wait(pause):
        began = time.monotonic()
        error = _attempt(work)
        took = time.monotonic() - began
        rest = min(2 * pause, LONGEST) if error else min(REST * took, MOST_REST)
        pause = max(rest, SECONDS)
        wrong = type(error).__name__ if error else ""
        if wrong != said:
            logger.warning("%s: %s", name, wrong or "well again")
        said = wrong
    connection.close()


def _attempt(work: Callable[[], None]) -> Exception | None:
    close_old_connections()
    try:
        work()
    except Exception as error:  # whatever it is, it ends no later round
        connection.close()
        return error
    return None
