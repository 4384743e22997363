import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import override_settings

from wegweiser.backup import retention
from wegweiser.backup.archive import writing


def backup(path: Path, hour: int) -> Path:
    with writing(path) as writer:
        writer.add("media/x", [b"x"])
    os.utime(path, (hour, hour))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for hour in range(1, 6):
        backup(tmp_path / f"city-{hour}.zip", hour)
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(("keep", "left"), [(1, [5]), (2, [4, 5]), (5, [1, 2, 3, 4, 5]), (9, [1, 2, 3, 4, 5])])
def test_the_newest_are_left(folder: Path, keep: int, left: list[int]) -> None:
    gone = retention.prune(folder / "city-5.zip", keep)
    assert names(folder) == [f"city-{hour}.zip" for hour in left]
    assert len(gone) == 5 - len(left)


def test_the_new_one_is_left_whatever_its_clock_says(folder: Path) -> None:
    retention.prune(folder / "city-1.zip", 1)
    assert names(folder) == ["city-1.zip"]


def test_nothing_but_backups_is_deleted(folder: Path) -> None:
    (folder / "letter.txt").write_text("keep me")
    (folder / "photos.zip").write_bytes(b"PK keep me")
    (folder / "sub").mkdir()
    (folder / "link.zip").symlink_to(folder / "city-1.zip")
    retention.prune(folder / "city-5.zip", 1)
    assert names(folder) == ["city-5.zip", "letter.txt", "link.zip", "photos.zip", "sub"]


def test_the_note_names_time_file_and_digest(tmp_path: Path) -> None:
    with override_settings(DATA_DIR=tmp_path):
        retention.note(tmp_path / "city.zip", datetime(2026, 11, 21, 12, tzinfo=UTC), "f" * 64)
    assert json.loads((tmp_path / "last_backup").read_text()) == {
        "at": "2026-11-21T12:00:00+00:00",
        "file": str(tmp_path / "city.zip"),
        "sha256": "f" * 64,
    }
    assert names(tmp_path) == ["last_backup"]
