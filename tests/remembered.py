"""What the process has worked out of a state of the database, given back with it.

The index of the demo data takes two seconds, and what a test writes there is rolled back in the database only.
"""

import fcntl
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from django.conf import settings

from directory import vocabulary
from directory.models import Configuration
from directory.vocabulary import Snapshot
from referrals import queries
from search import checksums, indexing, reader
from search.generations import LOCK, POINTER
from search.port import EngineError
from search.reader import Opened
from wegweiser.pages import tree


@dataclass
class Kept:
    snapshot: Snapshot
    opened: Opened
    lock: IO[str]  # who is writing clears away what nobody holds

    def is_whole(self) -> bool:
        try:
            return checksums.are_untouched(self.opened.folder, self.opened.files)
        except OSError:
            return False

    def give_back(self) -> None:
        # A test may write into the configuration that it is handed.
        snapshot = replace(self.snapshot, configuration=Configuration.load())
        vocabulary._cache.snapshot = snapshot
        indexing._known.clear()
        indexing._known[id(snapshot)] = (snapshot, self.opened.base)
        (self.opened.folder.parent / POINTER).write_text(self.opened.folder.name)
        reader.forget()
        reader._reader.opened = self.opened


class Remembered:
    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}

    def give_back(self, state: str) -> None:
        vocabulary.forget()
        queries.forget()
        tree.forget()
        kept = self.kept.get(state)
        if kept and kept.is_whole():
            kept.give_back()
        elif kept:
            self.forget(state)

    def keep(self, state: str) -> None:
        """After a test that has searched, with the state as it was before."""
        if state in self.kept or reader._reader.opened is None:
            return
        vocabulary.forget()
        reader.forget()
        try:
            reader.library()
        except EngineError:
            return
        opened = reader._reader.opened
        if opened and opened.folder.is_relative_to(Path(settings.DATA_DIR)):
            lock = (opened.folder / LOCK).open("r")
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            self.kept[state] = Kept(vocabulary.snapshot(), opened, lock)

    def forget(self, state: str) -> None:
        self.kept.pop(state).lock.close()

    def close(self) -> None:
        for state in tuple(self.kept):
            self.forget(state)
