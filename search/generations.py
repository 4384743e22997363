"""The index on disk: one folder per state of it, a pointer to the one in use, and proof that it is whole.

What is sealed is never written to again. Following an edit makes a new folder, which shares by hard links what has
not changed: whoever is killed when, nobody meets half of an edit. And no file is shortened that a process has
mapped, which would end that process (SIGBUS). Only a hand from outside can, and the next process builds anew.

Nothing in here is worth keeping: whatever is wrong, a new generation is built beside it and swapped in.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import time
import uuid
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cache
from importlib import metadata
from pathlib import Path

from django.conf import settings

from search import checksums
from search.checksums import Checksum
from search.document import TEXT_FIELDS, VALUE_FIELDS
from search.lexicon.translations import Lexicon
from search.library import Statistics
from search.port import EngineError

# Raise when the same text would be analysed to other terms: every index is then built again.
ANALYSIS = 5
POINTER, STAMP, STATISTICS, LEXICON = "current", "stamp.json", "statistics.json", "lexicon.json"
LOCK, BUILDING = "lock", "building"
PATIENCE = 0.5  # seconds for what takes somebody else milliseconds
_NAME = re.compile(r"\w[\w.-]{0,99}")
_NEEDED = (STATISTICS, LEXICON, "meta.json")
_PASSING = frozenset({STAMP, LOCK, ".tantivy-meta.lock", ".tantivy-writer.lock"})


@cache
def version(package: str) -> str:
    return metadata.version(package)


def schema_hash() -> str:
    """An update of tantivy, of the stemmers or of our own analysis never meets an older index.

    Nor does another choice of languages: what was written in one that is off must not be found any more.
    """
    packages = [f"{name} {version(name)}" for name in ("tantivy", "PyStemmer")]
    languages = sorted(code for code, _name in settings.LANGUAGES)
    parts = json.dumps([ANALYSIS, packages, TEXT_FIELDS, VALUE_FIELDS, languages])
    return hashlib.sha256(parts.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Stamp:
    """What an index holds: everything up to this change, as it was visible on this day."""

    schema: str
    position: int
    transaction: str  # of the change at `position`: a restored database has another one there
    day: str
    files: Mapping[str, Checksum] = field(default_factory=dict)
    foundations: int = 0  # the vocabulary and the areas are those up to this change

    @classmethod
    def now(cls, position: int, transaction: str, day: date) -> "Stamp":
        return cls(schema_hash(), position, transaction, day.isoformat())


@dataclass(frozen=True)
class Generations:
    root: Path

    def current(self) -> Path:
        try:
            name = (self.root / POINTER).read_text().strip()
        except (OSError, ValueError) as error:
            raise EngineError("no index yet") from error
        if not _NAME.fullmatch(name):
            raise EngineError("the pointer names no folder of ours")
        return self.root / name

    @contextmanager
    def opening(self) -> Iterator[Path]:
        """The folder in use, which nobody clears away meanwhile."""
        with ExitStack() as stack:
            yield self._kept(stack)

    def _kept(self, stack: ExitStack) -> Path:
        for _turn in range(3):
            folder = self.current()
            with suppress(OSError):  # whoever finds it damaged says so
                stack.enter_context(_locked(folder / LOCK, "r", fcntl.LOCK_SH, PATIENCE))
            if folder == self.current():
                break
        return folder

    @contextmanager
    def making(self, before: Path | None = None) -> Iterator[Path]:
        """A new folder, kept until it is pointed to: a generation of its own, or the next state of one."""
        generation = generation_of(before) if before else f"{schema_hash()}-{uuid.uuid4().hex[:8]}"
        folder = self.root / f"{generation}.{uuid.uuid4().hex[:8]}"
        folder.mkdir(parents=True)
        with _locked(folder / LOCK, "w", fcntl.LOCK_EX):
            try:
                for path in _files(before) if before else ():
                    _share(path, folder / path.name)
                yield folder
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise

    def point_to(self, folder: Path) -> None:
        """Swap at once and whole, by who is writing; open readers keep what they have mapped."""
        beside = self.root / f"{POINTER}.{os.getpid()}"
        beside.write_text(folder.name)
        beside.replace(self.root / POINTER)
        self.clear()

    def clear(self) -> None:
        """Away with what is no longer in use, and with what killed writers have left. By who is writing."""
        for path in self.root.glob(f"{POINTER}.*"):
            path.unlink(missing_ok=True)
        try:
            kept = self.current().name
        except EngineError:
            kept = ""
        for folder in self.root.iterdir():
            if folder.is_dir() and folder.name != kept and _is_unused(folder):
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def writing(self, patience: float = 0) -> Iterator[bool]:
        """Whether this process may write now: whoever holds the lock does the work for all."""
        with _locked(self._lock(LOCK), "w", fcntl.LOCK_EX, patience) as mine:
            yield mine

    @contextmanager
    def building(self) -> Iterator[bool]:
        """The same for a whole generation: meanwhile others may write to the one in use."""
        with _locked(self._lock(BUILDING), "w", fcntl.LOCK_EX) as mine:
            yield mine

    def _lock(self, name: str) -> Path:
        self.root.mkdir(parents=True, exist_ok=True)
        return self.root / name


def generation_of(folder: Path) -> str:
    return folder.name.partition(".")[0]


@contextmanager
def _locked(path: Path, mode: str, how: int, patience: float = 0) -> Iterator[bool]:
    """A lock that ends with the process that holds it, even where that was killed."""
    until = time.monotonic() + patience
    with path.open(mode) as file:
        while not (mine := _flock(file.fileno(), how)) and time.monotonic() < until:
            time.sleep(0.01)
        yield mine


def _flock(file: int, how: int) -> bool:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_unused(folder: Path) -> bool:
    try:
        with _locked(folder / LOCK, "w", fcntl.LOCK_EX) as unused:
            return unused
    except OSError:  # nobody can have opened it
        return True


def _share(path: Path, beside: Path) -> None:
    try:
        beside.hardlink_to(path)
    except OSError:  # a file system without links
        shutil.copy2(path, beside)


def seal(folder: Path, stamp: Stamp, statistics: Statistics) -> Stamp:
    """Written last: what is not sealed is not used."""
    _write(folder / STATISTICS, statistics.to_json())
    if not (folder / LEXICON).exists():  # learnt once, when the generation was built
        _write(folder / LEXICON, statistics.lexicon.to_json())
    stamp = replace(stamp, files={path.name: checksums.checksum(path) for path in _files(folder)})
    _write(folder / STAMP, _with_checksum(json.dumps(asdict(stamp))))
    return stamp


def read_stamp(folder: Path) -> Stamp:
    try:
        text = (folder / STAMP).read_text()
        found = json.loads(text.partition("\n")[0])
        if _with_checksum(text.partition("\n")[0]) != text:
            raise EngineError(f"the stamp in {folder.name} is damaged")
        files = {name: (size, crc) for name, (size, crc) in found.pop("files").items()}
        return Stamp(**found, files=files)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise EngineError(f"no readable stamp in {folder.name}: {error}") from error


def verify(folder: Path, stamp: Stamp) -> Statistics:
    """tantivy answers from some damaged files without a word, so every byte is compared before use."""
    if stamp.schema != schema_hash():
        raise EngineError("built by another version")
    try:
        for name, expected in {**dict.fromkeys(_NEEDED), **stamp.files}.items():
            if checksums.checksum(folder / name) != expected:
                raise EngineError(f"{name} is damaged")
        lexicon = Lexicon.from_json((folder / LEXICON).read_text())
        return Statistics.from_json((folder / STATISTICS).read_text(), lexicon)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise EngineError(str(error)) from error


def _with_checksum(line: str) -> str:
    return f"{line}\n{zlib.crc32(line.encode()):08x}\n"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file() and path.name not in _PASSING)


def _write(path: Path, text: str) -> None:
    beside = path.with_suffix(f".{os.getpid()}.new")
    beside.write_text(text)
    beside.replace(path)
