"""What the doctor sees of database and site: a whole one, and each fault."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core import checks
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from pytest_django import Settings

from directory.models import Change, Configuration
from referrals.proofs import Outcome, Proof
from search import indexing
from search.indexing import Difference
from wegweiser import roles
from wegweiser.doctor import city, store
from wegweiser.doctor.finding import Check, Finding, Level

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    tmp_path.chmod(0o700)
    return tmp_path


def only(check: Check) -> Finding:
    (found,) = check()
    assert found.what.endswith(".")
    assert found.do
    return found


def fail(*args: Any, **kwargs: Any) -> Any:
    raise DatabaseError("connection to db failed: password geheim")


class TestDatabase:
    def test_it_is_reached_and_written_and_nothing_stays(self) -> None:
        assert list(store.database()) == []
        assert not Session.objects.exists()

    def test_out_of_reach(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(connection, "ensure_connection", fail)
        found = only(store.database)
        assert (found.level, "reached" in found.what, "geheim" in found.what) == (Level.ERROR, True, False)

    def test_read_only(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Session, "save", fail)
        assert "written" in only(store.database).what

    def test_all_migrations(self) -> None:
        assert list(store.migrations()) == []

    def test_a_missing_migration(self, monkeypatch: pytest.MonkeyPatch) -> None:
        plan = [("0001_initial", False)]
        monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda _self, _targets: plan)
        found = only(store.migrations)
        assert "1 steps" in found.what
        assert "wegweiser upgrade" in found.do


class TestClock:
    def test_the_same_everywhere(self, demo: None) -> None:
        assert list(store.clock()) == []

    def test_another_one_than_the_databases(self, monkeypatch: pytest.MonkeyPatch) -> None:
        later = timezone.now() + timedelta(hours=1)
        monkeypatch.setattr(timezone, "now", lambda: later)
        assert "differ by 3" in only(store.clock).what

    def test_before_the_newest_edit(self) -> None:
        row = Change.objects.create(model="x", object_id="1", version=1, action="create", transaction="0" * 32)
        row.at = timezone.now() + timedelta(days=1)
        row.save()
        assert "newest edit" in only(store.clock).what


class TestIndex:
    def test_whole(self, demo: None) -> None:
        indexing.rebuild()
        assert list(store.index()) == []

    def test_none_yet(self, demo: None) -> None:
        assert "rebuild_index" in only(store.index).do

    def test_a_listing_that_is_lacking(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(indexing, "check", lambda: Difference(missing=("a",), superfluous=("b", "c")))
        found = only(store.index)
        assert "lacks 1" in found.what
        assert "holds 2" in found.what

    def test_behind_the_change_log_is_no_fault(self, demo: None) -> None:
        indexing.rebuild()
        configuration = Configuration.load()
        configuration.save()
        assert indexing.check()
        assert list(store.index()) == []


class TestSite:
    def test_a_demo_on_one_machine_may_lack_an_address(self, demo: None, settings: Settings) -> None:
        settings.PUBLIC_URL = "http://localhost:8000"
        levels = {found.level for found in city.addresses()}
        assert levels == {Level.WARNING}
        configuration = Configuration.load()
        configuration.demo = False
        configuration.save()
        assert {found.level for found in city.addresses()} == {Level.ERROR}

    def test_an_address_says_what_to_set(self, settings: Settings) -> None:
        settings.DEBUG = True
        found = next(iter(city.addresses()))
        assert found.what == "DEBUG is on."
        assert found.do.startswith("Take it out")

    def test_system_checks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert list(city.system()) == []
        monkeypatch.setattr(checks, "run_checks", lambda: [checks.Error("Wrong.", hint="Do."), checks.Info("x")])
        assert only(city.system).do == "Do."

    def test_catalogs(self, settings: Settings, folder: Path) -> None:
        settings.LANGUAGES = [("de", "Deutsch"), ("en", "English")]
        assert not [found for found in city.catalogs() if found.level is Level.ERROR]
        settings.LOCALE_PATHS = [folder]
        assert "Deutsch" in only(city.catalogs).what

    def test_a_text_that_nobody_has_translated(self, settings: Settings, folder: Path) -> None:
        place = folder / "tr" / "LC_MESSAGES"
        place.mkdir(parents=True)
        (place / "django.mo").touch()
        (place / "django.po").write_text('msgid ""\nmsgstr ""\n\nmsgid "Call"\nmsgstr ""\n')
        settings.LOCALE_PATHS, settings.LANGUAGES = [folder], [("tr", "Türkçe")]
        found = only(city.catalogs)
        assert (found.level, "1 texts" in found.what) == (Level.WARNING, True)

    def test_roles(self) -> None:
        Group.objects.all().delete()
        assert "Translator" in only(city.roles).what
        roles.install()
        assert list(city.roles()) == []

    def test_publisher_and_home_area(self) -> None:
        wrong = Configuration(pk=1, demo=True)
        wrong.save()
        assert [found.level for found in city.publisher()] == [Level.ERROR, Level.WARNING, Level.WARNING]

    def test_a_whole_publisher(self, monkeypatch: pytest.MonkeyPatch) -> None:
        whole = SimpleNamespace(
            home_area="x", publisher="x", publisher_address="x", publisher_email="x@x.example", demo=False
        )
        monkeypatch.setattr(city, "configuration", lambda: whole)
        assert list(city.publisher()) == []

    def test_referrals(self, monkeypatch: pytest.MonkeyPatch) -> None:
        texts, overdue = (
            Proof(slug, slug, lambda _subject: (), is_fault=slug == "texts") for slug in ("texts", "old")
        )
        outcomes = [Outcome(texts, ("Nobody can be reached.",), 0.1), Outcome(overdue, ("Look again.",), 0.1)]
        monkeypatch.setattr(city, "examine", lambda: outcomes)
        fault, remark = city.referrals()
        assert (fault.level, fault.what) == (Level.WARNING, "Nobody can be reached.")
        assert "in danger" in fault.do
        assert (remark.level, remark.what) == (Level.WARNING, "Look again.")
        assert "in danger" not in remark.do

    def test_referrals_that_hold(self, monkeypatch: pytest.MonkeyPatch) -> None:
        holding = Outcome(Proof("texts", "texts", lambda _subject: ()), (), 0.1)
        monkeypatch.setattr(city, "examine", lambda: [holding, holding])
        assert [each.what for each in city.referrals()] == ["2 proofs hold."]

    def test_without_listings_there_is_nothing_to_prove(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(city, "examine", list)
        assert list(city.referrals()) == []


class TestSecondFactor:
    @pytest.fixture
    def staff(self) -> Any:
        return get_user_model().objects.create_superuser("chris", "", "x")

    def test_without_one(self, staff: Any) -> None:
        assert "chris" in only(city.second_factor).what

    def test_with_one(self, staff: Any) -> None:
        Authenticator.objects.create(user=staff, type=Authenticator.Type.TOTP, data={})
        assert list(city.second_factor()) == []

    def test_recovery_codes_alone_are_none(self, staff: Any) -> None:
        Authenticator.objects.create(user=staff, type=Authenticator.Type.RECOVERY_CODES, data={})
        assert list(city.second_factor())

    def test_everybody_who_may_enter_the_admin(self) -> None:
        roles.install()
        user = get_user_model().objects.create_user("eda")
        assert list(city.second_factor()) == []
        user.groups.add(Group.objects.get(name="Translator"))
        assert "eda" in only(city.second_factor).what

    def test_a_closed_account_needs_none(self, staff: Any) -> None:
        staff.is_active = False
        staff.save()
        assert list(city.second_factor()) == []


def test_the_command_answers_in_json_and_fails_on_an_error(demo: None) -> None:
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("doctor", json=True, stdout=out)
    assert stopped.value.code == 1
    told = json.loads(out.getvalue())
    assert told["ok"] is False
    by_check = {found["check"]: found["level"] for found in told["findings"]}
    assert by_check["database"] == by_check["migrations"] == by_check["clock"] == "ok"
    assert by_check["index"] == "error"
