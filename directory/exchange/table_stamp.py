"""What an entry looked like when it went into a table: enough to tell what somebody has touched there.

Three bytes for each cell. So a cell that nobody touched never takes back what others have written meanwhile, and
whoever was slower is told, for each cell, without a copy of the table being kept anywhere.
"""

import hashlib
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_BYTES = 3
_EMPTY = bytes(_BYTES)


class StampError(Exception):
    """Not one of ours, or from a version with other columns."""


@dataclass(frozen=True)
class Stamp:
    digests: Mapping[str, bytes]

    def is_of(self, name: str, cell: str) -> bool:
        return self.digests[name] == _digest(cell)


def stamp(found: Mapping[str, str]) -> str:
    """Of all columns of the table, in their order, whichever of them a file shows."""
    content = b"".join(_digest(cell) for cell in found.values())
    return urlsafe_b64encode(_check(tuple(found)) + zlib.compress(content, 9)).decode().rstrip("=")


def read(text: str, names: Sequence[str]) -> Stamp:
    try:
        packed = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(packed[_BYTES:], len(names) * _BYTES + 1)
    except (ValueError, zlib.error) as problem:
        raise StampError from problem
    # Whatever was cut off behind the content took zlib's own checksum with it.
    if not unpacking.eof or packed[:_BYTES] != _check(names) or len(content) != len(names) * _BYTES:
        raise StampError
    parts = (content[start : start + _BYTES] for start in range(0, len(content), _BYTES))
    return Stamp(dict(zip(names, parts, strict=True)))


def _check(names: Sequence[str]) -> bytes:
    return hashlib.blake2s("\n".join(names).encode(), digest_size=_BYTES).digest()


def _digest(cell: str) -> bytes:
    return hashlib.blake2s(cell.encode(errors="surrogatepass"), digest_size=_BYTES).digest() if cell else _EMPTY
