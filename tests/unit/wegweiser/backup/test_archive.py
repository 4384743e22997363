"""The file itself: whole or not there, and every byte of it compared."""

import errno
import hashlib
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wegweiser.backup import archive, manifest
from wegweiser.backup.archive import Writer, reading, writing
from wegweiser.backup.manifest import BackupError, Manifest


def contents(writer: Writer) -> Manifest:
    return Manifest(
        format=manifest.FORMAT,
        program="0.1.0",
        made_at="2026-11-21T12:00:00+00:00",
        vendor="sqlite",
        languages=("de",),
        migrations=(("directory", "0001_initial"),),
        members=dict(writer.members),
    )


def write(path: Path, **members: bytes) -> Path:
    with writing(path, force=True) as writer:
        for name, content in members.items():
            writer.add(f"media/{name}", [content])
        writer.add(manifest.NAME, [contents(writer).to_json().encode()])
    return path


@pytest.fixture
def made(tmp_path: Path) -> Path:
    return write(tmp_path / "city.zip", one=b"first\nsecond\n", two=os.urandom(2000), empty=b"")


def test_it_reads_what_it_wrote(made: Path) -> None:
    with reading(made) as reader:
        assert reader.content("media/one") == b"first\nsecond\n"
        assert list(reader.lines("media/one")) == [b"first", b"second"]
        assert reader.content("media/empty") == b""
        assert reader.names("media/") == ["media/one", "media/two", "media/empty"]
        assert reader.manifest.languages == ("de",)


def test_any_program_opens_it(made: Path) -> None:
    with zipfile.ZipFile(made) as file:
        assert file.testzip() is None
        assert file.read("media/one") == b"first\nsecond\n"


def test_the_seal_is_the_digest_of_all_before_it(made: Path) -> None:
    content = made.read_bytes()
    assert content[-64:].decode() == hashlib.sha256(content[:-64]).hexdigest() == archive.read_seal(made)


def test_lines_run_over_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "BLOCK", 3)
    path = write(tmp_path / "city.zip", text=b"a long line\n\nb\nno end")
    with reading(path) as reader:
        assert list(reader.lines("media/text")) == [b"a long line", b"", b"b", b"no end"]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10_000), value=st.integers(1, 255))
def test_every_byte_counts(made: Path, place: int, value: int) -> None:
    content = bytearray(made.read_bytes())
    content[place % len(content)] ^= value
    damaged = made.with_name("damaged.zip")
    damaged.write_bytes(content)
    with pytest.raises(BackupError), reading(damaged):
        pass


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400))
def test_noise_is_refused(tmp_path: Path, content: bytes) -> None:
    noise = tmp_path / "noise.zip"
    noise.write_bytes(content)
    with pytest.raises(BackupError), reading(noise):
        pass


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400))
def test_sealed_noise_is_refused_too(tmp_path: Path, content: bytes) -> None:
    whole = content + archive.SEAL
    noise = tmp_path / "noise.zip"
    noise.write_bytes(whole + hashlib.sha256(whole).hexdigest().encode())
    with pytest.raises(BackupError), reading(noise):
        pass


def test_every_cut_is_refused(made: Path) -> None:
    content = made.read_bytes()
    for length in range(0, len(content), 37):
        made.write_bytes(content[:length])
        with pytest.raises(BackupError), reading(made):
            pass


def test_appended_bytes_are_refused(made: Path) -> None:
    made.write_bytes(made.read_bytes() + b"\n")
    with pytest.raises(BackupError, match="its end is missing"), reading(made):
        pass


@pytest.mark.parametrize(
    "content", [b"[]", b"{}", b"null", b"\xff", b'{"format": "one"}', b'{"format": 1, "members": 7}']
)
def test_a_table_of_contents_that_is_none(tmp_path: Path, content: bytes) -> None:
    with writing(tmp_path / "city.zip") as writer:
        writer.add(manifest.NAME, [content])
    with pytest.raises(BackupError, match="not a backup"), reading(tmp_path / "city.zip"):
        pass


def test_a_member_that_nobody_announced(tmp_path: Path) -> None:
    with writing(tmp_path / "city.zip") as writer:
        text = contents(writer).to_json().encode()
        writer.add("media/more", [b"more"])
        writer.add(manifest.NAME, [text])
    with pytest.raises(BackupError, match="does not hold"), reading(tmp_path / "city.zip"):
        pass


def test_two_members_of_one_name(tmp_path: Path) -> None:
    with writing(tmp_path / "city.zip") as writer:
        writer.add("media/one", [b"one"])
        with pytest.warns(UserWarning, match="Duplicate name"):
            writer.add("media/one", [b"two"])
        writer.add(manifest.NAME, [contents(writer).to_json().encode()])
    with pytest.raises(BackupError, match="no readable table of contents"), reading(tmp_path / "city.zip"):
        pass


def test_another_digest_than_announced(tmp_path: Path) -> None:
    with writing(tmp_path / "city.zip") as writer:
        writer.add("media/one", [b"one"])
        text = contents(writer).to_json().replace(hashlib.sha256(b"one").hexdigest(), "0" * 64)
        writer.add(manifest.NAME, [text.encode()])
    with pytest.raises(BackupError, match="media/one is not what was written"), reading(tmp_path / "city.zip"):
        pass


def test_an_existing_file_stays(made: Path) -> None:
    before = made.read_bytes()
    with pytest.raises(BackupError, match="--force"), writing(made):
        pass
    assert made.read_bytes() == before


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(archive, "_seal", full)
    with pytest.raises(BackupError, match="No space left on device"):
        write(tmp_path / "city.zip", one=b"one")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_keeps_the_former_backup(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = made.read_bytes()

    def full(blocks: Iterator[bytes]) -> Iterator[bytes]:
        yield b"some"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(BackupError), writing(made, force=True) as writer:
        writer.add("media/one", full(iter(())))
    assert made.read_bytes() == before
    assert [path.name for path in made.parent.iterdir()] == ["city.zip"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="No such file or directory"):
        write(tmp_path / "nowhere" / "city.zip", one=b"one")


def test_a_mistake_leaves_nothing(tmp_path: Path) -> None:
    def mistaken() -> Iterator[bytes]:
        yield b"one"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), writing(tmp_path / "city.zip") as writer:
        writer.add("media/one", mistaken())
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_backup_left_is_cleared(tmp_path: Path) -> None:
    left, other = tmp_path / ".city.zip.123.part", tmp_path / ".other.zip.123.part"
    left.write_bytes(b"half")
    other.write_bytes(b"half")
    write(tmp_path / "city.zip", one=b"one")
    assert (left.exists(), other.exists()) == (False, True)


def test_names_with_signs_of_patterns(tmp_path: Path) -> None:
    strange = tmp_path / "city[1]*.zip"
    (tmp_path / ".city[1]*.zip.9.part").write_bytes(b"half")
    (tmp_path / ".city1x.zip.9.part").write_bytes(b"half")
    write(strange, one=b"one")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".city1x.zip.9.part", "city[1]*.zip"]


def test_only_its_owner_may_read_it(made: Path) -> None:
    assert made.stat().st_mode & 0o777 == 0o600
