from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import worker
from search.indexes import indexes, there
from search.port import EngineError


class Command(BaseCommand):
    help = (
        "Keep the search indexes level with the database, as `serve` does: for a host that serves in another way."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="bring them there and end")

    def handle(self, *args: Any, **options: Any) -> None:
        if there() is None:
            raise CommandError("SEARCH_URL is not set: whoever serves keeps the index of this host.")
        if options["once"]:
            self._once()
        else:
            self._always()

    def _once(self) -> None:
        failed = []
        for index in indexes():
            try:
                worker.once(index)
            except EngineError as error:
                failed.append(f"{index.name}: {error}.")
        if failed:
            raise CommandError("\n".join(failed))

    def _always(self) -> None:
        stop = Event()
        threads = worker.start(stop)
        self.stderr.write("The search indexes follow the database. Stop with Ctrl+C.")
        try:
            for thread in threads:
                thread.join()
        except KeyboardInterrupt:
            stop.set()
