"""What is sent to Elasticsearch, to the letter, and what becomes of its faults. No server is asked."""

import json
import traceback
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from elastic_transport import ApiResponseMeta, ConnectionTimeout, HttpHeaders, NodeConfig, TlsError, TransportError
from elastic_transport import ConnectionError as RefusedError
from elastic_transport import SerializationError as GarbageError
from elasticsearch import ApiError, AuthenticationException, NotFoundError, UnsupportedProductError

from search.document import TEXT_FIELDS, VALUE_FIELDS
from search.engines import elastic
from search.engines.elastic import CLAUSES, ElasticEngine, definition, request
from search.port import FACETS, Document, EngineError, Plan, Term, Value, Wanted

SNAPSHOTS = Path(__file__).with_name("elastic")
SECRET = "https://user:geheim@cluster"
META = ApiResponseMeta(500, "1.1", HttpHeaders(), 0.1, NodeConfig("https", "cluster", 9200))
PLAN = Plan(
    wanted=(
        Wanted((Term("title_de", "rat", 1.2), Term("text_de", "rat")), "rat", share=0.1),
        Wanted((Value("concepts", ("grounds:racism",), 3.5),), "Rassismus", share=0.2),
    ),
    leanings=(Wanted((Value("declined", ("what:violence", "what:insult"), 4.0, absent=True),)),),
    hints=(Term("grams", "^rat", 0.15),),
    filters={"kind": frozenset({"offer", "counselling"}), "areas": frozenset({"harbour"})},
    offset=60,
    limit=20,
)


def kept(name: str) -> Any:
    return json.loads((SNAPSHOTS / f"{name}.json").read_text(encoding="utf-8"))


def engine(fault: Callable[..., Any]) -> ElasticEngine:
    indices = SimpleNamespace(exists=fault, refresh=fault)
    client: Any = SimpleNamespace(search=fault, indices=indices)
    return ElasticEngine(client, "index")


def raising(error: Exception) -> Callable[..., Any]:
    def fault(**_options: object) -> None:
        raise error

    return fault


class TestWhatIsSent:
    """Whichever version of the client: what an index is made of decides its name."""

    @pytest.mark.parametrize(("plan", "name"), [(PLAN, "search"), (Plan(), "browse")])
    def test_a_search_is_what_it_was(self, plan: Plan, name: str) -> None:
        assert request(plan) == kept(name)

    def test_a_definition_is_what_it_was(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(elastic, "TEXT_FIELDS", ("title_de", "grams"))
        monkeypatch.setattr(elastic, "VALUE_FIELDS", ("concepts", "kind"))
        assert definition() == kept("definition")

    def test_every_field_is_defined(self) -> None:
        fields = definition()["mappings"]["properties"]
        assert {name for name, one in fields.items() if one["type"] == "text"} == set(TEXT_FIELDS)
        assert {name for name, one in fields.items() if one["type"] == "keyword"} == {
            *VALUE_FIELDS,
            "slug",
            "order",
        }

    def test_is_json(self) -> None:
        assert json.loads(json.dumps(request(PLAN))) == request(PLAN)

    def test_nothing_that_can_be_read_is_stored(self) -> None:
        mappings = definition()["mappings"]
        assert mappings["_source"] == {"enabled": False}
        assert not any(field.get("store") for field in mappings["properties"].values())

    def test_half_a_character_is_none(self) -> None:
        asked = Plan(wanted=(Wanted((Term("names", "\ud800"), Value("kind", ("a\udfff",)))),))
        assert json.dumps(request(asked), ensure_ascii=False).encode()

    def test_of_a_very_long_text_the_heaviest_hints(self) -> None:
        hints = tuple(Term("grams", str(number), number / 5000) for number in range(5000))
        sent = request(Plan(wanted=PLAN.wanted, hints=hints))["query"]["bool"]["should"]
        assert len(sent) == CLAUSES - 3
        assert min(one["term"]["grams"]["boost"] for one in sent) == (5000 - CLAUSES + 3) / 5000

    def test_of_any_other_all_of_them_in_order(self) -> None:
        hints = tuple(Term("grams", str(number), number / 500) for number in range(500))
        sent = request(Plan(hints=hints))["query"]["bool"]["should"]
        assert [one["term"]["grams"]["value"] for one in sent] == [hint.term for hint in hints]

    def test_more_than_there_is_room_for_leaves_no_hint(self) -> None:
        wanted = (Wanted(tuple(Term("names", str(number)) for number in range(CLAUSES + 5))),)
        assert request(Plan(wanted=wanted, hints=PLAN.hints))["query"]["bool"]["should"] == []

    def test_each_facet_is_asked_for_once(self) -> None:
        groups = request(PLAN)["aggs"].values()
        assert sorted(name for group in groups for name in group["aggs"]) == sorted(FACETS)

    def test_nothing_is_asked_for_where_all_facets_are_filtered(self) -> None:
        groups = request(Plan(filters=dict.fromkeys(FACETS, frozenset({"x"}))))["aggs"].values()
        assert all(group["aggs"] for group in groups)


FAULTS = [
    NotFoundError(SECRET, META, {"error": SECRET}),
    AuthenticationException(SECRET, META, {"error": SECRET}),
    ApiError(SECRET, META, {"error": SECRET}),
    UnsupportedProductError(SECRET, META, None),
    RefusedError(SECRET),
    ConnectionTimeout(SECRET),
    TlsError(SECRET),
    GarbageError(SECRET),
    TransportError(SECRET),
    KeyError(SECRET),
    TypeError(SECRET),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
class TestFaults:
    def test_are_told_by_their_kind_alone(self, fault: Exception) -> None:
        with pytest.raises(EngineError) as caught:
            engine(raising(fault)).search(PLAN)
        told = "".join(traceback.format_exception(caught.value))
        assert type(fault).__name__ in told
        assert "geheim" not in told

    def test_also_while_writing(self, fault: Exception) -> None:
        with pytest.raises(EngineError):
            engine(raising(fault)).update([Document("a", {}, {})])

    def test_and_while_all_are_named(self, fault: Exception) -> None:
        with pytest.raises(EngineError):
            engine(raising(fault)).ids()


@pytest.mark.parametrize(
    "answer",
    [
        {},
        [],
        "<html>",
        None,
        {"hits": {"hits": [{}]}},
        {"hits": {"hits": [{"sort": ["high", "a"]}], "total": {"value": 1}}, "aggregations": {}},
        {"hits": {"hits": [{"sort": [1.0, "a"], "matched_queries": ["x"]}], "total": {"value": 1}}},
        {"hits": {"hits": [], "total": {"value": 1}}, "aggregations": {"without ": {"kind": {"buckets": [1]}}}},
        {"hits": {"hits": [], "total": None}, "aggregations": {}},
    ],
)
def test_an_answer_to_something_else_is_a_fault(answer: object) -> None:
    with pytest.raises(EngineError):
        engine(lambda **_options: answer).search(PLAN)


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_a_request_to_stop_is_none(stop: type[BaseException]) -> None:
    with pytest.raises(stop), elastic.guard():
        raise stop


def test_a_fault_of_the_database_is_not_taken_for_one_of_the_engine() -> None:
    """Documents are read while they are sent."""
    from django.db import OperationalError

    with pytest.raises(OperationalError), elastic.guard():
        raise OperationalError
