"""A line of the log: where it happened, never what somebody sent."""

import logging
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation

from directory import telephone
from wegweiser.logs import WithoutVisitors, configuration

CANARY = "kanarienvogel"


def line(
    name: str = "django.request", message: str = f"Error: {CANARY}", *args: Any, path: str = __file__, **extra: Any
) -> str:
    record = logging.LogRecord(name, logging.ERROR, path, 7, message, args, extra.pop("exc_info", None), "served")
    for key, value in extra.items():
        setattr(record, key, value)
    return WithoutVisitors().format(record)


def request(method: str = "POST", view: str = "search", **more: Any) -> Any:
    match = SimpleNamespace(view_name=view, route="de/suche/")
    return SimpleNamespace(method=method, path=f"/{CANARY}", resolver_match=match, POST={"text": CANARY}, **more)


def raised(error: Exception, cause: Exception | None = None) -> Any:
    try:
        raise error from cause
    except Exception:
        return sys.exc_info()


def raised_in_a_room() -> Any:
    word: Any = None
    try:
        telephone.telephone(word)
    except Exception:
        return sys.exc_info()


@pytest.mark.parametrize("name", ["django.request", "django.security.DisallowedHost", "urllib3", "tantivy", "x"])
def test_what_libraries_say_is_left_out(name: str) -> None:
    written = line(name)
    assert CANARY not in written
    assert f" ERROR {name} at test_logs.served:7" in written


def test_what_our_rooms_say_is_kept() -> None:
    assert line("search.reader", "The index is built anew: %s", "damaged").endswith("anew: damaged")
    assert CANARY in line("wegweiser.timed")
    assert CANARY not in line("wegweiserlike")


def test_a_request_is_its_method_and_the_name_of_its_route() -> None:
    written = line(request=request(error_id="a1b2c3d4"))
    assert " ERROR django.request [a1b2c3d4] POST search " in written
    assert CANARY not in written


def test_a_route_without_a_name_is_its_pattern() -> None:
    assert " POST de/suche/ " in line(request=request(view=""))
    nowhere = SimpleNamespace(method="GET", resolver_match=None, path=CANARY)
    assert " GET (no route) " in line(request=nowhere)


def test_a_method_that_nobody_knows_is_a_visitors_word() -> None:
    assert CANARY not in line(request=request(method=CANARY.upper())).lower()


def test_an_exception_is_its_type_and_our_lines() -> None:
    written = line(exc_info=raised_in_a_room())
    assert "builtins." in written
    assert "directory.telephone.telephone:" in written


def test_neither_message_nor_cause_nor_variables_of_an_exception_are_told() -> None:
    hidden = CANARY
    written = line(exc_info=raised(ValueError(hidden), SuspiciousOperation(f"bad {hidden}")))
    assert "builtins.ValueError at " in written
    assert "after django.core.exceptions.SuspiciousOperation at ?" in written
    assert CANARY not in written


def test_the_text_of_a_traceback_that_another_handler_left_is_not_used() -> None:
    written = line(exc_info=raised(ValueError(CANARY)), exc_text=CANARY, stack_info=CANARY)
    assert CANARY not in written


def test_a_chain_of_causes_ends() -> None:
    one, other = ValueError(CANARY), KeyError(CANARY)
    one.__context__, other.__context__ = other, one
    assert line(exc_info=(ValueError, one, None)).count("builtins.ValueError") == 3


def test_it_is_always_one_line() -> None:
    assert "\n" not in line("search", f"two\nlines {CANARY}")


def test_the_server_speaks_of_itself_only() -> None:
    own = "/lib/granian/server/common.py"
    assert line("_granian", "Unexpected exit from worker-1", path=own).endswith("worker-1")
    assert CANARY not in line("_granian", path="/lib/granian/other.py")
    assert CANARY not in line("_granian", path=own, exc_info=raised(ValueError(CANARY)))


def test_request_lines_are_logged_at_no_level() -> None:
    loggers = configuration("DEBUG")["loggers"]
    for name in ("django.server", "granian.access"):
        assert loggers[name] == {"handlers": [], "level": "CRITICAL", "propagate": False}
    assert loggers["django.request"]["level"] == "ERROR"


def test_every_handler_leaves_visitors_out() -> None:
    chosen = configuration("DEBUG")
    assert {handler["formatter"] for handler in chosen["handlers"].values()} == {"without_visitors"}
    assert not {name for name, logger in chosen["loggers"].items() if logger["handlers"]}
