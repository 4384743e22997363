from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.alone import alone
from directory.collecting.links.checking import check_links, dead


class Command(BaseCommand):
    help = "Ask the web addresses of public entries that are due whether they still work."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those that are not due yet")
        parser.add_argument("--at-most", type=int, help="so many links")

    def handle(self, *args: Any, **options: Any) -> None:
        with alone("links") as mine:
            if not mine:
                raise CommandError("Another process is checking the links just now.")
            found = check_links(everything=options["all"], at_most=options["at_most"], report=self.report)
        if found.is_offline:
            raise CommandError("Nobody answered at all: is this machine on the net? Nothing was noted.")
        self.stdout.write(
            f"{found.asked} links asked: {found.works} work, {found.failed} failed; "
            f"{found.dead} are on the list of dead links, {found.left} are still due."
        )
        for check in dead():
            self.stdout.write(f"   {check.url}: {check.get_outcome_display()}")

    def report(self, done: int, total: int) -> None:
        self.stderr.write(f"   {done} of {total}")
