"""What views ask and get, and what an engine must be able to do. No engine, no ORM, no request in here."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

# What is open is indexed as its opening hours and asked for as "now": search/open_now.py.
FACETS = ("kind", "concern", "language", "area", "audience", "sector", "format", "open")
TRAINING_ONLY = ("sector", "format")


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
    everywhere: bool = False  # a place that the text names is no filter: the visitor took it away
    verbatim: bool = False  # nothing is corrected: the visitor insists
    at: datetime | None = None  # when "open now" is; None: nobody asks


@dataclass(frozen=True)
class Hit:
    slug: str
    score: float
    why: tuple[str, ...] = ()  # labels of matched concepts and matched words, for "why shown"
    concepts: tuple[str, ...] = ()  # the matched concepts themselves
    reasons: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # each of `why` → its concepts, if it is one


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
    correction: str = ""  # the text that was searched for in the end, where it was corrected
    suggestion: str = ""  # "Did you mean": another text, offered and not searched for
    degraded: bool = False  # no engine answered, the database did
    relaxed: tuple[str, ...] = ()  # what nothing fitted and was therefore let go: "words", "place"
    place: str = ""  # the area that the text itself named
    sought: tuple[str, ...] = ()  # the words as searched for, to mark them in what is shown
    stems: Mapping[str, frozenset[str]] = field(default_factory=dict)  # language → what was looked for in texts
    hours_unknown: int = 0  # what fits but is left out, because nobody knows whether it is open


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
    concepts: tuple[str, ...] = ()  # those that it stands for


@dataclass(frozen=True)
class Plan:
    """A query as every engine can run it: all weights are decided, all words analysed."""

    wanted: tuple[Wanted, ...] = ()  # at least one must match; empty: everything matches
    leanings: tuple[Wanted, ...] = ()  # add to the score of what matches
    hints: tuple[Term, ...] = ()  # the same, each for itself
    filters: Mapping[str, frozenset[str]] = field(
        default_factory=dict
    )  # field → values, one of which it must have
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = FACETS  # those to count; counting costs more than finding


@dataclass(frozen=True)
class Found:
    hits: tuple[tuple[str, float], ...]  # best first; equal scores by id
    total: int
    facets: Mapping[str, Mapping[str, int]]  # each facet counted without its own filter
    matched: Mapping[str, tuple[int, ...]] = field(default_factory=dict)  # id → which of `wanted` it matches
    hours_unknown: int = 0


@dataclass(frozen=True)
class Document:
    """A listing as engines hold it: analysed words per field, exact values per field, nothing to read."""

    id: str
    terms: Mapping[str, tuple[str, ...]]
    values: Mapping[str, tuple[str, ...]]
    order: str = ""  # equal scores while browsing: by this


def shows(facet: str, filters: Mapping[str, Collection[str]]) -> bool:
    """Nobody who needs help is asked for a sector."""
    about_training = "training" in filters.get("kind", ()) or bool(filters.get(facet))
    return facet not in TRAINING_ONLY or about_training


class Engine(Protocol):
    def search(self, plan: Plan) -> Found:
        """Raises `EngineError` and nothing else."""

    def update(self, documents: Iterable[Document], gone: Iterable[str] = ()) -> None: ...

    def ids(self) -> frozenset[str]: ...


class EngineError(Exception):
    """The engine cannot answer now; somebody else must."""
