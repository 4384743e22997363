"""An import from the upload to its end, for the screens: compared, looked at, written.

A large table takes longer than a browser waits, so it is worked on by a process of its own, which survives the
request and leaves beside the uploaded file how far it has come. Small ones are worked on at once, the same way.
"""

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.utils import translation
from django.utils.translation import gettext as _

from directory.exchange import table_import, table_plan, table_report
from directory.exchange.table_lookup import Scope
from directory.exchange.table_plan import Fate, Plan, Progress
from directory.exchange.table_reading import Planned
from directory.models import Organisation

SMALL_FILE = 300_000  # bytes
FEW_ENTRIES = 100
SHOWN_ROWS = 100
SHOWN_MISTAKES = 100
SILENT = 180.0  # seconds after which a process that says nothing is taken for dead
_EVERY = 0.5  # seconds between two notes of the progress

Result = TypeVar("Result")
_started: list[subprocess.Popen[bytes]] = []


class Stage(StrEnum):
    COMPARING = "comparing"
    COMPARED = "compared"
    WRITING = "writing"
    WRITTEN = "written"
    OVERTAKEN = "overtaken"  # somebody else wrote meanwhile: compared once more, to be looked at again
    STOPPED = "stopped"


@dataclass(frozen=True)
class Job:
    """What lies beside the file; only plain values."""

    user: int
    organisation: int = 0
    publish: bool = False
    language: str = "de"
    stage: Stage = Stage.COMPARING
    done: int = 0
    total: int = 0
    at: float = 0.0
    result: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_running(self) -> bool:
        return self.stage in (Stage.COMPARING, Stage.WRITING)

    @property
    def scope(self) -> Scope:
        people = get_user_model().objects
        bodies: Any = Organisation.objects
        organisation = bodies.get(pk=self.organisation) if self.organisation else None
        return Scope(by=people.get(pk=self.user), organisation=organisation, publish=self.publish)


def _note_of(path: Path) -> Path:
    return path.with_suffix(".json")


def report_of(path: Path) -> Path:
    return path.with_suffix(".csv")


def find(path: Path) -> Job | None:
    try:
        found = json.loads(_note_of(path).read_text("utf-8"))
    except FileNotFoundError:
        return None
    job = Job(**{**found, "stage": Stage(found["stage"])})
    is_dead = job.is_running and time.time() - job.at > SILENT
    return replace(job, stage=Stage.STOPPED) if is_dead else job


def _keep(path: Path, job: Job) -> Job:
    """Whole or not at all: the page that waits reads it at any moment."""
    noted = replace(job, at=time.time())
    unfinished = _note_of(path).with_suffix(".part")
    unfinished.write_text(json.dumps(asdict(noted)), "utf-8")
    unfinished.replace(_note_of(path))
    return noted


def compare(path: Path, job: Job) -> None:
    _go(path, _keep(path, replace(job, stage=Stage.COMPARING)), at_once=path.stat().st_size <= SMALL_FILE)


def write(path: Path, job: Job, *, publish: bool) -> None:
    few = job.result["writes"] <= FEW_ENTRIES and path.stat().st_size <= SMALL_FILE
    writing = replace(job, stage=Stage.WRITING, publish=publish, done=0, total=0)
    _go(path, _keep(path, writing), at_once=few)


def _go(path: Path, job: Job, *, at_once: bool) -> None:
    if at_once:
        run(path)
    else:
        _start(path)


def _start(path: Path) -> None:
    _started[:] = [each for each in _started if each.poll() is None]
    command = [sys.executable, "-m", "wegweiser", "run_import", str(path)]
    nothing = subprocess.DEVNULL
    _started.append(
        subprocess.Popen(  # noqa: S603 - our own command with the name of our own file
            command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True, env=os.environ
        )
    )


def run(path: Path) -> None:
    """Does what the note asks for."""
    job = find(path)
    if job is None or not job.is_running:
        return
    with translation.override(job.language):
        try:
            _write(path, job) if job.stage is Stage.WRITING else _compare(path, job, Stage.COMPARED)
        except BaseException:
            _keep(path, replace(job, stage=Stage.STOPPED))
            raise


def _compare(path: Path, job: Job, stage: Stage) -> Plan:
    plan = _followed(table_plan.plan(path, job.scope), path, job)
    with report_of(path).open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(table_report.rows(plan))
    _keep(path, replace(job, stage=stage, result=shown(plan)))
    return plan


def _write(path: Path, job: Job) -> None:
    plan = _followed(table_plan.plan(path, job.scope), path, job)
    if plan.fingerprint != job.result["fingerprint"] or not plan.is_right:
        _compare(path, job, Stage.OVERTAKEN)
        return
    try:
        outcome = _followed(table_import.carry_out(plan, _braked(job.scope, plan)), path, job)
    except PermissionDenied as refusal:
        _keep(path, replace(job, stage=Stage.STOPPED, result={"why": str(refusal)}))
        return
    except table_import.OvertakenError:
        _compare(path, job, Stage.OVERTAKEN)
        return
    _keep(path, replace(job, stage=Stage.WRITTEN, result={"lines": list(table_import.told(outcome))}))
    path.unlink(missing_ok=True)


def _braked(scope: Scope, plan: Plan) -> Scope:
    """No account publishes more at once than in an hour: a stolen password would do by a table what it may not."""
    return replace(scope, only_drafts=plan.writes > settings.PUBLISHES_AN_HOUR)


def _followed(steps: Generator[Progress, None, Result], path: Path, job: Job) -> Result:
    noted = 0.0
    while True:
        try:
            done, total = next(steps)
        except StopIteration as end:
            found: Result = end.value
            return found
        if time.monotonic() - noted > _EVERY:
            _keep(path, replace(job, done=done, total=total))
            noted = time.monotonic()


def shown(plan: Plan) -> dict[str, Any]:
    """What fits onto a page; the whole of it is in the report."""
    mistakes = list(table_report.mistakes(plan))
    rows = [row for row in plan.rows if row.cells and not row.problems]
    return {
        "fingerprint": plan.fingerprint,
        "refused": plan.refused,
        "notes": plan.notes,
        "lines": list(table_plan.lines(plan)),
        "writes": plan.writes,
        "too_many": settings.PUBLISHES_AN_HOUR if plan.writes > settings.PUBLISHES_AN_HOUR else 0,
        "new": plan.counts[Fate.NEW],
        "organisations": sorted(plan.organisations)[:SHOWN_ROWS],
        "mistakes": mistakes[:SHOWN_MISTAKES],
        "more_mistakes": max(0, len(mistakes) - SHOWN_MISTAKES),
        "rows": [_row(row) for row in rows[:SHOWN_ROWS]],
        "more_rows": max(0, len(rows) - SHOWN_ROWS),
    }


def _row(row: Planned) -> dict[str, Any]:
    cells = [asdict(cell) for cell in table_report.changes(row)]
    name = row.title or row.slug
    what = _("new") if row.is_new else ""
    return {"number": row.number, "slug": row.slug, "name": name, "what": what, "cells": cells}
