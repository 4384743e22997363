"""The index on disk: one folder per generation, a pointer to the one in use, and proof that it is whole.

Nothing in here is worth keeping: whatever is wrong, a new generation is built beside it and swapped in.
"""

import fcntl
import hashlib
import json
import os
import shutil
import uuid
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path

from search.document import TEXT_FIELDS, VALUE_FIELDS
from search.library import Lexicon
from search.port import EngineError

# Raise when the same text would be analysed to other terms: every index is then built again.
ANALYSIS = 1
POINTER, STAMP, LEXICON, LOCK = "current", "stamp.json", "lexicon.json", "lock"


def schema_hash() -> str:
    """An update of tantivy, of the stemmers or of our own analysis never meets an older index."""
    packages = [f"{name} {version(name)}" for name in ("tantivy", "PyStemmer")]
    parts = json.dumps([ANALYSIS, packages, TEXT_FIELDS, VALUE_FIELDS])
    return hashlib.sha256(parts.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Stamp:
    """What an index holds: everything up to this change, as it was visible on this day."""

    schema: str
    position: int
    transaction: str  # of the change at `position`: a restored database has another one there
    day: str
    files: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # name → (bytes, CRC-32)

    @classmethod
    def now(cls, position: int, transaction: str, day: date) -> "Stamp":
        return cls(schema_hash(), position, transaction, day.isoformat())


@dataclass(frozen=True)
class Generations:
    root: Path

    def current(self) -> Path:
        try:
            return self.root / (self.root / POINTER).read_text().strip()
        except OSError as error:
            raise EngineError("no index yet") from error

    def new(self) -> Path:
        folder = self.root / f"{schema_hash()}-{uuid.uuid4().hex[:8]}"
        folder.mkdir(parents=True)
        return folder

    def point_to(self, folder: Path) -> None:
        """Swap at once and whole; the older generations go, open readers keep what they have mapped."""
        beside = self.root / f"{POINTER}.{os.getpid()}"
        beside.write_text(folder.name)
        beside.replace(self.root / POINTER)
        for other in self.root.iterdir():
            if other.is_dir() and other != folder:
                shutil.rmtree(other, ignore_errors=True)

    @contextmanager
    def writing(self) -> Iterator[bool]:
        """Whether this process may write now. Never waits: whoever holds the lock does the work for all."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / LOCK).open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                yield False
            else:
                yield True


def seal(folder: Path, stamp: Stamp, lexicon: Lexicon) -> None:
    """Written last: what is not sealed is not used."""
    _write(folder / LEXICON, lexicon.to_json())
    files = {path.name: _checksum(path) for path in _files(folder)}
    _write(folder / STAMP, json.dumps(asdict(stamp) | {"files": files}))


def read_stamp(folder: Path) -> Stamp:
    try:
        found = json.loads((folder / STAMP).read_text())
        files = {name: (size, crc) for name, (size, crc) in found.pop("files").items()}
        return Stamp(**found, files=files)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise EngineError(f"no readable stamp in {folder.name}: {error}") from error


def verify(folder: Path, stamp: Stamp) -> Lexicon:
    """tantivy answers from some damaged files without a word, so every byte is compared before use."""
    if stamp.schema != schema_hash():
        raise EngineError("built by another version")
    try:
        for name, expected in stamp.files.items():
            if _checksum(folder / name) != tuple(expected):
                raise EngineError(f"{name} is damaged")
        return Lexicon.from_json((folder / LEXICON).read_text())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EngineError(str(error)) from error


def _files(folder: Path) -> list[Path]:
    passing = (STAMP, ".managed.json", ".tantivy-meta.lock", ".tantivy-writer.lock")
    return sorted(path for path in folder.iterdir() if path.is_file() and path.name not in passing)


def _checksum(path: Path) -> tuple[int, int]:
    content = path.read_bytes()
    return len(content), zlib.crc32(content)


def _write(path: Path, text: str) -> None:
    beside = path.with_suffix(f".{os.getpid()}.new")
    beside.write_text(text)
    beside.replace(path)
