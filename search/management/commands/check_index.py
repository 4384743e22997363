from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import indexing
from search.indexing import Difference


class Command(BaseCommand):
    help = "Compare the search index with the public listings."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="build the index anew where they differ")

    def handle(self, *args: Any, **options: Any) -> None:
        difference = indexing.check()
        if difference and options["repair"]:
            self.stderr.write(in_words(difference))
            if not indexing.rebuild():
                raise CommandError("Another process is writing the index. Try again when it is done.")
            difference = indexing.check()
        if difference:
            raise CommandError(in_words(difference))
        self.stdout.write("The index holds exactly the public listings.")


def in_words(difference: Difference) -> str:
    parts = [difference.problem and f"The index cannot be used as it is: {difference.problem}."]
    parts += [f"Missing: {', '.join(difference.missing)}."] if difference.missing else []
    parts += [f"No longer public: {', '.join(difference.superfluous)}."] if difference.superfluous else []
    return " ".join(part for part in parts if part)
