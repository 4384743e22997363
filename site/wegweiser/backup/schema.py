"""Which tables there are, as the migrations that a database has say it, whatever the program is by now."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.apps import apps as installed
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from wegweiser.backup.manifest import BackupError, Migration

# Not in a backup, each with the reason. Everything else is, whoever adds it.
LEFT_OUT = {
    "sessions": "everybody signs in again",
    "wagtailsearch": "made from the rest again",
    "wagtailadmin.editingsession": "who has a form open just now",
}

State = frozenset[Migration]


@dataclass(frozen=True)
class Table:
    label: str
    name: str
    fields: tuple[Any, ...]

    @property
    def columns(self) -> list[str]:
        return [field.column for field in self.fields]

    @property
    def key(self) -> str:
        return next(str(field.column) for field in self.fields if field.primary_key)

    @property
    def counted(self) -> bool:
        """Whether the database numbers its rows."""
        return any(field.get_internal_type().endswith("AutoField") for field in self.fields)

    @property
    def left_out(self) -> bool:
        return self.label in LEFT_OUT or self.label.partition(".")[0] in LEFT_OUT


def applied() -> State:
    return frozenset(MigrationRecorder(connection).applied_migrations())


def known() -> State:
    """What this program can migrate to, under old names too."""
    loader = _loader()
    replaced = {old for migration in loader.disk_migrations.values() for old in migration.replaces}
    return frozenset(loader.disk_migrations) | frozenset(replaced)


@lru_cache(maxsize=4)
def tables(state: State) -> tuple[Table, ...]:
    """All tables of that state, in a fixed order."""
    loader = _loader()
    found = loader.project_state(sorted(node for node in state if node in loader.graph.nodes)).apps
    models = (model for model in found.get_models(include_auto_created=True) if _has_table(model))
    made = [Table(m._meta.label_lower, m._meta.db_table, tuple(m._meta.local_concrete_fields)) for m in models]
    return tuple(sorted(made, key=lambda table: table.label))


def kept(state: State) -> list[Table]:
    return [table for table in tables(state) if not table.left_out]


def migrate_to(state: State) -> None:
    """Exactly these migrations on an empty database, without what follows a migration."""
    executor = MigrationExecutor(connection)
    nodes = executor.loader.graph.nodes
    executor.migrate(_leaves(executor, [node for node in state if node in nodes]))
    if applied() != state:
        different = sorted(applied() ^ state)
        raise BackupError(f"This version cannot make the tables of the backup (it differs in {different[0]}).")


def _leaves(executor: MigrationExecutor, nodes: Iterable[Migration]) -> list[Migration]:
    """Of each app the last: naming an earlier one would mean to go back to it."""
    wanted = set(nodes)
    inner = {
        parent.key
        for node in wanted
        for parent in executor.loader.graph.node_map[node].parents
        if parent.key[0] == node[0]
    }
    return sorted(wanted - inner)


def _loader() -> MigrationLoader:
    return MigrationLoader(None)


def _has_table(model: Any) -> bool:
    meta = model._meta
    return meta.managed and not meta.proxy and not meta.swapped


def our_tables() -> list[str]:
    """Those in the database that belong to this program or to another version of it."""
    labels = {config.label for config in installed.get_app_configs()} | {app for app, _name in applied()}
    prefixes = ("django_", *(f"{label}_" for label in labels))
    return [name for name in connection.introspection.table_names() if name.startswith(prefixes)]
