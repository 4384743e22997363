"""Whether a cluster is asked at all. After a failure it rests, and one at a time tries whether it is back."""

import time
from collections.abc import Callable
from threading import Lock

SHORTEST, LONGEST = 0.5, 10.0


class Breaker:
    """Closed: everybody asks. Open: nobody does, but for one who tries when the pause is over.

    Who asks carries the number of the period in which it began: of fifty that fail together one counts, and one
    that began before the failure and still succeeds closes nothing.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.lock = Lock()
        self.period = 0
        self.is_open = False
        self.pause = 0.0
        self.since = clock()
        self.tried_at = float("-inf")

    def asks(self) -> int | None:
        """The period, or None: do not ask."""
        with self.lock:
            return None if self.is_open else self.period

    def tries(self) -> int | None:
        """The same for the one who tries while it is open. Of who never tells how it went, nothing is awaited."""
        with self.lock:
            now = self.clock()
            if not self.is_open or now - self.since < self.pause or now - self.tried_at < LONGEST:
                return None
            self.tried_at = now
            return self.period

    def failed(self, period: int) -> None:
        with self.lock:
            if period == self.period:
                # A cluster that answers who tries and fails everybody else must not make each of them wait.
                steady = not self.is_open and self.clock() - self.since >= LONGEST
                self.pause = SHORTEST if steady or not self.pause else min(2 * self.pause, LONGEST)
                self._turn(is_open=True)

    def succeeded(self, period: int) -> None:
        with self.lock:
            if period == self.period and self.is_open:
                self._turn(is_open=False)

    def _turn(self, *, is_open: bool) -> None:
        self.is_open = is_open
        self.period += 1
        self.since = self.clock()
        self.tried_at = float("-inf")
