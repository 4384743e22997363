"""What only the embedded engine does: tantivy's own ways to fail."""

from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
import tantivy

from search.engines import embedded
from search.engines.embedded import EmbeddedEngine, guard
from search.port import Document, EngineError, Plan, Term, Value, Wanted
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


def filled(folder: Path, documents: list[Document]) -> EmbeddedEngine:
    engine = EmbeddedEngine(folder)
    engine.update(documents)
    return engine


def ids(engine: EmbeddedEngine, plan: Plan) -> list[str]:
    return [id for id, _score in engine.search(plan).hits]


TITLES = [f"{word} {number}" for number in (3, 1, 2) for word in ("beratung", "äpfel", "beratungsstelle", "")]


def test_titles_that_begin_alike_are_in_order_on_every_page(tmp_path: Path) -> None:
    """The first letters stand in the index as a number; the rest is read only where they tie."""
    documents = [Document(f"id-{at}", {}, {}, order=title) for at, title in enumerate(TITLES)]
    engine = filled(tmp_path, documents)
    expected = [one.id for one in sorted(documents, key=lambda one: (one.order, one.id))]
    for size in (1, 3, 5, 20):
        pages = [ids(engine, Plan(offset=start, limit=size)) for start in range(0, len(TITLES) + size, size)]
        assert [id for page in pages for id in page] == expected


def test_only_what_shares_its_score_with_the_page_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [Document(f"{at:03}", {}, {"areas": (f"area-{at}",)}) for at in range(100)]
    apart = Wanted(tuple(Value("areas", (f"area-{at}",), float(at)) for at in range(100)))
    engine = filled(tmp_path, documents)
    read = []

    def counted(*args: Any) -> Any:
        read.append(args)
        return original(*args)

    original = embedded._read
    monkeypatch.setattr(embedded, "_read", counted)
    assert ids(engine, Plan(wanted=(apart,), limit=5)) == ["099", "098", "097", "096", "095"]
    assert len(read) == 5


def test_every_hit_is_told_what_it_answers_however_much_was_asked(tmp_path: Path) -> None:
    words = [f"wort{at}" for at in range(50)]
    documents = [Document(word, {"title_de": (word, "immer")}, {}) for word in words]
    wanted = tuple(Wanted((Term("title_de", word),)) for word in (*words, "immer", "nie"))
    matched = filled(tmp_path, documents).search(Plan(wanted=wanted, limit=50)).matched
    assert matched == {word: (at, 50) for at, word in enumerate(words)}


def test_a_page_that_is_not_asked_for_is_counted_only(tmp_path: Path) -> None:
    found = filled(tmp_path, built()).search(Plan(limit=0))
    assert (found.hits, found.matched, found.total) == ((), {}, len(built()))


def test_what_wants_absence_adds_up(tmp_path: Path) -> None:
    documents = [
        Document("none", {}, {}),
        Document("one", {}, {"concepts": ("a",)}),
        Document("both", {}, {"concepts": ("a", "b")}),
    ]
    leanings = tuple(Wanted((Value("concepts", (one,), 2.5, absent=True),)) for one in ("a", "b"))
    assert filled(tmp_path, documents).search(Plan(leanings=leanings)).hits == (
        ("none", 5.0),
        ("one", 2.5),
        ("both", 0.0),
    )


class TestLargeIndex:
    """Facets are counted beside the ranking."""

    def test_it_finds_and_counts_the_same(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        engine = filled(tmp_path, built())
        plans = [Plan(), Plan(filters={"kind": frozenset({"offer"})}), Plan(limit=0), Plan(facets=("kind",))]
        before = [engine.search(plan) for plan in plans]
        monkeypatch.setattr(embedded, "LARGE", 0)
        assert [engine.search(plan) for plan in plans] == before

    def test_what_fails_there_is_an_error_here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        engine = filled(tmp_path, built())
        monkeypatch.setattr(embedded, "LARGE", 0)
        for error in (ValueError("broken"), PanicException("broken")):
            monkeypatch.setattr(engine, "_facets", Mock(side_effect=error))
            with pytest.raises(EngineError, match="broken"):
                engine.search(Plan())

    def test_a_forked_process_has_threads_of_its_own(self) -> None:
        assert embedded._threads(1) is embedded._threads(1)
        assert embedded._threads(1) is not embedded._threads(2)
