from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from search.engines.embedded import EmbeddedEngine
from search.generations import STAMP, Generations, Stamp, read_stamp, schema_hash, seal, verify
from search.port import EngineError
from tests.contract.small_directory import LEXICON, built

NOW = Stamp.now(7, "transaction", date(2026, 3, 1))


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    folder = Generations(tmp_path / "index").new()
    EmbeddedEngine(folder).update(built())
    seal(folder, NOW, LEXICON)
    return folder


def test_what_was_sealed_is_verified_with_its_lexicon(sealed: Path) -> None:
    stamp = read_stamp(sealed)
    assert (stamp.position, stamp.transaction, stamp.day) == (7, "transaction", "2026-03-01")
    lexicon = verify(sealed, stamp)
    assert lexicon.words == dict(LEXICON.words)
    assert lexicon.spellings == LEXICON.spellings
    assert (lexicon.concepts, lexicon.total) == (dict(LEXICON.concepts), LEXICON.total)


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


@pytest.mark.parametrize("ending", [".term", ".idx", ".store", ".fast", ".fieldnorm", "meta.json", "lexicon.json"])
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


def test_the_pointer_names_one_generation_and_the_others_go(tmp_path: Path) -> None:
    store = Generations(tmp_path / "index")
    with pytest.raises(EngineError, match="no index yet"):
        store.current()
    older, newer = store.new(), store.new()
    store.point_to(older)
    assert store.current() == older
    store.point_to(newer)
    assert store.current() == newer
    assert not older.exists()


def test_a_reader_goes_on_with_what_it_has_open_when_its_generation_goes(sealed: Path) -> None:
    engine = EmbeddedEngine(sealed)
    store = Generations(sealed.parent)
    store.point_to(store.new())
    assert not sealed.exists()
    assert len(engine.ids()) == 6


def test_one_process_writes_and_nobody_waits(tmp_path: Path) -> None:
    store = Generations(tmp_path / "index")
    with store.writing() as mine:
        assert mine
        with store.writing() as also:
            assert not also
    with store.writing() as again:
        assert again
