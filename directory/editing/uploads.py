"""An uploaded file between its preview and its confirmation.

It lies in the data folder, not in the cache: the cache of a simple installation lives in one process, and the
confirmation may reach another one. Its name is random and signed together with who may use it and for what, so
that the address bar, a session or a form never holds a path; after an hour it is gone.
"""

import os
import secrets
import time
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core import signing

SECONDS = 3600
_SALT = "wegweiser.upload"


def keep(chunks: Iterable[bytes], *, owner: str) -> str:
    """The token with which the owner gets it back."""
    sweep()
    name = secrets.token_hex(16)
    descriptor = os.open(_folder() / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.writelines(chunks)
    return signing.TimestampSigner(salt=_SALT).sign_object({"name": name, "owner": owner})


def find(token: str, *, owner: str) -> Path | None:
    """None where it is another's, too old or gone."""
    path = named(token, owner=owner)
    return path if path is not None and path.is_file() else None


def named(token: str, *, owner: str) -> Path | None:
    """Also where the file itself has done its duty, and only what lies beside it is left."""
    sweep()
    try:
        found = signing.TimestampSigner(salt=_SALT).unsign_object(token, max_age=SECONDS)
    except signing.BadSignature:
        return None
    return _folder() / found["name"] if found["owner"] == owner else None


def sweep() -> None:
    """At every upload and every look: no clock has to run for it."""
    oldest = time.time() - SECONDS
    for path in _folder().iterdir():
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
        except FileNotFoundError:  # another process was faster
            continue


def _folder() -> Path:
    folder: Path = settings.DATA_DIR / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
