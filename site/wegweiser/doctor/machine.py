"""The machine under the site: disk, files, backup, mail, the work by the clock."""

import json
import os
import shutil
import stat
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import get_connection

from wegweiser import timed
from wegweiser.backup.retention import NOTE
from wegweiser.doctor.finding import Finding, error, warning

GIGABYTE = 2**30
LEAST_FREE, LITTLE_FREE = GIGABYTE // 2, 2 * GIGABYTE
BACKUP_EVERY, BACKUP_AT_LEAST = timedelta(days=2), timedelta(days=8)
ROUND_AT_LEAST = 5 * timed.SECONDS
OTHERS, ALL_BUT_OWNER = stat.S_IRWXO, stat.S_IRWXO | stat.S_IRWXG


def data_folder() -> Path:
    return Path(settings.DATA_DIR)


def disk() -> Iterator[Finding]:
    free = shutil.disk_usage(data_folder()).free
    do = f"Make room on the disk of {data_folder()}: edits and backups fail when it is full."
    if free < LEAST_FREE:
        yield error(f"Only {free >> 20} MB are free.", do)
    elif free < LITTLE_FREE:
        yield warning(f"{free >> 20} MB are free.", do)


def files() -> Iterator[Finding]:
    """The database holds password hashes, the key signs sessions: nobody else on the machine may read them."""
    folder = data_folder()
    for name, forbidden in (("", OTHERS), ("secret_key", ALL_BUT_OWNER), ("backups", OTHERS)):
        path = folder / name
        if path.exists() and (mode := path.stat().st_mode) & forbidden:
            yield error(
                f"{path} can be read by others ({stat.filemode(mode)}).",
                f"chmod {'600' if path.is_file() else '700'} {path}",
            )
    if not os.access(folder, os.W_OK):
        yield error(f"{folder} cannot be written.", f"Give it to the user who runs this: chown -R USER {folder}")


def backup() -> Iterator[Finding]:
    do = "Run `wegweiser backup FILE` every night, and keep a copy on another machine: docs/hosting.md."
    note = data_folder() / NOTE
    if not note.exists():
        yield warning("No backup has been made yet.", do)
        return
    age = datetime.now(UTC) - datetime.fromisoformat(json.loads(note.read_text())["at"])
    if age > BACKUP_AT_LEAST:
        yield error(f"The last backup is {age.days} days old.", do)
    elif age > BACKUP_EVERY:
        yield warning(f"The last backup is {age.days} days old.", do)


def mail() -> Iterator[Finding]:
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        yield warning(
            "No mail is sent: reviewers hear of nothing, and nobody can get a new password.",
            "Set EMAIL_URL, like smtp+tls://user:password@mail.example.org:587, and MAIL_FROM.",
        )
        return
    server = get_connection(timeout=5)
    try:
        server.open()
    except OSError as problem:  # smtplib's are among them
        yield error(
            f"The mail server does not answer as it should ({type(problem).__name__}).",
            "Compare EMAIL_URL with what the mail server's operator gave you.",
        )
    finally:
        server.close()


def clockwork() -> Iterator[Finding]:
    last = data_folder() / timed.HEARTBEAT
    if not last.exists() or time.time() - last.stat().st_mtime > ROUND_AT_LEAST:
        yield warning(
            "Nothing is published by the clock at present.", "Start `wegweiser serve`, or look at its log."
        )
