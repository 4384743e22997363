"""A directory of one size after the other on each engine: how long, how large, how soon an edit is found."""

import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from threading import Event
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import override_settings

if not apps.ready:
    django.setup()  # run alone: to look at a process that has nothing but the index open

from directory.models import Listing
from search import indexes, indexing, queries, worker
from search.cluster import reader as cluster_reader
from search.engines.elastic import ElasticEngine
from search.engines.embedded import EmbeddedEngine
from search.port import Query, Results
from tests.benchmarks import listings
from tests.benchmarks import search as benchmark

EDITS = 5
LONGEST = 60.0  # seconds until an edit must be found
OPENING, PAUSE = 600.0, 0.5  # meanwhile the database answers, which takes longer


def measured(numbers: list[int], engines: list[str], url: str, rounds: int) -> dict[str, Any]:
    figures: dict[str, Any] = {"processors": os.cpu_count(), "load": os.getloadavg()[0], "sizes": {}}
    for number in sorted(numbers):
        _say(f"{number} listings")
        made = _seconds(partial(listings.fill, number))
        of_size: dict[str, Any] = {"made_seconds": made}
        for engine in engines:
            _say(f"  {engine}")
            with _on(engine, url):
                of_size[engine] = _of_engine(rounds)
        figures["sizes"][number] = of_size
    figures["load_after"] = os.getloadavg()[0]
    return figures | {"page_to_smallest": _to_smallest(figures["sizes"], engines)}


@contextmanager
def _on(engine: str, url: str) -> Iterator[None]:
    """The settings of a site on this engine. What is made in a cluster is deleted in the end."""
    prefix = f"test-benchmark-{uuid.uuid4().hex[:8]}"
    where = f"{url.rstrip('/')}/{prefix}" if engine == "elasticsearch" else ""
    with override_settings(SEARCH_URL=where):
        try:
            yield
        finally:
            if cluster := indexes.there():
                for name in cluster.client.indices.get_alias(index=f"{prefix}-*"):
                    cluster.client.indices.delete(index=name, ignore_unavailable=True)
            cluster_reader.forget()


def _of_engine(rounds: int) -> dict[str, Any]:
    index = indexes.indexes()[0]
    figures: dict[str, Any] = {"rebuild_seconds": _seconds(lambda: index.rebuild(indexing.silent))}
    _say(f"    built in {figures['rebuild_seconds']} s")
    figures["open_seconds"] = _seconds(
        lambda: _until(lambda: not queries.find(Query("Rassismus")).degraded, OPENING, PAUSE)
    )
    figures |= benchmark.measure(rounds)
    _say(f"    page {figures['page_ms']}, engine {figures['engine_ms']}")
    figures["follow_seconds"] = _follow()
    return figures | {"index_mb": _index_size(), **_opened_elsewhere()}


def _follow() -> dict[str, float]:
    """From the end of an edit until it is found: on the cluster with a worker beside, as `serve` starts it."""
    stop = Event()
    threads = worker.start(stop)
    edited = list(Listing.objects.public().order_by("-slug")[:EDITS])
    try:
        with benchmark.watched() as seen:
            lags = [_lag(listing, at, seen) for at, listing in enumerate(edited)]
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    return {"p50": round(median(lags), 2), "max": round(max(lags), 2)}


def _lag(listing: Listing, at: int, seen: benchmark.Watched) -> float:
    """Whoever else answers meanwhile does not count."""
    engine = ElasticEngine if settings.SEARCH_URL else EmbeddedEngine
    word = f"Zwyx{listings.name(Random(at)).lower()}q"
    listing.title_de = f"{word} {uuid.uuid4().hex[:6]}"
    listing.save()

    def found() -> bool:
        seen.asked.clear()
        slugs = _slugs(queries.find(Query(word)))
        return listing.slug in slugs and isinstance(seen.asked[-1][0], engine)

    return _seconds(lambda: _until(found, LONGEST))


def _slugs(results: Results) -> set[str]:
    return {hit.slug for hit in results.hits}


def _index_size() -> float:
    if cluster := indexes.there():
        found = cluster.client.indices.stats(index=f"{cluster.prefix}-*", metric="store")
        size = int(found["_all"]["primaries"]["store"]["size_in_bytes"])
    else:
        size = sum(path.stat().st_size for path in indexing.generations().current().iterdir())
    return round(size / 1e6, 1)


def _opened_elsewhere() -> dict[str, Any]:
    """What a web process holds that has opened the index and searched in all languages."""
    connection.close()
    environment = {**os.environ, "SEARCH_URL": settings.SEARCH_URL}
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.sizes"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def opened() -> dict[str, Any]:
    """In a process of its own."""
    before = _resident()
    opening = _seconds(lambda: _until(lambda: not queries.find(Query("Rassismus")).degraded, OPENING, PAUSE))
    for language, text in benchmark.queries():
        queries.find(Query(text, language))
    return {"opened_seconds": opening, "rss_mb": _resident(), "rss_before_mb": before}


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


def _until(done: Callable[[], bool], longest: float, pause: float = 0.01) -> None:
    end = time.monotonic() + longest
    while not done():
        if time.monotonic() > end:
            raise TimeoutError(f"not within {longest} s")
        time.sleep(pause)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return round(time.perf_counter() - began, 2)


def _to_smallest(sizes: dict[int, Any], engines: list[str]) -> dict[str, dict[int, float]]:
    smallest = min(sizes)

    def page(number: int, engine: str) -> float:
        return float(sizes[number][engine]["page_ms"]["p50"])

    return {
        engine: {number: round(page(number, engine) / page(smallest, engine), 2) for number in sizes}
        for engine in engines
    }


def _say(words: str) -> None:
    sys.stderr.write(words + "\n")


def main() -> None:
    sys.stdout.write(json.dumps(opened()))


if __name__ == "__main__":
    main()
