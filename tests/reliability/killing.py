"""Processes that work until they are killed, and what they had acknowledged by then."""

import os
import random
import signal
import sys
import time
from collections.abc import Callable, Sequence
from typing import NoReturn

from django.db import connections

from search import reader

# So many processes are killed in each database; CI wants a hundred.
KILLS = int(os.environ.get("KILLS") or ("60" if os.environ.get("CI") == "true" else "10"))
SHARES = {"save": 0.3, "publish": 0.3, "backup": 0.2, "restore": 0.2}
# Another hundred are for the index; three die in each turn of the last.
SHARES |= {"follow": 0.4, "follow many": 0.2, "rebuild": 0.2, "at once": 0.07}
SEED = int(os.environ.get("KILL_SEED") or time.time_ns() % 1_000_000)

Acknowledge = Callable[[str], None]
Work = Callable[[Acknowledge], object]
READY = b"!"
chance = random.Random(SEED)


def number(of: str) -> int:
    return max(2, round(KILLS * SHARES[of]))


def kill(work: Work, within: float) -> list[str]:
    """Let a process work, kill it at a random moment of so many seconds, and return what it had acknowledged."""
    process, answers = _start(work)
    time.sleep(chance.uniform(0, within))
    return _end(process, answers)


def kill_all(works: Sequence[Work], within: float) -> list[str]:
    """The same for several that work at once, each at a moment of its own."""
    started = [_start(work) for work in works]
    moments = sorted(chance.uniform(0, within) for _work in works)
    acknowledged = []
    for before, moment, one in zip([0.0, *moments], moments, chance.sample(started, len(started)), strict=False):
        time.sleep(moment - before)
        acknowledged += _end(*one)
    return acknowledged


def finish_all(works: Sequence[Work]) -> list[list[str]]:
    """Let several processes work at once, each to its end."""
    started = [_start(work) for work in works]
    found = [_read(answers) for _process, answers in started]
    for process, _answers in started:
        os.waitpid(process, 0)
    return found


def pace(work: Work, turns: int) -> float:
    """The seconds that so many acknowledged steps take on this machine, just now."""
    process, answers = _start(work)
    os.set_blocking(answers, True)
    started, lines = time.monotonic(), 0
    while lines < turns and (found := os.read(answers, 1000)):
        lines += found.count(b"\n")
    took = time.monotonic() - started
    _end(process, answers)
    assert lines >= turns
    return took * turns / lines


def _end(process: int, answers: int) -> list[str]:
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return _read(answers)


def finish(work: Work) -> list[str]:
    """Let a process work to its end: what may leave threads behind must not run in the one that forks."""
    process, answers = _start(work)
    found = _read(answers)
    _process, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == 0, found
    return found


def seconds(work: Work) -> float:
    started = time.monotonic()
    finish(work)
    return time.monotonic() - started


def _start(work: Work) -> tuple[int, int]:
    connections.close_all()  # two processes on one connection would mix their answers
    answers, telling = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(answers)
        _work(work, telling)
    os.close(telling)
    assert os.read(answers, 1) == READY
    return process, answers


def _work(work: Work, telling: int) -> NoReturn:
    """Never returns into the tests of the parent."""
    code = 1
    try:
        sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115
        reader.forget()
        os.write(telling, READY)
        work(lambda text: _tell(telling, text))
        code = 0
    except BaseException as error:
        _tell(telling, f"failed: {error!r}")
    finally:
        os._exit(code)


def _tell(telling: int, text: str) -> None:
    os.write(telling, f"{text}\n".encode())


def _read(answers: int) -> list[str]:
    with os.fdopen(answers) as file:
        found = file.read().splitlines()
    failed = [line for line in found if line.startswith("failed: ")]
    assert not failed, failed
    return found
