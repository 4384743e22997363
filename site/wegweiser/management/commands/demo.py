from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from directory.vocabulary_files import VocabularyError
from search import indexing
from wegweiser import installation
from wegweiser.demo import loader
from wegweiser.demo.sheets import DataError
from wegweiser.steps import Steps


class Command(BaseCommand):
    help = "Set up a site with the demo data of Düsseldorf and Jena, and serve it."
    # The checks look at the database, which the first step makes.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="set up only")
        parser.add_argument("--port", type=int, help="default: the first free port from 8000; 0: any")
        parser.add_argument("--data-dir", help="where database, index and media lie")
        parser.add_argument("--reset", action="store_true", help="delete an earlier demo first")

    def handle(self, *args: Any, **options: Any) -> None:
        steps = Steps()
        password = self._set_up(steps, reset=options["reset"])
        if password:
            steps.say(f"Administrator: {installation.ADMINISTRATOR}, password: {password} (shown this once)")
        if not options["no_serve"]:
            self._serve(steps, installation.free_port(options["port"]))

    def _set_up(self, steps: Steps, *, reset: bool) -> str:
        with steps.step("Data folder"):
            folder = installation.prepare_data_folder()
            if reset:
                installation.reset(folder)
        with steps.step("Database") as progress:
            installation.migrate(progress)
        with steps.step("Demo data") as progress:
            try:
                loader.load(progress=progress)
            except (DataError, VocabularyError) as error:
                raise CommandError(str(error)) from error
        with steps.step("Search index") as progress:
            indexing.rebuild(progress=progress)
        with steps.step("Administrator"):
            password = installation.create_administrator()
        steps.say(f"Data folder: {folder}")
        return password

    def _serve(self, steps: Steps, port: int) -> None:
        from granian.constants import Interfaces  # loads a compiled server, which the other commands do not need
        from granian.server import Server

        for code, name in settings.LANGUAGES:
            steps.say(f"{name}: http://localhost:{port}/{code}/")
        steps.say(f"Editing: http://localhost:{port}/admin/")
        steps.say("Stop with Ctrl+C.")
        Server(
            "wegweiser.wsgi:application",
            address="127.0.0.1",
            port=port,
            interface=Interfaces.WSGI,
            blocking_threads=4,
            log_enabled=False,  # no line may name what a visitor asked for
        ).serve()
