from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.indexes import Index, indexes
from search.indexing import Difference, silent
from search.port import EngineError


class Command(BaseCommand):
    help = "Compare the search index with the public listings; with SEARCH_URL both indexes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="build the index anew where they differ")

    def handle(self, *args: Any, **options: Any) -> None:
        found = indexes()
        failed = []
        for index in found:
            name = f"{index.name}: " if len(found) > 1 else ""
            problem = self._check(index, repair=options["repair"])
            if problem:
                failed.append(name + problem)
            else:
                self.stdout.write(f"{name}The index holds exactly the public listings.")
        if failed:
            raise CommandError("\n".join(failed))

    def _check(self, index: Index, *, repair: bool) -> str:
        difference = index.check()
        if difference and repair:
            self.stderr.write(in_words(difference))
            try:
                mine = (index.follow() and not index.check()) or index.rebuild(silent)
            except EngineError as error:
                return f"{error}."
            if not mine:
                return "Another process is writing the index. Try again when it is done."
            difference = index.check()
        return in_words(difference) if difference else ""


def in_words(difference: Difference) -> str:
    parts = [difference.problem and f"The index cannot be used as it is: {difference.problem}."]
    parts += [f"Missing: {', '.join(difference.missing)}."] if difference.missing else []
    parts += [f"No longer public: {', '.join(difference.superfluous)}."] if difference.superfluous else []
    return " ".join(part for part in parts if part)
