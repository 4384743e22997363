from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from directory.exchange import translations_import as importing
from directory.management.translation_commands import SteppedCommand, language


class Command(SteppedCommand):
    help = "Read a workbook of translations back: all of it or, where anything is wrong with it, nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--language", type=language, help="refuse a file of another language")
        parser.add_argument("--dry-run", action="store_true", help="only tell what would change")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.")
        self.step(f"Reading {options['file']} …")
        plan = importing.plan(options["file"], language=options["language"] or "", by=None)
        if plan.problems:
            for problem in plan.problems:
                self.stderr.write(f"   {problem}")
            raise CommandError(f"{len(plan.problems)} problems; nothing was written. Correct the file.")
        for line in importing.lines(plan):
            self.stderr.write(f"   {line}")
        if options["dry_run"]:
            self.stdout.write(f"{plan.writes} texts would be written.")
            return
        self.step(f"Writing {plan.writes} texts …")
        outcome = importing.carry_out(plan, by=None)
        for line in importing.told(outcome):
            self.stderr.write(f"   {line}")
        self.stdout.write(f"{plan.writes} texts written.")
