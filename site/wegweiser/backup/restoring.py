"""Puts a backup in the place of what is there: checked first, loaded unseen, shown in one last step.

The last step is two: the database, then the media. A note lies beside them from before the first until after
the second; whoever finds it asks the database whether it has arrived, and finishes or undoes (`settle`).
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from directory import vocabulary
from directory.models import Change
from directory.models.change import RESTORED, record_restore
from wegweiser import installation
from wegweiser.backup import archive, manifest, media, rows, schema, sequences
from wegweiser.backup.archive import Progress, Reader, silent
from wegweiser.backup.making import DATABASE, SEQUENCES
from wegweiser.backup.manifest import BackupError, Manifest, first_line
from wegweiser.backup.workbench import check_references, workbench
from wegweiser.steps import Steps

NOTE, LOCK = "restoring.json", ".backup.lock"


class BusyError(BackupError):
    """Somebody else is at it, and will finish what he has begun."""


def check_fits(contents: Manifest) -> None:
    unknown = set(contents.migrations) - schema.known()
    if manifest.is_newer(contents.program) or unknown:
        raise BackupError(
            f"This backup was made by Wegweiser {contents.program}, which is newer than this version "
            f"({manifest.program()}): install that version, then restore it."
        )


@contextmanager
def opened(file: Path, steps: Steps) -> Iterator[Reader]:
    """Every byte compared, and made by a version that this one can follow."""
    with ExitStack() as stack:
        with steps.step("Compare the file") as progress:
            reader = stack.enter_context(archive.reading(file, progress))
            check_fits(reader.manifest)
        yield reader


def restore(reader: Reader, *, on_row: Progress = silent, on_file: Progress = silent) -> None:
    check_fits(reader.manifest)
    with alone():
        _settle()
        media.discard_staged()
        token = uuid4()
        exchange = media.Exchange(token.hex)
        try:
            exchange.stage(reader, on_file)
            _exchange_database(reader, token, on_row)
        except BaseException:
            if not _settle():
                exchange.undo()
            raise
        _settle()
    vocabulary.forget()


def _exchange_database(reader: Reader, token: UUID, on_row: Progress) -> None:
    state = frozenset(reader.manifest.migrations)
    folder = Path(settings.DATA_DIR)
    archive.require_space(folder, 2 * sum(member.size for member in reader.manifest.tables.values()))
    with workbench(state) as bench:
        with transaction.atomic():
            _load(reader, state, on_row)
        installation.migrate(silent)
        call_command("update_index", verbosity=0)  # what Wagtail's own search finds is not in a backup
        record_restore(token, summary=f"{reader.manifest.made_at} {reader.seal[:12]}")
        _note(token)
        bench.show()


def _load(reader: Reader, state: schema.State, on_row: Progress) -> None:
    tables = schema.kept(state)
    names = {f"{DATABASE}{table.name}.jsonl": table for table in tables}
    if set(reader.names(DATABASE)) != set(names) or SEQUENCES not in reader.manifest.members:
        raise BackupError("The backup is damaged: its tables are not those that its migrations make.")
    done = 0
    for name, table in names.items():
        number = rows.load(table, reader.lines(name))
        if not number == reader.manifest.members[name].rows == rows.count(table):
            raise BackupError(f"The backup is damaged: {table.label} has another number of rows.")
        done += number
        on_row(done, reader.manifest.rows)
    try:
        check_references()
    except DatabaseError as error:
        raise BackupError(f"The backup cannot be loaded: {first_line(error)}") from error
    sequences.write(tables, _numbers(reader))


def _numbers(reader: Reader) -> dict[str, int]:
    try:
        return {str(label): int(last) for label, last in json.loads(reader.content(SEQUENCES)).items()}
    except (ValueError, AttributeError, TypeError) as error:
        raise BackupError(f"The backup is damaged: {SEQUENCES} cannot be read.") from error


# --- finishing what was interrupted -------------------------------------------------------------------------


@contextmanager
def alone(*, reading: bool = False) -> Iterator[None]:
    """Backups may run beside one another, a restore beside nothing."""
    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as file:
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if reading else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError as error:
            raise BusyError("A backup or a restore is running: wait until it is done.") from error
        yield


def settle() -> bool:
    """Finish or undo a restore that was killed; whoever starts the program calls this. Whether there was one."""
    if not _noted().exists():
        return False
    with suppress(BusyError), alone():
        return _settle()
    return False


def _settle() -> bool:
    if not _noted().exists():
        return False
    token = UUID(json.loads(_noted().read_text())["token"])
    exchange = media.Exchange(token.hex)
    if _has_arrived(token):
        exchange.finish()
    else:
        exchange.undo()
    _noted().unlink()
    return True


def _has_arrived(token: UUID) -> bool:
    try:
        if Change._meta.db_table not in connection.introspection.table_names():
            return False
        return Change.objects.filter(model=RESTORED, object_id=token.hex).exists()
    except DatabaseError:
        if connection.vendor == "sqlite":
            return False  # the ruins that were to be replaced
        raise


def _noted() -> Path:
    return Path(settings.DATA_DIR) / NOTE


def _note(token: UUID) -> None:
    path = _noted()
    beside = path.with_name(f".{NOTE}.new")
    with beside.open("w") as file:
        json.dump({"token": token.hex}, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    archive.sync_folder(path.parent)
