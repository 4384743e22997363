"""The exchange of two folders may be interrupted anywhere: it is finished or undone, never both."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from tests.unit.wegweiser.backup.test_archive import write
from wegweiser.backup import media
from wegweiser.backup.archive import reading
from wegweiser.backup.media import Exchange


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "media"
    (folder / "images").mkdir(parents=True)
    (folder / "images" / "old.png").write_bytes(b"old")
    with override_settings(MEDIA_ROOT=str(folder)):
        yield folder


@pytest.fixture
def exchange(live: Path, tmp_path: Path) -> Exchange:
    made = Exchange("abc")
    (made.staged / "images").mkdir(parents=True)
    (made.staged / "images" / "new.png").write_bytes(b"new")
    return made


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


OLD, NEW = {"images/old.png": b"old"}, {"images/new.png": b"new"}


def only_the_folder_is_left(live: Path) -> bool:
    return [path.name for path in live.parent.iterdir()] == ["media"]


def test_it_exchanges(live: Path, exchange: Exchange) -> None:
    exchange.finish()
    assert held(live) == NEW
    assert only_the_folder_is_left(live)


def test_twice_is_as_once(live: Path, exchange: Exchange) -> None:
    exchange.finish()
    exchange.finish()
    assert held(live) == NEW


def test_killed_between_the_renames(live: Path, exchange: Exchange) -> None:
    live.rename(exchange.former)
    exchange.finish()
    assert held(live) == NEW
    assert only_the_folder_is_left(live)


def test_killed_before_the_old_folder_was_deleted(live: Path, exchange: Exchange) -> None:
    live.rename(exchange.former)
    exchange.staged.rename(live)
    exchange.finish()
    assert held(live) == NEW
    assert only_the_folder_is_left(live)


def test_an_upload_between_the_renames_is_kept(live: Path, exchange: Exchange) -> None:
    live.rename(exchange.former)
    (live / "images").mkdir(parents=True)
    (live / "images" / "just_now.png").write_bytes(b"just now")
    exchange.finish()
    assert held(live) == NEW | {"images/just_now.png": b"just now"}


def test_where_there_was_no_folder(live: Path, exchange: Exchange) -> None:
    shutil.rmtree(live)
    exchange.finish()
    assert held(live) == NEW


def test_undone(live: Path, exchange: Exchange) -> None:
    exchange.undo()
    assert held(live) == OLD
    assert only_the_folder_is_left(live)


def test_undone_between_the_renames(live: Path, exchange: Exchange) -> None:
    live.rename(exchange.former)
    exchange.undo()
    assert held(live) == OLD
    assert only_the_folder_is_left(live)


def test_staging(live: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "city.zip", one=b"first")
    done = []
    with reading(path) as reader:
        Exchange("xyz").stage(reader, lambda number, total: done.append((number, total)))
    assert held(live.with_name(".media-xyz.new")) == {"one": b"first"}
    assert done == [(1, 1)]
    assert held(live) == OLD
    media.discard_staged()
    assert not live.with_name(".media-xyz.new").exists()


def test_hidden_and_linked_files_are_nobodys(live: Path) -> None:
    (live / ".unfinished").write_bytes(b"half")
    (live / "images" / "link").symlink_to("/etc/passwd")
    assert [media.member_name(path) for path in media.files()] == ["media/images/old.png"]


def test_no_folder_no_files(live: Path) -> None:
    shutil.rmtree(live)
    assert media.files() == []
