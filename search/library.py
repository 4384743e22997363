"""Everything that answers a query, together: an engine, what it was filled with, and what queries mean."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from directory.areas import AreaTree
from directory.vocabulary import TermData
from search.analysis.compounds import Splitter
from search.document import Labels, Record, build, spellings, surface_words
from search.planning import Weights
from search.port import Document, Engine
from search.records import concepts_of
from search.understanding import SEARCHED, Knowledge, labels_of


@dataclass(frozen=True)
class Lexicon:
    """What was learnt from the listings themselves, kept beside the index that was built with it."""

    words: Mapping[str, int]
    concepts: Mapping[str, int]
    spellings: frozenset[str] = frozenset()
    total: int = 0

    @classmethod
    def learn(cls, records: Iterable[Record], labels: Labels) -> "Lexicon":
        records = list(records)
        concepts = Counter(concept for record in records for concept in record.concepts)
        return cls(surface_words(records, labels), concepts, spellings(records, labels), len(records))

    def with_records(self, records: Iterable[Record]) -> "Lexicon":
        """New words become known at once; how often all are used is learnt again with the next rebuild."""
        records = list(records)
        words = {**surface_words(records, {}), **self.words}
        return replace(self, words=words, spellings=self.spellings | spellings(records, {}))

    def to_json(self) -> str:
        plain = {"words": dict(self.words), "concepts": dict(self.concepts), "total": self.total}
        return json.dumps(plain | {"spellings": sorted(self.spellings)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Lexicon":
        found = json.loads(text)
        return cls(found["words"], found["concepts"], frozenset(found["spellings"]), found["total"])

    @property
    def splitter(self) -> Splitter:
        return Splitter.learn(self.words)


@dataclass(frozen=True)
class Library:
    engine: Engine
    knowledge: Knowledge
    weights: Weights
    lexicon: Lexicon


def knowledge_of(vocabularies: Mapping[str, Mapping[str, TermData]], tree: AreaTree) -> Knowledge:
    """What is known before a single listing was read."""
    concerns = vocabularies.get("concerns", {})
    return Knowledge(
        labels=labels_of(vocabularies.get(name, {}) for name in SEARCHED),
        tree=tree,
        facts={f"concerns:{slug}": concepts_of(term) for slug, term in concerns.items()},
    )


def taught(knowledge: Knowledge, lexicon: Lexicon) -> Knowledge:
    return knowledge.with_words(lexicon.words, lexicon.spellings, lexicon.splitter)


def weights_of(lexicon: Lexicon) -> Weights:
    return Weights(lexicon.concepts, lexicon.total)


def documents(records: Iterable[Record], knowledge: Knowledge) -> Iterable[Document]:
    return (build(record, knowledge.labels, knowledge.splitter) for record in records)
