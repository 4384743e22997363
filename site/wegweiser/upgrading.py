"""From any earlier version to this one, with a way back. On an empty database: the first installation."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError
from django.db import connection, connections

from directory import vocabulary
from directory.models import acting
from directory.vocabulary_files import shipped
from directory.vocabulary_loading import load_vocabularies
from referrals.loading import load_guide, load_notes
from search import indexing
from wegweiser import installation, roles
from wegweiser.backup import making, restoring, schema
from wegweiser.backup.manifest import program
from wegweiser.steps import Progress, Steps

_BY = "upgrade"


def upgrade(steps: Steps, *, with_backup: bool = True) -> None:
    with steps.step("Data folder"):
        installation.prepare_data_folder()
    restoring.settle()
    before = _applied()
    _refuse_newer(before)
    backup = _back_up(steps) if before and with_backup else None
    with _way_back(backup):
        _bring_up(steps)
    _summary(steps, before)


def _bring_up(steps: Steps) -> None:
    with steps.step("Database") as progress:
        installation.migrate(progress)
        connections.close_all()  # nothing prepared for the old tables may be used on the new ones
    with steps.step("Vocabularies and guide") as progress, acting(_BY):
        _load(progress)
    with steps.step("Roles"):
        roles.install()
    with steps.step("Search index") as progress:
        if indexing.check():
            indexing.rebuild(progress=progress)


def _load(progress: Progress) -> None:
    terms = sum(map(len, shipped().values()))
    counted = iter(range(1, terms + 1))
    load_vocabularies(on_term=lambda: progress(next(counted), terms))
    load_guide()
    load_notes()
    vocabulary.forget()


def _applied() -> schema.State:
    there = "django_migrations" in connection.introspection.table_names()
    return schema.applied() if there else frozenset()


def _refuse_newer(applied: schema.State) -> None:
    """Of what we know only: an app that somebody has taken out again leaves its names behind."""
    known = schema.known()
    ours = {app for app, _name in known}
    unknown = sorted(migration for migration in applied - known if migration[0] in ours)
    if unknown:
        app, name = unknown[0]
        raise CommandError(
            f"The database is newer than this version ({program()}): it has {app}.{name}. "
            "Install the newer version again, or restore a backup made by this one."
        )


def _back_up(steps: Steps) -> Path:
    folder = Path(settings.DATA_DIR) / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    name = f"before-{program()}-{datetime.now().astimezone():%Y%m%d-%H%M%S}.zip"
    with restoring.alone(reading=True), steps.step("Backup") as progress:
        made = making.make(folder / name, on_row=progress, on_file=progress)
    return made.file


@contextmanager
def _way_back(backup: Path | None) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        back = f"`wegweiser restore {backup}` brings the former state back." if backup else "No backup was made."
        raise CommandError(
            f"The upgrade stopped: {error}. {back} "
            "Install the former version first if this one cannot run; `wegweiser upgrade` may also be run again."
        ) from error


def _summary(steps: Steps, before: schema.State) -> None:
    new = len(schema.applied() - before)
    steps.say(f"Wegweiser {program()}: {new} migrations applied, the search index holds what is public.")
    if not get_user_model()._default_manager.filter(is_superuser=True).exists():
        steps.say("Next: `wegweiser createsuperuser` makes the first administrator.")
    else:
        steps.say("Next: restart the server, then `wegweiser doctor` looks at the whole installation.")
