"""The embedded engine: one tantivy index in one folder. What it holds was analysed in Python."""

import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import tantivy
from tantivy import Occur

from search.document import TEXT_FIELDS, VALUE_FIELDS
from search.engines.texts import texts
from search.port import Clause, Document, EngineError, Found, Plan, Term, Value, Wanted

HEAP = 1_000_000_000  # taken as it is needed: a large directory in one piece is searched twice as fast as in five
SORTED = 1_000  # hits that are put in order beyond their score while browsing, when many have the same
TIED = 200  # the same for words, which hardly two listings answer equally well
LARGE = 20_000  # documents: more are counted while they are ranked, on another processor if there is one
FEW = 8  # a set of terms compiles an automaton, which costs more than so many terms
BITS = 20  # a score is a sum of powers of two, exact up to 24 bits
KEY = 8  # bytes of what equal scores are put in order by, as a number that is read at once
FACET_VALUES = 10_000  # opening hours are a facet too, and nearly every house has its own
Query = tantivy.Query
Part = tuple[Occur, Query]
Hits = Sequence[tuple[float, tantivy.DocAddress]]


class _Hit(NamedTuple):
    loss: float  # the score, turned so that the best comes first
    order: str
    id: str
    place: tuple[int, int]

    @property
    def score(self) -> float:
        return -self.loss


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
    builder.add_unsigned_field("key", fast=True)
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
            large = searcher.num_docs > LARGE
            counting = _threads(os.getpid()).submit(self._facets, searcher, plan) if large else None
            limit = max(plan.offset + plan.limit, 1) + (TIED if plan.wanted else SORTED)
            found = searcher.search(self._ranked(plan), limit=limit)
            page = self._page(searcher, plan, found.hits) if plan.limit else []
            matched = self._matched(searcher, plan, page)
            facets = counting.result() if counting else self._facets(searcher, plan)
            hits = tuple((hit.id, hit.score) for hit in page)
            return Found(hits, found.count, facets, matched)  # type: ignore[attr-defined]

    def _page(self, searcher: tantivy.Searcher, plan: Plan, hits: Hits) -> list[_Hit]:
        """By score, order and id. Only those are read that share their score with one of the page."""
        more = _of_absence(plan)
        addresses = [address for _score, address in hits]
        keys: list[Any] = [0] * len(hits)
        if not plan.wanted:
            keys = searcher.fast_field_values("key", addresses)
        scores = (-round(score + more, 4) for score, _address in hits)
        ranked = sorted(zip(scores, keys, addresses, strict=True), key=_score_and_key)
        shown = ranked[plan.offset : plan.offset + plan.limit]
        if not shown:
            return []
        first = bisect_left(ranked, _score_and_key(shown[0]), key=_score_and_key)
        last = bisect_right(ranked, _score_and_key(shown[-1]), key=_score_and_key)
        read = sorted(_read(searcher, address, -score, plan) for score, _key, address in ranked[first:last])
        return read[plan.offset - first :][: plan.limit]

    def _matched(self, searcher: tantivy.Searcher, plan: Plan, page: Sequence[_Hit]) -> dict[str, tuple[int, ...]]:
        """Which of what was asked each hit of the page answers: the bits of its score in a search of their own."""
        ids = {hit.place: hit.id for hit in page}
        among = Query.const_score_query(self._one_of("id", list(ids.values())), 0.0)
        matched: dict[str, tuple[int, ...]] = {}
        for start in range(0, len(plan.wanted) if page else 0, BITS):
            some = plan.wanted[start : start + BITS]
            bits = [Query.const_score_query(self._any(one), float(1 << at)) for at, one in enumerate(some)]
            query = Query.boolean_query([(Occur.Must, among), *((Occur.Should, bit) for bit in bits)])
            for score, address in searcher.search(query, limit=len(page), count=False).hits:
                found = tuple(start + at for at in range(len(some)) if round(score) >> at & 1)
                id = ids[address.segment_ord, address.doc]
                matched[id] = (*matched.get(id, ()), *found)
        return {id: found for id, found in matched.items() if found}

    def _facets(self, searcher: tantivy.Searcher, plan: Plan) -> dict[str, Mapping[str, int]]:
        """One count for all facets without a filter, and one for each that is filtered, without its own."""
        free = [name for name in plan.facets if name not in plan.filters]
        counts = self._counts(searcher, plan, "", free)
        for name in plan.facets:
            if name in plan.filters:
                counts |= self._counts(searcher, plan, name, [name])
        return counts

    def _counts(
        self, searcher: tantivy.Searcher, plan: Plan, without: str, names: list[str]
    ) -> dict[str, Mapping[str, int]]:
        asked = {name: {"terms": {"field": name, "size": FACET_VALUES}} for name in names}
        result = searcher.aggregate(self._counted(plan, without), asked) if asked else {}
        return {
            name: {bucket["key"]: int(bucket["doc_count"]) for bucket in found["buckets"]}
            for name, found in result.items()
        }

    def _ranked(self, plan: Plan) -> Query:
        wanted = [(Occur.Should, self._wanted(one)) for one in plan.wanted]
        leanings = [(Occur.Should, self._leaning(one)) for one in plan.leanings]
        hints = [(Occur.Should, self._clause(clause)) for clause in plan.hints]
        return Query.boolean_query([*self._filtered(plan, wanted), *leanings, *hints])

    def _counted(self, plan: Plan, without: str) -> Query:
        """What matches, weighed nothing."""
        wanted = [(Occur.Should, self._any(one)) for one in plan.wanted]
        return Query.boolean_query([*self._filtered(plan, wanted, without)])

    def _filtered(self, plan: Plan, wanted: list[Part], without: str = "") -> Iterator[Part]:
        everything = Query.const_score_query(Query.all_query(), 0.0)
        yield Occur.Must, Query.boolean_query(wanted) if wanted else everything
        for name, values in plan.filters.items():
            if name != without:
                yield Occur.Must, self._clause(Value(name, tuple(sorted(values)), 0.0))

    def _wanted(self, wanted: Wanted) -> Query:
        return Query.disjunction_max_query([self._clause(clause) for clause in wanted.clauses], wanted.share)

    def _leaning(self, leaning: Wanted) -> Query:
        """Few documents have what others gain from not having: they lose what all have got by `_of_absence`."""
        clause = leaning.clauses[0] if len(leaning.clauses) == 1 else None
        if isinstance(clause, Value) and clause.absent:
            return Query.const_score_query(self._one_of(clause.field, clause.values), -clause.weight)
        return self._wanted(leaning)

    def _clause(self, clause: Clause) -> Query:
        if isinstance(clause, Term):
            return Query.boost_query(self._where(clause), clause.weight)
        return Query.const_score_query(self._where(clause), clause.weight)

    def _any(self, wanted: Wanted) -> Query:
        return Query.boolean_query([(Occur.Should, self._where(clause)) for clause in wanted.clauses])

    def _where(self, clause: Clause) -> Query:
        if isinstance(clause, Term):
            return Query.term_query(self.schema, clause.field, clause.term, index_option="freq")
        values = self._one_of(clause.field, clause.values)
        if clause.absent:
            return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, values)])
        return values

    def _one_of(self, field: str, values: Sequence[str]) -> Query:
        if len(values) > FEW:
            return Query.term_set_query(self.schema, field, list(values))
        terms = [Query.term_query(self.schema, field, value, index_option="basic") for value in values]
        return terms[0] if len(terms) == 1 else Query.boolean_query([(Occur.Should, term) for term in terms])


@lru_cache(1)
def _threads(_process: int) -> ThreadPoolExecutor:
    """Of this process: threads do not survive a fork."""
    return ThreadPoolExecutor(thread_name_prefix="search-facets")


def _of_absence(plan: Plan) -> float:
    """What a document gains that has nothing of what leanings want absent."""
    alone = (one.clauses[0] for one in plan.leanings if len(one.clauses) == 1)
    return sum(clause.weight for clause in alone if isinstance(clause, Value) and clause.absent)


def _score_and_key(hit: tuple[float, int, tantivy.DocAddress]) -> tuple[float, int]:
    return hit[0], hit[1]


def _read(searcher: tantivy.Searcher, address: tantivy.DocAddress, score: float, plan: Plan) -> _Hit:
    stored = searcher.doc(address)
    order = (stored.get_first("order") or "") if not plan.wanted else ""
    return _Hit(-score, order, stored["id"][0], (address.segment_ord, address.doc))


def _key(order: str) -> int:
    return int.from_bytes(order.encode("utf-8", "replace")[:KEY].ljust(KEY, b"\0"))


def _stored(document: Document) -> tantivy.Document:
    stored = tantivy.Document()
    stored.add_text("id", document.id)
    stored.add_text("order", document.order)
    stored.add_unsigned("key", _key(document.order))
    for name, text in texts(document).items():
        stored.add_text(name, text)
    for name, values in document.values.items():
        for value in values:
            stored.add_text(name, value)
    return stored
