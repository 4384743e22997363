"""When the last backup was made, and which older ones may go: what the site deletes must not live on in them."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from wegweiser.backup import archive

NOTE = "last_backup"


def note(file: Path, at: datetime, seal: str) -> None:
    """For `doctor`."""
    values = {"at": at.isoformat(timespec="seconds"), "file": str(file.resolve()), "sha256": seal}
    path = Path(settings.DATA_DIR) / NOTE
    beside = path.with_name(f".{NOTE}.new")
    beside.write_text(json.dumps(values))
    beside.replace(path)


def prune(file: Path, keep: int) -> list[Path]:
    """Delete the oldest backups beside this one, so that `keep` are left with it."""
    older = sorted((path for path in _ours(file.parent) if path != file), key=_age, reverse=True)
    gone = older[max(keep - 1, 0) :]
    for path in gone:
        path.unlink()
    return gone


def _ours(folder: Path) -> Iterator[Path]:
    """By their seal, whatever their names are: nothing else in the folder may be lost."""
    for path in folder.iterdir():
        if path.is_file() and not path.is_symlink() and archive.read_seal(path):
            yield path


def _age(path: Path) -> tuple[int, str]:
    return path.stat().st_mtime_ns, path.name
