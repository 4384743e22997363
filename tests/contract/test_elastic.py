"""What only the index in a cluster does: versions, its limits, and that it never appears by being written to."""

from dataclasses import replace
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from search.cluster.generations import Cluster
from search.engines import elastic as module
from search.engines.elastic import FACET_VALUES, SORTED, WINDOW, ElasticEngine
from search.port import Document, EngineError, Plan, Term, Value, Wanted
from tests.contract.small_directory import built


def document(id: str, kind: str = "offer", **more: Any) -> Document:
    return Document(id, {"title_de": ("rat",)}, {"kind": (kind,)}, **more)


def slugs(engine: ElasticEngine, plan: Plan | None = None) -> list[str]:
    return [slug for slug, _score in engine.search(plan or Plan()).hits]


class TestVersions:
    def kinds(self, engine: ElasticEngine) -> dict[str, int]:
        return dict(engine.search(Plan()).facets["kind"])

    def test_an_older_one_replaces_nothing(self, elastic: ElasticEngine) -> None:
        elastic.update([document("a", "new")], version=7)
        elastic.update([document("a", "old"), document("b", "other")], version=6)
        assert self.kinds(elastic) == {"new": 1, "other": 1}

    def test_the_same_once_more(self, elastic: ElasticEngine) -> None:
        for _time in range(2):
            elastic.update([document("a")], gone=["b"], version=7)
        assert elastic.ids() == {"a"}

    def test_a_newer_one_replaces(self, elastic: ElasticEngine) -> None:
        elastic.update([document("a", "old")], version=6)
        elastic.update([document("a", "new")], version=7)
        assert self.kinds(elastic) == {"new": 1}

    def test_what_is_gone_does_not_come_back_with_an_older_one(self, elastic: ElasticEngine) -> None:
        elastic.update([document("a")], version=5)
        elastic.update([], gone=["a"], version=7)
        elastic.update([document("a")], version=6)
        assert elastic.ids() == frozenset()
        elastic.update([document("a")], version=8)
        assert elastic.ids() == {"a"}

    def test_what_never_was_there_may_go_and_then_stays_away(self, elastic: ElasticEngine) -> None:
        elastic.update([], gone=["a"], version=7)
        elastic.update([document("a")], version=6)
        assert elastic.ids() == frozenset()

    def test_an_older_one_removes_nothing(self, elastic: ElasticEngine) -> None:
        elastic.update([document("a")], version=7)
        elastic.update([], gone=["a"], version=6)
        assert elastic.ids() == {"a"}


class TestMerging:
    def segments(self, engine: ElasticEngine) -> int:
        return int(engine.client.indices.stats(index=engine.index)["_all"]["primaries"]["segments"]["count"])

    def test_what_was_written_in_pieces_is_one(self, elastic: ElasticEngine) -> None:
        for slug in "abc":
            elastic.update([document(slug)])
        assert self.segments(elastic) == 3
        elastic.merge()
        assert self.segments(elastic) == 1
        assert elastic.ids() == {"a", "b", "c"}

    def test_of_no_index_is_a_fault(self, cluster: Cluster) -> None:
        with pytest.raises(EngineError):
            ElasticEngine(cluster.client, f"{cluster.prefix}-missing").merge()


class TestWriting:
    def test_to_an_index_that_is_not_there_makes_none(self, cluster: Cluster) -> None:
        engine = ElasticEngine(cluster.client, f"{cluster.prefix}-missing")
        with pytest.raises(EngineError):
            engine.update(built())
        assert not cluster.client.indices.exists(index=engine.index)

    def test_what_does_not_fit_the_definition_is_a_fault(self, elastic: ElasticEngine) -> None:
        with pytest.raises(EngineError, match="refused: 400"):
            elastic.update([Document("a", {"nowhere": ("x",)}, {})])

    def test_values_longer_than_lucene_takes_are_left_out(self, elastic: ElasticEngine) -> None:
        long = "ع" * 40_000
        elastic.update([Document("a", {"title_de": ("rat",)}, {"kind": ("offer", long)}, order=long)])
        assert elastic.search(Plan()).facets["kind"] == {"offer": 1}

    def test_more_than_one_batch(self, elastic: ElasticEngine, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "BATCH", 2)
        monkeypatch.setattr(module, "IDS", 2)
        elastic.update(document(f"{number}") for number in range(7))
        assert elastic.ids() == set("0123456")
        assert elastic.search(Plan()).total == 7

    def test_nothing_that_can_be_read_is_kept(self, elastic: ElasticEngine) -> None:
        elastic.update(built())
        found = elastic.client.get(index=elastic.index, id="counsel")
        assert found["found"]
        assert "_source" not in found


class TestSearching:
    def test_an_index_that_is_not_there(self, elastic: ElasticEngine) -> None:
        missing = ElasticEngine(elastic.client, f"{elastic.index}-missing")
        with pytest.raises(EngineError, match="NotFoundError 404"):
            missing.search(Plan())
        with pytest.raises(EngineError, match="NotFoundError 404"):
            missing.ids()

    def test_a_server_that_is_not_there_is_told_without_its_password(self) -> None:
        client = Elasticsearch("http://user:geheim@127.0.0.1:1", max_retries=0)
        with pytest.raises(EngineError) as caught:
            ElasticEngine(client, "index").search(Plan())
        assert str(caught.value) == "ConnectionError"

    def test_is_one_request(self, elastic: ElasticEngine, monkeypatch: pytest.MonkeyPatch) -> None:
        asked = []
        perform = elastic.client.transport.perform_request

        def counted(*arguments: Any, **options: Any) -> Any:
            asked.append(arguments)
            return perform(*arguments, **options)

        monkeypatch.setattr(elastic.client.transport, "perform_request", counted)
        wanted = (Wanted((Term("title_de", "rat"),)), Wanted((Value("kind", ("offer",)),)))
        elastic.search(Plan(wanted, filters={"kind": frozenset({"offer"}), "open": frozenset({"24/7"})}))
        assert len(asked) == 1

    @pytest.mark.parametrize("offset", [9_980, 49_980, WINDOW - 1, WINDOW, 10**9])
    def test_pages_far_behind_the_end(self, elastic: ElasticEngine, offset: int) -> None:
        elastic.update(built())
        found = elastic.search(Plan(offset=offset, limit=20))
        assert (found.hits, found.total) == ((), len(built()))

    def test_scores_that_differ_by_less_than_is_told_are_equal(self, elastic: ElasticEngine) -> None:
        elastic.update([document("b", "b"), document("a", "a"), document("c", "c")])
        nearly = (Value("kind", ("b",), 1.00001), Value("kind", ("a",), 1.0), Value("kind", ("c",), 0.5))
        assert slugs(elastic, Plan((Wanted(nearly),))) == ["a", "b", "c"]
        assert slugs(elastic, Plan((Wanted(nearly),), offset=1, limit=1)) == ["b"]

    def test_pages_follow_one_another_among_equals(self, elastic: ElasticEngine) -> None:
        """More of them than are fetched around a page."""
        ids = [f"{number:03}" for number in range(3 * SORTED)]
        elastic.update(document(id) for id in reversed(ids))
        plan = Plan((Wanted((Term("title_de", "rat"),)),))
        pages = [slugs(elastic, replace(plan, offset=start)) for start in range(0, 3 * SORTED, 20)]
        assert [slug for page in pages for slug in page] == ids

    def test_every_opening_hour_is_counted(self, elastic: ElasticEngine) -> None:
        hours = [f"Mo {number // 60:02}:{number % 60:02}+" for number in range(1200)]
        elastic.update(Document(f"{at:04}", {}, {"open": (text,)}) for at, text in enumerate(hours))
        assert elastic.search(Plan()).facets["open"] == dict.fromkeys(hours, 1)
        assert len(hours) < FACET_VALUES

    def test_thousands_of_values_to_filter_by(self, elastic: ElasticEngine) -> None:
        elastic.update([document("a", "open-9999"), document("b", "shut")])
        values = frozenset(f"open-{number}" for number in range(FACET_VALUES))
        assert slugs(elastic, Plan(filters={"kind": values})) == ["a"]

    def test_the_largest_plan(self, elastic: ElasticEngine) -> None:
        """Forty words with all that is known of each, and a thousand pieces."""
        elastic.update(built())
        wanted = tuple(
            Wanted(
                tuple(Term(field, f"word{at}") for field in ("title_de", "names", "parts", "labels", "text_en"))
            )
            for at in range(120)
        )
        hints = tuple(Term("grams", f"piece{number}", 0.1) for number in range(5_000))
        counsel = Wanted((Term("grams", "^rat"), Value("kind", ("counselling",))))
        assert len(slugs(elastic, Plan((*wanted, counsel), hints=hints))) == 4

    @pytest.mark.parametrize(
        "text", ["\ud800", "\x00", "\x1f\x7f", "\u2028", "x" * 40_000, "ﷺ" * 20_000, '"\\', ""]
    )
    def test_whatever_is_asked_for_finds_nothing(self, elastic: ElasticEngine, text: str) -> None:
        elastic.update(built())
        asked = Wanted((Term("title_de", text), Value("concepts", (text,))))
        assert elastic.search(Plan((asked,))).total == 0
        assert elastic.search(Plan(filters={"kind": frozenset({text}), "group": frozenset({text})})).total == 0
