import multiprocessing
from argparse import ArgumentParser
from pathlib import Path
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from search import indexing, worker
from wegweiser import installation, static_files, timed
from wegweiser.steps import Steps

SECONDS_TO_FINISH = 30


class Command(BaseCommand):
    help = "Serve a city's own site, behind a proxy that speaks https, and publish what is scheduled."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1, this machine only")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--socket", type=Path, metavar="FILE", help="a Unix socket in place of host and port")
        parser.add_argument("--workers", type=int, default=2, help="processes; default: 2")
        parser.add_argument("--threads", type=int, default=4, help="threads of each process; default: 4")
        parser.add_argument("--data-dir", help="where database, index and media lie")

    def handle(self, *args: Any, **options: Any) -> None:
        steps = Steps()
        self._prepare(steps)
        connections.close_all()
        stop = Event()
        timed.start(stop)
        worker.start(stop)
        where = options["socket"] or f"{options['host']}:{options['port']}"
        steps.say(f"{settings.PUBLIC_URL} is served from {where}. Stop with Ctrl+C.")
        try:
            self._serve(options)
        finally:
            stop.set()

    def _prepare(self, steps: Steps) -> None:
        if settings.SECURE_SSL_REDIRECT and not settings.SECURE_PROXY_SSL_HEADER:
            raise CommandError(
                "TRUSTED_PROXY is missing: set it to true where a proxy speaks https and sets X-Forwarded-Proto "
                "itself. Without one nobody could be served."
            )
        with steps.step("Data folder"):
            installation.prepare_data_folder()
        with steps.step("Database"):
            refuse_old_tables()
        with steps.step("Static files"):
            static_files.collect()
        with steps.step("Search index") as progress:
            if not indexing.is_usable():
                indexing.rebuild(progress=progress)

    def _serve(self, options: dict[str, Any]) -> None:
        from granian.constants import Interfaces  # loads a compiled server, which the other commands do not need
        from granian.log import LogLevels
        from granian.server import Server

        # Not forked: threads, connections and an open index would come along broken.
        multiprocessing.set_start_method("spawn", force=True)
        Server(
            "wegweiser.wsgi:application",
            address=options["host"],
            port=options["port"],
            uds=options["socket"],
            uds_permissions=0o660,
            interface=Interfaces.WSGI,
            websockets=False,
            workers=options["workers"],
            blocking_threads=options["threads"],
            respawn_failed_workers=True,
            workers_kill_timeout=SECONDS_TO_FINISH,
            log_dictconfig=settings.LOGGING,
            log_level=LogLevels.warning,
            log_access=False,
        ).serve()


def refuse_old_tables() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database is not that of this version: run `wegweiser upgrade` first.")
