from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from directory.exchange import table_jobs


class Command(BaseCommand):
    help = "Work on a table that somebody has uploaded. The screen of imports starts this by itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        table_jobs.run(options["file"])
