"""The file: a zip that any program opens, sealed with the SHA-256 of all its bytes in its comment."""

import hashlib
import os
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from wegweiser.backup import manifest
from wegweiser.backup.manifest import BackupError, Manifest, Member

SEAL = b"wegweiser backup sha256:"
DIGEST = 64
BLOCK = 1 << 20
MOST_TIMES = 1000  # deflate cannot do more; a bomb is near it
SMALL = 10 << 20

Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    pass


class Writer:
    """Members one after another, each counted and hashed as it is written."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self.file = file
        self.members: dict[str, Member] = {}

    def add(self, name: str, blocks: Iterable[bytes], *, rows: int | None = None, packed: bool = True) -> None:
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        digest, size = hashlib.sha256(), 0
        with self.file.open(info, "w", force_zip64=True) as member:
            for block in blocks:
                digest.update(block)
                size += len(block)
                member.write(block)
        self.members[name] = Member(size, digest.hexdigest(), rows)

    def count_rows(self, name: str, rows: int) -> None:
        member = self.members[name]
        self.members[name] = Member(member.size, member.sha256, rows)


@contextmanager
def writing(target: Path, *, force: bool = False) -> Iterator[Writer]:
    """Written beside the target under a name that nobody takes for a backup, whole or not at all."""
    if target.exists() and not force:
        raise BackupError(f"{target} exists already: choose another name, or overwrite it with --force.")
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        discard_unfinished(target)
        with _private(beside) as file:
            with zipfile.ZipFile(file, "w") as archive:
                yield Writer(archive)
                archive.comment = SEAL + b"0" * DIGEST
            _seal(file)
        beside.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise BackupError(f"Cannot write {target} ({error.strerror or error}). Nothing is left of it.") from error
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def discard_unfinished(target: Path) -> None:
    """What a killed backup to the same name has left."""
    for path in target.parent.glob(f".{glob_safe(target.name)}.*.part"):
        path.unlink(missing_ok=True)


def glob_safe(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b")


def _seal(file: IO[bytes]) -> None:
    file.flush()
    end = file.seek(0, os.SEEK_END) - DIGEST
    digest = _digest(file, end)
    file.seek(end)
    file.write(digest)
    file.flush()
    os.fsync(file.fileno())


def _digest(file: IO[bytes], end: int) -> bytes:
    digest = hashlib.sha256()
    file.seek(0)
    left = end
    while left and (block := file.read(min(BLOCK, left))):
        digest.update(block)
        left -= len(block)
    return digest.hexdigest().encode()


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Reader:
    """A backup of which every byte has been compared."""

    def __init__(self, file: zipfile.ZipFile, contents: Manifest, seal: str) -> None:
        self.file = file
        self.manifest = contents
        self.seal = seal

    def blocks(self, name: str) -> Iterator[bytes]:
        """Never more than announced, and never other bytes than were hashed."""
        member, digest, left = self.manifest.members[name], hashlib.sha256(), self.manifest.members[name].size
        with self.file.open(name) as source:
            while left and (block := source.read(min(BLOCK, left))):
                left -= len(block)
                digest.update(block)
                yield block
        if left or digest.hexdigest() != member.sha256:
            raise BackupError(f"The backup is damaged: {name} is not what was written.")

    def lines(self, name: str) -> Iterator[bytes]:
        rest = b""
        for block in self.blocks(name):
            *whole, rest = (rest + block).split(b"\n")
            yield from whole
        if rest:
            yield rest

    def content(self, name: str) -> bytes:
        return b"".join(self.blocks(name))

    def names(self, folder: str) -> list[str]:
        return [name for name in self.manifest.members if name.startswith(folder)]


@contextmanager
def reading(source: Path, progress: Progress = silent) -> Iterator[Reader]:
    """Compare everything first; whatever is wrong is one sentence."""
    with ExitStack() as stack:
        with _in_words(source):
            file = stack.enter_context(source.open("rb"))
            seal = _compare_seal(file)
            archive = stack.enter_context(zipfile.ZipFile(file))
            reader = Reader(archive, _contents(archive), seal)
            _compare_members(reader, progress)
        yield reader


@contextmanager
def _in_words(source: Path) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError) as error:
        raise BackupError(f"The backup is damaged: {error}.") from error
    except OSError as error:
        raise BackupError(f"Cannot read {source} ({error.strerror or error}).") from error


def read_seal(source: Path) -> str:
    """The digest that a file claims to have, or '' where it is none of ours."""
    with source.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(0, end - DIGEST - len(SEAL)))
        tail = file.read()
    return tail[-DIGEST:].decode("ascii", "replace") if tail.startswith(SEAL) else ""


def _compare_seal(file: IO[bytes]) -> str:
    end = file.seek(0, os.SEEK_END) - DIGEST
    if end < len(SEAL):
        raise BackupError("This is not a backup of Wegweiser, or its end is missing.")
    file.seek(end - len(SEAL))
    if file.read(len(SEAL)) != SEAL:
        raise BackupError("This is not a backup of Wegweiser, or its end is missing.")
    written = file.read(DIGEST)
    if _digest(file, end) != written:
        raise BackupError("The backup is damaged: its bytes are not those that were written.")
    return written.decode("ascii")


def _contents(archive: zipfile.ZipFile) -> Manifest:
    names = archive.namelist()
    sizes = {info.filename: info.file_size for info in archive.infolist()}
    if len(names) != len(sizes) or sizes.get(manifest.NAME, SMALL) >= SMALL:
        raise BackupError("This is not a backup of Wegweiser: it has no readable table of contents.")
    contents = manifest.read(archive.read(manifest.NAME))
    announced = {name: member.size for name, member in contents.members.items()}
    del sizes[manifest.NAME]
    if sizes != announced:
        raise BackupError("The backup does not hold what its table of contents says.")
    _refuse_bomb(archive, contents)
    return contents


def _refuse_bomb(archive: zipfile.ZipFile, contents: Manifest) -> None:
    packed = sum(info.compress_size for info in archive.infolist())
    if contents.size > SMALL and contents.size > packed * MOST_TIMES // 5:
        raise BackupError("The backup would unpack to far more than a backup can hold: it is refused.")


def require_space(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if size > free:
        needed, there = size >> 20, free >> 20
        raise BackupError(f"Not enough room in {folder}: {needed} MB needed, {there} MB free.")


def _compare_members(reader: Reader, progress: Progress) -> None:
    total = len(reader.manifest.members)
    for done, name in enumerate(reader.manifest.members, start=1):
        for _block in reader.blocks(name):
            pass
        progress(done, total)
