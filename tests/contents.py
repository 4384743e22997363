"""What an index holds of each listing, and what it should hold: not only which, but every term and value."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tantivy import Query

from search import indexing
from search.document import TEXT_FIELDS, VALUE_FIELDS
from search.engines.embedded import EmbeddedEngine
from search.engines.texts import texts
from search.library import Library, documents
from search.port import Document
from search.records import records

FIELDS = (*TEXT_FIELDS, *VALUE_FIELDS, "order")
ALL = 1_000_000
Contents = Mapping[str, Mapping[str, frozenset[str]]]  # listing → field → what is found there


def held(engine: EmbeddedEngine) -> Contents:
    searcher = engine.index.searcher()
    found = {}
    for id in engine.ids():
        one = Query.term_query(engine.schema, "id", id, index_option="basic")
        terms = {name: searcher.terms_with_prefix(name, "", one, ALL) for name in FIELDS}
        found[id] = _without_empty({name: (term for term, _count in some) for name, some in terms.items()})
    return found


def expected(library: Library) -> Contents:
    """Of what is public in the database now, read as this index reads."""
    knowledge = replace(indexing.base_knowledge(), splitter=library.statistics.splitter)
    return {
        document.id: _without_empty({**_words(document), **document.values, "order": [document.order]})
        for document in documents(records(), knowledge)
    }


def _words(document: Document) -> dict[str, list[str]]:
    return {name: text.split() for name, text in texts(document).items()}


def _without_empty(fields: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    return {name: kept for name, some in fields.items() if (kept := frozenset(filter(None, some)))}
