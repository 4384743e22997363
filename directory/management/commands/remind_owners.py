"""Runs every night by itself; by hand to see what is due, or to begin with some organisations."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from directory import mailing
from directory.management.translation_commands import SteppedCommand
from directory.reviewing.brakes import is_frozen
from directory.upkeep.asking import remind_owners
from directory.vocabulary import configuration


class Command(SteppedCommand):
    help = "Ask organisations by mail whether their entries are still right, and remind those that did not answer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "organisations", nargs="*", metavar="SLUG", help="only these; without: all that are due"
        )
        parser.add_argument("--at-most", type=int, metavar="N", help="write no more than N mails")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write to nobody")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dry_run"]:
            refuse_where_nobody_may_be_written_to()
        found: dict[str, int] = {}
        pretend = "would be " if options["dry_run"] else ""
        self.step("Looking for organisations whose entries are to be confirmed …")
        for told in remind_owners(
            at_most=options["at_most"], only=options["organisations"], pretend=options["dry_run"],
            progress=self.progress,
        ):  # fmt: skip
            found[told.what] = found.get(told.what, 0) + 1
            said = f"{pretend}{told.what}" if told.wrote else told.what
            self.stdout.write(f"{told.slug}: {said}, {told.listings} entries")
        counted = ", ".join(f"{number} {what}" for what, number in sorted(found.items()))
        self.stdout.write(f"Done: {counted}." if counted else "Nobody is due.")

    def progress(self, done: int, total: int) -> None:
        self.stderr.write(f"   {done} of {total}")


def refuse_where_nobody_may_be_written_to() -> None:
    if not mailing.can_be_sent():
        raise CommandError("No mail can be sent: set EMAIL_URL, see .env.example. --dry-run shows who is due.")
    if configuration().demo:
        raise CommandError(
            "Demo data name bodies that exist: nobody is written to. Switch “unconfirmed demo data” off "
            "in the configuration when the entries are your own. --dry-run shows who is due."
        )
    if is_frozen():
        raise CommandError("Entries are frozen, so no answer could be taken. Thaw them first.")
