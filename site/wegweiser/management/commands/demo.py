import multiprocessing
import os
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from directory.vocabulary_files import VocabularyError
from search import indexing, worker
from wegweiser import installation, roles
from wegweiser.demo import loader, members
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
        for role, (name, password) in self._set_up(steps, reset=options["reset"]).items():
            steps.say(f"{role}: {name}, password: {password} (shown this once)")
        if not options["no_serve"]:
            self._serve(steps, installation.free_port(options["port"]))

    def _set_up(self, steps: Steps, *, reset: bool) -> dict[str, tuple[str, str]]:
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
        with steps.step("Staff"):
            people = self._staff()
        with steps.step("Members"):
            people |= members.create()
        steps.say(f"Data folder: {folder}")
        return people

    def _staff(self) -> dict[str, tuple[str, str]]:
        roles.install()
        password = installation.create_administrator()
        first = {roles.ADMINISTRATOR: (installation.ADMINISTRATOR, password)} if password else {}
        return first | installation.create_one_for_each_role()

    def _serve(self, steps: Steps, port: int) -> None:
        from granian.constants import Interfaces  # loads a compiled server, which the other commands do not need
        from granian.server import Server

        settings.SECOND_FACTOR = os.environ.setdefault("SECOND_FACTOR", "optional")  # this machine's own address
        if settings.SECOND_FACTOR == "optional":
            steps.say("Sign-in asks for no second factor: this is a demo. SECOND_FACTOR=required shows it.")
        for code, name in settings.LANGUAGES:
            steps.say(f"{name}: http://localhost:{port}/{code}/")
        steps.say(f"Editing: http://localhost:{port}/admin/")
        steps.say(f"Organisations: http://localhost:{port}/konto/")
        steps.say("Stop with Ctrl+C.")
        if settings.SEARCH_URL:
            connections.close_all()
            multiprocessing.set_start_method("spawn", force=True)  # not forked: threads would come along broken
            worker.start(Event())
        Server(
            "wegweiser.wsgi:application",
            address="127.0.0.1",
            port=port,
            interface=Interfaces.WSGI,
            blocking_threads=4,
            log_enabled=False,  # no line may name what a visitor asked for
        ).serve()
