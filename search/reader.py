"""The index as this process has it open. Opened late: tantivy's threads do not survive a fork."""

import logging
import os
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread

from django.db import connection

from directory.models import Listing
from directory.models.change import last_write_here
from search import indexing
from search.engines.embedded import EmbeddedEngine
from search.generations import STAMP, Stamp, read_stamp, verify
from search.library import Library, taught, weights_of
from search.port import EngineError
from search.understanding import Knowledge

logger = logging.getLogger(__name__)

RECHECK_SECONDS = 0.5  # another process's edit is seen after at most this long
RETRY_SECONDS = 30.0  # a full disk must not cost every page a new attempt
SMALL = 1_000  # so many listings are indexed within the request that finds no index; more, beside it


@dataclass(frozen=True)
class Opened:
    library: Library
    folder: Path
    stamp: Stamp
    sealed: int  # mtime of the stamp: another process has followed
    base: Knowledge  # the vocabulary as it was
    process: int

    def is_of(self, folder: Path, sealed: int, base: Knowledge) -> bool:
        here = (self.folder, self.sealed, self.process) == (folder, sealed, os.getpid())
        return here and self.base is base


class Reader:
    def __init__(self) -> None:
        self.lock = Lock()
        self.opened: Opened | None = None
        self.checked_at = float("-inf")
        self.write_seen = 0
        self.failed_at = float("-inf")
        self.builder: Thread | None = None

    def library(self) -> Library:
        """What answers now; raises `EngineError` while there is no index that may be trusted."""
        opened = self.opened
        if opened and self._fresh(opened):
            return opened.library
        with self.lock:
            write_seen = last_write_here()
            self.opened = self._current()
            self.checked_at, self.write_seen = time.monotonic(), write_seen
            return self.opened.library

    def distrust(self) -> None:
        """The open index failed while answering: build another one."""
        with self.lock:
            self.opened = None
            try:
                self._build()
            except Exception:
                logger.exception("The search index could not be built")

    def forget(self) -> None:
        self.opened = None
        self.checked_at = self.failed_at = float("-inf")

    def _fresh(self, opened: Opened) -> bool:
        recent = time.monotonic() - self.checked_at < RECHECK_SECONDS
        unchanged = self.write_seen == last_write_here() and opened.base is indexing.base_knowledge()
        return recent and unchanged and opened.process == os.getpid()

    def _current(self) -> Opened:
        target = indexing.newest()
        try:
            opened = self._open()
            if indexing.stamp_matches(opened.stamp, target):
                return opened
            if indexing.follow(opened.folder, opened.stamp, target):
                return self._open()
        except EngineError as error:
            logger.warning("The search index is built anew: %s", error)
        self._build()
        return self._open()

    def _open(self) -> Opened:
        folder = indexing.generations().current()
        stamp = read_stamp(folder)
        sealed, base = _sealed(folder), indexing.base_knowledge()
        if self.opened and self.opened.is_of(folder, sealed, base):
            return self.opened
        lexicon = verify(folder, stamp)
        library = Library(EmbeddedEngine(folder), taught(base, lexicon), weights_of(lexicon), lexicon)
        return Opened(library, folder, stamp, sealed, base, os.getpid())

    def _build(self) -> None:
        """At once where it is a matter of a second; else beside the requests, which the database answers."""
        if time.monotonic() - self.failed_at < RETRY_SECONDS:
            raise EngineError("the last attempt to build an index has just failed")
        if Listing.objects.count() <= SMALL:
            self.failed_at = time.monotonic()
            indexing.rebuild()
            self.failed_at = float("-inf")
        elif not (self.builder and self.builder.is_alive()):
            self.builder = Thread(target=_build_beside, name="search-index", daemon=True)
            self.builder.start()


def _build_beside() -> None:
    try:
        indexing.rebuild()
    except Exception:
        logger.exception("The search index could not be built")
    finally:
        connection.close()


def _sealed(folder: Path) -> int:
    try:
        return (folder / STAMP).stat().st_mtime_ns
    except OSError as error:
        raise EngineError(str(error)) from error


_reader = Reader()
library = _reader.library
distrust = _reader.distrust
forget = _reader.forget
