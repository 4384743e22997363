from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from search import checksums
from search.engines.embedded import EmbeddedEngine
from search.generations import (
    LEXICON,
    STAMP,
    Generations,
    Stamp,
    generation_of,
    read_stamp,
    schema_hash,
    seal,
    verify,
)
from search.lexicon.translations import Lexicon
from search.port import EngineError
from tests.contract.small_directory import STATISTICS, built

NOW = Stamp.now(7, "transaction", date(2026, 3, 1))


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    with Generations(tmp_path / "index").making() as folder:
        EmbeddedEngine(folder).update(built())
        seal(folder, NOW, STATISTICS)
    return folder


def test_what_was_sealed_is_verified_with_its_lexicon(sealed: Path) -> None:
    stamp = read_stamp(sealed)
    assert (stamp.position, stamp.transaction, stamp.day) == (7, "transaction", "2026-03-01")
    statistics = verify(sealed, stamp)
    assert statistics.words == dict(STATISTICS.words)
    assert statistics.spellings == STATISTICS.spellings
    assert (statistics.concepts, statistics.total) == (dict(STATISTICS.concepts), STATISTICS.total)
    assert statistics.lexicon == STATISTICS.lexicon
    assert statistics.lexicon.counts


def test_the_lexicon_of_a_generation_is_written_once(sealed: Path) -> None:
    """What is followed later learns no new translation."""
    before = (sealed / LEXICON).read_bytes()
    other = replace(STATISTICS, lexicon=Lexicon({"en": {"house": {"haus": 1.0}}}))
    seal(sealed, NOW, other)
    assert (sealed / LEXICON).read_bytes() == before
    assert verify(sealed, read_stamp(sealed)).lexicon == STATISTICS.lexicon


@pytest.mark.parametrize("content", ["", "[]", "null", '{"en": 3}'])
def test_a_lexicon_that_says_nothing_is_refused(sealed: Path, content: str) -> None:
    """Sealed so, by whatever went wrong before."""
    (sealed / LEXICON).write_text(content)
    seal(sealed, NOW, STATISTICS)
    with pytest.raises(EngineError):
        verify(sealed, read_stamp(sealed))


def segment(folder: Path, ending: str) -> Path:
    return next(path for path in folder.iterdir() if path.name.endswith(ending))


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def zero(path: Path) -> None:
    path.write_bytes(bytes(len(path.read_bytes())))


@pytest.mark.parametrize(
    "ending", [".term", ".idx", ".store", ".fast", ".fieldnorm", "meta.json", "statistics.json", "lexicon.json"]
)
@pytest.mark.parametrize("damage", [flip, truncate, zero, Path.unlink])
def test_any_damage_is_seen_before_use(sealed: Path, ending: str, damage: Callable[[Path], None]) -> None:
    """tantivy itself opens some of these and answers wrongly without a word."""
    damage(segment(sealed, ending))
    with pytest.raises(EngineError):
        verify(sealed, read_stamp(sealed))


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"schema": "x"}', '{"files": 3}', "null"])
def test_a_stamp_that_says_nothing_is_refused(sealed: Path, content: str) -> None:
    (sealed / STAMP).write_text(content)
    with pytest.raises(EngineError):
        read_stamp(sealed)


def test_an_index_of_another_version_is_refused(sealed: Path) -> None:
    with pytest.raises(EngineError, match="another version"):
        verify(sealed, replace(read_stamp(sealed), schema="older"))


def test_another_version_of_tantivy_is_another_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    before = schema_hash()
    monkeypatch.setattr("search.generations.version", lambda name: "99")
    assert schema_hash() != before


def test_an_index_that_was_written_but_not_sealed_is_not_trusted(sealed: Path) -> None:
    """As after a kill between tantivy's commit and ours."""
    EmbeddedEngine(sealed).update(built()[:1])
    with pytest.raises(EngineError):
        verify(sealed, read_stamp(sealed))


def made(store: Generations, before: Path | None = None) -> Path:
    with store.making(before) as folder:
        return folder


def test_the_pointer_names_one_generation_and_the_others_go(tmp_path: Path) -> None:
    store = Generations(tmp_path / "index")
    with pytest.raises(EngineError, match="no index yet"):
        store.current()
    older, newer = made(store), made(store)
    store.point_to(older)
    assert store.current() == older
    assert not newer.exists()
    newer = made(store)
    store.point_to(newer)
    assert store.current() == newer
    assert not older.exists()


@pytest.mark.parametrize("content", ["../elsewhere", "/etc", "a/b", "", ".."])
def test_a_pointer_leads_nowhere_else(tmp_path: Path, content: str) -> None:
    (tmp_path / "current").write_text(content)
    with pytest.raises(EngineError):
        read_stamp(Generations(tmp_path).current())


def test_a_pointer_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "current").write_bytes(b"\xff\xfe")
    with pytest.raises(EngineError):
        Generations(tmp_path).current()


def test_what_somebody_is_making_or_opening_is_not_cleared_away(tmp_path: Path) -> None:
    store = Generations(tmp_path / "index")
    first = made(store)
    store.point_to(first)
    with store.opening() as opened, store.making() as mine:
        assert opened == first
        store.point_to(made(store))
        assert opened.exists()
        assert mine.exists()
    store.clear()
    assert not opened.exists()
    assert not mine.exists()
    assert store.current().exists()


def test_what_killed_writers_left_goes(tmp_path: Path) -> None:
    store = Generations(tmp_path / "index")
    store.point_to(made(store))
    (store.root / "half" / "lock").mkdir(parents=True)
    (store.root / "old").mkdir()
    (store.root / "current.4711").write_text("old")
    store.clear()
    assert sorted(path.name for path in store.root.iterdir()) == sorted(["current", store.current().name])


def test_what_fails_leaves_no_folder(tmp_path: Path) -> None:
    store = Generations(tmp_path / "index")
    with pytest.raises(OSError, match="full"), store.making():
        raise OSError("full")
    assert list(store.root.iterdir()) == []


def test_the_next_state_shares_the_files_of_the_one_before_and_changes_none(sealed: Path) -> None:
    before = {path.name: path.read_bytes() for path in sealed.iterdir()}
    stamp = read_stamp(sealed)
    with Generations(sealed.parent).making(sealed) as after:
        EmbeddedEngine(after).update(built()[:1], gone=["course"])
        seal(after, replace(NOW, position=8), verify(sealed, stamp))
    assert generation_of(after) == generation_of(sealed)
    assert {path.name: path.read_bytes() for path in sealed.iterdir()} == before
    verify(sealed, stamp)
    verify(after, read_stamp(after))
    segment_before, segment_after = segment(sealed, ".term"), after / segment(sealed, ".term").name
    assert segment_after.samefile(segment_before)
    assert len(EmbeddedEngine(sealed).ids()) > len(EmbeddedEngine(after).ids())


def test_where_files_cannot_be_shared_they_are_copied(sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_paths: Path) -> None:
        raise OSError("operation not supported")

    monkeypatch.setattr(Path, "hardlink_to", refused)
    with Generations(sealed.parent).making(sealed) as after:
        seal(after, NOW, STATISTICS)
    assert verify(after, read_stamp(after)).words == dict(STATISTICS.words)


def test_what_was_read_once_is_not_read_again(sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A follower of a large directory would spend most of its time on that."""
    verify(sealed, read_stamp(sealed))
    monkeypatch.setattr(checksums, "_read", None)
    verify(sealed, read_stamp(sealed))


def test_a_stamp_with_one_bit_flipped_is_refused(sealed: Path) -> None:
    content = bytearray((sealed / STAMP).read_bytes())
    content[content.index(b"2026-03-01") + 9] ^= 2  # another day, readable as ever
    (sealed / STAMP).write_bytes(bytes(content))
    with pytest.raises(EngineError, match="stamp"):
        read_stamp(sealed)


def test_a_stamp_of_another_folder_is_refused(sealed: Path) -> None:
    with Generations(sealed.parent).making() as other:
        EmbeddedEngine(other).update(built()[:2])
        seal(other, NOW, STATISTICS)
    (sealed / STAMP).write_bytes((other / STAMP).read_bytes())
    with pytest.raises(EngineError):
        verify(sealed, read_stamp(sealed))


def test_a_stamp_that_names_no_files_proves_nothing(sealed: Path) -> None:
    with pytest.raises(EngineError):
        verify(sealed, replace(read_stamp(sealed), files={}))


def test_a_reader_goes_on_with_what_it_has_open_when_its_generation_goes(sealed: Path) -> None:
    engine = EmbeddedEngine(sealed)
    store = Generations(sealed.parent)
    store.point_to(made(store))
    assert not sealed.exists()
    assert len(engine.ids()) == 6


@pytest.mark.parametrize("lock", ["writing", "building"])
def test_one_process_writes_and_nobody_waits(tmp_path: Path, lock: str) -> None:
    store = Generations(tmp_path / "index")
    with getattr(store, lock)() as mine:
        assert mine
        with getattr(store, lock)() as also:
            assert not also
    with getattr(store, lock)() as again:
        assert again


def test_others_write_while_a_generation_is_built(tmp_path: Path) -> None:
    store = Generations(tmp_path / "index")
    with store.building(), store.writing() as mine:
        assert mine
