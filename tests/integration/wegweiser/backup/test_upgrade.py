"""`wegweiser upgrade`: from the first released tables to now, on an empty database, and with a way back."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from directory.models import Area, Change, Listing, Organisation, Term
from referrals.models import Deadline, Guide
from search import indexing
from tests.houses import everything
from tests.integration.directory.making import find
from wegweiser import installation, roles, upgrading
from wegweiser.backup import schema

FIRST = [("directory", "0001_initial"), ("referrals", "0001_initial")]
OURS = {"directory", "referrals", "search", "wegweiser", "pages"}


def no_tables(folder: Path) -> None:
    if connection.vendor == "sqlite":
        connection.close()
        for path in folder.glob("wegweiser.sqlite3*"):
            path.unlink()
        return
    with connection.cursor() as cursor:
        names = ", ".join(f'"{name}"' for name in connection.introspection.table_names())
        cursor.execute(f"DROP TABLE {names} CASCADE")


def first_released() -> schema.State:
    """Other people's migrations as they are today, and the first of ours."""
    loader = MigrationLoader(None)
    graph = loader.graph
    theirs = [node for node in graph.leaf_nodes() if node[0] not in OURS]
    plans = (graph.forwards_plan(node) for node in (*theirs, *FIRST))
    made = {node for plan in plans for node in plan}
    return frozenset(made | {old for node in made for old in loader.disk_migrations[node].replaces})


def fill() -> None:
    """Through the tables as they were: no model of today fits them."""
    loader = MigrationLoader(connection)
    then = loader.project_state(sorted(first_released() & set(loader.graph.nodes))).apps

    def make(label: str, **values: Any) -> Any:
        model: Any = then.get_model(label)
        return model.objects.create(**values)

    now = timezone.now()
    live = {"live": True, "first_published_at": now, "last_published_at": now}
    make("directory.Term", vocabulary="topics", slug="own", order=1, label_de="Eigenes Thema")
    make("directory.Area", slug="town", level="city", name_de="Stadt")
    house = make("directory.Organisation", slug="house", name_de="Haus der Vielfalt", **live)
    for slug, texts in {"advice": {"title_de": "Beratung"}, "draft": {"title_ar": "استشارة"}}.items():
        values = {"kind": "counselling", "audience": "affected", "source_language": "de"}
        shown = live if slug == "advice" else {"live": False}
        make("directory.Listing", slug=slug, organisation=house, **values, **texts, **shown)
    make("referrals.Deadline", slug="agg", order=1, law_de="§ 15 AGG", applies={}, **live)
    make(
        "directory.Change",
        model="directory.organisation",
        object_id=str(house.pk),
        slug="house",
        version=1,
        action="create",
        by="Chris",
        transaction="0b5d9c1e-27a2-4d7f-9a1a-4d9b5b1c7f10",
    )


@pytest.fixture
def old(house: Path) -> Path:
    no_tables(house)
    schema.migrate_to(first_released())
    fill()
    return house


def upgrade(**options: Any) -> None:
    call_command("upgrade", **options)


def test_from_the_first_release_to_now(old: Path) -> None:
    upgrade()
    assert find(Organisation, "house").name_de == "Haus der Vielfalt"
    assert find(Listing, "advice").live
    draft = find(Listing, "draft")
    assert (draft.title_ar, draft.title_de, draft.live) == ("استشارة", None, False)
    assert find(Term, "own").live, "what was public has become a draft"
    assert find(Area, "town").live, "what was public has become a draft"
    assert find(Deadline, "agg").law_de == "§ 15 AGG"
    assert Change.objects.earliest("id").by == "Chris"
    assert Term.objects.count() > 200, "the shipped vocabularies are missing"
    assert Guide.objects.exists()
    assert set(Group.objects.values_list("name", flat=True)) >= {role.name for role in roles.ROLES}
    assert indexing.held() == {"advice"}
    assert not indexing.check()


def test_the_backup_before_it_leads_back_and_forward_again(old: Path) -> None:
    upgrade()
    [backup] = (old / "backups").glob("*.zip")
    assert backup.stat().st_mode & 0o777 == 0o600
    before = find(Listing, "advice").pk
    find(Listing, "advice").delete()
    call_command("restore", backup, yes=True)
    assert find(Listing, "advice").pk == before
    assert schema.applied() >= first_released()
    assert Term.objects.count() == 1
    upgrade(no_backup=True)
    assert Term.objects.count() > 200


def test_on_an_empty_database(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    no_tables(house)
    upgrade()
    assert Term.objects.count() > 200
    assert not Listing.objects.exists()
    assert not (house / "backups").exists(), "there was nothing to back up"
    assert "wegweiser createsuperuser" in capsys.readouterr().err
    assert not indexing.check()


def test_again_changes_nothing(house: Path) -> None:
    upgrade(no_backup=True)
    before = everything()
    upgrade(no_backup=True)
    after = everything()
    assert [name for name in before if before[name] != after[name]] == []


def test_every_time_with_a_backup(house: Path) -> None:
    upgrade()
    assert len(list((house / "backups").glob("*.zip"))) == 1


def test_a_failure_says_how_to_go_back(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(progress: Any) -> None:
        raise RuntimeError("column missing")

    monkeypatch.setattr(installation, "migrate", fail)
    with pytest.raises(CommandError) as caught:
        upgrade()
    [backup] = (house / "backups").glob("*.zip")
    assert "column missing" in str(caught.value)
    assert f"wegweiser restore {backup}" in str(caught.value)
    with pytest.raises(CommandError, match="No backup was made"):
        upgrade(no_backup=True)


def test_an_older_version_touches_nothing(house: Path) -> None:
    MigrationRecorder(connection).record_applied("directory", "9999_from_the_future")
    before = everything()
    with pytest.raises(CommandError, match="newer than this version"):
        upgrade()
    assert everything() == before
    assert not (house / "backups").exists()


def test_an_app_that_is_gone_is_no_newer_version(house: Path) -> None:
    MigrationRecorder(connection).record_applied("somebodys_app", "0001_initial")
    upgrading._refuse_newer(schema.applied())
