"""The doctor's own manner, and its checks of the machine: each with its failure."""

import json
import os
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.mail.backends.smtp import EmailBackend
from pytest_django import Settings

from wegweiser.doctor import machine
from wegweiser.doctor.checks import CHECKS
from wegweiser.doctor.finding import Check, Finding, Level, error, examine, healthy, warning
from wegweiser.management.commands.doctor import as_json, in_words

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    tmp_path.chmod(0o700)
    return tmp_path


def only(check: Check) -> Finding:
    """The one finding, which says what to do."""
    (found,) = check()
    assert found.what.endswith((".", "%"))
    assert found.do
    return found


class TestManner:
    def test_every_check_is_told_even_where_all_is_well(self) -> None:
        (found,) = examine({"disk": list})
        assert (found.check, found.level) == ("disk", Level.OK)

    def test_a_failing_check_stops_no_other_and_repeats_no_message(self) -> None:
        def failing() -> Iterator[Finding]:
            yield warning("First.", "Do.")
            raise ConnectionError("postgresql://wegweiser:geheim@db/city")

        first, failed, after = examine({"database": failing, "disk": list})
        assert first.what == "First."
        assert (failed.check, failed.level) == ("database", Level.ERROR)
        assert "ConnectionError" in failed.what
        assert "geheim" not in in_words([first, failed, after])
        assert after.check == "disk"

    def test_only_errors_are_unhealthy(self) -> None:
        assert healthy([warning("What.", "Do."), Finding(Level.OK, "")])
        assert not healthy([warning("What.", "Do."), error("What.", "Do.")])

    def test_a_line_for_people_says_level_matter_fault_and_remedy(self) -> None:
        text = in_words(
            [Finding(Level.OK, "", check="disk"), Finding(Level.ERROR, "It is full.", "Empty it.", "x")]
        )
        assert text.splitlines() == ["ok       disk", "error    x: It is full.", "         → Empty it."]

    def test_a_machine_gets_the_same(self) -> None:
        told = json.loads(as_json([Finding(Level.WARNING, "Little.", "More.", "disk")]))
        assert told == {
            "ok": True,
            "findings": [{"level": "warning", "what": "Little.", "do": "More.", "check": "disk"}],
        }

    def test_the_registry_names_all_that_was_promised(self) -> None:
        promised = "database migrations index mail disk clock catalogs files backup roles referrals publisher"
        assert set(promised.split()) | {"second factor", "addresses"} <= set(CHECKS)


class TestDisk:
    @pytest.mark.parametrize(("free", "level"), [(0, Level.ERROR), (machine.GIGABYTE, Level.WARNING)])
    def test_little_room(self, monkeypatch: pytest.MonkeyPatch, free: int, level: Level) -> None:
        monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=free))
        assert only(machine.disk).level is level

    def test_enough(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=10**12))
        assert list(machine.disk()) == []


class TestFiles:
    def test_closed(self, folder: Path) -> None:
        (folder / "secret_key").touch(0o600)
        assert list(machine.files()) == []

    def test_a_folder_for_everybody(self, folder: Path) -> None:
        folder.chmod(0o755)
        found = only(machine.files)
        assert found.level is Level.ERROR
        assert found.do == f"chmod 700 {folder}"

    @pytest.mark.parametrize("mode", [0o640, 0o604])
    def test_a_key_that_others_can_read(self, folder: Path, mode: int) -> None:
        key = folder / "secret_key"
        key.write_text("geheim")
        key.chmod(mode)
        found = only(machine.files)
        assert found.do == f"chmod 600 {key}"
        assert "geheim" not in found.what

    def test_backups_for_everybody(self, folder: Path) -> None:
        (folder / "backups").mkdir()
        (folder / "backups").chmod(0o705)
        assert "backups" in only(machine.files).do

    def test_a_folder_that_cannot_be_written(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
        assert "cannot be written" in only(machine.files).what


class TestBackup:
    def made(self, folder: Path, days: float) -> None:
        at = datetime.now(UTC) - timedelta(days=days)
        (folder / "last_backup").write_text(json.dumps({"at": at.isoformat(), "file": "/b.zip", "sha256": ""}))

    def test_none(self) -> None:
        assert only(machine.backup).level is Level.WARNING

    def test_last_night(self, folder: Path) -> None:
        self.made(folder, 0.5)
        assert list(machine.backup()) == []

    @pytest.mark.parametrize(("days", "level"), [(3, Level.WARNING), (9, Level.ERROR)])
    def test_long_ago(self, folder: Path, days: int, level: Level) -> None:
        self.made(folder, days)
        found = only(machine.backup)
        assert found.level is level
        assert f"{days} days" in found.what

    def test_an_unreadable_note_is_an_error_and_no_crash(self, folder: Path) -> None:
        (folder / "last_backup").write_text("{")
        (found,) = examine({"backup": machine.backup})
        assert found.level is Level.ERROR


class TestMail:
    @pytest.mark.parametrize("kind", ["dummy", "console", "locmem"])
    def test_not_set(self, settings: Settings, kind: str) -> None:
        settings.EMAIL_BACKEND = f"django.core.mail.backends.{kind}.EmailBackend"
        found = only(machine.mail)
        assert found.level is Level.WARNING
        assert "EMAIL_URL" in found.do

    def test_a_server_that_answers(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        settings.EMAIL_BACKEND = SMTP
        monkeypatch.setattr(EmailBackend, "open", lambda _self: True)
        assert list(machine.mail()) == []

    def test_nobody_listens(self, settings: Settings) -> None:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", 1
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "wegweiser", "geheim"
        found = only(machine.mail)
        assert found.level is Level.ERROR
        assert "ConnectionRefusedError" in found.what
        assert "geheim" not in found.what + found.do


class TestClockwork:
    def test_never_started(self) -> None:
        assert "wegweiser serve" in only(machine.clockwork).do

    def test_running(self, folder: Path) -> None:
        (folder / "last_round").touch()
        assert list(machine.clockwork()) == []

    def test_stopped(self, folder: Path) -> None:
        (folder / "last_round").touch()
        before = time.time() - machine.ROUND_AT_LEAST - 1
        os.utime(folder / "last_round", (before, before))
        assert only(machine.clockwork).level is Level.WARNING
