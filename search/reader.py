"""The index as this process has it open. Opened late: tantivy's threads do not survive a fork.

In a large directory opening takes seconds, most of them for what the words of the listings teach. Then it is done
beside the requests, which the state before answers, or the database where there is none.
"""

import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread

from django.db import connection

from directory.models import Listing
from directory.models.change import last_write_here
from search import checksums, indexing
from search.checksums import Identity
from search.engines.embedded import EmbeddedEngine
from search.generations import STAMP, STATISTICS, Stamp, generation_of, read_stamp, verify
from search.library import Library, Statistics, grown, taught, weights_of
from search.port import EngineError
from search.understanding import Knowledge

logger = logging.getLogger(__name__)

RECHECK_SECONDS = 0.5  # another process's edit is seen after at most this long
SOON = 0.1  # the same where somebody is just following
RETRY_SECONDS = 30.0  # a full disk must not cost every page a new attempt
ACQUITTED_SECONDS = 300.0
PATIENCE = 0.3  # so long a request waits for what goes on beside it, before it takes the state before
SMALL = 1_000  # so many listings are indexed within the request that finds no index; more, beside it


@dataclass(frozen=True)
class Opened:
    library: Library
    folder: Path
    stamp: Stamp
    files: Mapping[str, Identity]  # as they were when every byte was compared
    base: Knowledge  # the vocabulary as it was
    size: int

    def is_of(self, folder: Path, base: Knowledge) -> bool:
        same = self.folder == folder and self.base is base
        return same and checksums.are_untouched(folder, self.files)

    def is_level(self) -> bool:
        reached = indexing.stamp_matches(self.stamp, indexing.newest())
        return reached and not indexing.is_behind_vocabulary(self.stamp)


class Reader:
    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.lock = Lock()
        self.opened: Opened | None = None
        self.checked_at = self.failed_at = self.blamed_at = float("-inf")
        self.write_seen = 0
        self.follower: Thread | None = None
        self.builder: Thread | None = None

    def library(self) -> Library:
        """What answers now; raises `EngineError` while there is no index that may be trusted."""
        opened = self.opened
        if opened and self._is_fresh(opened):
            return opened.library
        if _is_large(opened):
            return self._meanwhile(opened)
        with self.lock:
            write_seen = last_write_here()
            self.opened, level = self._current()
            self._looked(write_seen, level)
            return self.opened.library

    def distrust(self, library: Library | None = None) -> None:
        """What is open failed while answering: look at every byte again, and build another one."""
        with self.lock:
            opened = self.opened
            if opened is None or (library and library is not opened.library) or self._is_acquitted(opened):
                return
            self.opened, self.blamed_at = None, time.monotonic()
            try:
                self._build(_is_large(opened))
            except Exception as error:
                logger.warning("The search index could not be built: %s", type(error).__name__)

    def _is_fresh(self, opened: Opened) -> bool:
        recent = time.monotonic() - self.checked_at < RECHECK_SECONDS
        unchanged = self.write_seen == last_write_here() and opened.base is indexing.base_knowledge()
        return recent and unchanged

    def _looked(self, write_seen: int, level: bool) -> None:
        self.write_seen = write_seen
        self.checked_at = time.monotonic() - (0 if level else RECHECK_SECONDS - SOON)

    def _is_acquitted(self, opened: Opened) -> bool:
        """Whole, and another one was built for it just now: then it is the question that none answers."""
        checksums.forget()
        try:
            verify(opened.folder, read_stamp(opened.folder))
        except EngineError:
            return False
        return time.monotonic() - self.blamed_at < ACQUITTED_SECONDS

    # --- a small directory: within the request ----------------------------------------------------------------

    def _current(self) -> tuple[Opened, bool]:
        """And whether it stands where the database does."""
        try:
            opened = self._open()
            if opened.is_level():
                return opened, True
            if indexing.follow():
                opened = self._open()
                return opened, opened.is_level()
        except EngineError as error:
            logger.warning("The search index is built anew: %s", error)
        self._build(large=False)
        opened = self._open()
        return opened, opened.is_level()

    def _build(self, large: bool) -> None:
        if time.monotonic() - self.failed_at < RETRY_SECONDS:
            raise EngineError("the last attempt to build an index has just failed")
        if large:
            self.builder = _running(self.builder, self._build_beside)
        else:
            self.failed_at = time.monotonic()
            indexing.rebuild()
            self.failed_at = float("-inf")

    # --- a large one: beside the requests ---------------------------------------------------------------------

    def _meanwhile(self, opened: Opened | None) -> Library:
        """The state before, unless the newest comes in a moment."""
        write_seen = last_write_here()
        if not self._is_current(opened) and time.monotonic() - self.failed_at >= RETRY_SECONDS:
            before, self.follower = self.follower, _running(self.follower, self._follow_beside)
            if opened and self.follower is not before:
                self.follower.join(PATIENCE)
        self._looked(write_seen, not (self.follower and self.follower.is_alive()))
        if self.opened is None:
            raise EngineError("the search index is not open yet")
        return self.opened.library

    def _is_current(self, opened: Opened | None) -> bool:
        try:
            folder, base = indexing.generations().current(), indexing.base_knowledge()
        except EngineError:
            return False
        return opened is not None and opened.is_of(folder, base) and opened.is_level()

    def _follow_beside(self) -> None:
        with self._told("followed"):
            if not self._followed():
                self._build(large=True)

    def _followed(self) -> bool:
        """Open what there is, and bring it up; False: only a new one will do."""
        try:
            self.opened = self._open()
            followed = indexing.follow(PATIENCE)
            self.opened = self._open()
        except EngineError as error:
            logger.warning("The search index is built anew: %s", error)
            self.opened = self._what_opens()
            return False
        return followed

    def _what_opens(self) -> Opened | None:
        try:
            return self._open()
        except EngineError:
            return None

    def _build_beside(self) -> None:
        with self._told("built"):
            if indexing.rebuild():
                self.opened = self._open()

    @contextmanager
    def _told(self, done: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            self.failed_at = time.monotonic()
            logger.warning("The search index could not be %s: %s", done, type(error).__name__)
        finally:
            connection.close()

    # --- opening ----------------------------------------------------------------------------------------------

    def _open(self) -> Opened:
        before, base = self.opened, indexing.base_knowledge()
        with indexing.generations().opening() as folder:
            if before and before.is_of(folder, base):
                return before
            stamp = read_stamp(folder)
            files = _identities(folder, stamp)
            statistics = verify(folder, stamp)
            engine = EmbeddedEngine(folder)
        size = engine.index.searcher().num_docs
        if before and before.base is base and generation_of(before.folder) == generation_of(folder):
            knowledge = _taught_more(before, stamp, statistics)
        else:
            knowledge = taught(base, statistics)
        if size > SMALL:
            knowledge.compile()
        library = Library(engine, knowledge, weights_of(statistics), statistics)
        return Opened(library, folder, stamp, files, base, size)


def _taught_more(before: Opened, stamp: Stamp, statistics: Statistics) -> Knowledge:
    if before.stamp.files[STATISTICS] == stamp.files[STATISTICS]:
        return before.library.knowledge
    if before.size > SMALL:
        return grown(before.library.knowledge, statistics)
    return taught(before.base, statistics)


def _identities(folder: Path, stamp: Stamp) -> Mapping[str, Identity]:
    try:
        return checksums.identities(folder, (STAMP, *stamp.files))
    except OSError as error:
        raise EngineError(str(error)) from error


def _is_large(opened: Opened | None) -> bool:
    return (opened.size if opened else Listing.objects.count()) > SMALL


def _running(thread: Thread | None, work: Callable[[], None]) -> Thread:
    if thread is None or not thread.is_alive():
        thread = Thread(target=work, name="search-index", daemon=True)
        thread.start()
    return thread


_reader = Reader()
library = _reader.library
distrust = _reader.distrust
forget = _reader.forget
os.register_at_fork(after_in_child=forget)
