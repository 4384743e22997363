from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from directory.exchange import translations
from directory.management.translation_commands import SteppedCommand, language, states
from directory.translatable import translatable_models


class Command(SteppedCommand):
    help = "Write all texts with their translations into one language as a workbook (.xlsx)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--language", type=language, required=True)
        parser.add_argument("--out", type=Path, required=True, help="the file; its folder is made where missing")
        parser.add_argument("--only", type=states, default=frozenset(), help="states, such as missing,outdated")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["out"]
        self.step(f"Reading the texts and their translations into {options['language']} …")
        found = list(translations.rows(options["language"], translatable_models(), options["only"]))
        self.step(f"Writing {len(found)} rows …")
        unfinished = path.with_name(f".{path.name}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            written = translations.write(unfinished, options["language"], found)
            unfinished.replace(path)  # nobody ever reads half a file
        except OSError as error:
            raise CommandError(f"Cannot write {path} ({error.strerror}). Choose another --out.") from error
        if left_out := len(found) - written:
            self.step(f"{left_out} texts are too long for a cell of a spreadsheet and were left out.")
        self.stdout.write(f"{written} rows: {path}")
