"""What a check found, and what to do about it."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

logger = logging.getLogger(__name__)


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Finding:
    level: Level
    what: str
    do: str = ""
    check: str = ""


Check = Callable[[], Iterable[Finding]]


def ok(what: str) -> Finding:
    return Finding(Level.OK, what)


def warning(what: str, do: str) -> Finding:
    return Finding(Level.WARNING, what, do)


def error(what: str, do: str) -> Finding:
    return Finding(Level.ERROR, what, do)


def examine(checks: Mapping[str, Check]) -> Iterator[Finding]:
    for name, check in checks.items():
        found = list(_run(check)) or [Finding(Level.OK, "")]
        yield from (Finding(each.level, each.what, each.do, name) for each in found)


def _run(check: Check) -> Iterator[Finding]:
    """Messages of exceptions name passwords and addresses: of those only the type is told."""
    try:
        yield from check()
    except Exception as problem:
        logger.debug("A check of the installation failed", exc_info=True)
        yield error(f"This could not be looked at ({type(problem).__name__}).", "Solve the other errors first.")


def healthy(found: Iterable[Finding]) -> bool:
    return not any(each.level is Level.ERROR for each in found)
