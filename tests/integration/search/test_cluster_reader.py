"""Who answers: the cluster where one is set and level, else the index of this host, the database last."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection as database
from django.utils import timezone
from pytest_django import Settings

from directory.models import Change
from search import queries, reader
from search.cluster import connection, following, generations
from search.cluster import reader as cluster_reader
from search.cluster.generations import Cluster, Generation
from search.cluster.lag import lag
from search.cluster.reader import ElsewhereError, Reader
from search.generations import Stamp
from search.indexing import base_knowledge, newest
from search.library import Library, Statistics
from search.port import EngineError, Query
from search.queries import find
from tests.integration.search.making import listing, term
from tests.reliability import fault_proxy as faults
from tests.reliability.fault_proxy import FaultProxy

READ_WITHIN = 20.0


@pytest.fixture
def set_up(cluster: Cluster, elasticsearch_url: str, settings: Settings) -> Iterator[Cluster]:
    """One listing, in the cluster too."""
    listing("advice", "Beratung")
    assert following.rebuild(cluster)
    settings.SEARCH_URL = f"{elasticsearch_url}/{cluster.prefix}"
    yield cluster
    cluster_reader.forget()


def mine() -> Reader:
    where = connection.configured()
    assert where
    return cluster_reader._reader(where)


def look_again() -> None:
    seen = mine().seen
    mine().seen = seen and replace(seen, at=float("-inf"))


def learn() -> Library:
    """Until what the index knows has been read beside the pages."""
    until = time.monotonic() + READ_WITHIN
    while time.monotonic() < until:
        look_again()
        try:
            with cluster_reader.asking() as library:
                learner, learnt = mine().learner, mine().learnt
                if not (learner and learner.is_alive()) and learnt and learnt.library is library:
                    return library
        except EngineError:
            time.sleep(0.02)
    raise AssertionError("not read in time")


def follow(where: Cluster) -> None:
    database.run_on_commit.clear()  # what was written so far is a transaction of its own in the change log
    assert following.follow(where)


def slugs(text: str = "") -> set[str]:
    found = find(Query(text))
    assert not found.degraded
    return {hit.slug for hit in found.hits}


def broken(*_arguments: Any) -> Any:
    raise EngineError("damaged")


@pytest.fixture
def without_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "library", broken)


class TestOrder:
    def test_the_cluster_answers_and_the_host_is_not_asked(self, set_up: Cluster, without_host: None) -> None:
        learn()
        assert slugs("Beratung") == {"advice"}
        assert queries.analysis().knowledge is learn().knowledge

    def test_until_it_is_read_what_the_index_knows_the_host_answers(self, set_up: Cluster) -> None:
        with pytest.raises(ElsewhereError), cluster_reader.asking():
            pass
        assert slugs("Beratung") == {"advice"}
        assert not mine().breaker.is_open

    def test_where_neither_does_the_database_answers_and_says_so(
        self, set_up: Cluster, without_host: None, settings: Settings
    ) -> None:
        settings.SEARCH_URL = "http://127.0.0.1:1"
        found = find(Query("Beratung"))
        assert found.degraded
        assert [hit.slug for hit in found.hits] == ["advice"]

    def test_without_a_cluster_nothing_of_it_is_touched(
        self, index: object, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.SEARCH_URL = ""
        monkeypatch.setattr(queries, "_cluster", broken)
        listing("advice", "Beratung")
        assert slugs("Beratung") == {"advice"}

    def test_wrong_settings_cost_no_page(self, index: object, settings: Settings) -> None:
        settings.SEARCH_URL = "https://chris:ge/heim@es"
        listing("advice", "Beratung")
        assert slugs("Beratung") == {"advice"}

    def test_a_fault_of_our_own_closes_no_cluster(self, set_up: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
        learn()
        with pytest.raises(ZeroDivisionError), cluster_reader.asking():
            _ = 1 / 0
        assert not mine().breaker.is_open

    def test_a_fault_of_our_own_is_told_and_costs_no_page(
        self, set_up: Cluster, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        learn()

        def broken_plan(*_arguments: Any) -> Any:
            monkeypatch.undo()  # the next engine is asked as always
            raise ZeroDivisionError("Beratung")

        monkeypatch.setattr(queries, "plan", broken_plan)
        assert slugs("Beratung") == {"advice"}
        assert [record.getMessage() for record in caplog.records if record.name == "search.queries"] == [
            "The search cluster could not be asked: ZeroDivisionError"
        ]

    def test_searching_writes_nothing(self, set_up: Cluster, elasticsearch_url: str, settings: Settings) -> None:
        with FaultProxy(elasticsearch_url) as proxy:
            settings.SEARCH_URL = f"{proxy.url}/{set_up.prefix}"
            learn()
            slugs("Beratung")
            assert proxy.searches
            assert not [asked for asked in proxy.seen if asked.writes]
            cluster_reader.forget()


class TestEdits:
    def test_what_was_followed_is_seen_by_the_next_look(self, set_up: Cluster, without_host: None) -> None:
        learn()
        listing("course", "Fortbildung")
        follow(set_up)
        learn()
        assert slugs() == {"advice", "course"}

    def test_new_words_are_known_and_no_page_waits_for_it(self, set_up: Cluster) -> None:
        before = learn()
        listing("course", "Zivilcouragetraining")
        follow(set_up)
        after = learn()
        assert "zivilcouragetraining" not in before.statistics.words
        assert "zivilcouragetraining" in after.statistics.words
        assert "speller" in vars(after.knowledge), "worked out before anybody asks"

    def test_edits_without_end_compile_nothing_anew_with_each(
        self, set_up: Cluster, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = learn()
        listing("course", "Zivilcouragetraining")
        follow(set_up)
        grown = learn()
        assert "zivilcouragetraining" in grown.knowledge.words
        assert grown.knowledge.speller is before.knowledge.speller
        monkeypatch.setattr(cluster_reader, "TAUGHT_SECONDS", 0.0)  # as if a minute had passed
        again = learn()
        assert again.knowledge.speller is not before.knowledge.speller
        learnt, seen = mine().learnt, mine().seen
        assert learnt
        assert seen
        assert learnt.is_of(seen, base_knowledge())  # and not with each page from now on

    def test_within_half_a_second_it_looks_once(self, set_up: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
        learn()
        looked: list[Cluster] = []

        def counted(where: Cluster) -> Generation:
            looked.append(where)
            return generations.current(where)

        monkeypatch.setattr(cluster_reader, "current", counted)
        look_again()
        for _search in range(5):
            slugs()
        assert len(looked) == 1

    def test_the_vocabulary_as_it_is_now(self, set_up: Cluster) -> None:
        before = learn()
        term("grounds", "racism", "Rassismus")
        database.run_on_commit.clear()
        from directory import vocabulary

        vocabulary.forget()
        after = learn()
        assert "grounds:racism" in after.knowledge.labels
        assert "grounds:racism" not in before.knowledge.labels


class TestGenerations:
    def test_the_one_before_answers_while_another_is_read(
        self, set_up: Cluster, without_host: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = learn()
        listing("course", "Fortbildung")
        database.run_on_commit.clear()
        assert following.rebuild(set_up)
        go_on, real = threading.Event(), Generation.statistics

        def large(generation: Generation) -> Statistics:
            assert go_on.wait(READ_WITHIN)
            return real(generation)

        monkeypatch.setattr(Generation, "statistics", large)
        look_again()
        began = time.monotonic()
        assert slugs() == {"advice"}
        assert time.monotonic() - began < 1
        with cluster_reader.asking() as library:
            assert library is before
        go_on.set()
        assert learn() is not before
        assert slugs() == {"advice", "course"}

    def test_what_cannot_be_read_is_not_tried_with_every_page(
        self, set_up: Cluster, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tried: list[int] = []

        def damaged(_generation: Generation) -> Statistics:
            tried.append(1)
            raise KeyError("words")

        monkeypatch.setattr(Generation, "statistics", damaged)
        for _search in range(10):
            assert slugs() == {"advice"}
            learner = mine().learner
            if learner:
                learner.join()
        assert len(tried) == 1
        assert mine().breaker.is_open


class TestBehind:
    """By the change log, whoever wrote it."""

    def edited(self, ago: timedelta) -> None:
        database.run_on_commit.clear()
        listing("course", "Fortbildung")
        Change.objects.filter(slug="course").update(at=timezone.now() - ago)

    def answers(self, condition: Callable[[], bool] = lambda: True) -> bool:
        look_again()
        try:
            with cluster_reader.asking():
                return condition()
        except ElsewhereError:
            return False

    def test_a_moment_is_no_matter(self, set_up: Cluster) -> None:
        learn()
        self.edited(timedelta(seconds=8))
        assert self.answers()

    def test_longer_the_host_answers_which_knows_it(
        self, set_up: Cluster, caplog: pytest.LogCaptureFixture
    ) -> None:
        learn()
        self.edited(timedelta(seconds=12))
        assert not self.answers()
        assert slugs() == {"advice", "course"}
        look_again()
        assert slugs() == {"advice", "course"}
        assert caplog.text.count("does not follow") == 1, "told once"
        assert not mine().breaker.is_open
        follow(set_up)
        assert self.answers()

    def test_an_index_of_another_database_does_not_answer(self, set_up: Cluster) -> None:
        learn()
        rows = Change.of_public().order_by("-id")
        rows.filter(id=rows[0].id).update(transaction="0" * 32)
        assert not self.answers()

    def test_nor_does_one_that_is_ahead(self, set_up: Cluster) -> None:
        """As after a restore of an older backup."""
        learn()
        Change.of_public().order_by("-id")[0].delete()
        assert not self.answers()


class TestLag:
    @pytest.fixture
    def stamp(self, db: None) -> Stamp:
        listing("advice", "Beratung")
        return newest()

    def test_none(self, stamp: Stamp) -> None:
        assert lag(stamp) == timedelta()

    def test_since_the_oldest_edit_that_was_not_followed(self, stamp: Stamp) -> None:
        database.run_on_commit.clear()
        for slug, hours in (("one", 3), ("other", 1)):
            listing(slug, "Beratung")
            database.run_on_commit.clear()
            Change.objects.filter(slug=slug).update(at=timezone.now() - timedelta(hours=hours))
        found = lag(stamp)
        assert found is not None
        assert timedelta(hours=2.9) < found < timedelta(hours=3.1)

    def test_since_midnight_where_the_day_is_another(self, stamp: Stamp, monkeypatch: pytest.MonkeyPatch) -> None:
        yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
        found = lag(Stamp(stamp.schema, stamp.position, stamp.transaction, yesterday))
        midnight = timezone.make_aware(datetime.combine(timezone.localdate(), datetime.min.time()))
        assert found is not None
        assert abs(found - (timezone.now() - midnight)) < timedelta(seconds=5)

    def test_a_clock_that_is_ahead_around_midnight_is_no_matter(self, stamp: Stamp) -> None:
        tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
        assert lag(Stamp(stamp.schema, stamp.position, stamp.transaction, tomorrow)) == timedelta()

    def test_drafts_are_not_awaited(self, stamp: Stamp) -> None:
        Change.objects.create(
            model="directory.listing", object_id="1", version=9, action=Change.Action.DRAFT, transaction="0" * 32
        )
        assert lag(stamp) == timedelta()

    def test_an_empty_log(self, db: None) -> None:
        Change.objects.all().delete()
        assert lag(newest()) == timedelta()


def test_a_site_is_ready_without_its_cluster(
    set_up: Cluster, elasticsearch_url: str, settings: Settings, client: Any
) -> None:
    from wegweiser import health

    health.all_migrations_applied.cache_clear()
    with FaultProxy(elasticsearch_url) as proxy:
        settings.SEARCH_URL = f"{proxy.url}/{set_up.prefix}"
        for fault in (faults.hung, faults.refused, faults.error_500):
            proxy.become(fault)
            began = time.monotonic()
            assert client.get("/readyz").status_code == 200
            assert time.monotonic() - began < 10
        assert proxy.seen == [], "nor does asking whether it is ready wait for the cluster"
