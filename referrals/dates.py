"""The day on which it happened, as three lists to choose from: nothing is typed, so no browser remembers it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

YEARS_BACK = 10


class Fault(StrEnum):
    INCOMPLETE = "incomplete"
    IMPOSSIBLE = "impossible"
    FUTURE = "future"


@dataclass(frozen=True)
class Picked:
    """Day, month and year as they were chosen; 0 where nothing was."""

    day: int = 0
    month: int = 0
    year: int = 0

    @classmethod
    def of(cls, on: date | None) -> "Picked":
        return cls(on.day, on.month, on.year) if on else cls()

    def __iter__(self) -> Iterator[tuple[str, int]]:
        yield from (("day", self.day), ("month", self.month), ("year", self.year))

    def __bool__(self) -> bool:
        return any(number for _part, number in self)

    @property
    def on(self) -> date | None:
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None

    def fault(self, today: date) -> Fault | None:
        """What is wrong with it, if anything was chosen."""
        if not self:
            return None
        if not all(number for _part, number in self):
            return Fault.INCOMPLETE
        if self.on is None:
            return Fault.IMPOSSIBLE
        return Fault.FUTURE if self.on > today else None


def choices(today: date) -> Mapping[str, range]:
    years = range(today.year, today.year - YEARS_BACK - 1, -1)
    return {"day": range(1, 32), "month": range(1, 13), "year": years}
