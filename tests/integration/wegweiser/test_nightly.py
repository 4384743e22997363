"""Once a night the referral is proven again, and a fault is told."""

import json
import os
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from referrals import proofs
from referrals.models import GapCount
from wegweiser import nightly

NIGHT = datetime(2026, 11, 20, 3, 30, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture(autouse=True)
def report(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / nightly.REPORT


def ran(report: Path, at: datetime) -> None:
    report.touch()
    os.utime(report, (at.timestamp(), at.timestamp()))


@pytest.mark.parametrize(("hour", "due"), [(2, False), (3, True), (5, True), (6, False), (12, False)])
def test_the_first_time_is_at_night(hour: int, due: bool) -> None:
    assert nightly.is_due(NIGHT.replace(hour=hour)) is due


@pytest.mark.parametrize(
    ("hours_ago", "due"), [(0.02, False), (1, False), (11, False), (24, True), (23, True), (200, True)]
)
def test_once_a_night(report: Path, hours_ago: float, due: bool) -> None:
    ran(report, NIGHT - timedelta(hours=hours_ago))
    assert nightly.is_due(NIGHT) is due


@pytest.mark.parametrize(("hours_ago", "due"), [(9, False), (33, False), (49, True)])
def test_by_day_only_where_no_night_came(report: Path, hours_ago: float, due: bool) -> None:
    noon = NIGHT.replace(hour=12)
    ran(report, noon - timedelta(hours=hours_ago))
    assert nightly.is_due(noon) is due


@pytest.mark.django_db
def test_what_was_found_lies_in_the_data_folder(
    report: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = proofs.Outcome(proofs.PROOFS[0], ("A text is missing.",), 0.1)
    monkeypatch.setattr(proofs, "examine", lambda: [wrong])
    nightly.run()
    assert json.loads(report.read_text(encoding="utf-8"))["proofs"][0]["found"] == ["A text is missing."]
    assert "The referral has 1 faults" in caplog.text
    assert "check_referrals" in caplog.text


@pytest.mark.django_db
def test_counted_gaps_that_nobody_may_see_are_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "examine", list)
    GapCount.objects.create(day=date(2020, 1, 5), number=500)
    nightly.run()
    assert not GapCount.objects.exists()


@pytest.mark.django_db
def test_a_proof_that_breaks_waits_for_the_next_night(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks() -> None:
        raise ValueError("broken")

    monkeypatch.setattr(proofs, "examine", breaks)
    with pytest.raises(ValueError, match="broken"):
        nightly.run()
    assert not nightly.is_due(datetime.now(ZoneInfo("Europe/Berlin")).replace(hour=4))


def test_the_round_attempts_it(monkeypatch: pytest.MonkeyPatch, report: Path) -> None:
    runs: list[bool] = []
    monkeypatch.setattr(nightly, "is_due", lambda now: True)
    monkeypatch.setattr(nightly, "run", lambda: runs.append(True))
    nightly.attempt()
    monkeypatch.setattr(nightly, "is_due", lambda now: False)
    nightly.attempt()
    assert runs == [True]
