"""The index is never behind what this process has written, and whatever is wrong with it costs nothing."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from directory.models import Listing
from search import indexing, reader
from search.engines.embedded import EmbeddedEngine
from search.port import EngineError
from tests.integration.search.making import area, found, listing, organisation, results, row, speaks, term


def generation(index: Path) -> str:
    return (index / "current").read_text()


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
    from directory.models import Change

    Change.objects.all().delete()
    listing("restored", "Rat")
    reader.forget()
    assert found() == ["restored"]


def test_another_process_is_seen_within_a_moment(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listing("advice", "Beratung")
    found()
    listing("other", "Kurs")
    monkeypatch.setattr(reader, "last_write_here", lambda: reader._reader.write_seen)  # as if written elsewhere
    assert found("Kurs") == []
    time.sleep(reader.RECHECK_SECONDS)
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

    def test_a_fork_opens_its_own(self, monkeypatch: pytest.MonkeyPatch) -> None:
        before = reader.library()
        monkeypatch.setattr("search.reader.os.getpid", lambda: -1)
        assert reader.library() is not before


def test_a_search_costs_no_query_between_checks(index: Path, django_assert_num_queries: object) -> None:
    listing("advice", "Beratung")
    found("Beratung")
    with django_assert_num_queries(0):  # type: ignore[operator]
        found("Beratung")
