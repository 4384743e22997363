"""Makes a backup while the server runs."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from search.cluster.address import without_credentials
from wegweiser.backup import archive, manifest, media, retention, rows, schema, sequences
from wegweiser.backup.archive import Progress, Writer, silent
from wegweiser.backup.consistent import one_moment
from wegweiser.backup.manifest import BackupError, Manifest

DATABASE, SEQUENCES, SETTINGS = "database/", "sequences.json", "settings.json"
# Only these: a setting that is added later may be a secret.
WITHOUT_SECRETS = ("PUBLIC_URL", "ALLOWED_HOSTS", "EXIT_URL", "SEARCH_URL", "TIME_ZONE", "WAGTAIL_SITE_NAME")
STORED_AS_IT_IS = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".mp4", ".webm", ".zip", ".docx", ".xlsx"}


@dataclass(frozen=True)
class Made:
    file: Path
    seal: str
    manifest: Manifest
    missing: list[str] = field(default_factory=list)  # media that a row names and nobody has


def make(file: Path, *, force: bool = False, on_row: Progress = silent, on_file: Progress = silent) -> Made:
    state = schema.applied() if _has_tables() else frozenset()
    if not state:
        raise BackupError("There is no database yet, so there is nothing to back up.")
    at = datetime.now(UTC)
    with archive.writing(file, force=force) as writer:
        with one_moment():
            named = _database(writer, state, on_row)
        _media(writer, on_file)
        missing = sorted(named - writer.members.keys())
        contents = _contents(writer, state, at)
        writer.add(manifest.NAME, [contents.to_json().encode()])
    made = Made(file, archive.read_seal(file), contents, [name.removeprefix(media.FOLDER) for name in missing])
    retention.note(made.file, at, made.seal)
    return made


def _has_tables() -> bool:
    return "django_migrations" in connection.introspection.table_names()


def _database(writer: Writer, state: schema.State, on_row: Progress) -> set[str]:
    """Every table; the media files that its rows name."""
    tables = schema.kept(state)
    total, done = sum(map(rows.count, tables)), 0
    named: set[str] = set()
    for table in tables:
        counted = _Counted(table, named)
        writer.add(f"{DATABASE}{table.name}.jsonl", counted.lines())
        writer.count_rows(f"{DATABASE}{table.name}.jsonl", counted.rows)
        done += counted.rows
        on_row(done, total)
    writer.add(SEQUENCES, [_json(sequences.read(tables))])
    writer.add(SETTINGS, [_json(without_secrets())])
    return named


class _Counted:
    def __init__(self, table: schema.Table, named: set[str]) -> None:
        self.table, self.named, self.rows = table, named, -1  # the first line is no row
        kinds = [column.get_internal_type() for column in table.fields]
        self.files = [place for place, kind in enumerate(kinds) if kind in ("FileField", "ImageField")]

    def lines(self) -> Iterator[bytes]:
        for line in rows.lines(self.table):
            self.rows += 1
            if self.files and self.rows:
                self._note(json.loads(line))
            yield line

    def _note(self, row: list[Any]) -> None:
        self.named |= {media.FOLDER + row[place] for place in self.files if row[place]}


def _media(writer: Writer, on_file: Progress) -> None:
    """After the rows: a file that is added meanwhile does no harm, one that a row names must be there."""
    found = media.files()
    for done, path in enumerate(found, start=1):
        name = media.member_name(path)
        if not manifest.is_harmless(name):
            raise BackupError(f"The name of this file cannot be kept in a backup, rename it: {path}")
        with suppress(FileNotFoundError), path.open("rb") as file:  # deleted just now? `missing` will say so
            packed = path.suffix.lower() not in STORED_AS_IT_IS
            writer.add(name, iter(partial(file.read, archive.BLOCK), b""), packed=packed)
        on_file(done, len(found))


def _contents(writer: Writer, state: schema.State, at: datetime) -> Manifest:
    return Manifest(
        format=manifest.FORMAT,
        program=manifest.program(),
        made_at=at.isoformat(timespec="seconds"),
        vendor=connection.vendor,
        languages=tuple(code for code, _name in settings.LANGUAGES),
        migrations=tuple(sorted(state)),
        members=dict(writer.members),
    )


def without_secrets() -> dict[str, Any]:
    found = {name: getattr(settings, name) for name in WITHOUT_SECRETS if hasattr(settings, name)}
    found["LANGUAGES"] = [code for code, _name in settings.LANGUAGES]
    found["SEARCH_URL"] = without_credentials(settings.SEARCH_URL)
    return {name: _without_password(value) for name, value in found.items()}


def _without_password(value: Any) -> Any:
    """An address may carry a name and a password before its host; with a / in the password, behind it."""
    if not (isinstance(value, str) and "@" in value and "://" in value):
        return value
    parts = urlsplit(value)
    return "" if "@" not in parts.netloc else urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _json(value: Any) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True).encode()
