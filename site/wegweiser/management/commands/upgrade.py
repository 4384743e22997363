from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from wegweiser import upgrading
from wegweiser.steps import Steps


class Command(BaseCommand):
    help = "Bring database, vocabularies, roles and index to this version; on an empty database: make them."
    # The checks look at a database that may not be there yet.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-backup", action="store_true", help="there is another one")
        parser.add_argument("--data-dir", help="where database, index and media lie")

    def handle(self, *args: Any, **options: Any) -> None:
        upgrading.upgrade(Steps(), with_backup=not options["no_backup"])
