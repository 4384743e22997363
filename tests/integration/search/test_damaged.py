"""Whatever lies in the folder of the index: it is noticed, built anew, and every page has the right answer."""

import os
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from search import checksums, indexing, reader
from search.engines.embedded import EmbeddedEngine
from search.generations import STAMP, read_stamp, seal
from search.library import documents
from search.port import EngineError, Plan
from search.records import records
from tests import contents
from tests.integration.search.making import found, listing, results, speaks

FILES = (
    ".term", ".idx", ".store", ".fast", ".fieldnorm", ".pos", ".del", ".managed.json", "meta.json",
    "statistics.json", "lexicon.json", STAMP,
)  # fmt: skip


@pytest.fixture(autouse=True)
def built(index: Path) -> None:
    """With a listing that was changed since, so that there are several segments and one with deleted documents."""
    advice = listing("advice", "Beratung am Hafen")
    listing("course", "Kurs")
    indexing.rebuild()
    assert found("Beratung") == ["advice"]
    speaks(advice, "ar")
    assert found("Beratung") == ["advice"]


def folder() -> Path:
    return indexing.generations().current()


def file(ending: str) -> Path:
    return next(path for path in sorted(folder().iterdir()) if path.name.endswith(ending))


def foreign() -> Path:
    """An index like ours, of other listings."""
    other = folder().parent.parent / "other"
    if not other.exists():
        other.mkdir()
        knowledge = indexing.base_knowledge()
        engine = EmbeddedEngine(other)
        library = reader.library()
        engine.update(documents(records(["course"]), knowledge))
        seal(other, replace(read_stamp(folder()), position=1), library.statistics)
        engine.update([], gone=["course"])
    return other


# --- what may happen to a file --------------------------------------------------------------------------------


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def zero_half(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(bytes(len(content) // 2) + content[len(content) // 2 :])


def zero(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 4
    path.write_bytes(bytes(content))


def exchange(path: Path) -> None:
    """The file of another index, whole in itself."""
    ending = path.name.lstrip("0123456789abcdef")
    same = [one for one in sorted(foreign().iterdir()) if one.name.endswith(ending)]
    path.write_bytes(same[0].read_bytes() if same else b"{}")


def replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES = (cut, zero_half, zero, flip, exchange, Path.unlink, replace_by_folder)


def answers_well() -> None:
    answer = results("Beratung")
    assert [hit.slug for hit in answer.hits] == ["advice"]
    assert not answer.degraded
    assert not indexing.check()
    library = reader.library()
    assert isinstance(library.engine, EmbeddedEngine)
    assert contents.held(library.engine) == contents.expected(library)


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("ending", FILES)
def test_before_it_is_opened(ending: str, damage: Callable[[Path], None]) -> None:
    before, path = folder(), file(ending)
    content = path.read_bytes()
    damage(path)
    if path.is_file() and path.read_bytes() == content:
        pytest.skip("the file is the same in another index")
    reader.forget()
    answers_well()
    assert folder() != before


@pytest.mark.parametrize("damage", [zero, exchange, Path.unlink])
@pytest.mark.parametrize("ending", FILES)
def test_under_an_open_index(ending: str, damage: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Noticed with the next look, half a second later; until then no page fails."""
    before, path = folder(), file(ending)
    content = path.read_bytes()
    beside = path.with_name("beside")
    beside.write_bytes(content)
    damage(beside)
    if beside.is_file() and beside.read_bytes() == content:
        pytest.skip("the file is the same in another index")
    if beside.is_file():
        beside.replace(path)  # in place it might be cut short under who reads it: below
    else:
        path.unlink()
    results("Beratung")
    monkeypatch.setattr(reader, "RECHECK_SECONDS", 0)
    answers_well()
    assert folder() != before


@pytest.mark.parametrize("ending", [".fast", ".term", ".idx", ".store", ".fieldnorm"])
def test_what_fails_while_answering_is_looked_at_again(ending: str) -> None:
    """In place, and with the old time: nothing but the answer itself can tell. Some damage is a Rust panic."""
    path = file(ending)
    was = path.stat()
    with path.open("r+b") as same:
        same.write(bytes(was.st_size))
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    answers = [results("Beratung") for _search in range(3)]
    if any(answer.degraded for answer in answers):
        assert not answers[-1].degraded
        answers_well()
    else:  # what an open index has read of it already needs no second look: the next one does
        checksums.forget()
        reader.forget()
        answers_well()


def test_a_damaged_file_of_facets_is_a_panic_that_ends_nothing() -> None:
    """tantivy panics, which is no `Exception`; opened as it is, without our look at every byte."""
    path = file(".fast")
    zero_half(path)
    with pytest.raises(EngineError, match="panic"):
        EmbeddedEngine(folder()).search(Plan())


def test_a_file_that_is_cut_short_under_an_open_index() -> None:
    """By somebody else's hand, for we never do: the system may end the process, and the next one answers."""
    for ending in (".idx", ".term", ".fast"):
        process = os.fork()
        if process == 0:
            signal.alarm(30)
            EmbeddedEngine(folder()).ids()
            os._exit(0)
        os.waitpid(process, 0)
        path = file(ending)
        os.truncate(path, path.stat().st_size // 2)
        reader.forget()
        answers_well()


@pytest.mark.parametrize("content", ["", "nowhere", "../../elsewhere", "\0", "/etc", "..", "a" * 300])
def test_a_pointer_to_somewhere_else(content: str) -> None:
    (folder().parent / "current").write_text(content)
    reader.forget()
    answers_well()


def test_a_folder_in_place_of_the_pointer() -> None:
    pointer = folder().parent / "current"
    pointer.unlink()
    pointer.mkdir()
    reader.forget()
    answers_well()


def test_the_index_of_another_schema() -> None:
    """As after an update of the program."""
    stamp = read_stamp(folder())
    (folder() / STAMP).unlink()
    seal(folder(), replace(stamp, schema="older"), reader.library().statistics)
    reader.forget()
    answers_well()


def test_the_whole_index_of_somebody_else() -> None:
    other = foreign()
    mine = folder()
    shutil.rmtree(mine)
    shutil.copytree(other, mine)
    reader.forget()
    answers_well()


def test_a_temporary_file_that_was_left(tmp_path: Path) -> None:
    (folder() / "statistics.4711.new").write_text("{")
    (folder().parent / "current.4711").write_text("nowhere")
    reader.forget()
    indexing.rebuild()
    answers_well()
    assert not (folder().parent / "current.4711").exists()


def test_a_folder_that_vanishes_is_missed_within_a_moment() -> None:
    before = folder()
    shutil.rmtree(before)
    time.sleep(reader.RECHECK_SECONDS)
    answers_well()
    assert folder() != before
