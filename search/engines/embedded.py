"""The embedded engine: one tantivy index in one folder. What it holds was analysed in Python."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import tantivy
from tantivy import Occur

from search.document import TEXT_FIELDS, VALUE_FIELDS
from search.port import FACETS, Clause, Document, EngineError, Found, Plan, Term, Value, Wanted

HEAP = 15_000_000  # the least that one writer thread accepts
SORTED = 1_000  # hits that are put in order beyond their score
FEW = 8  # a set of terms compiles an automaton, which costs more than so many terms
FACET_VALUES = 1_000
Query = tantivy.Query


@contextmanager
def guard() -> Iterator[None]:
    """tantivy fails with ValueError, OSError or a Rust panic, and a panic is no `Exception`."""
    try:
        yield
    except (ValueError, OSError, RuntimeError, KeyError) as error:
        raise EngineError(str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise EngineError(f"panic: {error}") from None


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, fast=False, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("order", stored=True, tokenizer_name="raw", index_option="basic")
    for name in TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in VALUE_FIELDS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


class EmbeddedEngine:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with guard():
            self.schema = schema()
            self.index = tantivy.Index(self.schema, path=str(folder))
            self.index.config_reader("manual")
            self.index.reload()

    def update(self, documents: Iterable[Document], gone: Iterable[str] = ()) -> None:
        """One commit for all; raises `EngineError` where another writer is at work."""
        with guard():
            writer = self.index.writer(HEAP, 1)
            try:
                for id in gone:
                    writer.delete_documents_by_term("id", id)
                for document in documents:
                    writer.delete_documents_by_term("id", document.id)
                    writer.add_document(_stored(document))
                writer.commit()
            finally:
                writer.wait_merging_threads()
            self.index.reload()

    def ids(self) -> frozenset[str]:
        with guard():
            searcher = self.index.searcher()
            found = searcher.search(Query.all_query(), limit=max(1, searcher.num_docs))
            return frozenset(searcher.doc(address)["id"][0] for _score, address in found.hits)

    def search(self, plan: Plan) -> Found:
        with guard():
            searcher = self.index.searcher()
            limit = max(plan.offset + plan.limit, 1) + SORTED
            found = searcher.search(self._ranked(plan), limit=limit)
            hits = []
            for score, address in found.hits:
                stored = searcher.doc(address)
                order = (stored.get_first("order") or "") if not plan.wanted else ""
                hits.append((-round(score, 4), order, stored["id"][0]))
            page = sorted(hits)[plan.offset : plan.offset + plan.limit]
            return Found(
                tuple((id, -score) for score, _order, id in page),
                found.count,  # type: ignore[attr-defined]
                self._facets(searcher, plan),
                self._matched(searcher, plan, [id for _score, _order, id in page]),
            )

    def _matched(self, searcher: tantivy.Searcher, plan: Plan, ids: list[str]) -> dict[str, tuple[int, ...]]:
        """Which of what was asked each hit of the page answers."""
        matched: dict[str, tuple[int, ...]] = {}
        among = Query.term_set_query(self.schema, "id", ids)
        for at, wanted in enumerate(plan.wanted if ids else ()):
            one = Query.boolean_query([(Occur.Must, among), (Occur.Must, self._wanted(wanted))])
            for _score, address in searcher.search(one, limit=len(ids), count=False).hits:
                id = searcher.doc(address)["id"][0]
                matched[id] = (*matched.get(id, ()), at)
        return matched

    def _facets(self, searcher: tantivy.Searcher, plan: Plan) -> dict[str, Mapping[str, int]]:
        """One count for all facets without a filter, and one for each that is filtered, without its own."""
        free = [name for name in FACETS if name not in plan.filters]
        counts = self._counts(searcher, plan, "", free)
        for name in FACETS:
            if name in plan.filters:
                counts |= self._counts(searcher, plan, name, [name])
        return counts

    def _counts(
        self, searcher: tantivy.Searcher, plan: Plan, without: str, names: list[str]
    ) -> dict[str, Mapping[str, int]]:
        asked = {name: {"terms": {"field": name, "size": FACET_VALUES}} for name in names}
        result = searcher.aggregate(self._matching(plan, without), asked) if asked else {}
        return {
            name: {bucket["key"]: int(bucket["doc_count"]) for bucket in found["buckets"]}
            for name, found in result.items()
        }

    def _ranked(self, plan: Plan) -> Query:
        leanings = [(Occur.Should, self._wanted(one)) for one in plan.leanings]
        hints = [(Occur.Should, self._clause(clause)) for clause in plan.hints]
        return Query.boolean_query([(Occur.Must, self._matching(plan, "")), *leanings, *hints])

    def _matching(self, plan: Plan, without: str) -> Query:
        wanted = [(Occur.Should, self._wanted(one)) for one in plan.wanted]
        everything = Query.const_score_query(Query.all_query(), 0.0)
        parts = [(Occur.Must, Query.boolean_query(wanted) if wanted else everything)]
        for name, values in plan.filters.items():
            if name != without:
                parts.append((Occur.Must, self._clause(Value(name, tuple(sorted(values)), 0.0))))
        return Query.boolean_query(parts)

    def _wanted(self, wanted: Wanted) -> Query:
        return Query.disjunction_max_query([self._clause(clause) for clause in wanted.clauses], wanted.share)

    def _clause(self, clause: Clause) -> Query:
        if isinstance(clause, Term):
            term = Query.term_query(self.schema, clause.field, clause.term, index_option="freq")
            return Query.boost_query(term, clause.weight)
        values = self._any(clause.field, clause.values)
        if clause.absent:
            values = Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, values)])
        return Query.const_score_query(values, clause.weight)

    def _any(self, field: str, values: tuple[str, ...]) -> Query:
        if len(values) > FEW:
            return Query.term_set_query(self.schema, field, list(values))
        terms = [Query.term_query(self.schema, field, value, index_option="basic") for value in values]
        return terms[0] if len(terms) == 1 else Query.boolean_query([(Occur.Should, term) for term in terms])


def _stored(document: Document) -> tantivy.Document:
    stored = tantivy.Document()
    stored.add_text("id", document.id)
    stored.add_text("order", document.order)
    for name, stems in document.terms.items():
        stored.add_text(name, " ".join(stems))
    for name, values in document.values.items():
        for value in values:
            stored.add_text(name, value)
    return stored
