from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.vocabulary import area_tree, home_area
from referrals import cases, queries
from referrals.ablation import as_table, effects
from referrals.stored_cases import stored_cases


class Command(BaseCommand):
    help = "Which cases each rule of the order decides: the table of docs/referrals.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", type=Path, metavar="FILE.yaml", help="instead of those that staff keep")

    def handle(self, *args: Any, **options: Any) -> None:
        tree = area_tree()
        try:
            path = options["cases"]
            found = cases.read(path, areas=tree.areas) if path else stored_cases()
        except cases.CaseError as error:
            raise CommandError(str(error)) from error
        table = as_table(effects(found, queries.bodies(), queries.rules(), tree, home_area()))
        self.stdout.write(table)
