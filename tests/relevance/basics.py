"""The relevance basics: each a query, a tiny text and whether the one must find the other."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from search.document import Record
from search.engines.database import DatabaseEngine
from search.library import Statistics, documents, taught, weights_of
from search.planning import plan
from search.port import Query
from search.understanding import Knowledge, understand

CASES = Path(__file__).with_name("cases.toml")
NO_WEIGHTS = weights_of(Statistics({}, {}, total=100))


@dataclass(frozen=True)
class Case:
    language: str
    group: str
    query: str
    text: str
    finds: bool
    page: str  # the language of the page that the query is typed on

    @property
    def name(self) -> str:
        return f"{self.language}.{self.group}: {self.query} {'→' if self.finds else '↛'} {self.text}"

    @property
    def record(self) -> Record:
        return Record(self.name, {self.language: {"title": "", "text": self.text}})


def cases() -> tuple[Case, ...]:
    return tuple(_cases())


def failing() -> dict[str, str]:
    """Name of a case → why it fails."""
    return dict(_read()["failing"])


def _read() -> dict[str, Any]:
    return tomllib.loads(CASES.read_text(encoding="utf-8"))


def _cases() -> Iterator[Case]:
    for language, groups in _read().items():
        for group, found in groups.items() if language != "failing" else ():
            page = found.get("page", language)
            for finds, pairs in ((True, found.get("find", ())), (False, found.get("miss", ()))):
                yield from (Case(language, group, query, text, finds, page) for query, text in pairs)


@cache
def knowledge() -> Knowledge:
    """Of the directory that all the texts make up together."""
    return taught(Knowledge(), Statistics.learn((case.record for case in cases()), {}))


def passes(case: Case) -> bool:
    """Every word of the query finds the text, or none does."""
    planned = plan(
        Query(case.query, case.page), understand(case.query, case.page, knowledge()), knowledge(), NO_WEIGHTS
    )
    found = DatabaseEngine(documents([case.record], knowledge())).search(planned)
    asked = {word for wanted in planned.wanted if wanted.label for word in wanted.words}
    answered = {word for at in found.matched.get(case.record.id, ()) for word in planned.wanted[at].words}
    return bool(asked) and answered >= asked if case.finds else not (asked and answered)
