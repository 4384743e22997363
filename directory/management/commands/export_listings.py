from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.exchange import spreadsheet
from directory.exchange.record import ListingRecord, records

FORMATS: dict[str, Callable[[Sequence[ListingRecord], Path], None]] = {
    "csv": spreadsheet.write_csv,
    "xlsx": spreadsheet.write_xlsx,
}


class Command(BaseCommand):
    help = "Write everything public of all published listings into a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=sorted(FORMATS), required=True)
        parser.add_argument("--out", type=Path, required=True, help="a folder; it is made where missing")

    def handle(self, *args: Any, **options: Any) -> None:
        found = tuple(records())
        path = options["out"] / f"listings.{options['format']}"
        unfinished = path.with_name(f".{path.name}.part")
        try:
            options["out"].mkdir(parents=True, exist_ok=True)
            FORMATS[options["format"]](found, unfinished)
            unfinished.replace(path)  # nobody ever reads half a file
        except OSError as error:
            raise CommandError(f"Cannot write {path} ({error.strerror}). Choose another --out.") from error
        self.stdout.write(f"{len(found)} listings: {path}")
