"""The index in the cluster becomes what the database is, however many follow at once and wherever one dies."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from directory.alone import alone
from directory.models import Change, Listing
from search import indexing
from search.cluster import following, generations
from search.cluster.following import check, follow, rebuild
from search.cluster.generations import Cluster, Generation, NoIndexError, current
from search.engines.elastic import ElasticEngine
from search.generations import Stamp
from search.port import EngineError
from tests.clusters import found
from tests.integration.search.making import listing, organisation, term


def commit() -> None:
    """A test is one transaction; what it has written so far shall be one of its own in the change log."""
    connection.run_on_commit.clear()


def seen(cluster: Cluster, text: str = "") -> list[str]:
    """As a worker's round leaves it."""
    commit()
    if not follow(cluster):
        assert rebuild(cluster)
    assert not check(cluster)
    return found(cluster, text)


@pytest.fixture
def built(cluster: Cluster) -> Cluster:
    listing("advice", "Beratung")
    assert rebuild(cluster)
    commit()
    return cluster


def entry(slug: str = "advice") -> Any:
    commit()
    return Listing.objects.get(slug=slug)


class TestVisibility:
    def test_nothing_is_there_yet(self, cluster: Cluster) -> None:
        with pytest.raises(EngineError, match="no index in the cluster"):
            follow(cluster)
        assert check(cluster).problem.startswith("no index in the cluster")

    def test_an_empty_directory(self, cluster: Cluster) -> None:
        assert rebuild(cluster)
        assert seen(cluster) == []
        listing("advice", "Beratung")
        assert seen(cluster, "Beratung") == ["advice"]

    def test_published_and_unpublished(self, built: Cluster) -> None:
        entry().unpublish()
        assert seen(built) == []
        entry().save_revision().publish()
        assert seen(built) == ["advice"]

    def test_a_draft_changes_nothing(self, built: Cluster) -> None:
        draft = entry()
        draft.title_de = "Schwimmkurs"
        draft.save_revision()
        before = current(built).state()
        assert seen(built, "Schwimmkurs") == []
        assert current(built).state() == before  # nothing was written

    def test_deleted(self, built: Cluster) -> None:
        entry().delete()
        assert seen(built) == []

    def test_deleted_and_made_anew(self, built: Cluster) -> None:
        entry().delete()
        assert seen(built) == []
        listing("advice", "Schwimmkurs")
        assert seen(built, "Schwimmkurs") == ["advice"]

    def test_a_new_word(self, built: Cluster) -> None:
        listing("song", "Kantate")
        assert seen(built, "Kantate") == ["song"]
        listing("other", "Kantine")
        assert seen(built, "Kantate") == ["song"]  # still known, and still no slip
        assert {"kantate", "kantine"} <= set(current(built).state().additions.words)

    def test_scheduled(self, built: Cluster) -> None:
        later = listing("later", "Beratung", live=False)
        later.go_live_at = timezone.now() - timedelta(minutes=1)
        later.save_revision(approved_go_live_at=later.go_live_at)
        assert seen(built) == ["advice"]
        call_command("publish_scheduled", verbosity=0)
        assert seen(built) == ["advice", "later"]

    def test_expired_over_night(self, built: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
        """No row of the change log says so."""
        today = timezone.localdate()
        listing("short", "Beratung", valid_until=today)
        assert seen(built) == ["advice", "short"]
        position = Change.position()
        clock(monkeypatch, today + timedelta(days=1))
        assert check(built).superfluous == ("short",)
        assert seen(built) == ["advice"]
        assert Change.position() == position

    def test_a_language_switched_off(self, built: Cluster) -> None:
        assert seen(built) == ["advice"]
        before = current(built)
        with override_settings(LANGUAGES=[("de", "Deutsch"), ("en", "English")]):
            with pytest.raises(EngineError, match="no index in the cluster"):
                current(built)
            assert rebuild(built)
            assert current(built) != before
            assert seen(built) == ["advice"]
        assert current(built) == before  # who still runs with the other choice keeps it

    def test_a_word_of_the_vocabulary(self, built: Cluster) -> None:
        racism = term("grounds", "racism", "Rassismus")
        listing("other", "Rat", grounds=["racism"])
        assert seen(built, "Hautfarbe") == []
        racism.synonyms = {"de": ["Hautfarbe"]}
        racism.save()
        assert not follow(built)
        assert seen(built, "Hautfarbe") == ["other"]

    def test_the_organisation_of_many(self, built: Cluster) -> None:
        house = organisation("zoo")
        listing("one", "Rat", organisation=house)
        listing("two", "Rat", organisation=house)
        assert seen(built, "Zebra") == []
        house.name_de = "Zebra"
        house.save()
        assert seen(built, "Zebra") == ["one", "two"]
        house.unpublish()
        assert seen(built) == ["advice"]


def clock(monkeypatch: pytest.MonkeyPatch, day: Any) -> None:
    monkeypatch.setattr(indexing, "localdate", lambda: day)
    monkeypatch.setattr("directory.models.listing.timezone.localdate", lambda: day)


class TestManyEdits:
    @pytest.fixture(autouse=True)
    def three_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(indexing, "BATCH", 3)

    def test_some_are_followed_in_steps(self, built: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
        for number in range(20):
            listing(f"old-{number}", "Rat")
        rebuild(built)
        before = current(built)
        moved = steps(monkeypatch)
        for number in range(8):
            listing(f"new-{number}", "Kurs")
        assert len(seen(built, "Kurs")) == 8
        assert current(built) == before
        assert len(moved) == 3

    def test_very_many_mean_a_new_index(self, built: Cluster) -> None:
        before = current(built)
        for number in range(8):
            listing(f"new-{number}", "Kurs")
        assert len(seen(built, "Kurs")) == 8
        assert current(built) != before


# --- several at once ----------------------------------------------------------------------------------------

Meanwhile = Callable[[], object]


@contextmanager
def once_before(owner: Any, name: str, meanwhile: Meanwhile) -> Iterator[None]:
    """What another process does, completely, just before this one gets to call it the next time."""
    real = getattr(owner, name)
    waiting = [meanwhile]

    def delayed(*arguments: Any, **options: Any) -> Any:
        if waiting:
            commit()
            waiting.pop()()
            commit()
        return real(*arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, delayed)
        yield
    assert not waiting, f"{name} was not called"


# Where a follower may be held up: each call that it makes to the database or to the cluster, in this order.
STEPS: dict[str, tuple[Any, str]] = {
    "before it reads the state": (Generation, "state"),
    "before it asks where the database stands": (following, "step"),
    "before it asks what has changed": (following, "changed_listings"),
    "before it reads the listings": (following, "records"),
    "before the documents": (ElasticEngine, "update"),
    "before the state": (Generation, "advance"),
}


@pytest.mark.parametrize("step", STEPS)
class TestOvertaken:
    """Between two steps of one follower others edit, follow, and swap."""

    def test_by_another_follower(self, built: Cluster, step: str) -> None:
        entry().delete()
        listing("first", "Kurs")

        def meanwhile() -> None:
            listing("second", "Rat")
            assert follow(built)
            changed = entry("first")
            changed.title_de = "Training"
            changed.save()
            listing("third", "Rat")

        with once_before(*STEPS[step], meanwhile):
            assert follow(built)
        assert set(seen(built)) == {"first", "second", "third"}
        assert found(built, "Training") == ["first"]
        assert found(built, "Kurs") == []

    def test_by_a_delete_and_another_follower(self, built: Cluster, step: str) -> None:
        """What the one has read as public must not come back after the other has taken it out."""
        listing("ghost", "Gespenst")

        def meanwhile() -> None:
            entry("ghost").delete()
            assert follow(built)

        with once_before(*STEPS[step], meanwhile):
            assert follow(built)
        assert seen(built) == ["advice"]

    def test_by_midnight_and_another_follower(
        self, built: Cluster, step: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        today = timezone.localdate()
        listing("short", "Beratung", valid_until=today)

        def meanwhile() -> None:
            clock(monkeypatch, today + timedelta(days=1))
            assert follow(built)

        with once_before(*STEPS[step], meanwhile):
            assert follow(built)
        assert seen(built) == ["advice"]

    def test_by_the_vocabulary(self, built: Cluster, step: str) -> None:
        listing("other", "Rat", grounds=["racism"])

        def meanwhile() -> None:
            term("grounds", "racism", "Rassismus")
            assert not follow(built)
            assert rebuild(built)

        with once_before(*STEPS[step], meanwhile):
            follow(built)
        assert seen(built, "Rassismus") == ["other"]

    def test_by_its_own_end(self, built: Cluster, step: str) -> None:
        """Killed in between: the next one finds all that is left to do."""
        entry().delete()
        listing("first", "Kurs")

        def end() -> None:
            raise SystemExit

        with pytest.raises(SystemExit), once_before(*STEPS[step], end):
            follow(built)
        listing("second", "Rat")
        assert seen(built) == ["first", "second"]


def steps(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """From where to where the state is moved from now on."""
    moved: list[tuple[int, int]] = []
    advance = Generation.advance

    def told(self: Generation, before: Any, stamp: Any, additions: Any) -> bool:
        won = advance(self, before, stamp, additions)
        moved.extend([(before.stamp.position, stamp.position)] if won else [])
        return won

    monkeypatch.setattr(Generation, "advance", told)
    return moved


@pytest.mark.django_db(transaction=True)
def test_no_position_is_skipped_by_threads(built: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three follow while one edits: the state moves on only from the state that was read."""
    if connection.vendor == "sqlite":
        pytest.skip("threads share the tests' database in memory, where whoever reads locks out who writes")
    moved = steps(monkeypatch)
    start = current(built).state().stamp.position
    with followers(built, 3):
        for number in range(25):
            made = listing(f"entry-{number}", f"Kurs {number}")
            if number % 3 == 0:
                made.delete()
    assert seen(built, "Kurs")
    moved.sort()
    assert [before for before, _after in moved] == [start, *(after for _before, after in moved[:-1])]
    assert moved[-1][1] == Change.public_position()


@contextmanager
def followers(cluster: Cluster, number: int) -> Iterator[None]:
    stop, failed = threading.Event(), []

    def keep_following() -> None:
        try:
            while not stop.is_set():
                assert follow(cluster)
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=keep_following) for _ in range(number)]
    for thread in threads:
        thread.start()
    yield
    stop.set()
    for thread in threads:
        thread.join()
    assert failed == []


class TestVersions:
    def test_an_older_document_never_replaces_a_newer_one(self, built: Cluster) -> None:
        engine = following.engine_of(current(built))
        held: dict[str, Any] = {}

        def keep(documents: Any, gone: Any = (), *, version: int) -> None:
            held.update(documents=list(documents), gone=list(gone), version=version)

        listing("song", "Kantate")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ElasticEngine, "update", lambda _self, *given, **more: keep(*given, **more))
            patch.setattr(Generation, "advance", lambda *_given: False)
            patch.setattr(following, "step", stop_after(1))
            follow(built)
        changed = entry("song")
        changed.title_de = "Sonate"
        changed.save()
        assert seen(built, "Sonate") == ["song"]
        engine.update(held["documents"], held["gone"], version=held["version"])
        assert found(built, "Sonate") == ["song"]
        assert found(built, "Kantate") == []

    def test_of_the_same_position_on_another_day(self) -> None:
        def version(position: int, day: date) -> int:
            return generations.version_of(Stamp.now(position, "", day))

        assert version(7, date(2026, 12, 31)) < version(7, date(2027, 1, 1)) < version(8, date(2001, 1, 1))
        assert version(7, date(2170, 1, 1)) < version(8, date(2001, 1, 1))


def stop_after(turns: int) -> Callable[[Any], Any]:
    """A follower that looks so many times where to go, and then finds itself there."""
    real, left = indexing.step, [turns]

    def bounded(stamp: Any) -> Any:
        if not left[0]:
            return stamp
        left[0] -= 1
        return real(stamp)

    return bounded


class TestClocks:
    def test_a_host_whose_day_has_not_begun_leaves_it_to_others(
        self, built: Cluster, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        today = timezone.localdate()
        listing("short", "Beratung", valid_until=today)
        clock(monkeypatch, today + timedelta(days=1))
        assert seen(built) == ["advice"]
        clock(monkeypatch, today)
        changed = entry("short")
        changed.note = "x"
        changed.save()
        before = current(built).state()
        assert follow(built)
        assert current(built).state() == before
        assert found(built) == ["advice"]

    def test_a_day_far_ahead_was_a_wrong_clock(self, built: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
        today = timezone.localdate()
        listing("short", "Beratung", valid_until=today)
        clock(monkeypatch, today + timedelta(days=300))
        assert seen(built) == ["advice"]
        clock(monkeypatch, today)
        assert not follow(built)
        assert seen(built) == ["advice", "short"]


class TestRebuilding:
    def test_tells_its_progress(self, built: Cluster) -> None:
        listing("other", "Rat")
        told: list[tuple[int, int]] = []
        rebuild(built, lambda done, total: told.append((done, total)))
        assert told == [(1, 2), (2, 2)]

    def test_it_is_merged_before_it_is_used(self, built: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
        old, merge, merged = current(built).index, ElasticEngine.merge, []

        def watched(engine: ElasticEngine) -> None:
            merged.append((engine.index, current(built).index, engine.ids()))
            merge(engine)

        monkeypatch.setattr(ElasticEngine, "merge", watched)
        assert rebuild(built)
        assert merged == [(current(built).index, old, frozenset({"advice"}))]

    def test_one_that_cannot_be_merged_is_as_good(self, built: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(engine: ElasticEngine) -> None:
            raise EngineError("ConnectionTimeout")

        monkeypatch.setattr(ElasticEngine, "merge", full)
        old = current(built)
        assert rebuild(built)
        assert current(built) != old
        assert seen(built) == ["advice"]

    def test_one_at_a_time(self, built: Cluster, transactional_db: None) -> None:
        answers: list[bool] = []

        def other() -> None:
            answers.append(rebuild(built))
            connection.close()

        with alone("search-cluster") as mine:
            assert mine
            thread = threading.Thread(target=other)
            thread.start()
            thread.join()
        assert answers == [False]
        assert rebuild(built)

    @pytest.mark.parametrize("step", ["_fill", "level", "_compare", "point_to"])
    def test_edits_go_on_meanwhile(self, built: Cluster, step: str) -> None:
        """Before the swap the new index has caught up; after it, whoever follows goes on from there."""
        old = current(built)

        def meanwhile() -> None:
            entry().delete()
            listing("new", "Kurs")
            assert follow(built)

        owner = generations if step == "point_to" else following
        with once_before(owner, step, meanwhile):
            assert rebuild(built)
        assert current(built) != old
        if step in ("_fill", "level"):
            assert not check(built)
        assert seen(built) == ["new"]

    def test_the_old_index_answers_meanwhile(self, built: Cluster) -> None:
        def meanwhile() -> None:
            assert found(built) == ["advice"]

        with once_before(generations, "point_to", meanwhile):
            assert rebuild(built)

    def test_two_at_once(self, built: Cluster) -> None:
        """Where the lock did not keep them apart."""

        def meanwhile() -> None:
            listing("new", "Kurs")
            following.build(built)

        for step in ("_fill", "point_to"):
            owner = generations if step == "point_to" else following
            with once_before(owner, step, meanwhile):
                following.build(built)
            assert seen(built) == ["advice", "new"]
            entry("new").delete()
        behind = [name for name, aliases in generations.all_of(built).items() if built.alias in aliases]
        assert len(behind) == 1

    def test_the_vocabulary_changes_meanwhile(self, built: Cluster) -> None:
        listing("other", "Rat", grounds=["racism"])
        with once_before(following, "level", lambda: term("grounds", "racism", "Rassismus")):
            assert rebuild(built)
        assert not follow(built)  # another one is due
        assert seen(built, "Rassismus") == ["other"]

    def test_edits_are_followed_while_one_is_due(self, built: Cluster) -> None:
        before = current(built)
        term("grounds", "racism", "Rassismus")
        listing("new", "Kurs")
        assert not follow(built)
        assert found(built, "Kurs") == ["new"]
        assert current(built) == before

    def test_the_database_is_exchanged_meanwhile(self, built: Cluster) -> None:
        before = generations.all_of(built)

        def meanwhile() -> None:
            Change.objects.all().delete()
            listing("restored", "Rat")

        with pytest.raises(EngineError, match="exchanged"), once_before(following, "level", meanwhile):
            rebuild(built)
        assert generations.all_of(built) == before
        assert set(seen(built)) == {"advice", "restored"}

    def test_lost_documents_are_not_swapped_in(self, built: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
        before = generations.all_of(built)
        listing("other", "Rat")
        update = ElasticEngine.update

        def lossy(self: ElasticEngine, documents: Any, *given: Any, **more: Any) -> None:
            update(self, list(documents)[1:], *given, **more)

        monkeypatch.setattr(ElasticEngine, "update", lossy)
        with pytest.raises(EngineError, match="1 documents of a new index are missing"):
            rebuild(built)
        assert generations.all_of(built) == before

    def test_one_that_fails_leaves_nothing_behind(self, built: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
        before = generations.all_of(built)

        def full(*_given: Any, **_more: Any) -> None:
            raise EngineError("disk full")

        monkeypatch.setattr(ElasticEngine, "update", full)
        with pytest.raises(EngineError, match="disk full"):
            rebuild(built)
        assert generations.all_of(built) == before
        assert found(built) == ["advice"]

    def test_one_that_was_killed_is_cleared_away_in_time(self, built: Cluster) -> None:
        orphan = generations.new(built)
        for _turn in range(3):
            assert rebuild(built)
        assert orphan.index not in generations.all_of(built)
        assert len(generations.all_of(built)) == 4  # two generations of two indexes


class TestAnotherDatabase:
    def test_a_restored_one(self, built: Cluster) -> None:
        """The position fits, the history does not."""
        entry().delete()
        Change.objects.all().delete()
        listing("restored", "Rat")
        listing("second", "Rat")
        assert not follow(built)
        assert seen(built) == ["restored", "second"]

    def test_one_that_is_behind(self, built: Cluster) -> None:
        listing("late", "Rat")
        assert seen(built) == ["advice", "late"]
        rows = Change.objects.filter(slug="late")
        entry("late").delete()
        rows.delete()
        assert not follow(built)
        assert seen(built) == ["advice"]


class TestDamage:
    def test_no_state(self, built: Cluster) -> None:
        built.client.indices.delete(index=f"{current(built).index}-state")
        with pytest.raises(NoIndexError):
            follow(built)
        assert check(built).problem
        assert rebuild(built)
        assert seen(built) == ["advice"]

    def test_a_state_that_is_none(self, built: Cluster) -> None:
        built.client.index(index=f"{current(built).index}-state", id="state", document={"position": "x"})
        with pytest.raises(NoIndexError, match="something else"):
            follow(built)
        assert rebuild(built)
        assert seen(built) == ["advice"]

    def test_an_index_of_the_name_of_the_alias(self, built: Cluster) -> None:
        """As when somebody writes to it by hand: an alias to nothing can be mended by no swap alone."""
        generations.drop(built.client, generations.all_of(built))
        built.client.index(index=built.alias, document={"x": 1})
        with pytest.raises(NoIndexError):
            follow(built)
        assert rebuild(built)
        assert seen(built) == ["advice"]

    def test_documents_that_are_missing(self, built: Cluster) -> None:
        built.client.delete(index=current(built).index, id="advice", refresh=True)
        assert check(built).missing == ("advice",)
        assert rebuild(built)
        assert seen(built) == ["advice"]
