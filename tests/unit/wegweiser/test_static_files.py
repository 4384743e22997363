"""Static files are collected once per version, and again after a change."""

from pathlib import Path

import pytest
from pytest_django import Settings

from wegweiser import static_files


@pytest.fixture
def source(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from django.contrib.staticfiles.finders import FileSystemFinder

    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    (tmp_path / "source").mkdir()
    monkeypatch.setattr(static_files, "get_finders", lambda: [FileSystemFinder()])
    return tmp_path / "source"


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    called: list[str] = []
    monkeypatch.setattr(static_files, "call_command", lambda name, **options: called.append(name))
    return called


def test_once_and_then_after_each_change(source: Path, calls: list[str]) -> None:
    (source / "a.css").write_text("a")
    assert static_files.collect()
    assert not static_files.collect()
    (source / "a.css").write_text("b")
    assert static_files.collect()
    (source / "b.css").write_text("")
    assert static_files.collect()
    (source / "b.css").unlink()
    assert static_files.collect()
    assert calls == ["collectstatic"] * 4


def test_a_copied_image_needs_no_second_collection(source: Path, calls: list[str]) -> None:
    """A container's files are read-only, and have another time than where they were built."""
    import os

    (source / "a.css").write_text("a")
    static_files.collect()
    os.utime(source / "a.css", (1, 1))
    assert not static_files.collect()


def test_another_way_of_naming_files_collects_again(source: Path, calls: list[str], settings: Settings) -> None:
    before = static_files.fingerprint()
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "whitenoise.storage.Other"}}
    assert static_files.fingerprint() != before


def test_a_collection_that_failed_is_tried_again(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(name: str, **options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(static_files, "call_command", full)
    for _attempt in range(2):
        with pytest.raises(OSError, match="No space"):
            static_files.collect()
