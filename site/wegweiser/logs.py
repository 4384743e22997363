"""What an operator reads of an error: where it happened, and a number to find it by. Never what a visitor sent.

Messages of libraries quote paths, hosts, queries and parameters, and so do those of exceptions: none is printed.
"""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import PurePath
from traceback import walk_tb
from types import FrameType
from typing import Any

ROOMS = ("wegweiser", "referrals", "search", "directory")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")  # a method too is what somebody typed
SERVER = "_granian"
DEEPEST_CAUSE = 5


class WithoutVisitors(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
        parts = [at, record.levelname, record.name, *request_of(record), said(record), *errors(record)]
        return " ".join(" ".join(part.splitlines()) for part in parts if part)


def request_of(record: logging.LogRecord) -> Iterator[str]:
    """Error number, method, and the name of the route: its address is the visitor's."""
    request = getattr(record, "request", None)
    if request is None:
        return
    if number := getattr(request, "error_id", ""):
        yield f"[{number}]"
    method = getattr(request, "method", "")
    yield method if method in METHODS else "-"
    match = getattr(request, "resolver_match", None)
    yield str((match.view_name or match.route) if match else "(no route)")


def said(record: logging.LogRecord) -> str:
    """Our own words, which quote no visitor; of others, where they spoke."""
    if is_ours(record.name) or is_servers_own(record):
        return record.getMessage()
    return f"at {record.module}.{record.funcName}:{record.lineno}"


def is_ours(name: str) -> bool:
    return name.split(".", maxsplit=1)[0] in ROOMS


def is_servers_own(record: logging.LogRecord) -> bool:
    """Starting, stopping, a worker that died. What the server says of a request comes from its compiled part."""
    parts = PurePath(record.pathname).parts
    return record.name == SERVER and parts[-3:-1] == ("granian", "server") and not record.exc_info


def errors(record: logging.LogRecord) -> Iterator[str]:
    exception = record.exc_info[1] if record.exc_info else None
    for _depth in range(DEEPEST_CAUSE):
        if exception is None:
            return
        yield f"{type(exception).__module__}.{type(exception).__qualname__}"
        yield "at " + " > ".join(places(exception))
        following = exception.__cause__ or (None if exception.__suppress_context__ else exception.__context__)
        if following is not None:
            yield "after"
        exception = following


def places(exception: BaseException) -> list[str]:
    """The lines in our own rooms, and the last one wherever it is."""
    frames = list(walk_tb(exception.__traceback__))
    ours = [place(frame, line) for frame, line in frames if is_ours(frame.f_globals.get("__name__", ""))]
    last = [place(frame, line) for frame, line in frames[-1:]]
    return [*ours, *(each for each in last if each not in ours)] or ["?"]


def place(frame: FrameType, line: int) -> str:
    return f"{frame.f_globals.get('__name__', '?')}.{frame.f_code.co_name}:{line}"


def configuration(level: str) -> dict[str, Any]:
    quiet = {"handlers": [], "level": "CRITICAL", "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"without_visitors": {"()": "wegweiser.logs.WithoutVisitors"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "without_visitors"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # A page that is not there is a visitor's matter; an error of ours is the operator's.
            "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
            "django.server": quiet,
            "granian.access": quiet,
            "elastic_transport": quiet,
            "elastic_transport.node": quiet,  # else it would put together what was asked, even for nobody
            SERVER: {"handlers": [], "level": level, "propagate": True},
        },
    }
