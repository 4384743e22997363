"""`kill -9` while the index in the cluster follows and while it is built: no edit is lost, and it catches up."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from django.db import connection
from elasticsearch import Elasticsearch

from directory.models import Listing
from search.cluster import following, generations
from search.cluster.generations import Cluster
from search.port import Plan, Term, Wanted
from tests.clusters import corner
from tests.reliability.killing import KILLS, SEED, Acknowledge, kill, pace

pytestmark = [
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
    pytest.mark.timeout(900),
]

LETTERS = "bcdfghkmnp"  # for digits; folding and stems leave them alone
Killed = Callable[[Cluster, str, Acknowledge], None]


@pytest.fixture(scope="module")
def cluster(elasticsearch_url: str, house: Path) -> Iterator[Cluster]:
    """The demo data is in it. What this process has read of it is known to those that it forks."""
    with corner(elasticsearch_url) as made:
        following.build(made)
        assert following.follow(made)
        yield made


def opened(cluster: Cluster) -> Cluster:
    """Two processes on one connection would mix their answers."""
    node = next(iter(cluster.client.transport.node_pool.all()))
    return Cluster(Elasticsearch(node.base_url, request_timeout=30, max_retries=0), cluster.prefix)


def word(turn: int) -> str:
    """One that nothing else has and no stemmer changes."""
    return "qx" + "".join(LETTERS[int(digit)] for digit in f"{turn:06}") + "x"


def turn_of(title: str) -> int:
    found = title.rpartition(" ")[2]
    is_word = found.startswith("qx") and len(found) == 9
    return int("".join(str(LETTERS.index(letter)) for letter in found[2:-1])) if is_word else 0


def edit(slug: str, acknowledge: Acknowledge) -> None:
    entry = Listing.objects.get(slug=slug)
    turn = turn_of(entry.title_de) + 1
    entry.title_de = f"Beratung {word(turn)}"
    entry.save()
    acknowledge(str(turn))


def edit_and_follow(cluster: Cluster, slug: str, acknowledge: Acknowledge) -> None:
    there = opened(cluster)
    while True:
        edit(slug, acknowledge)
        following.follow(there)


def edit_and_rebuild(cluster: Cluster, slug: str, acknowledge: Acknowledge) -> None:
    there = opened(cluster)
    while True:
        edit(slug, acknowledge)
        following.rebuild(there)


def caught_up(cluster: Cluster, title: str) -> list[str]:
    """As the worker that starts again; who has this title then."""
    if not following.follow(cluster):
        assert following.rebuild(cluster), "a lock was left behind"
    assert not following.check(cluster)
    engine = following.engine_of(generations.current(cluster))
    asked = Plan(wanted=(Wanted((Term("title_de", title.rpartition(" ")[2]),)),))
    return [slug for slug, _score in engine.search(asked).hits]


@pytest.mark.parametrize("work", [edit_and_follow, edit_and_rebuild])
def test_killed(cluster: Cluster, work: Killed) -> None:
    slug = str(Listing.objects.public().order_by("slug").values_list("slug", flat=True)[3])
    working = partial(work, cluster, slug)
    within = pace(working, 3)
    kills, edits = max(2, KILLS // 2), 0
    for _turn in range(kills):
        before = turn_of(Listing.objects.get(slug=slug).title_de)
        acknowledged = kill(working, within)
        edits += len(acknowledged)
        last = int(acknowledged[-1]) if acknowledged else before
        title = Listing.objects.get(slug=slug).title_de
        assert turn_of(title) in (last, last + 1), f"KILL_SEED={SEED}"
        assert caught_up(cluster, title) == [slug], f"KILL_SEED={SEED}"
    said = f"killed on {connection.vendor} with KILL_SEED={SEED}: {kills} within {within:.1f} s"
    print(f"\n{said}, {edits} edits kept")  # noqa: T201
