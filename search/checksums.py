"""Proof that files are those that were written. Each is read once: files of an index are linked, never changed."""

import os
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

Checksum = tuple[int, int]  # bytes, CRC-32
Identity = tuple[int, int, int, int]  # whoever writes to a file, restores or replaces it, changes one of them
_BLOCK = 1 << 20
_KEPT = 10_000

_known: dict[Identity, int] = {}


def identity(path: Path) -> Identity:
    found = os.stat(path)  # noqa: PTH116 - asked for every file of an index twice a second
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def identities(folder: Path, names: Iterable[str]) -> dict[str, Identity]:
    return {name: identity(folder / name) for name in names}


def are_untouched(folder: Path, before: Mapping[str, Identity]) -> bool:
    try:
        return identities(folder, before) == before
    except OSError:
        return False


def checksum(path: Path) -> Checksum:
    """Of a file that this process has read before, under whatever name, it is known."""
    before = identity(path)
    found = _known.get(before)
    if found is None:
        found = _read(path)
        if len(_known) >= _KEPT:
            _known.clear()
        _known[before] = found
    return before[2], found


def forget() -> None:
    """Read every byte again."""
    _known.clear()


def _read(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found = zlib.crc32(block, found)
    return found
