"""Endings as data: what light stemmers cut, and what takes its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Endings:
    """Ending → letters that must remain, and what stands instead of it."""

    rows: Mapping[str, tuple[int, str]]

    @classmethod
    def parse(cls, table: str) -> "Endings":
        """Each line begins with the letters that must remain: `4 ence ation>at`."""
        rows: dict[str, tuple[int, str]] = {}
        for line in table.strip().splitlines():
            keep, *endings = line.split()
            for ending in endings:
                cut, _, instead = ending.partition(">")
                rows[cut] = (int(keep), instead)
        return cls(rows)

    @cached_property
    def longest(self) -> int:
        return max(map(len, self.rows))

    def cut(self, word: str) -> str:
        """The longest ending that leaves enough goes."""
        for size in range(min(self.longest, len(word)), 0, -1):
            row = self.rows.get(word[-size:])
            if row and len(word) - size >= row[0]:
                return word[:-size] + row[1]
        return word

    def cut_all(self, word: str, most: int = 6) -> str:
        """One after the other, where a language piles endings up."""
        for _ in range(most):
            shorter = self.cut(word)
            if shorter == word:
                break
            word = shorter
        return word


def parse_irregular(table: str) -> Mapping[str, str]:
    """Each line begins with the form that stands for the others of the line."""
    lines = (line.split() for line in table.strip().splitlines())
    return {form: first for first, *forms in lines for form in forms}
