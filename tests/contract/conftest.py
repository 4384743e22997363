"""The engines, each filled with the documents that a test gives it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from search.cluster.generations import Cluster
from search.engines.database import DatabaseEngine
from search.engines.elastic import ElasticEngine, definition
from search.engines.embedded import EmbeddedEngine
from search.port import Document, Engine
from tests.clusters import corner
from tests.contract.small_directory import Make


@pytest.fixture(scope="session")
def cluster(elasticsearch_url: str) -> Iterator[Cluster]:
    with corner(elasticsearch_url) as found:
        yield found


@pytest.fixture
def elastic(cluster: Cluster) -> Iterator[ElasticEngine]:
    """Of one test: what was deleted keeps its version, and still counts for how rare words are."""
    index = f"{cluster.prefix}-contract"
    cluster.client.indices.create(index=index, **definition())
    yield ElasticEngine(cluster.client, index)
    cluster.client.indices.delete(index=index)


@pytest.fixture(params=["embedded", "elasticsearch", "database"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    if request.param == "database":
        return DatabaseEngine
    kept: Engine = EmbeddedEngine(tmp_path) if request.param == "embedded" else request.getfixturevalue("elastic")

    def filled(documents: Iterable[Document]) -> Engine:
        kept.update(documents)
        return kept

    return filled
