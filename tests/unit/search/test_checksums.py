import os
import zlib
from pathlib import Path

import pytest

from search import checksums


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.term"
    path.write_bytes(b"words" * 1000)
    return path


def test_length_and_crc(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checksums, "_BLOCK", 7)
    assert checksums.checksum(file) == (5000, zlib.crc32(b"words" * 1000))


def test_a_file_is_read_once_under_all_its_names(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = checksums.checksum(file)
    other = file.with_name("b.term")
    other.hardlink_to(file)
    monkeypatch.setattr(checksums, "_read", None)
    assert checksums.checksum(file) == checksums.checksum(other) == first


def test_whoever_writes_to_it_is_noticed(file: Path) -> None:
    first = checksums.checksum(file)
    with file.open("r+b") as same:
        same.write(b"W")
    os.utime(file, ns=(0, 0))
    assert checksums.checksum(file) != first


def test_every_byte_is_read_again_when_asked(file: Path) -> None:
    was, first = file.stat(), checksums.checksum(file)
    with file.open("r+b") as same:
        same.write(b"W")
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert checksums.checksum(file) == first  # nothing tells
    checksums.forget()
    assert checksums.checksum(file) != first


def test_only_so_many_are_remembered(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checksums, "_KEPT", 2)
    monkeypatch.setattr(checksums, "_known", {})
    for number in range(5):
        checksums.checksum(Path(f"{file}{number}") if Path(f"{file}{number}").write_bytes(b"x") else file)
    assert len(checksums._known) <= 2


def test_untouched(file: Path) -> None:
    before = checksums.identities(file.parent, [file.name])
    assert checksums.are_untouched(file.parent, before)
    os.utime(file, ns=(0, 0))
    assert not checksums.are_untouched(file.parent, before)
    file.unlink()
    assert not checksums.are_untouched(file.parent, before)
