"""How often something may happen in an hour: neither a mailbox nor a telephone nor staff's desk must be flooded.

Counted in this process's memory, by what it is about and in total. Whose requests they were is never noted.
"""

import time
from collections import Counter
from threading import Lock

HOUR = 3600


class Budget:
    def __init__(self, *, each: int, total: int) -> None:
        self.each, self.total = each, total
        self._lock, self._hour, self._taken = Lock(), 0, Counter[str]()

    def take(self, about: str) -> bool:
        with self._lock:
            hour = int(time.time() // HOUR)
            if hour != self._hour:
                self._hour, self._taken = hour, Counter()
            if self._taken[about] >= self.each or self._taken.total() >= self.total:
                return False
            self._taken[about] += 1
            return True

    def give_back(self, about: str) -> None:
        """What did not happen after all has flooded nobody."""
        with self._lock:
            self._taken[about] = max(0, self._taken[about] - 1)
