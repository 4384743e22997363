"""The operator's command: what it tells where, and that a mistake stops everything."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from directory.exchange import table_import, table_jobs, table_plan
from directory.models import Listing
from tests.integration.directory.making import listing
from tests.integration.exchange.tables import change, give, take
from wegweiser.management.commands import import_listings

pytestmark = pytest.mark.django_db
NEW = {"organisation": "house", "kind": "offer", "audience": "affected", "title_de": "Neu"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    listing()
    return take(tmp_path / "table.csv")


def run(path: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("import_listings", path, stdout=out, **options)
    return out.getvalue().strip()


def test_untouched_nothing_changes(path: Path) -> None:
    assert run(path) == "Nothing changes."
    assert json.loads(run(path, json=True)) == {"written": False, "new": 0, "changed": 0, "same": 1, "wrong": 0}


def test_a_dry_run_writes_nothing(path: Path) -> None:
    assert run(change(path, "advice", title_de="Neu"), dry_run=True) == "1 entries would be written."
    assert Listing.objects.get().title_de == "Beratung"


def test_public_entries_are_changed_for_everybody(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(change(path, "advice", title_de="Neu")) == "1 entries written."
    assert Listing.objects.get().title_de == "Neu"
    told = capsys.readouterr()
    assert told.out == ""
    assert "1. Compare table.csv" in told.err
    assert "2. Write 1 entries" in told.err


@pytest.mark.parametrize("publish", [False, True])
def test_new_entries_are_drafts_unless_asked_for(path: Path, publish: bool) -> None:
    found = json.loads(run(give(path, [NEW]), publish=publish, json=True))
    assert (found["written"], found["new"]) == (True, 1)
    assert found["published" if publish else "drafts"] == 1
    assert Listing.objects.get(slug="neu").live is publish


def test_mistakes_are_told_and_nothing_is_written(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"slug": "advice", "title_de": "Neu"}, {**NEW, "kind": "x"}, {**NEW, "kind": "x", "title_de": "b"}]
    with pytest.raises(CommandError, match="nothing was written"):
        run(give(path, rows))
    told = capsys.readouterr().err
    assert "3, 4" in told
    assert "(kind)" in told
    assert [entry.title_de for entry in Listing.objects.all()] == ["Beratung"]


def test_no_more_mistakes_than_one_can_read(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_listings, "SHOWN", 1)
    with pytest.raises(CommandError):
        run(change(path, "advice", cost="x", kind="y"))
    assert "1 more" in capsys.readouterr().err


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"")
    with pytest.raises(CommandError, match="1 mistakes"):
        run(tmp_path / "x")
    with pytest.raises(CommandError, match="no file"):
        run(tmp_path / "y")


def test_the_report_holds_every_change(path: Path, tmp_path: Path) -> None:
    run(change(path, "advice", title_de="+Neu", cost="paid"), dry_run=True, report=tmp_path / "report.csv")
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["row"], row["slug"], row["column"], row["after"]) for row in csv.DictReader(file)]
    assert rows == [("2", "advice", "title_de", "'+Neu"), ("2", "advice", "cost", "paid")]
    assert not (tmp_path / ".report.csv.part").exists()
    with pytest.raises(CommandError, match="Choose another --report"):
        run(path, report=tmp_path / "no" / "report.csv")


def test_one_import_at_a_time(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from contextlib import nullcontext

    monkeypatch.setattr(import_listings, "alone", lambda _work: nullcontext(enter_result=False))
    with pytest.raises(CommandError, match="Another import"):
        run(path)


def test_somebody_writes_meanwhile(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def overtaken(*_given: Any) -> Any:
        raise table_import.OvertakenError
        yield  # as a generator

    monkeypatch.setattr(table_import, "carry_out", overtaken)
    with pytest.raises(CommandError, match="meanwhile"):
        run(change(path, "advice", title_de="Neu"))


def test_an_uploaded_file_is_worked_on(path: Path, admin_user: Any) -> None:
    table_jobs._keep(path, table_jobs.Job(user=admin_user.pk))
    call_command("run_import", path)
    job = table_jobs.find(path)
    assert job is not None
    assert job.stage is table_jobs.Stage.COMPARED
    assert job.result["lines"]
    assert list(table_plan.Fate)
