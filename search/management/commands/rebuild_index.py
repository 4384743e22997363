from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.indexes import Index, indexes
from search.port import EngineError


class Command(BaseCommand):
    help = "Build the search index anew, beside the one in use, and swap it in; with SEARCH_URL both indexes."

    def handle(self, *args: Any, **options: Any) -> None:
        found = indexes()
        failed = []
        for index in found:
            problem = self._rebuild(index)
            name = f"{index.name}: " if len(found) > 1 else ""
            if problem:
                failed.append(name + problem)
            else:
                self.stdout.write(f"{name}{len(index.held())} listings indexed.")
        if failed:
            raise CommandError("\n".join(failed))

    def _rebuild(self, index: Index) -> str:
        """What is wrong, in words."""
        try:
            mine = index.rebuild(self.progress)
        except EngineError as error:
            return f"{error}."
        return "" if mine else "Another process is writing the index. Try again when it is done."

    def progress(self, done: int, total: int) -> None:
        if done % 500 == 0:
            self.stderr.write(f"{done} of {total}")
