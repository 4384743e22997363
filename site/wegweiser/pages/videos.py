"""Videos in sign language: kept here, downloaded from here, by nobody else's player."""

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import models
from django.utils.translation import gettext as _

FOLDER = "videos"
LARGEST = 200 * 1024 * 1024
MP4, WEBM = "mp4", "webm"


def kind(start: bytes) -> str:
    """Of a video, told by its first bytes (ISO 14496-12 § 4.3; EBML header); '' for anything else."""
    if start[4:8] == b"ftyp":
        return MP4
    return WEBM if start[:4] == b"\x1a\x45\xdf\xa3" else ""


def name_of_video(instance: Any, filename: str) -> str:
    """Nobody guesses the address of a draft's video; the editor's own name for it stays theirs."""
    return f"{FOLDER}/{secrets.token_urlsafe(12)}.{filename.rpartition('.')[2].lower()}"


def check_video(video: "File[bytes]") -> None:
    if (video.size or 0) > LARGEST:
        raise ValidationError(_("This video is too large: at most %(size)d MB.") % {"size": LARGEST >> 20})
    video.seek(0)
    found = kind(video.read(12))
    video.seek(0)
    if not found or not (video.name or "").lower().endswith(f".{found}"):
        raise ValidationError(_("This is not a video that browsers know. Use MP4 or WebM."))


class VideoField(models.FileField):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"upload_to": name_of_video, "validators": [check_video], **kwargs})
