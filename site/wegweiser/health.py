"""What a monitor asks: does the process answer (/healthz), can it serve pages (/readyz). One word, no data."""

import logging
from collections.abc import Callable
from functools import cache

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

from directory.models import Change
from search import reader

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class NotReadyError(Exception):
    pass


class Health:
    """A middleware, for a container asks by its own address, before any host, language or session is looked at."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path not in ("/healthz", "/readyz"):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return answer(request.path == "/healthz" or is_ready())


def answer(well: bool) -> HttpResponse:
    response = HttpResponse("ok\n" if well else "not ready\n", content_type="text/plain; charset=utf-8")
    response.status_code = 200 if well else 503
    response.headers["Cache-Control"] = "no-store"
    return response


def is_ready() -> bool:
    try:
        Change.position()
        all_migrations_applied()
        reader.library()
    except Exception:  # whatever it is: this process cannot serve
        logger.exception("Not ready")
        return False
    return True


@cache
def all_migrations_applied() -> None:
    """Looked at until it holds once: the program of a running process does not change. A failure is not kept."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReadyError
