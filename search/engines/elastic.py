"""Elasticsearch as an engine: one index of one shard, filled and asked with what Python analysed.

Scores, facets and ties as in the embedded engine. A search is one request, and nothing that can be read is stored.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, helpers
from elasticsearch.dsl import Keyword, Text
from elasticsearch.dsl import Mapping as Fields

from search.document import TEXT_FIELDS, VALUE_FIELDS
from search.engines.texts import texts
from search.port import FACETS, Clause, Document, EngineError, Found, Plan, Term, Wanted

SORTED = 50  # hits around a page that are put in order beyond their score
WINDOW = 200_000  # nobody leafs further
FACET_VALUES = 10_000  # opening hours are a facet too, and nearly every house has its own
LONGEST = 8_000  # characters of an exact value: Lucene takes 32,766 bytes
TITLE = 2_000  # characters of what hits are put in order by
CLAUSES = 1_000  # a small node takes 1,024
BATCH = 500
IDS = 10_000  # at once
MERGING = 900.0  # seconds; 100,000 documents took 23 on two busy processors
# Also what reading an answer raises that is not what was asked for.
FAULTS = (ApiError, TransportError, LookupError, TypeError, ValueError, AttributeError)
Body = dict[str, Any]
ALL: Body = {"match_all": {}}


@contextmanager
def guard() -> Iterator[None]:
    """Tells what kind of fault it was: the messages of a server may hold its URL and what was asked."""
    try:
        yield
    except FAULTS as error:
        raise EngineError(_kind(error)) from None


def _kind(error: Exception) -> str:
    return f"{type(error).__name__} {error.status_code}" if isinstance(error, ApiError) else type(error).__name__


def definition() -> Body:
    """Settings and mappings of a new index."""
    fields = Fields()
    fields.meta("_source", enabled=False)
    fields.meta("dynamic", "strict")
    for name in ("slug", "order"):
        fields.field(name, Keyword(ignore_above=LONGEST))
    for name in TEXT_FIELDS:
        fields.field(name, Text(analyzer="whitespace", index_options="freqs"))
    for name in VALUE_FIELDS:
        fields.field(name, Keyword(ignore_above=LONGEST))
    return {
        "settings": {
            "index": {
                "number_of_shards": 1,  # how rare a word is would be counted by shard
                "auto_expand_replicas": "0-1",
                "refresh_interval": -1,  # each update refreshes; a pause would make the next search wait
                "gc_deletes": "1h",
                "max_result_window": WINDOW + 2 * SORTED,
                "similarity": {"default": {"type": "BM25", "k1": 1.2, "b": 0.75}},
            }
        },
        "mappings": fields.to_dict(),
    }


class ElasticEngine:
    def __init__(self, client: Elasticsearch, index: str) -> None:
        self.client = client
        self.index = index

    def update(
        self, documents: Iterable[Document], gone: Iterable[str] = (), *, version: int | None = None
    ) -> None:
        """Seen by every search when it returns. What is there in a newer version stays."""
        with guard():
            if not self.client.indices.exists(index=self.index):
                raise EngineError("no index")  # writing would make one, of fields that are guessed
        versioned = {} if version is None else {"version": version, "version_type": "external"}
        with guard():
            done = helpers.streaming_bulk(
                self.client,
                ({**action, **versioned} for action in _actions(documents, gone)),
                chunk_size=BATCH,
                index=self.index,
                raise_on_error=False,
            )
            for right, answer in done:
                ((_action, item),) = answer.items()
                if not right and item["status"] not in (404, 409):  # gone already, or newer
                    raise EngineError(f"a document was refused: {item['status']}")
            self.client.indices.refresh(index=self.index)

    def merge(self) -> None:
        """Of a filled index: what is in one segment is found in half the time and takes a fifth of the room."""
        with guard():
            patient = self.client.options(request_timeout=MERGING)
            patient.indices.forcemerge(index=self.index, max_num_segments=1)

    def ids(self) -> frozenset[str]:
        return frozenset(self._slugs())

    def _slugs(self) -> Iterator[str]:
        after: list[str] = []
        while True:
            body = {"sort": ["slug"], "size": IDS} | ({"search_after": after} if after else {})
            hits = self._asked(body)["hits"]["hits"]
            if not hits:
                return
            yield from (hit["sort"][0] for hit in hits)
            after = hits[-1]["sort"]

    def search(self, plan: Plan) -> Found:
        answer = self._asked(request(plan))
        with guard():
            return _found(plan, answer)

    def _asked(self, body: Body) -> Mapping[str, Any]:
        with guard():
            answer = self.client.search(
                index=self.index,
                body=body | {"_source": False, "stored_fields": "_none_"},
                allow_partial_search_results=False,
            )
            return dict(answer)


def _actions(documents: Iterable[Document], gone: Iterable[str]) -> Iterator[Body]:
    for id in gone:
        yield {"_op_type": "delete", "_id": id}
    for document in documents:
        yield {"_op_type": "index", "_id": document.id, "_source": _stored(document)}


def _stored(document: Document) -> Body:
    values = {name: list(found) for name, found in document.values.items()}
    return {"slug": document.id, "order": document.order[:TITLE], **texts(document), **values}


def request(plan: Plan) -> Body:
    """What is asked of Elasticsearch: what is no facet narrows everything, what is one all facets but its own."""
    chosen = {name: _having(name, values) for name, values in plan.filters.items()}
    own = {name: chosen[name] for name in FACETS if name in chosen}
    always = [one for name, one in chosen.items() if name not in own]
    start = max(0, plan.offset - SORTED)
    shown = plan.limit and plan.offset < WINDOW
    return {
        "query": _ranked(plan, always),
        "post_filter": _all(own.values()),
        "aggs": _facets(own, plan.facets),
        "sort": ["_score", *([] if plan.wanted else ["order"]), "slug"],
        "from": start if shown else 0,
        "size": plan.offset - start + plan.limit + SORTED if shown else 0,
        "track_total_hits": True,
    }


def _ranked(plan: Plan, always: list[Body]) -> Body:
    wanted = [_wanted(one, name=str(at)) for at, one in enumerate(plan.wanted)]
    leanings = [_wanted(one) for one in plan.leanings]
    hints = [_clause(one) for one in _heaviest(plan)]
    found = [{"bool": {"should": wanted}}] if wanted else []
    everything = always if wanted else [ALL, *always]
    return {"bool": {"must": found, "filter": everything, "should": [*leanings, *hints]}}


def _heaviest(plan: Plan) -> Iterable[Term]:
    """Hints only order what was found: of a very long text the lightest are left out."""
    room = CLAUSES - sum(len(one.clauses) for one in (*plan.wanted, *plan.leanings)) - len(plan.filters)
    if len(plan.hints) <= room:
        return plan.hints
    return sorted(plan.hints, key=lambda hint: -hint.weight)[: max(0, room)]


def _wanted(wanted: Wanted, name: str = "") -> Body:
    if not wanted.clauses:
        return {"match_none": {}}
    clauses = [_clause(clause) for clause in wanted.clauses]
    named = {"_name": name} if name else {}
    return {"dis_max": {"queries": clauses, "tie_breaker": wanted.share, **named}}


def _clause(clause: Clause) -> Body:
    if isinstance(clause, Term):
        return {"term": {clause.field: {"value": _sent(clause.term), "boost": clause.weight}}}
    having = _having(clause.field, clause.values)
    if clause.absent:
        having = {"bool": {"must_not": [having]}}
    return {"constant_score": {"filter": having, "boost": clause.weight}}


def _having(field: str, values: Iterable[str]) -> Body:
    return {"terms": {field: sorted(map(_sent, values))}}


def _sent(text: str) -> str:
    """Half a character is no JSON, and what is longer than Lucene takes is nowhere."""
    return text[:LONGEST].encode("utf-8", "replace").decode()


def _all(filters: Iterable[Body]) -> Body:
    return {"bool": {"filter": list(filters)}} if filters else ALL


def _facets(own: Mapping[str, Body], counted: Iterable[str]) -> Body:
    """One count for all facets without a filter, and one for each that is filtered, without its own."""
    free = [name for name in counted if name not in own]
    groups = {"": free, **{name: [name] for name in own if name in counted}}
    return {
        f"without {without}": {
            "filter": _all([one for name, one in own.items() if name != without]),
            "aggs": {name: {"terms": {"field": name, "size": FACET_VALUES}} for name in names},
        }
        for without, names in groups.items()
        if names
    }


def _found(plan: Plan, answer: Mapping[str, Any]) -> Found:
    hits = answer["hits"]["hits"]
    ranked = sorted((-round(score, 4), *order, slug) for score, *order, slug in (hit["sort"] for hit in hits))
    skipped = min(plan.offset, SORTED)
    page = [(slug, -score) for score, *_order, slug in ranked[skipped : skipped + plan.limit]]
    matched = {hit["sort"][-1]: tuple(sorted(map(int, hit.get("matched_queries", ())))) for hit in hits}
    counts = {
        name: {bucket["key"]: bucket["doc_count"] for bucket in found["buckets"]}
        for group in (answer["aggregations"] if plan.facets else {}).values()
        for name, found in group.items()
        if name in FACETS
    }
    return Found(
        tuple(page),
        answer["hits"]["total"]["value"],
        counts,
        {slug: matched[slug] for slug, _score in page if matched[slug]},
    )
