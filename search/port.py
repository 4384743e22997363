"""What views ask and get, and what an engine must be able to do. No engine, no ORM, no request in here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

FACETS = ("kind", "concern", "language", "area", "audience", "sector", "format")


@dataclass(frozen=True)
class Query:
    """What a visitor asks: free text, chosen facet values, their language and where they are."""

    text: str = ""
    language: str = "de"
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    home_area: str = ""
    page: int = 1
    size: int = 20
    group: str = ""  # only documents of this group, as on a city's own site


@dataclass(frozen=True)
class Hit:
    slug: str
    score: float
    why: tuple[str, ...] = ()  # labels of matched concepts and matched words, for "why shown"


@dataclass(frozen=True)
class FacetCount:
    value: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Results:
    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, tuple[FacetCount, ...]]
    correction: str = ""  # "Did you mean": the text that was searched for in the end
    degraded: bool = False  # no engine answered, the database did
    relaxed: bool = False  # nothing fitted all of it, so this fits some of it
    place: str = ""  # the area that the text itself named


@dataclass(frozen=True)
class Term:
    """A word of a text field, scored by how rare it is there (BM25)."""

    field: str
    term: str
    weight: float = 1.0


@dataclass(frozen=True)
class Value:
    """A fixed score for every document that has one of these exact values."""

    field: str
    values: tuple[str, ...]
    weight: float = 1.0
    absent: bool = False  # for every document that has none of them


Clause = Term | Value


@dataclass(frozen=True)
class Wanted:
    """One thing that was asked for. Of its clauses only the best counts, with a share of the others."""

    clauses: tuple[Clause, ...]
    label: str = ""  # said as "why shown"
    share: float = 0.0
    words: frozenset[int] = frozenset()  # positions in the query that it answers


@dataclass(frozen=True)
class Plan:
    """A query as every engine can run it: all weights are decided, all words analysed."""

    wanted: tuple[Wanted, ...] = ()  # at least one must match; empty: everything matches
    leanings: tuple[Wanted, ...] = ()  # add to the score of what matches
    hints: tuple[Term, ...] = ()  # the same, for pieces of words
    filters: Mapping[str, frozenset[str]] = field(
        default_factory=dict
    )  # field → values, one of which it must have
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True)
class Found:
    hits: tuple[tuple[str, float], ...]  # best first; equal scores by id
    total: int
    facets: Mapping[str, Mapping[str, int]]  # each facet counted without its own filter
    matched: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # id → which of `wanted` it matches


@dataclass(frozen=True)
class Document:
    """A listing as engines hold it: analysed words per field, exact values per field, nothing to read."""

    id: str
    terms: Mapping[str, tuple[str, ...]]
    values: Mapping[str, tuple[str, ...]]
    order: str = ""  # equal scores while browsing: by this


class Engine(Protocol):
    def search(self, plan: Plan) -> Found:
        """Raises `EngineError` and nothing else."""

    def update(self, documents: Iterable[Document], gone: Iterable[str] = ()) -> None: ...

    def ids(self) -> frozenset[str]: ...


class EngineError(Exception):
    """The engine cannot answer now; somebody else must."""
