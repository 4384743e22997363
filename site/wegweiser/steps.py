"""Numbered steps with seconds and a progress bar, on standard error: standard output stays clean for data."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

Progress = Callable[[int, int], None]  # (done, of how many)
WIDTH = 30


class Steps:
    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr
        self.number = 0

    @contextmanager
    def step(self, title: str) -> Iterator[Progress]:
        """Print the step when it is done; meanwhile a bar, where a person is watching."""
        self.number += 1
        started = time.monotonic()
        yield self._bar(title)
        self._write(f"{self.number}. {title}: {time.monotonic() - started:.1f} s", end="\n")

    def say(self, line: str) -> None:
        self._write(line, end="\n")

    def _bar(self, title: str) -> Progress:
        def show(done: int, total: int) -> None:
            if self.stream.isatty():
                filled = WIDTH * done // max(total, 1)
                self._write(f"{self.number}. {title} [{'█' * filled}{'·' * (WIDTH - filled)}] {done}/{total}")

        return show

    def _write(self, line: str, end: str = "") -> None:
        clear = "\r\x1b[2K" if self.stream.isatty() else ""
        self.stream.write(f"{clear}{line}{end}")
        self.stream.flush()
