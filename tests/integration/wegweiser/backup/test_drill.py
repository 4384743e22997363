"""The restore drill: back up, lose everything, restore, and find every row and every picture as it was."""

import io
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from directory.models import Change, Listing, Organisation
from search import indexing
from tests import houses
from tests.houses import everything, pictures
from wegweiser.backup import making, schema

SQLITE_ONLY = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="about the file of SQLite")


def export(folder: Path, name: str) -> bytes:
    call_command("export_listings", format="csv", out=folder / name, stdout=io.StringIO())
    [path] = (folder / name).glob("*.csv")
    return path.read_bytes()


def lose_everything(folder: Path) -> None:
    """As an administrator's worst day: other rows, other pictures, nothing of the old."""
    for listing in Listing.objects.all()[:20]:
        listing.delete()
    User.objects.all().delete()
    houses.edit(Organisation.objects.earliest("pk").slug, "Defaced")
    shutil.rmtree(folder / "media")
    houses.add_picture("other", "red")


@pytest.fixture
def drilled(furnished: Path, tmp_path: Path) -> Path:
    call_command("backup", tmp_path / "city.zip")
    return furnished


def restore(tmp_path: Path) -> None:
    call_command("restore", tmp_path / "city.zip", yes=True)


def test_everything_comes_back_as_it_was(furnished: Path, tmp_path: Path) -> None:
    before, seen, exported = everything(), pictures(furnished), export(tmp_path, "before")
    assert len(seen) >= 2
    call_command("backup", tmp_path / "city.zip")
    lose_everything(furnished)
    assert everything() != before
    restore(tmp_path)
    after = everything()
    assert after.keys() == before.keys()
    assert {name for name in before if after[name] != before[name]} == set()
    assert pictures(furnished) == seen
    assert export(tmp_path, "after") == exported
    assert not indexing.check()


def test_it_comes_back_on_an_empty_machine(drilled: Path, tmp_path: Path) -> None:
    before, seen = everything(), pictures(drilled)
    shutil.rmtree(drilled / "media")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = ", ".join(f'"{name}"' for name in connection.introspection.table_names())
            cursor.execute(f"DROP TABLE {names} CASCADE")
    if connection.vendor == "sqlite":
        connection.close()
        for path in drilled.glob("wegweiser.sqlite3*"):
            path.unlink()
    restore(tmp_path)
    assert everything() == before
    assert pictures(drilled) == seen


def test_a_second_backup_has_the_same_members(drilled: Path, tmp_path: Path) -> None:
    restore(tmp_path)
    call_command("backup", tmp_path / "again.zip")
    first, second = (contents(tmp_path / name) for name in ("city.zip", "again.zip"))
    differing = {name for name in first if first[name] != second.get(name)}
    assert differing == {"database/directory_change.jsonl", "sequences.json"}  # the row of the restore


def contents(path: Path) -> dict[str, bytes]:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"}


def test_a_number_once_given_is_not_given_again(drilled: Path, tmp_path: Path) -> None:
    """The change log still names the listing that was deleted under it."""
    deleted = int(Change.objects.filter(model="directory.listing", action="delete").latest("id").object_id)
    restore(tmp_path)
    made = Listing(
        slug="new",
        title_de="Neu",
        kind="counselling",
        audience="affected",
        source_language="de",
        organisation=Organisation.objects.earliest("pk"),
    )
    made.save()
    assert made.pk > deleted


def test_nobody_stays_signed_in(drilled: Path, tmp_path: Path) -> None:
    Session.objects.create(session_key="x" * 32, session_data="", expire_date=timezone.now())
    restore(tmp_path)
    assert not Session.objects.exists()


def test_the_log_says_that_it_was_restored(drilled: Path, tmp_path: Path) -> None:
    restore(tmp_path)
    assert houses.restores() == 1
    assert Change.objects.latest("id").model == "wegweiser.restore"
    assert not list(tmp_path.glob("**/.*.restoring*")) + list(tmp_path.glob("**/.media*"))
    assert not (drilled / "restoring.json").exists()


def test_what_was_deleted_is_not_in_the_restored_file(drilled: Path, tmp_path: Path) -> None:
    houses.edit(Organisation.objects.earliest("pk").slug, "Geheimnisvoller-Name")
    restore(tmp_path)
    if connection.vendor == "sqlite":
        connection.close()
        files = drilled.glob("wegweiser.sqlite3*")
        assert not [path.name for path in files if b"Geheimnisvoller-Name" in path.read_bytes()]


def test_every_table_is_kept_or_left_out_for_a_reason(house: Path) -> None:
    known = {table.name for table in schema.tables(schema.applied())} | {"django_migrations"}
    full_text = "wagtailsearch_indexentry_fts"
    unknown = {name for name in connection.introspection.table_names() if not name.startswith(full_text)} - known
    assert unknown == set()
    labels = {table.label for table in schema.tables(schema.applied())}
    assert [
        name for name in schema.LEFT_OUT if name not in labels | {label.split(".")[0] for label in labels}
    ] == []


def test_the_note_for_the_doctor(drilled: Path, tmp_path: Path) -> None:
    note = json.loads((drilled / "last_backup").read_text())
    assert note["file"] == str(tmp_path / "city.zip")
    assert len(note["sha256"]) == 64
    assert note["at"].endswith("+00:00")


def test_no_secret_of_the_settings_is_in_it(furnished: Path, tmp_path: Path, settings: object) -> None:
    from django.test import override_settings

    secret = "nobody-may-read-this"
    address = f"https://chris:{secret}@search.example.org:9200/x"
    with override_settings(SECRET_KEY=secret, SEARCH_URL=address, EMAIL_HOST_PASSWORD=secret):
        call_command("backup", tmp_path / "city.zip")
    members = contents(tmp_path / "city.zip")
    assert not [name for name, content in members.items() if secret.encode() in content]
    assert json.loads(members["settings.json"])["SEARCH_URL"] == "https://search.example.org:9200/x"


@pytest.mark.parametrize("name", ["SEARCH_URL", "PUBLIC_URL"])
def test_nor_is_a_password_that_was_not_quoted(name: str) -> None:
    """With a / in it, it seems to be a port and a path."""
    from django.test import override_settings

    with override_settings(**{name: "https://chris:nobody/may-read@search.example.org:9200/x"}):
        assert "may-read" not in json.dumps(making.without_secrets())


def test_the_file_is_for_its_owner_only(drilled: Path, tmp_path: Path) -> None:
    assert (tmp_path / "city.zip").stat().st_mode & 0o777 == 0o600


def test_a_picture_that_a_row_names_and_nobody_has_is_told(
    furnished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lost = next((furnished / "media" / "original_images").iterdir())
    lost.unlink()
    call_command("backup", tmp_path / "city.zip")
    assert f"original_images/{lost.name}" in capsys.readouterr().err


@SQLITE_ONLY
def test_an_editor_is_not_kept_waiting(furnished: Path, tmp_path: Path) -> None:
    """A row is written while the backup reads, and is not in it."""
    from wegweiser.backup import making

    def write(done: int, total: int) -> None:
        with closing(sqlite3.connect(furnished / "wegweiser.sqlite3", timeout=0)) as other, other:
            other.execute("UPDATE directory_organisation SET name_de = 'meanwhile'")

    making.make(tmp_path / "city.zip", on_row=write)
    assert b"meanwhile" not in contents(tmp_path / "city.zip")["database/directory_organisation.jsonl"]
    assert Organisation.objects.earliest("pk").name_de == "meanwhile"
