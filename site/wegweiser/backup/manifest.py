"""What a backup says of itself."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import Any

from django.core.management import CommandError

FORMAT = 1
NAME = "manifest.json"
Migration = tuple[str, str]  # (app, name)


class BackupError(CommandError):
    """One sentence for the administrator: nothing has been changed."""


def first_line(error: Exception) -> str:
    """PostgreSQL adds the row, which is nothing for a log."""
    return str(error).partition("\n")[0]


@dataclass(frozen=True)
class Member:
    size: int
    sha256: str
    rows: int | None = None  # of a table


@dataclass(frozen=True)
class Manifest:
    format: int
    program: str
    made_at: str
    vendor: str
    languages: tuple[str, ...]
    migrations: tuple[Migration, ...]
    members: Mapping[str, Member]

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=1, ensure_ascii=False)

    @property
    def tables(self) -> dict[str, Member]:
        return {name: member for name, member in self.members.items() if member.rows is not None}

    @property
    def rows(self) -> int:
        return sum(member.rows or 0 for member in self.members.values())

    @property
    def size(self) -> int:
        return sum(member.size for member in self.members.values())


def read(text: bytes) -> Manifest:
    try:
        found = json.loads(text)
        if int(found["format"]) > FORMAT:
            raise BackupError(
                f"This backup has a newer format ({found['format']}) than this version reads ({FORMAT}): "
                f"install Wegweiser {found.get('program', '')} or newer, then restore it."
            )
        members = {name: _member(name, values) for name, values in found["members"].items()}
        migrations = tuple((str(app), str(name)) for app, name in found["migrations"])
        known = {key: str(found[key]) for key in ("program", "made_at", "vendor")}
        languages = tuple(map(str, found["languages"]))
        return Manifest(
            format=int(found["format"]), members=members, migrations=migrations, languages=languages, **known
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError("This is not a backup of Wegweiser: its table of contents cannot be read.") from error


def _member(name: str, values: Mapping[str, Any]) -> Member:
    member = Member(**values)
    whole = isinstance(member.size, int) and isinstance(member.rows, int | None)
    if not (whole and re.fullmatch(r"[0-9a-f]{64}", member.sha256) and is_harmless(name)):
        raise ValueError(name)
    return member


def is_harmless(name: str) -> bool:
    """Below our own folders, in plain parts: a file may not be written anywhere else."""
    path = PurePosixPath(name)
    plain = (
        bool(path.name) and str(path) == name and not path.is_absolute() and not set(path.parts) & {"..", ".", ""}
    )
    return plain and not re.search(r"[\\\x00-\x1f:]", name)


def program() -> str:
    return version("wegweiser")


def is_newer(other: str) -> bool:
    return _numbers(other) > _numbers(program())


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)[:3]]
