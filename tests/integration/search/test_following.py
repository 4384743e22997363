"""The index is never behind what this process has written, and whatever is wrong with it costs nothing."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from directory.models import Change, Listing
from search import indexing, reader
from search.engines.embedded import EmbeddedEngine
from search.generations import Stamp
from search.library import Library
from search.port import EngineError
from tests.integration.search.making import area, found, listing, organisation, results, row, speaks, term


def generation(index: Path) -> str:
    return (index / "current").read_text().partition(".")[0]


def test_the_first_search_builds_the_index(index: Path) -> None:
    listing("advice", "Beratung")
    assert not index.exists()
    assert found("Beratung") == ["advice"]
    assert (index / "current").exists()


@pytest.mark.usefixtures("index")
class TestEdits:
    def test_a_new_listing(self) -> None:
        assert found() == []
        listing("advice", "Beratung")
        assert found("Beratung") == ["advice"]

    def test_a_changed_title(self) -> None:
        entry = listing("advice", "Beratung")
        assert found("Beratung") == ["advice"]
        entry.title_de = "Schwimmkurs"
        entry.save()
        assert found("Schwimmkurs") == ["advice"]
        assert found("Beratung") == []

    def test_a_new_word_is_not_taken_for_a_slip(self) -> None:
        listing("old", "Kantine")
        assert found("Kantine") == ["old"]
        listing("new", "Kantate")
        assert found("Kantate") == ["new"]

    @pytest.mark.parametrize(
        "change",
        [
            {"live": False},
            {"internal_only": True},
            {"valid_until": timezone.localdate() - timedelta(days=1)},
        ],
    )
    def test_what_is_no_longer_public(self, change: dict[str, object]) -> None:
        entry = listing("advice", "Beratung")
        assert found() == ["advice"]
        for field, value in change.items():
            setattr(entry, field, value)
        entry.save()
        assert found() == []

    def test_unpublishing_and_publishing_by_wagtail(self) -> None:
        entry = listing("advice", "Beratung")
        entry.save_revision().publish()
        assert found() == ["advice"]
        entry.unpublish()
        assert found() == []

    def test_a_deleted_listing(self) -> None:
        entry = listing("advice", "Beratung")
        assert found() == ["advice"]
        entry.delete()
        assert found() == []

    def test_a_child_row(self) -> None:
        entry = listing("advice", "Beratung")
        assert results().facets["language"] == ()
        speaks(entry, "ar")
        assert [(count.value, count.count) for count in results().facets["language"]] == [("ar", 1)]

    def test_a_competence_row(self) -> None:
        term("what", "violence", "Gewalt")
        entry = listing("advice", "Rat")
        assert found("Gewalt") == []
        row(entry, what=["violence"])
        assert found("Gewalt") == ["advice"]

    def test_the_organisation_of_many(self) -> None:
        house = organisation()
        listing("one", "Rat", organisation=house)
        listing("two", "Rat", organisation=house)
        assert found("Zebra") == []
        house.name_de = "Zebra"
        house.save()
        assert found("Zebra") == ["one", "two"]
        house.unpublish()
        assert found() == []

    def test_a_word_of_the_vocabulary(self) -> None:
        racism = term("grounds", "racism", "Rassismus")
        listing("advice", "Rat", grounds=["racism"])
        assert found("Hautfarbe") == []
        racism.synonyms = {"de": ["Hautfarbe"]}
        racism.save()
        assert found("Hautfarbe") == ["advice"]
        assert results("Hautfarbe").hits[0].why == ("Rassismus",)

    def test_an_area(self) -> None:
        land = area("land", "Nordland", "land")
        area("town", "Hafenstadt", parent=land)
        listing("advice", "Rat", areas_served=["land"])
        listing("other", "Rat", areas_served=["elsewhere"])
        assert found("Rat Hafenstadt") == ["advice"]
        assert results("Rat Hafenstadt").place == "town"


def test_what_is_rolled_back_is_not_found(index: Path) -> None:
    listing("advice", "Beratung")
    assert found() == ["advice"]
    with transaction.atomic():
        listing("ghost", "Gespenst")
        assert found("Gespenst") == ["ghost"]  # this process sees its own open transaction
        transaction.set_rollback(True)
    reader.forget()
    assert found() == ["advice"]


def test_edits_are_followed_not_built_anew(index: Path) -> None:
    listing("advice", "Beratung")
    found()
    before = generation(index)
    listing("other", "Kurs")
    assert found("Kurs") == ["other"]
    assert generation(index) == before


def test_the_vocabulary_means_a_new_index(index: Path) -> None:
    listing("advice", "Beratung")
    found()
    before = generation(index)
    term("grounds", "racism", "Rassismus")
    found()
    assert generation(index) != before


def test_very_many_edits_mean_a_new_index(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "BATCH", 3)
    found()
    before = generation(index)
    for number in range(4):
        listing(f"advice-{number}", "Rat")
    assert len(found("Rat")) == 4
    assert generation(index) != before


def test_a_listing_expires_over_night(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    today = timezone.localdate()
    listing("advice", "Beratung", valid_until=today)
    listing("lasting", "Beratung")
    assert len(found()) == 2
    tomorrow = today + timedelta(days=1)
    monkeypatch.setattr(indexing, "localdate", lambda: tomorrow)
    monkeypatch.setattr("directory.models.listing.timezone.localdate", lambda: tomorrow)
    reader.forget()
    before = generation(index)
    assert found() == ["lasting"]
    assert generation(index) == before


def test_another_database_under_the_same_index_is_noticed(index: Path) -> None:
    """As after a restore: the position fits, the history does not."""
    listing("advice", "Beratung")
    found()
    Listing.objects.get(slug="advice").delete()
    Change.objects.all().delete()
    listing("restored", "Rat")
    reader.forget()
    assert found() == ["restored"]


def test_another_process_is_seen_within_a_moment(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listing("advice", "Beratung")
    found()
    listing("other", "Kurs")
    monkeypatch.setattr(reader, "last_write_here", lambda: reader._reader.write_seen)  # as if written elsewhere
    monkeypatch.setattr(reader, "RECHECK_SECONDS", 3600)
    assert found("Kurs") == []
    monkeypatch.setattr(reader, "RECHECK_SECONDS", 0)
    assert found("Kurs") == ["other"]


def test_an_index_that_another_process_followed_is_read_again(index: Path) -> None:
    listing("advice", "Beratung")
    found()
    other = reader.Reader()
    listing("new", "Kurs")
    other.library()
    assert "new" in reader.library().engine.ids()


def damage_stamp(folder: Path) -> None:
    (folder / "stamp.json").write_text("{")


def damage_segment(folder: Path) -> None:
    path = next(folder.glob("*.term"))
    path.write_bytes(bytes(path.stat().st_size))


def lose_files(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


def lose_pointer(folder: Path) -> None:
    (folder.parent / "current").unlink()


def strange_pointer(folder: Path) -> None:
    (folder.parent / "current").write_text("../../elsewhere")


@pytest.mark.parametrize("damage", [damage_stamp, damage_segment, lose_files, lose_pointer, strange_pointer])
def test_a_damaged_index_is_built_anew(index: Path, damage: Callable[[Path], None]) -> None:
    listing("advice", "Beratung")
    found()
    damage(indexing.generations().current())
    reader.forget()
    answer = results("Beratung")
    assert [hit.slug for hit in answer.hits] == ["advice"]
    assert not answer.degraded
    assert not indexing.check()


class TestFaults:
    @pytest.fixture(autouse=True)
    def built(self, index: Path) -> None:
        listing("advice", "Beratung", aliases=["BRT"])
        found()

    def test_an_engine_that_fails_while_answering(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_args: object) -> None:
            raise EngineError("bit flip")

        with monkeypatch.context() as patch:
            patch.setattr(EmbeddedEngine, "search", broken)
            answer = results("Beratung")
        assert answer.degraded
        assert [hit.slug for hit in answer.hits] == ["advice"]
        assert not results("Beratung").degraded  # built anew

    def test_a_disk_that_cannot_be_written(self, monkeypatch: pytest.MonkeyPatch) -> None:
        attempts: list[int] = []

        def full(*_args: object, **_kwargs: object) -> bool:
            attempts.append(1)
            raise OSError("no space left")

        monkeypatch.setattr(indexing, "fill", full)
        (indexing.generations().root / "current").unlink()
        reader.forget()
        for text in ("Beratung", "BRT", ""):
            answer = results(text)
            assert answer.degraded
            assert [hit.slug for hit in answer.hits] == ["advice"]
        assert len(attempts) == 1  # not again for every page
        assert len(list(indexing.generations().root.iterdir())) == 2  # lock and the old one: no half-built folder

    def test_an_index_folder_that_is_a_file(self) -> None:
        with override_settings(DATA_DIR="/dev/null"):
            reader.forget()
            assert results("Beratung").degraded

    def test_somebody_else_writing(self) -> None:
        with indexing.generations().writing() as mine:
            assert mine
            listing("new", "Kurs")
            answer = results("Kurs")
            assert (answer.degraded, answer.total) == (False, 0)  # a moment behind, but whole
        reader.forget()
        assert found("Kurs") == ["new"]

    def test_a_large_directory_is_indexed_beside_the_requests(self, monkeypatch: pytest.MonkeyPatch) -> None:
        started: list[str] = []

        class Thread:
            def __init__(self, target: Callable[[], None], name: str, daemon: bool) -> None:
                self.target = target

            def start(self) -> None:
                started.append("thread")

            def is_alive(self) -> bool:
                return True

        monkeypatch.setattr(reader, "SMALL", 0)
        monkeypatch.setattr(reader, "Thread", Thread)
        (indexing.generations().root / "current").unlink()
        reader.forget()
        assert results("Beratung").degraded
        assert results("Beratung").degraded
        assert started == ["thread"]

    def test_a_fork_opens_its_own(self) -> None:
        """Also where a thread of the parent was just opening one: its lock is nobody's then."""
        told, telling = os.pipe()
        with reader._reader.lock:
            process = os.fork()
            if process == 0:
                nothing_open = reader._reader.opened is None and not reader._reader.lock.locked()
                os.write(telling, b"own" if nothing_open else b"shared")
                os._exit(0)
        os.waitpid(process, 0)
        assert os.read(told, 10) == b"own"


def test_a_search_costs_no_query_between_checks(index: Path, django_assert_num_queries: object) -> None:
    listing("advice", "Beratung")
    found("Beratung")
    with django_assert_num_queries(0):  # type: ignore[operator]
        found("Beratung")


class TestBuildingWhileOthersEdit:
    """What happens between reading the listings and the swap."""

    @pytest.fixture
    def meanwhile(self, index: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Callable[[], object]]]:
        """Done when the new index is filled, and not yet swapped in."""
        todo: list[Callable[[], object]] = []
        fill = indexing.fill

        def filled(*arguments: Any, **more: Any) -> Library:
            library = fill(*arguments, **more)
            while todo:
                todo.pop()()
            return library

        listing("advice", "Beratung")
        found()
        monkeypatch.setattr(indexing, "fill", filled)
        yield todo
        assert todo == []

    def test_it_catches_up_before_the_swap(self, index: Path, meanwhile: list[Callable[[], object]]) -> None:
        before = generation(index)
        meanwhile.append(lambda: listing("new", "Kurs"))
        indexing.rebuild()
        assert generation(index) != before
        assert not indexing.check()
        assert found("Kurs") == ["new"]

    def test_edits_are_seen_while_a_new_one_is_built(self, meanwhile: list[Callable[[], object]]) -> None:
        seen: list[list[str]] = []
        meanwhile += [lambda: seen.append(found("Kurs")), lambda: listing("new", "Kurs")]
        indexing.rebuild()
        assert seen == [["new"]]
        assert not indexing.check()

    def test_the_vocabulary_that_changes_meanwhile_means_another_one(
        self, index: Path, meanwhile: list[Callable[[], object]]
    ) -> None:
        Listing.objects.get(slug="advice").delete()
        listing("advice", "Rat", grounds=["racism"])
        meanwhile += [lambda: listing("new", "Kurs"), lambda: term("grounds", "racism", "Rassismus")]
        indexing.rebuild()
        before = generation(index)
        assert indexing.held() == {"advice", "new"}
        assert found("Rassismus") == ["advice"]
        assert generation(index) != before

    def test_another_database_is_not_what_was_read(
        self, index: Path, meanwhile: list[Callable[[], object]]
    ) -> None:
        before = generation(index)
        meanwhile.append(lambda: Change.objects.all().delete())
        with pytest.raises(EngineError, match="exchanged"):
            indexing.rebuild()
        assert generation(index) == before

    def test_changes_that_never_end(
        self, index: Path, meanwhile: list[Callable[[], object]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(indexing, "ROUNDS", 0)
        meanwhile.append(lambda: None)
        with pytest.raises(EngineError, match="faster"):
            indexing.rebuild()


def test_many_edits_are_followed_step_by_step(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [listing(f"advice-{number}", "Rat") for number in range(12)]
    found()
    before = generation(index)
    monkeypatch.setattr(indexing, "BATCH", 2)
    for number, entry in enumerate(entries[:5]):
        entry.title_de = f"Turm {number}"
        entry.save()
    assert len(found("Turm")) == 5
    assert generation(index) == before
    assert not indexing.check()


def test_a_day_that_comes_back_means_a_new_index(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that was wrong: what had expired by it may be valid again."""
    listing("advice", "Beratung")
    tomorrow = timezone.localdate() + timedelta(days=1)
    with monkeypatch.context() as patch:
        patch.setattr(indexing, "localdate", lambda: tomorrow)
        found()
    before = generation(index)
    reader.forget()
    assert found() == ["advice"]
    assert generation(index) != before


class TestBlame:
    """An engine fails: is it the index, or the question?"""

    @pytest.fixture(autouse=True)
    def built(self, index: Path) -> None:
        listing("advice", "Beratung")
        found()

    def test_one_question_that_no_index_answers_builds_one_new_index(
        self, index: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_args: object) -> None:
            raise EngineError("too many clauses")

        built: list[int] = []
        rebuild = indexing.rebuild
        monkeypatch.setattr(indexing, "rebuild", lambda: built.append(1) or rebuild())  # type: ignore[func-returns-value]
        with monkeypatch.context() as patch:
            patch.setattr(EmbeddedEngine, "search", broken)
            for _search in range(5):
                assert results("Beratung").degraded
        assert built == [1]
        assert not results("Beratung").degraded

    def test_who_fails_with_an_older_index_blames_no_newer_one(self, index: Path) -> None:
        older = reader.library()
        indexing.rebuild()
        reader.forget()
        found()
        before = generation(index)
        reader.distrust(older)
        assert generation(index) == before


def test_to_look_for_edits_asks_once_where_the_database_stands(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing("advice", "Beratung")
    found()
    asked: list[int] = []
    newest = indexing.newest

    def counted() -> Stamp:
        asked.append(1)
        return newest()

    monkeypatch.setattr(indexing, "newest", counted)
    monkeypatch.setattr(reader, "RECHECK_SECONDS", 0)
    assert found("Beratung") == ["advice"]
    assert len(asked) == 1
