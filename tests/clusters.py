"""An own corner of a real Elasticsearch, and what an index there answers."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from elasticsearch import Elasticsearch

from search.cluster import following, generations
from search.cluster.generations import Cluster, merged
from search.indexing import base_knowledge
from search.library import Library, taught, weights_of
from search.port import Query
from search.queries import answer


@contextmanager
def corner(url: str) -> Iterator[Cluster]:
    """Of a random name; what was made in it is deleted in the end."""
    with Elasticsearch(url, request_timeout=30, max_retries=0) as client:
        cluster = Cluster(client, f"test-{uuid.uuid4().hex[:8]}")
        try:
            yield cluster
        finally:
            for name in client.indices.get_alias(index=f"{cluster.prefix}-*"):
                client.indices.delete(index=name, ignore_unavailable=True)


def library(cluster: Cluster) -> Library:
    generation = generations.current(cluster)
    known = merged(generation.statistics(), generation.state().additions)
    return Library(following.engine_of(generation), taught(base_knowledge(), known), weights_of(known), known)


def found(cluster: Cluster, text: str = "") -> list[str]:
    return [hit.slug for hit in answer(Query(text, size=100), library(cluster)).hits]
