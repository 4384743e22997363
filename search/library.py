"""Everything that answers a query, together: an engine, what it was filled with, and what queries mean."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from directory.areas import AreaTree
from directory.vocabulary import TermData
from search.analysis.compounds import Splitter
from search.document import Labels, Record, build, spellings, surface_words
from search.lexicon.parallel import Row, of_labels, of_records, only_foreign, written_in
from search.lexicon.translations import Lexicon, seed
from search.planning import Weights
from search.port import Document, Engine
from search.records import concepts_of
from search.understanding import SEARCHED, Knowledge, labels_of

SETS = ("spellings", "written", "untranslated")


@dataclass(frozen=True)
class Statistics:
    """What was learnt from the listings themselves, kept beside the index that was built with it."""

    words: Mapping[str, int]
    concepts: Mapping[str, int]
    spellings: frozenset[str] = frozenset()
    total: int = 0
    written: frozenset[str] = frozenset()  # languages that listings are written in
    untranslated: frozenset[str] = frozenset()  # languages of listings that have no German text
    lexicon: Lexicon = field(default_factory=Lexicon)  # lies in a file of its own

    @classmethod
    def learn(cls, records: Iterable[Record], labels: Labels, rows: Iterable[Row] = ()) -> "Statistics":
        """`rows`: what else is said in several languages."""
        records = list(records)
        concepts = Counter(concept for record in records for concept in record.concepts)
        words = surface_words(records, labels)
        said = (*of_labels(labels), *of_records(records), *rows)
        lexicon = Lexicon.learn(said, Splitter.learn(words))
        found = spellings(records, labels)
        return cls(words, concepts, found, len(records), written_in(records), only_foreign(records), lexicon)

    def with_records(self, records: Iterable[Record]) -> "Statistics":
        """New words become known at once; how often all are used, and the lexicon, are learnt with a rebuild."""
        records = list(records)
        return replace(
            self,
            words={**surface_words(records, {}), **self.words},
            spellings=self.spellings | spellings(records, {}),
            written=self.written | written_in(records),
            untranslated=self.untranslated | only_foreign(records),
        )

    def to_json(self) -> str:
        plain = {"words": dict(self.words), "concepts": dict(self.concepts), "total": self.total}
        sets = {name: sorted(getattr(self, name)) for name in SETS}
        return json.dumps(plain | sets, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str, lexicon: Lexicon) -> "Statistics":
        found = json.loads(text)
        sets = {name: frozenset(found[name]) for name in SETS}
        return cls(found["words"], found["concepts"], total=found["total"], lexicon=lexicon, **sets)

    @property
    def splitter(self) -> Splitter:
        return Splitter.learn(self.words)


@dataclass(frozen=True)
class Library:
    engine: Engine
    knowledge: Knowledge
    weights: Weights
    statistics: Statistics


def knowledge_of(vocabularies: Mapping[str, Mapping[str, TermData]], tree: AreaTree) -> Knowledge:
    """What is known before a single listing was read."""
    concerns = vocabularies.get("concerns", {})
    return Knowledge(
        labels=labels_of(vocabularies.get(name, {}) for name in SEARCHED),
        tree=tree,
        facts={f"concerns:{slug}": concepts_of(term) for slug, term in concerns.items()},
    )


def taught(knowledge: Knowledge, statistics: Statistics) -> Knowledge:
    known = (statistics.lexicon, seed())
    lexicon = Lexicon(more=known, written=statistics.written, untranslated=statistics.untranslated)
    return knowledge.with_words(statistics.words, statistics.spellings, statistics.splitter, lexicon)


def grown(before: Knowledge, statistics: Statistics) -> Knowledge:
    """The same with the words of a few edits. What corrects words learns them with the next generation only:
    to compile that anew takes seconds in a large directory."""
    more = {word: count for word, count in statistics.words.items() if word not in before.words}
    named = statistics.spellings - before.spellings
    lexicon = replace(before.lexicon, written=statistics.written, untranslated=statistics.untranslated)
    return before.with_more(more, named, lexicon)


def weights_of(statistics: Statistics) -> Weights:
    return Weights(statistics.concepts, statistics.total)


def documents(records: Iterable[Record], knowledge: Knowledge) -> Iterable[Document]:
    return (build(record, knowledge.labels, knowledge.splitter) for record in records)
