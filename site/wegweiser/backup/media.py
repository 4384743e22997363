"""Pictures and documents: staged beside the folder in use, exchanged by two renames that can be finished later."""

import os
import shutil
from pathlib import Path

from django.conf import settings

from wegweiser.backup.archive import Progress, Reader, require_space, silent
from wegweiser.backup.manifest import BackupError

FOLDER = "media/"


def folder() -> Path:
    return Path(settings.MEDIA_ROOT)


def files() -> list[Path]:
    """What lies in the folder; a hidden file is somebody's unfinished one."""
    found = (path for path in folder().rglob("*") if path.is_file() and not path.is_symlink())
    return sorted(path for path in found if not _is_hidden(path))


def member_name(path: Path) -> str:
    return FOLDER + path.relative_to(folder()).as_posix()


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder()).parts)


class Exchange:
    """Of the media folder against a staged one; every step may be taken twice."""

    def __init__(self, token: str) -> None:
        self.live = folder()
        self.staged = self.live.with_name(f".media-{token}.new")
        self.former = self.live.with_name(f".media-{token}.old")

    def stage(self, reader: Reader, on_file: Progress = silent) -> None:
        if self.live.is_mount():
            raise BackupError(
                f"{self.live} is a mount point and cannot be exchanged: mount the folder above it instead."
            )
        names = reader.names(FOLDER)
        self.live.parent.mkdir(parents=True, exist_ok=True)
        require_space(self.live.parent, sum(reader.manifest.members[name].size for name in names))
        self.staged.mkdir()
        for done, name in enumerate(names, start=1):
            path = self.staged / name.removeprefix(FOLDER)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                for block in reader.blocks(name):
                    file.write(block)
            on_file(done, len(names))
        os.sync()

    def finish(self) -> None:
        if self.staged.exists():
            if self.live.exists() and not self.former.exists():
                self.live.rename(self.former)
            elif self.live.exists():
                self._keep_what_came_between()
            self.staged.rename(self.live)
        shutil.rmtree(self.former, ignore_errors=True)

    def _keep_what_came_between(self) -> None:
        """An upload after the first rename has made the folder again."""
        for path in files():
            kept = self.staged / path.relative_to(self.live)
            kept.parent.mkdir(parents=True, exist_ok=True)
            path.replace(kept)
        shutil.rmtree(self.live)

    def undo(self) -> None:
        if self.former.exists() and not self.live.exists():
            self.former.rename(self.live)
        shutil.rmtree(self.staged, ignore_errors=True)


def discard_staged() -> None:
    """What a restore has left that never came to its last step."""
    for path in folder().parent.glob(".media-*.new"):
        shutil.rmtree(path, ignore_errors=True)
