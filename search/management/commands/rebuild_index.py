from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import indexing


class Command(BaseCommand):
    help = "Build the search index anew, beside the one in use, and swap it in."

    def handle(self, *args: Any, **options: Any) -> None:
        if not indexing.rebuild(self.progress):
            raise CommandError("Another process is writing the index. Try again when it is done.")
        self.stdout.write(f"{len(indexing.held())} listings indexed.")

    def progress(self, done: int, total: int) -> None:
        if done % 500 == 0:
            self.stderr.write(f"{done} of {total}")
