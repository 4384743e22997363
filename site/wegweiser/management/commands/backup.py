from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wegweiser.backup import making, restoring, retention
from wegweiser.steps import Steps


class Command(BaseCommand):
    help = "Write database and media into one file, while the server runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="for example wegweiser-2026-11-21.zip")
        parser.add_argument("--force", action="store_true", help="overwrite FILE")
        parser.add_argument("--keep", type=int, metavar="N", help="delete older backups beside FILE; N are left")
        parser.add_argument("--data-dir", help="where database, index and media lie")

    def handle(self, *args: Any, **options: Any) -> None:
        keep = options["keep"]
        if keep is not None and keep < 1:
            raise CommandError("--keep counts the new backup too: it must be 1 or more.")
        steps = Steps()
        made = write(options["file"], steps, force=options["force"])
        steps.say(f"SHA-256 of the contents: {made.seal}")
        steps.say("The file holds password hashes and the secrets of second factors: keep it encrypted.")
        if keep:
            for path in retention.prune(made.file, keep):
                steps.say(f"Deleted: {path}")
        self.stdout.write(str(made.file))


def write(file: Path, steps: Steps, *, force: bool = False) -> making.Made:
    restoring.settle()
    with restoring.alone(reading=True), steps.step("Backup") as progress:
        made = making.make(file, force=force, on_row=progress, on_file=progress)
    counts = f"{made.manifest.rows} rows, {len(made.manifest.members)} parts, {made.file.stat().st_size >> 10} KB"
    steps.say(f"{made.file}: {counts}")
    for name in made.missing:
        steps.say(f"Missing in the media folder, and so in the backup: {name}")
    return made
