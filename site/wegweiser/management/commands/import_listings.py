import csv
import json
from argparse import ArgumentParser
from collections.abc import Generator
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError

from directory.alone import alone
from directory.exchange import table_import, table_plan, table_report
from directory.exchange.table_lookup import Scope
from wegweiser.steps import Progress, Steps

Result = TypeVar("Result")
SHOWN = 200  # mistakes on the screen; all of them are in the report


class Command(BaseCommand):
    help = "Read a table of entries (.xlsx or .csv): all of it or, where anything is wrong with it, nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only tell what would change")
        parser.add_argument("--publish", action="store_true", help="publish new entries; else they become drafts")
        parser.add_argument("--report", type=Path, help="write every change and every mistake into this CSV file")
        parser.add_argument("--json", action="store_true", help="tell the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        with alone("import_listings") as mine:
            if not mine:
                raise CommandError("Another import is running. Wait until it has ended.")
            self.bring(path, Scope(publish=options["publish"]), options)

    def bring(self, path: Path, scope: Scope, options: dict[str, Any]) -> None:
        steps = Steps()
        with steps.step(f"Compare {path.name} with the entries") as progress:
            plan = _followed(table_plan.plan(path, scope), progress)
        if options["report"]:
            _write_report(plan, options["report"])
        for line in (*plan.notes, *table_plan.lines(plan)):
            steps.say(f"   {line}")
        if not plan.is_right:
            self.refuse(plan, steps)
        if options["dry_run"] or not plan.writes:
            self.tell(plan, None, as_json=options["json"])
            return
        with steps.step(f"Write {plan.writes} entries") as progress:
            try:
                outcome = _followed(table_import.carry_out(plan, scope), progress)
            except table_import.OvertakenError as problem:
                words = "Somebody wrote to one of the entries meanwhile; nothing was written. Try again."
                raise CommandError(words) from problem
        for line in table_import.told(outcome):
            steps.say(f"   {line}")
        self.tell(plan, outcome, as_json=options["json"])

    def refuse(self, plan: table_plan.Plan, steps: Steps) -> None:
        found = list(table_report.mistakes(plan))
        for line in [plan.refused] if plan.refused else found[:SHOWN]:
            steps.say(f"   {line}")
        if len(found) > SHOWN:
            steps.say(f"   … and {len(found) - SHOWN} more: --report FILE writes them all.")
        raise CommandError(f"{len(found) or 1} mistakes; nothing was written. Correct the file.")

    def tell(self, plan: table_plan.Plan, outcome: table_import.Outcome | None, *, as_json: bool) -> None:
        if as_json:
            counts = {str(how): plan.counts[how] for how in table_plan.Fate}
            done = {name: len(found) for name, found in vars(outcome).items()} if outcome else {}
            self.stdout.write(json.dumps({"written": outcome is not None, **counts, **done}))
        elif not plan.writes:
            self.stdout.write("Nothing changes.")
        elif outcome is None:
            self.stdout.write(f"{plan.writes} entries would be written.")
        else:
            self.stdout.write(f"{plan.writes} entries written.")


def _followed(steps: Generator[table_plan.Progress, None, Result], progress: Progress) -> Result:
    while True:
        try:
            progress(*next(steps))
        except StopIteration as end:
            found: Result = end.value
            return found


def _write_report(plan: table_plan.Plan, path: Path) -> None:
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with unfinished.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(table_report.rows(plan))
        unfinished.replace(path)
    except OSError as error:
        raise CommandError(f"Cannot write {path} ({error.strerror}). Choose another --report.") from error
