"""Brings an installation to life: database, first administrator, a free port."""

import secrets
import shutil
import socket
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.core.management.commands.migrate import Command as MigrateCommand
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from wegweiser import roles
from wegweiser.steps import Progress

ADMINISTRATOR = "admin"
DISPOSABLE = ("wegweiser.sqlite3", "wegweiser.sqlite3-wal", "wegweiser.sqlite3-shm", "index", "media")


def prepare_data_folder() -> Path:
    folder = Path(settings.DATA_DIR)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
        Path(settings.STATIC_ROOT).mkdir(exist_ok=True)  # WhiteNoise warns where it is missing
    except OSError as error:
        raise CommandError(
            f"Cannot write to the data folder {folder} ({error.strerror}). "
            "Choose another one with --data-dir or WEGWEISER_DATA_DIR."
        ) from error
    return folder


def reset(folder: Path) -> None:
    """Delete what a demo made, and nothing else that may lie in the folder."""
    if connection.vendor != "sqlite":
        raise CommandError(
            "--reset deletes the demo's own SQLite database only. Unset DATABASE_URL, or drop yours."
        )
    connections.close_all()
    for path in (folder / name for name in DISPOSABLE):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


class _Migrate(MigrateCommand):
    """Django's own command; only its progress goes into our bar."""

    def __init__(self, progress: Progress, total: int) -> None:
        super().__init__()
        self.progress, self.total, self.done = progress, total, 0

    def migration_progress_callback(self, action: str, migration: Any = None, fake: bool = False) -> None:
        if action == "apply_success":
            self.done += 1
            self.progress(self.done, self.total)


def migrate(progress: Progress) -> None:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        call_command(_Migrate(progress, len(plan)), verbosity=0, interactive=False)


def create_administrator() -> str:
    """The new administrator's random password, or '' where one exists already."""
    users = get_user_model()
    if users._default_manager.filter(is_superuser=True).exists():
        return ""
    password = secrets.token_urlsafe(12)
    made = users._default_manager.create_superuser(ADMINISTRATOR, "", password)
    made.groups.add(Group.objects.get(name=roles.ADMINISTRATOR))
    return password


def create_one_for_each_role() -> dict[str, tuple[str, str]]:
    """{role: (name, random password)} of those who were missing. The administrator has a way of their own."""
    users, made = get_user_model()._default_manager, {}
    for role in roles.ROLES:
        name = role.name.lower()
        if role.name != roles.ADMINISTRATOR and not users.filter(username=name).exists():
            password = secrets.token_urlsafe(12)
            users.create_user(name, "", password).groups.add(Group.objects.get(name=role.name))
            made[role.name] = (name, password)
    return made


def free_port(wanted: int | None, first: int = 8000) -> int:
    """The wanted port, or the first free one of a few; a wanted port that is taken is an error."""
    if wanted is not None:
        if wanted and not _is_free(wanted):
            raise CommandError(f"Port {wanted} is in use. Choose another one with --port, or leave --port out.")
        return wanted or _any_port()
    for port in range(first, first + 20):
        if _is_free(port):
            return port
    raise CommandError(f"The ports {first} to {first + 19} are all in use. Choose one with --port.")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _any_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
