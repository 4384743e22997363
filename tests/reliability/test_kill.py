"""`kill -9` at random moments: nothing acknowledged is lost, nothing is half-written."""

import hashlib
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from wagtail.models import Revision

from directory.models import Change, Listing, Organisation
from search import indexing
from tests import houses
from tests.houses import everything, pictures
from tests.integration.directory.making import superuser
from tests.integration.editing.posting import post, saved, url
from tests.reliability.killing import SEED, Acknowledge, finish, kill, number, pace, seconds
from wegweiser.backup import archive, restoring
from wegweiser.backup.manifest import BackupError

pytestmark = [
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
    pytest.mark.timeout(600),
]


@pytest.fixture(scope="module", autouse=True)
def figures() -> Iterator[dict[str, int]]:
    """Printed in the end: how often, and how many acknowledged steps lay between."""
    found: dict[str, int] = {}
    yield found
    print(f"\nkilled on {connection.vendor} with KILL_SEED={SEED}: {found}")  # noqa: T201


def database_is_whole() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchall() == [("ok",)]
        connection.check_constraints()


def versions(label: str, key: int) -> list[int]:
    rows = Change.objects.filter(model=label, object_id=str(key)).order_by("id")
    return list(rows.values_list("version", flat=True))


def index_follows() -> None:
    """In a process of its own, as the server that starts again."""

    def check(acknowledge: Acknowledge) -> None:
        from search import reader

        reader.library()
        acknowledge(str(indexing.check()))

    assert finish(check) == [str(indexing.Difference())]


# --- saving -------------------------------------------------------------------------------------------------


def save(acknowledge: Acknowledge) -> None:
    """A listing and its first spoken language, in one save."""
    entry = Listing.objects.get(slug=slug())
    while True:
        turn = int(entry.note) + 1
        entry.note = str(turn)
        spoken = entry.languages.first()
        spoken.note = str(turn)
        entry.languages.add(spoken)
        entry.save()
        acknowledge(str(turn))


def slug() -> str:
    found = Listing.objects.filter(languages__isnull=False).order_by("-slug").first()
    return str(found.slug)


def test_saving(house: Path, figures: dict[str, int]) -> None:
    entry = Listing.objects.get(slug=slug())
    entry.note = "0"
    spoken = entry.languages.first()
    spoken.note = "0"
    entry.languages.add(spoken)
    entry.save()
    written = len(versions("directory.listing", entry.pk))
    within = pace(save, 6)
    written += int(Listing.objects.get(slug=slug()).note)
    for _turn in range(number("save")):
        before = int(Listing.objects.get(slug=slug()).note)
        acknowledged = kill(save, within)
        entry = Listing.objects.get(slug=slug())
        now, last = int(entry.note), int(acknowledged[-1]) if acknowledged else before
        assert now in (last, last + 1), "an acknowledged save is lost"
        assert entry.languages.first().note == entry.note, "half of a save was written"
        written += now - before
        assert len(versions("directory.listing", entry.pk)) == written, (
            "a save without its change, or without its save"
        )
        figures["saves acknowledged"] = figures.get("saves acknowledged", 0) + len(acknowledged)
    assert versions("directory.listing", entry.pk) == sorted(set(versions("directory.listing", entry.pk)))
    database_is_whole()
    index_follows()
    figures["killed while saving"] = number("save")
    assert figures["saves acknowledged"] or number("save") < 20, "killed before anything was done"


# --- publishing, through the page that staff use --------------------------------------------------------------


def publish(acknowledge: Acknowledge) -> None:
    client = Client()
    client.force_login(superuser_of_all())
    body = Organisation.objects.earliest("pk")
    turn = int(body.aliases[0])
    while True:
        turn += 1
        address = url("organisation", "edit", body.pk)
        saved(post(client, address, name_de=f"Turn {turn}", aliases=str(turn)))
        acknowledge(f"draft {turn}")
        saved(post(client, address, "publish"))
        acknowledge(f"live {turn}")


def superuser_of_all() -> User:
    return User.objects.filter(username="publisher").first() or superuser("publisher")


def last(acknowledged: list[str], kind: str) -> int:
    return max((int(line.split()[1]) for line in acknowledged if line.startswith(kind)), default=0)


def test_publishing(house: Path, figures: dict[str, int]) -> None:
    body = Organisation.objects.earliest("pk")
    body.name_de, body.aliases = "Turn 0", ["0"]
    body.save_revision().publish()
    warm = Client()
    warm.force_login(superuser_of_all())
    saved(post(warm, url("organisation", "edit", body.pk), "publish"))  # what is loaded here, each process has
    within = pace(publish, 5)
    live = int(Organisation.objects.earliest("pk").aliases[0])
    for _turn in range(number("publish")):
        acknowledged = kill(publish, within)
        body = Organisation.objects.earliest("pk")
        live = check_published(body, max(live, last(acknowledged, "live")))
        drafted = int(body.get_latest_revision_as_object().aliases[0])
        assert drafted >= last(acknowledged, "draft"), "an acknowledged draft is lost"
        figures["pages acknowledged"] = figures.get("pages acknowledged", 0) + len(acknowledged)
    changes = versions("directory.organisation", body.pk)
    assert changes == sorted(set(changes))
    database_is_whole()
    index_follows()
    figures["killed while publishing"] = number("publish")


def check_published(body: Organisation, acknowledged: int) -> int:
    turn = int(body.aliases[0])
    assert turn in (acknowledged, acknowledged + 1), "an acknowledged publication is lost"
    assert body.name_de == f"Turn {turn}", "half of a draft is public"
    revision: Revision = body.live_revision
    assert revision.content["name_de"] == body.name_de, "the public text is not that of its revision"
    newest = body.latest_revision
    assert newest is not None
    assert newest.pk == Revision.objects.for_instance(body).latest("pk").pk, (
        "a revision that its entry does not know"
    )
    assert body.has_unpublished_changes == (newest.pk != revision.pk)
    return turn


# --- backups ------------------------------------------------------------------------------------------------


def test_backing_up(house: Path, figures: dict[str, int]) -> None:
    target = house.parent / "often" / "city.zip"
    target.parent.mkdir()

    def back_up(acknowledge: Acknowledge) -> None:
        while True:
            call_command("backup", target, force=True)
            acknowledge(archive.read_seal(target))

    within = pace(back_up, 2)
    for _turn in range(number("backup")):
        acknowledged = kill(back_up, within)
        with archive.reading(target) as reader:
            assert acknowledged == [] or reader.manifest.rows
        for path in target.parent.iterdir():
            if path != target:
                assert_no_backup(path)
        figures["backups acknowledged"] = figures.get("backups acknowledged", 0) + len(acknowledged)
        assert json.loads((house / "last_backup").read_text())["file"] == str(target)
    finish(lambda acknowledge: call_command("backup", target, force=True))
    assert [path.name for path in target.parent.iterdir()] == ["city.zip"]
    figures["killed while backing up"] = number("backup")


def assert_no_backup(path: Path) -> None:
    """Unless it was killed between the last byte and its name: then it is one, under a name that nobody takes."""
    assert path.name.startswith(".")
    if not archive.read_seal(path).strip("0"):
        with pytest.raises(BackupError), archive.reading(path):
            pass


# --- restoring ----------------------------------------------------------------------------------------------


def fingerprint(folder: Path) -> str:
    rows = {name: found for name, found in everything().items() if not name.startswith("sqlite_")}
    return hashlib.sha256(repr((rows, sorted(pictures(folder).items()))).encode()).hexdigest()


def restore(backup: Path, acknowledge: Acknowledge) -> None:
    """Without the index, which would be most of the time: it is only a copy."""
    with archive.reading(backup) as reader:
        restoring.restore(reader)
    acknowledge("restored")


def test_restoring(house: Path, figures: dict[str, int]) -> None:
    with transaction.atomic():
        houses.edit(Organisation.objects.latest("pk").slug, "The other state")
    houses.add_picture("other", "red")
    backups = [house.parent / "one.zip", house.parent / "other.zip"]
    states: list[str] = []
    finish(lambda acknowledge: call_command("backup", backups[1]))
    finish(lambda acknowledge: call_command("restore", house.parent / "first.zip", yes=True))
    finish(lambda acknowledge: call_command("backup", backups[0]))
    for backup in reversed(backups):
        finish(partial(restore, backup))
        states.insert(0, fingerprint(house))
    assert states[0] != states[1]
    within = seconds(lambda acknowledge: restore(backups[0], acknowledge))
    current = 0
    for _turn in range(number("restore")):
        wanted = 1 - current

        acknowledged = kill(partial(restore, backups[wanted]), within)
        restoring.settle()  # as the next start does
        found = fingerprint(house)
        assert found in states, "neither the old state nor the new one"
        if acknowledged:
            assert found == states[wanted], "an acknowledged restore is lost"
        figures["restores that arrived"] = figures.get("restores that arrived", 0) + (found == states[wanted])
        current = states.index(found)
        assert not (house / "restoring.json").exists()
    finish(lambda acknowledge: call_command("restore", backups[0], yes=True))
    assert fingerprint(house) == states[0]
    assert [path.name for path in house.iterdir() if path.name.startswith((".media", ".wegweiser"))] == []
    database_is_whole()
    index_follows()
    figures["killed while restoring"] = number("restore")
