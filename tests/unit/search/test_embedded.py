"""What only the embedded engine does: tantivy's own ways to fail."""

from pathlib import Path

import pytest
import tantivy

from search.engines import embedded
from search.engines.embedded import EmbeddedEngine, guard
from search.port import EngineError, Plan, Term, Wanted
from tests.contract.small_directory import built


class PanicException(BaseException):
    """As pyo3 raises it: no `Exception`."""


def test_a_panic_becomes_an_error_that_can_be_caught() -> None:
    with pytest.raises(EngineError, match="panic"), guard():
        raise PanicException("index out of bounds")


@pytest.mark.parametrize("error", [ValueError("LockBusy"), OSError("full"), RuntimeError("poisoned")])
def test_so_does_everything_else_that_tantivy_raises(error: Exception) -> None:
    with pytest.raises(EngineError, match=str(error)), guard():
        raise error


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_a_request_to_stop_is_none_of_them(error: type[BaseException]) -> None:
    with pytest.raises(error), guard():
        raise error


def test_a_second_writer_is_told_at_once(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    busy = tantivy.Index.open(str(tmp_path)).writer(embedded.HEAP, 1)
    with pytest.raises(EngineError, match="Lock"):
        engine.update(built())
    busy.wait_merging_threads()
    engine.update(built())
    assert len(engine.ids()) == len(built())


def test_half_a_character_in_a_term_is_an_error_not_a_crash(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    with pytest.raises(EngineError):
        engine.search(Plan(wanted=(Wanted((Term("title_de", "\ud800"),)),)))


def test_a_field_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EngineError):
        EmbeddedEngine(tmp_path).search(Plan(wanted=(Wanted((Term("nowhere", "x"),)),)))


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EngineError):
        EmbeddedEngine(tmp_path / "missing" / "folder")
