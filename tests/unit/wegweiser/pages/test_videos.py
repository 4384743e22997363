"""Only videos that browsers know, under names that nobody guesses."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from wegweiser.pages import videos

MP4 = b"\0\0\0\x18ftypisom" + b"\0" * 20
WEBM = b"\x1a\x45\xdf\xa3" + b"\0" * 20


@pytest.mark.parametrize(("name", "content"), [("a.mp4", MP4), ("A.MP4", MP4), ("a.webm", WEBM)])
def test_a_video(name: str, content: bytes) -> None:
    videos.check_video(ContentFile(content, name))


@pytest.mark.parametrize(
    ("name", "content"), [("a.mp4", WEBM), ("a.webm", MP4), ("a.html", MP4), ("a.mp4", b"<html>"), ("a.mp4", b"")]
)
def test_anything_else(name: str, content: bytes) -> None:
    with pytest.raises(ValidationError, match="MP4 or WebM"):
        videos.check_video(ContentFile(content, name))


def test_one_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(videos, "LARGEST", 10)
    with pytest.raises(ValidationError, match="too large"):
        videos.check_video(ContentFile(MP4, "a.mp4"))


def test_its_name_is_nobodys_guess() -> None:
    names = {videos.name_of_video(None, "Beratung bei Frau X.MP4") for _ in range(5)}
    assert len(names) == 5
    assert all(name.startswith("videos/") and name.endswith(".mp4") and "Frau" not in name for name in names)
