"""An installation of its own for one test: database, data folder and media on disk, as a city has them."""

import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.files.images import ImageFile
from django.db import connection, connections
from django.db.utils import load_backend
from django.test import override_settings
from django.utils import timezone
from PIL import Image as Pixels
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupApprovalTask, Page, Workflow, WorkflowTask

from directory import vocabulary
from directory.models import Change, Listing, Organisation, acting
from directory.models.change import RESTORED
from search import reader
from tests.database import States, Templates
from tests.integration.directory.making import find, person, superuser
from wegweiser.backup import rows, schema


@contextmanager
def house(states: States, folder: Path, *, state: str = "demo") -> Iterator[Path]:
    """The data folder; meanwhile everything in this process goes to it and to a database beside the tests'."""
    states.become(state)
    templates = states.snapshots if isinstance(states.snapshots, Templates) else None
    name = _copy(templates) if templates else _file(folder)
    former = connections["default"]
    backend = load_backend(former.settings_dict["ENGINE"])
    connections["default"] = backend.DatabaseWrapper({**former.settings_dict, "NAME": name}, "default")
    try:
        with override_settings(**_settings(folder)):
            _forget()
            yield folder
    finally:
        connections["default"].close()
        connections["default"] = former
        _forget()
        if templates:
            templates._each(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _settings(folder: Path) -> dict[str, Any]:
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    for name in ("media", "static"):
        (folder / name).mkdir(exist_ok=True)
    folders = {"DATA_DIR": folder, "MEDIA_ROOT": folder / "media", "STATIC_ROOT": folder / "static"}
    return {**folders, "STORAGES": storages}


def _forget() -> None:
    vocabulary.forget()
    reader.forget()


def _file(folder: Path) -> str:
    path = folder / "wegweiser.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    return str(path)


def _copy(templates: Templates) -> str:
    name = f"{connection.settings_dict['NAME']}_house"
    templates._copy(connection.settings_dict["NAME"], name)
    return name


# --- what lies in it ----------------------------------------------------------------------------------------


def furnish() -> None:
    """A bit of everything that staff leave: people, drafts, workflows, schedules, pictures, deleted things."""
    with acting("Chris"):
        chris = superuser()
        reviewer = person("رانيا", "access_admin", "change_listing", "publish_listing")
        group = Group.objects.create(name="Reviewers „Süd“")
        group.permissions.set(Permission.objects.filter(codename__endswith="_listing"))
        reviewer.groups.add(group)
        first, second, third, last = Listing.objects.order_by("slug")[:4]
        _edit(first, chris)
        _draft(second, chris)
        _submit(third, chris, group)
        Listing.objects.order_by("-pk").first().delete()
        _schedule(last, chris)
        add_picture("Haus")
        Page.objects.get(depth=1).add_child(instance=Page(title="Über uns", slug="about", live=False))
        Collection.get_first_root_node().add_child(instance=Collection(name="Fotos"))


def _edit(entry: Any, by: Any) -> None:
    entry.description_de = 'Zeile\nmit "Anführung", \\ und \t Tab, ’ und 😀'
    entry.title_ar = "استشارة"
    entry.save_revision(user=by, log_action=True).publish(user=by)


def _draft(entry: Any, by: Any) -> None:
    entry.title_en = "Not yet public"
    entry.save_revision(user=by, log_action=True)


def _submit(entry: Any, by: Any, group: Group) -> None:
    workflow = Workflow.objects.create(name="Review")
    task = GroupApprovalTask.objects.create(name="Look at it")
    task.groups.add(group)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    _draft(entry, by)
    workflow.start(entry, by)


def _schedule(entry: Any, by: Any) -> None:
    entry.go_live_at = timezone.now() + timedelta(days=3)
    entry.save_revision(user=by).publish(user=by)


def add_picture(title: str, colour: str = "teal") -> Any:
    picture = get_image_model()(title=title, file=ImageFile(_pixels(40, 30, colour), name=f"{title}.png"))
    picture.save()
    picture.tags.add("Gebäude")
    small = ImageFile(_pixels(10, 10, colour), name=f"{title}.fill-10x10.png")
    picture.renditions.create(filter_spec="fill-10x10", focal_point_key="", file=small)
    return picture


def _pixels(width: int, height: int, colour: str) -> io.BytesIO:
    content = io.BytesIO()
    Pixels.new("RGB", (width, height), colour).save(content, "PNG")
    return content


def edit(slug: str, title: str) -> None:
    body = find(Organisation, slug)
    body.name_de = title
    body.save()


# --- comparing ----------------------------------------------------------------------------------------------


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows as the database's own driver gives them, but what a restore leaves out or adds."""
    found = {}
    for name in sorted(connection.introspection.table_names()):
        if name not in _left_out():
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT * FROM "{name}"')
                found[name] = sorted((row for row in cursor.fetchall() if RESTORED not in row), key=repr)
    return found


def _left_out() -> set[str]:
    tables = {table.name for table in schema.tables(schema.applied()) if table.left_out}
    full_text = {name for name in connection.introspection.table_names() if name.startswith("wagtailsearch_")}
    return tables | full_text | {"django_migrations"}


def neutral() -> dict[str, list[str]]:
    """All rows alike for every database: PostgreSQL keeps the keys of JSON in an order of its own."""
    tables = schema.kept(schema.applied())
    return {table.label: [repr(_sorted(table, row)) for row in _rows(table)] for table in tables}


def _rows(table: schema.Table) -> list[list[Any]]:
    return [row for row in rows.stored(table) if RESTORED not in row]


def _sorted(table: schema.Table, row: list[Any]) -> list[Any]:
    import json

    kinds = [field.get_internal_type() for field in table.fields]
    return [
        json.dumps(json.loads(value), sort_keys=True) if kind == "JSONField" and value is not None else value
        for kind, value in zip(kinds, row, strict=True)
    ]


def pictures(folder: Path) -> dict[str, bytes]:
    media = folder / "media"
    return {path.relative_to(media).as_posix(): path.read_bytes() for path in media.rglob("*") if path.is_file()}


def restores() -> int:
    return Change.objects.filter(model=RESTORED).count()
