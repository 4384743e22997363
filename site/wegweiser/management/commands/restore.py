import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import indexing
from wegweiser import installation
from wegweiser.backup import media, restoring
from wegweiser.backup.manifest import Manifest
from wegweiser.steps import Steps


class Command(BaseCommand):
    help = "Put a backup in the place of database and media. What is there now is lost."
    # The checks look at a database that may be damaged or not there yet.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--yes", action="store_true", help="do not ask")
        parser.add_argument("--check", action="store_true", help="only compare the file, change nothing")
        parser.add_argument("--data-dir", help="where database, index and media lie")

    def handle(self, *args: Any, **options: Any) -> None:
        steps = Steps()
        installation.prepare_data_folder()
        with restoring.opened(options["file"], steps) as reader:
            steps.say(in_words(reader.manifest))
            if options["check"]:
                return
            if not options["yes"]:
                confirm()
            with steps.step("Database and media") as progress:
                restoring.restore(reader, on_row=progress, on_file=progress)
        with steps.step("Search index") as progress:
            indexing.rebuild(progress=progress)
        steps.say("Restored. Everybody has to sign in again. A running server shows it at once.")
        steps.say("Next: `wegweiser doctor` looks at the whole installation.")


def in_words(contents: Manifest) -> str:
    files = sum(name.startswith(media.FOLDER) for name in contents.members)
    return (
        f"Made on {contents.made_at} by Wegweiser {contents.program} on {contents.vendor}: "
        f"{contents.rows} rows in {len(contents.tables)} tables, {files} pictures and documents."
    )


def confirm() -> None:
    if not sys.stdin.isatty():
        raise CommandError("Nobody is there to ask: say --yes to replace what is there now.")
    if input("Replace the database and all media with it? Type yes: ").strip().lower() != "yes":
        raise CommandError("Nothing has been changed.")
