"""How well do the right listings come first? Queries and judgements from files, figures by group."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import log2
from pathlib import Path
from typing import Any

from search.document import Record

DEPTH = 10


class FileError(Exception):
    """A file that cannot be read, with the line."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path}, line {line}: {problem}" if line else f"{path}: {problem}")


@dataclass(frozen=True)
class Asked:
    id: str
    text: str
    lang: str
    traits: Mapping[str, str]  # whatever else the line says: class, persona …
    group: str = ""


@dataclass(frozen=True)
class Judged:
    """What one query got."""

    asked: Asked
    grades: Mapping[str, int]
    ranked: tuple[str, ...]

    @property
    def best(self) -> frozenset[str]:
        top = max(self.grades.values(), default=0)
        return frozenset(id for id, grade in self.grades.items() if grade == top)

    def success(self, within: int) -> bool:
        return not self.best.isdisjoint(self.ranked[:within])

    @property
    def ndcg(self) -> float:
        gains = [2 ** self.grades.get(id, 0) - 1 for id in self.ranked[:DEPTH]]
        ideal = sorted((2**grade - 1 for grade in self.grades.values()), reverse=True)[:DEPTH]
        return _discounted(gains) / _discounted(ideal)


@dataclass(frozen=True)
class Figures:
    judged: Sequence[Judged] = field(default_factory=list)

    def to_dict(self) -> dict[str, float | int]:
        return {
            "n": len(self.judged),
            "s1": self._mean(lambda one: one.success(1)),
            "s3": self._mean(lambda one: one.success(3)),
            "ndcg10": self._mean(lambda one: one.ndcg),
            "zero": self._mean(lambda one: not one.ranked),
        }

    def _mean(self, figure: Callable[[Judged], float]) -> float:
        return round(sum(map(figure, self.judged)) / len(self.judged), 4) if self.judged else 0.0


def report(judged: Iterable[Judged], by: Sequence[str]) -> dict[str, Any]:
    judged = list(judged)
    answerable = [one for one in judged if one.grades]
    absent = [one for one in judged if not one.grades]
    empty = sum(not one.ranked for one in absent) / len(absent) if absent else 0.0
    return {
        "overall": Figures(answerable).to_dict(),
        "groups": {name: Figures(some).to_dict() for name, some in _groups(answerable, by)},
        "absent": {"n": len(absent), "empty": round(empty, 4)},
    }


def _groups(judged: Sequence[Judged], by: Sequence[str]) -> Iterator[tuple[str, list[Judged]]]:
    """By each trait alone, then by all of them together: lang=ar, class=safety, lang=ar,class=safety."""
    for size in range(1, len(by) + 1):
        for traits in combinations(by, size):
            found: dict[str, list[Judged]] = {}
            for one in judged:
                name = ",".join(f"{trait}={_trait(one.asked, trait)}" for trait in traits)
                found.setdefault(name, []).append(one)
            yield from sorted(found.items())


def _trait(asked: Asked, trait: str) -> str:
    return {"lang": asked.lang, "group": asked.group}.get(trait) or asked.traits.get(trait, "")


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / log2(at + 2) for at, gain in enumerate(gains))


def read_queries(path: Path) -> list[Asked]:
    return [_asked(path, number, line) for number, line in _json_lines(path)]


def _asked(path: Path, number: int, line: Mapping[str, Any]) -> Asked:
    for key in ("_id", "text"):
        if not isinstance(line.get(key), str):
            raise FileError(path, number, f"“{key}” is missing or no text")
    traits = {key: str(value) for key, value in line.items() if isinstance(value, str)}
    return Asked(line["_id"], line["text"], traits.get("lang", "de"), traits, traits.get("group", ""))


def read_grades(path: Path) -> dict[str, dict[str, int]]:
    grades: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        if number == 1:
            continue  # header
        columns = line.split("\t")
        if len(columns) != 3 or not columns[2].strip().isdigit():
            raise FileError(path, number, "expected query-id, corpus-id and a whole number, separated by tabs")
        grades.setdefault(columns[0], {})[columns[1]] = int(columns[2])
    return {query: {id: grade for id, grade in found.items() if grade} for query, found in grades.items()}


def read_corpus(path: Path) -> list[Record]:
    return [_record(path, number, line) for number, line in _json_lines(path)]


def _record(path: Path, number: int, line: Mapping[str, Any]) -> Record:
    texts, concepts = line.get("texts"), line.get("concepts", [])
    if not isinstance(line.get("_id"), str) or not isinstance(texts, dict) or not isinstance(concepts, list):
        raise FileError(path, number, "expected “_id”, “texts” by language and a list of “concepts”")
    if not all(isinstance(text, dict) for text in texts.values()):
        raise FileError(path, number, "each text has a “title” and a “text”")
    plain = {
        language: {part: str(text.get(part) or "") for part in ("title", "text")}
        for language, text in texts.items()
    }
    return Record(line["_id"], plain, concepts=tuple(map(str, concepts)), group=str(line.get("group") or ""))


def read_parallel(path: Path) -> list[dict[str, str]]:
    """Lines that say the same in several languages."""
    found = []
    for number, line in _json_lines(path):
        if not all(isinstance(text, str) for text in line.values()):
            raise FileError(path, number, "expected texts by language")
        found.append(line)
    return found


def _json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in _lines(path):
        try:
            found = json.loads(line)
        except ValueError as error:
            raise FileError(path, number, f"no JSON: {error}") from error
        if not isinstance(found, dict):
            raise FileError(path, number, "no JSON object")
        yield number, found


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line.rstrip("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(path, 0, str(error)) from error
