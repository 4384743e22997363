"""What a browser wrote to its disk, and where in it something stands."""

import gzip
import json
import re
import sqlite3
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, quote_plus

import brotli  # type: ignore[import-untyped]

CACHE = "Cache_Data"
HEADER, FOOTER = 24, 24  # of an entry of Chromium's cache: net/disk_cache/simple/simple_entry_format.h
EMPTY = re.compile(rb"\0{9,}")  # much of a database and of a cache
UNPACK: tuple[Callable[[bytes], bytes], ...] = (gzip.decompress, zlib.decompress, brotli.decompress)


class Entry(NamedTuple):
    address: str
    body: bytes


def spellings(mark: str) -> set[bytes]:
    """As text, in an address, in a page and in a script, in the encodings that a browser writes."""
    said = {mark, quote(mark), quote_plus(mark), escape(mark), json.dumps(mark)[1:-1]}
    said |= {each.lower() for each in said}
    return {each.encode(code) for each in said for code in ("utf-8", "utf-16-le", "utf-16-be")}


def holds(content: bytes, marks: Iterable[str]) -> list[str]:
    dense = EMPTY.sub(bytes(8), content)
    found = {dense, dense.lower()}
    return [mark for mark in marks if any(spelt in each for spelt in spellings(mark) for each in found)]


Known = Callable[[Entry], bool]


def findings(profile: Path, marks: Iterable[str], *, is_known: Known) -> dict[str, list[str]]:
    """File → marks in it. A cached page counts unless it is what anybody gets who has said nothing."""
    wanted = sorted(set(marks))
    return {
        path.relative_to(profile).as_posix(): found
        for path in sorted(profile.rglob("*"))
        if path.is_file() and (found := holds_file(path, wanted, is_known))
    }


def holds_file(path: Path, marks: list[str], is_known: Known) -> list[str]:
    content = path.read_bytes()
    if entry := cached(path, content):
        found = holds(unpacked(entry.body), marks)
        return holds(entry.address.encode(), marks) or ([] if found and is_known(entry) else found)
    return sorted({mark for piece in (content, *rows(path, content)) for mark in holds(unpacked(piece), marks)})


def cached(path: Path, content: bytes) -> Entry | None:
    """Header, address, body, footer, headers, perhaps a checksum, footer."""
    if path.parent.name != CACHE or not path.name.endswith("_0"):
        return None
    length = struct.unpack_from("<I", content, 12)[0]
    flags, _checksum, size = struct.unpack_from("<III", content, len(content) - FOOTER + 8)
    end = len(content) - 2 * FOOTER - size - (32 if flags & 2 else 0)
    return Entry(content[HEADER : HEADER + length].decode().rpartition(" ")[2], content[HEADER + length : end])


def unpacked(content: bytes) -> bytes:
    for unpack in UNPACK:
        try:
            return unpack(content)
        except (OSError, EOFError, zlib.error, brotli.error):
            continue
    return content


def rows(path: Path, content: bytes) -> Iterator[bytes]:
    """A long text lies scattered over the pages of a database: each value once more in one piece."""
    if content.startswith(b"SQLite format 3"):
        for _table, row in dump(path):
            yield row.encode()


def dump(path: Path) -> Iterator[tuple[str, str]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
        base.text_factory = lambda value: value.decode(errors="replace")
        for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in base.execute(f'SELECT * FROM "{table}"'):
                yield (
                    table,
                    repr([value.decode("latin-1") if isinstance(value, bytes) else value for value in row]),
                )
