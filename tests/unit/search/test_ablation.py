from dataclasses import replace

import pytest

from search.ablation import PARTS, Deaf, analysing, without
from search.analysis.chains import chain, readers
from search.engines.database import DatabaseEngine
from search.library import Library
from search.planning import plan
from search.port import Plan, Query, Term, Wanted
from search.understanding import understand
from tests.contract.small_directory import KNOWLEDGE, STATISTICS, WEIGHTS, built

LIBRARY = Library(DatabaseEngine(built()), KNOWLEDGE, WEIGHTS, STATISTICS)


def planned(library: Library, text: str, language: str = "de") -> Plan:
    understood = understand(text, language, library.knowledge)
    return plan(Query(text, language), understood, library.knowledge, library.weights)


def found(left_out: str, text: str, language: str = "de") -> list[str]:
    library = without(frozenset({left_out} if left_out else ()), LIBRARY)
    return [slug for slug, _score in library.engine.search(planned(library, text, language)).hits]


def test_with_all_its_parts_it_is_the_search_itself() -> None:
    assert found("", "Rassismus") == [
        slug for slug, _ in LIBRARY.engine.search(planned(LIBRARY, "Rassismus")).hits
    ]


@pytest.mark.parametrize(("part", "text"), [("compounds", "Opfer"), ("concepts", "Hautfarbe")])
def test_a_part_that_is_left_out_finds_nothing_any_more(part: str, text: str) -> None:
    assert len(found(part, text)) < len(found("", text))


def test_without_the_lexicon_no_word_is_translated() -> None:
    left = without(frozenset({"lexicon"}), LIBRARY)
    looked_for = {
        clause.field
        for wanted in planned(left, "عنصرية", "ar").wanted
        for clause in wanted.clauses
        if isinstance(clause, Term)
    }
    assert "text_de" not in looked_for


class Listening:
    """An engine that keeps what it was asked."""

    def __init__(self) -> None:
        self.heard = Plan()

    def search(self, plan: Plan) -> object:
        self.heard = plan
        return object()


def test_a_field_that_is_not_heard_is_in_no_clause() -> None:
    engine = Listening()
    deaf = Deaf(engine, frozenset({"grams"}))  # type: ignore[arg-type]
    wanted = (Wanted((Term("grams", "a"),), "one"), Wanted((Term("grams", "a"), Term("text_de", "b")), "two"))
    deaf.search(Plan(wanted=wanted, hints=(Term("grams", "c"), Term("text_de", "d"))))
    assert engine.heard.hints == (Term("text_de", "d"),)
    assert [one.label for one in engine.heard.wanted] == ["one", "two"]  # each keeps its number
    assert not any(isinstance(clause, Term) for clause in engine.heard.wanted[0].clauses)
    assert engine.heard.wanted[1].clauses == (Term("text_de", "b"),)


def test_what_nothing_is_left_of_finds_nothing() -> None:
    deaf = Deaf(LIBRARY.engine, frozenset({"text_de"}))
    asked = Wanted((Term("text_de", chain("de").stem("angriff")),))
    assert LIBRARY.engine.search(Plan(wanted=(asked,))).hits
    assert deaf.search(Plan(wanted=(asked,))).hits == ()


def test_the_other_parts_of_the_engine_are_untouched() -> None:
    deaf = Deaf(DatabaseEngine(built()[:1]), frozenset())
    deaf.update(built()[1:2])
    assert len(deaf.ids()) >= 1


def test_without_the_stemmer_words_are_only_made_plain() -> None:
    with analysing(frozenset({"stemmer"})):
        assert chain("de").stem("wohnungen") == "wohnungen"
        assert chain("de").stem("führer") == "fuhrer"
        assert chain("tr").stem("çocuklar") == "cocuklar"
        assert {reader.stem("houses") for reader in readers("latin")} == {"houses"}
    assert chain("de").stem("wohnungen") != "wohnungen"


def test_any_other_part_leaves_the_stemmer_alone() -> None:
    with analysing(frozenset(PARTS) - {"stemmer"}):
        assert chain("de").stem("wohnungen") != "wohnungen"


def test_a_fault_meanwhile_brings_the_stemmer_back() -> None:
    with pytest.raises(RuntimeError), analysing(frozenset({"stemmer"})):
        raise RuntimeError
    assert chain("de").stem("wohnungen") != "wohnungen"


def test_the_library_itself_is_not_changed() -> None:
    before = replace(LIBRARY)
    without(frozenset(PARTS), LIBRARY)
    assert before == LIBRARY
