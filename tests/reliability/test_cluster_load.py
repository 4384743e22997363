"""Two web servers and a worker on PostgreSQL and Elasticsearch, while twenty people edit and fifty search.

The editors are threads that save, publish, unpublish and delete through the models, as the admin's views do: those
would keep both processors busy with forms, and the change log with less than a tenth of the edits.
"""

import os
import random
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from directory.models import Listing, Organisation
from search.cluster import following, generations
from search.cluster.generations import Cluster, NoIndexError
from search.cluster.lag import lag
from search.port import Plan, Term, Wanted
from tests import houses
from tests.clusters import corner
from tests.database import States
from tests.reliability.starting import Server, environment

SECONDS = float(os.environ.get("CLUSTER_LOAD_SECONDS") or 60)
EDITORS, SEARCHERS = 20, 50
PAUSE = 4.0  # seconds that each rests on average: two processors serve, edit, follow and search here
LEVEL_WITHIN = 5.0  # seconds after the last edit
PATIENT = 240.0
WORDS = ("Beratung", "Rassismus am Arbeitsplatz", "Wohnung", "Polizei", "Workshop Schule", "zzz", "ayrımcılık")
PATHS = ("/de/angebote/", "/de/angebote/?kind=training", "/en/angebote/?audience=affected")

pytestmark = [
    pytest.mark.timeout(SECONDS + 3 * PATIENT),
    pytest.mark.skipif(
        not os.environ.get("TEST_DATABASE_URL", "").startswith("postgres"),
        reason="TEST_DATABASE_URL names no PostgreSQL: several hosts share no SQLite",
    ),
]


@dataclass
class Told:
    """What editors were told is saved, and what searchers were shown."""

    titles: dict[str, str] = field(default_factory=dict)  # of what is public now; each editor keeps to its own
    hidden: set[str] = field(default_factory=set)
    edits: list[float] = field(default_factory=list)  # seconds that each took
    pages: list[float] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    behind: list[timedelta] = field(default_factory=list)


@pytest.fixture
def database(
    database_states: States, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[Callable[[], object]]:
    """The demo data in a database of their own; what a thread calls first to work on it too."""
    folder = tmp_path / "house"
    folder.mkdir()
    with django_db_blocker.unblock(), houses.house(database_states, folder):
        kind, settings = type(connections["default"]), connection.settings_dict

        def join() -> None:
            connections["default"] = kind(settings, "default")

        yield join


def address() -> str:
    """Of the database that this process has open."""
    server, _slash, query = os.environ["TEST_DATABASE_URL"].partition("?")
    name = connection.settings_dict["NAME"]
    return f"{server.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")


# --- processes ----------------------------------------------------------------------------------------------


@contextmanager
def hosts(folder: Path, url: str, prefix: str) -> Iterator[list[Server]]:
    """Two servers and a worker, each with a data folder of its own."""

    def settings(name: str) -> dict[str, str]:
        (folder / name).mkdir()
        more = {"DATABASE_URL": address(), "SEARCH_URL": f"{url}/{prefix}", "STATIC_ROOT": str(folder / "static")}
        return environment(folder / name, **more)

    with ExitStack() as stack:
        servers = []
        for name in ("first", "second"):  # one after the other: the second finds the static files
            servers.append(Server(folder / name, settings(name)))
            stack.callback(servers[-1].stop)
            servers[-1].wait(PATIENT)
        worker = stack.enter_context((folder / "worker.log").open("w"))
        command = [sys.executable, "-m", "wegweiser", "follow_changes"]
        process = subprocess.Popen(command, env=settings("worker"), stdout=worker, stderr=subprocess.STDOUT)
        stack.callback(process.wait, 40)
        stack.callback(process.terminate)
        yield servers
        assert process.poll() is None, (folder / "worker.log").read_text()


def wait_for_an_index(cluster: Cluster) -> None:
    until = time.monotonic() + PATIENT
    while time.monotonic() < until:
        try:
            if not following.check(cluster):
                return
        except NoIndexError:
            pass
        time.sleep(0.5)
    pytest.fail("nobody has built an index in the cluster")


def ask_the_cluster(servers: list[Server], cluster: Cluster) -> None:
    """Each reads what the index knows at its first search. On two processors that takes longer beside many."""
    until = time.monotonic() + PATIENT
    for server in servers:
        before = asked_of(cluster)
        while asked_of(cluster) == before:
            server.ask("/de/suche/", method="POST", body="text=Beratung")
            assert time.monotonic() < until, "the cluster is not asked"
            time.sleep(0.5)


# --- people -------------------------------------------------------------------------------------------------


def word() -> str:
    """One that nothing else has, and that no stemmer changes."""
    return "qx" + "".join("bcdfghkmnp"[int(digit)] for digit in str(uuid.uuid4().int)[:12]) + "x"


def create(told: Told, chance: random.Random) -> None:
    """Never touched again: had somebody passed over this change, it would be missing in the end."""
    title = f"Beratung {word()}"
    slug = f"load-{title.rpartition(' ')[2]}"
    house = chance.choice(list(Organisation.objects.order_by("pk")[:20]))
    Listing(
        slug=slug,
        title_de=title,
        organisation=house,
        kind="counselling",
        audience="affected",
        source_language="de",
        live=True,
    ).save()
    told.titles[slug] = title


def change(told: Told, mine: list[str]) -> None:
    entry = Listing.objects.get(slug=mine[0])
    entry.title_de = f"Beratung {word()}"
    entry.save_revision().publish()
    told.titles[mine[0]] = entry.title_de
    told.hidden.discard(mine[0])


def hide(told: Told, mine: list[str]) -> None:
    Listing.objects.get(slug=mine[0]).unpublish()
    told.titles.pop(mine[0], None)
    told.hidden.add(mine[0])


def delete(told: Told, mine: list[str]) -> None:
    slug = mine.pop()
    Listing.objects.get(slug=slug).delete()
    told.titles.pop(slug, None)
    told.hidden.add(slug)


def edit(told: Told, chance: random.Random, mine: list[str]) -> None:
    kind = chance.random()
    started = time.monotonic()
    if kind < 0.5:
        create(told, chance)
    elif kind < 0.8:
        change(told, mine)
    elif kind < 0.95 or len(mine) < 2:
        hide(told, mine)
    else:
        delete(told, mine)
    told.edits.append(time.monotonic() - started)


def search(told: Told, chance: random.Random, server: Server) -> None:
    started = time.monotonic()
    if chance.random() < 0.7:
        body = urlencode({"text": chance.choice(WORDS)}, quote_via=quote)
        status, _headers, _page = server.ask("/de/suche/", method="POST", body=body)
    else:
        status, _headers, _page = server.ask(chance.choice(PATHS))
    told.pages.append(time.monotonic() - started)
    told.answers[status] += 1


def look(told: Told, cluster: Cluster) -> None:
    """How far the index is, from the outside."""
    stamp = generations.current(cluster).state().stamp
    told.positions.append(stamp.position)
    behind = lag(stamp)
    assert behind is not None
    told.behind.append(behind)


@contextmanager
def threads(told: Told, stop: threading.Event) -> Iterator[Callable[..., None]]:
    """Each does its work again and again, with a pause of so many seconds on average."""
    started: list[threading.Thread] = []

    def repeat(first: Callable[[], object], work: Callable[[], object], seconds: float) -> None:
        chance, began = random.Random(), time.monotonic()
        try:
            first()
            while not stop.wait(chance.uniform(0, 2 * seconds)):
                work()
        except BaseException as error:
            told.failed.append(f"{time.monotonic() - began:.1f} s: {error!r}")
        finally:
            connection.close()

    def start(first: Callable[[], object], work: Callable[[], object], seconds: float) -> None:
        started.append(threading.Thread(target=repeat, args=(first, work, seconds)))
        started[-1].start()

    try:
        yield start
    finally:
        stop.set()
        for thread in started:
            thread.join()


def people(start: Callable[..., None], told: Told, servers: list[Server], join: Callable[[], object]) -> None:
    slugs = list(Listing.objects.public().order_by("slug").values_list("slug", flat=True))
    for number in range(EDITORS):
        mine = slugs[number::EDITORS][:3]
        start(join, partial(edit, told, random.Random(number), mine), PAUSE)
    for number in range(SEARCHERS):
        start(join, partial(search, told, random.Random(number), servers[number % 2]), PAUSE)


# --- what is left -------------------------------------------------------------------------------------------


def seconds_until_level(cluster: Cluster) -> float:
    started = time.monotonic()
    while difference := following.check(cluster):
        assert time.monotonic() - started < LEVEL_WITHIN, difference
        time.sleep(0.1)
    return time.monotonic() - started


def nothing_is_lost(told: Told, cluster: Cluster) -> None:
    saved = dict(Listing.objects.public().values_list("slug", "title_de"))
    assert {slug: saved.get(slug) for slug in told.titles} == told.titles
    assert not told.hidden & saved.keys()
    engine = following.engine_of(generations.current(cluster))
    for slug, title in told.titles.items():
        asked = Plan(wanted=(Wanted((Term("title_de", title.rpartition(" ")[2]),)),))
        assert [found for found, _score in engine.search(asked).hits] == [slug]


def test_twenty_edit_and_fifty_search(
    database: Callable[[], object], elasticsearch_url: str, tmp_path: Path
) -> None:
    told = Told()
    with (
        corner(elasticsearch_url) as cluster,
        hosts(tmp_path, elasticsearch_url, cluster.prefix) as servers,
    ):
        wait_for_an_index(cluster)
        ask_the_cluster(servers, cluster)
        before = generations.current(cluster)
        with threads(told, threading.Event()) as start:
            start(database, lambda: look(told, cluster), 0.2)
            people(start, told, servers, database)
            time.sleep(SECONDS)
        level = seconds_until_level(cluster)
        assert told.failed == []
        print(f"\n{figures(told, level, asked_of(cluster))}")  # noqa: T201
        assert set(told.answers) == {200}
        assert told.positions == sorted(told.positions)
        assert generations.current(cluster) == before  # all was followed, nothing built anew
        nothing_is_lost(told, cluster)
        assert asked_of(cluster) > 0
    assert len(told.edits) > EDITORS
    assert len(told.pages) > SEARCHERS


def asked_of(cluster: Cluster) -> int:
    """How many searches the index has seen."""
    index = generations.current(cluster).index
    stats: dict[str, Any] = cluster.client.indices.stats(index=index, metric="search").body
    return int(stats["_all"]["primaries"]["search"]["query_total"])


def figures(told: Told, level: float, asked: int) -> str:
    def percentiles(seconds: list[float]) -> str:
        cuts = quantiles(seconds, n=100)
        return f"p50 {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms"

    behind = [each.total_seconds() for each in told.behind]
    return (
        f"{len(told.edits)} edits ({percentiles(told.edits)}), {len(told.pages)} pages "
        f"({percentiles(told.pages)}; {dict(told.answers)}), {asked} searches in the cluster, "
        f"{told.positions[-1] - told.positions[0]} positions followed, behind: {percentiles(behind)}, "
        f"most {max(behind):.1f} s; level {level:.1f} s after the end"
    )
