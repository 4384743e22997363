from dataclasses import replace

import pytest

from search.analysis.normalise import script
from search.phrases import Match
from search.planning import Weights, filters, plan, reach
from search.port import Plan, Query, Term, Value
from search.understanding import Understood, understand
from tests.contract.small_directory import KNOWLEDGE, TREE, WEIGHTS


def planned(text: str, language: str = "de", **more: object) -> Plan:
    query = replace(Query(text, language, home_area="harbour"), **more)  # type: ignore[arg-type]
    return plan(query, understand(text, language, KNOWLEDGE), KNOWLEDGE, WEIGHTS)


def values(found: Plan) -> dict[str, float]:
    clauses = (clause for wanted in found.wanted for clause in wanted.clauses if isinstance(clause, Value))
    return {f"{clause.field} {' '.join(clause.values)}": clause.weight for clause in clauses}


def terms(found: Plan) -> set[tuple[str, str]]:
    clauses = (clause for wanted in found.wanted for clause in wanted.clauses if isinstance(clause, Term))
    return {(clause.field, clause.term) for clause in clauses}


def test_the_language_of_the_page_german_and_english_are_searched() -> None:
    fields = {field for field, _term in terms(planned("counselling", "fr"))}
    assert {"title_fr", "text_fr", "title_de", "text_de", "title_en", "text_en", "names", "labels"} <= fields
    assert "title_tr" not in fields


def test_another_script_is_not_searched_as_german() -> None:
    found = terms(planned("عنصرية", "ar"))
    assert {field for field, term in found if script(term) == "arabic"} == {"title_ar", "text_ar", "labels"}


def test_what_the_labels_taught_is_searched_in_german_too() -> None:
    assert {("title_de", "rassism"), ("text_de", "rassism")} <= terms(planned("عنصرية", "ar"))


def test_a_compound_is_searched_by_its_parts_too() -> None:
    assert {("text_de", "opf"), ("parts", "berat")} <= terms(planned("Opferberatung"))


def test_a_place_is_no_word_to_search_for() -> None:
    found = planned("Chef Bergheim")
    assert not any("bergheim" in term for _field, term in terms(found))
    assert found.filters == {"areas": frozenset({"hill", "land"})}


def test_what_matches_in_a_row_that_stands_back_counts_less() -> None:
    found = values(planned("Rassismus"))
    assert 0 < found["secondary grounds:racism"] < found["concepts grounds:racism"]


def test_a_rare_concept_tells_more_than_a_common_one() -> None:
    weights = Weights({"common": 90, "rare": 1}, 100)
    assert weights.of("rare") > 1.5 * weights.of("common") > 0
    assert weights.of("never seen") > weights.of("rare")
    assert Weights({}, 0).of("anything") > 0


def test_browsing_wants_nothing_and_prefers_the_near() -> None:
    found = planned("")
    assert found.wanted == ()
    assert any(clause.field == "areas" for wanted in found.leanings for clause in wanted.clauses)


def test_pages_become_offsets() -> None:
    found = planned("", page=3, size=7)
    assert (found.offset, found.limit) == (14, 7)


def test_without_a_known_home_nothing_is_nearer() -> None:
    assert reach("", TREE) == reach("nowhere", TREE) == ()


def test_the_smaller_the_area_that_serves_a_place_the_better() -> None:
    clauses = reach("harbour", TREE)[0].clauses
    weights = {clause.values: clause.weight for clause in clauses if isinstance(clause, Value)}
    assert weights[("harbour",)] > weights[("north",)] > weights[("land",)]
    assert weights[("old-town",)] > weights[("land",)]


@pytest.mark.parametrize(
    ("chosen", "near"),
    [
        ({"harbour"}, {"harbour", "north", "land", "old-town"}),
        ({"hill"}, {"hill", "land"}),
        ({"hill", "old-town"}, {"hill", "land", "old-town", "harbour", "north"}),
        ({"nowhere"}, {"nowhere"}),
    ],
)
def test_a_chosen_area_means_what_lies_around_it(chosen: set[str], near: set[str]) -> None:
    query = Query(filters={"area": frozenset(chosen), "kind": frozenset()})
    assert filters(query, "", TREE) == {"area": frozenset(near)}


def test_a_group_is_a_filter() -> None:
    assert filters(Query(group="city"), "", TREE) == {"group": frozenset({"city"})}


def test_evidence_only_adds() -> None:
    found = planned("Opferberatung für Frauen nach Gewalt")
    only_hints = {"grams", "whole", "heading", "lead", "pairs", "phrases", "turns"}
    assert {hint.field for hint in found.hints} <= only_hints
    assert not any(field in only_hints for field, _term in terms(found))


def test_a_concept_that_listings_carry_stands_for_its_word() -> None:
    query, understood = Query("Rassismus"), understand("Rassismus", "de", KNOWLEDGE)
    carried = plan(query, understood, KNOWLEDGE, Weights({"grounds:racism": 3}, 10))
    nowhere = plan(query, understood, KNOWLEDGE, Weights({}, 10))
    assert sum(hint.weight for hint in carried.hints) < sum(hint.weight for hint in nowhere.hints) / 2


def test_a_word_that_a_small_word_gives_its_meaning_is_not_searched_alone() -> None:
    labels = {
        "target_groups:women": (("de", "Frauen"), ("de", "mein Mann")),
        "target_groups:men": (("de", "Männer"),),
    }
    knowledge = replace(KNOWLEDGE, labels=labels)

    def searched(text: str, carried: int = 3) -> set[str]:
        query, weights = Query(text, "de"), Weights({"target_groups:women": carried}, 10)
        found = plan(query, understand(text, "de", knowledge), knowledge, weights).wanted
        return {clause.term for wanted in found for clause in wanted.clauses if isinstance(clause, Term)}

    assert "mann" in searched("ein Mann schlägt mich")
    assert "mann" not in searched("mein Mann schlägt mich")
    assert "schlag" in searched("mein Mann schlägt mich")
    # But where no listing carries that meaning, the words are all there is to go by.
    assert "mann" in searched("mein Mann schlägt mich", carried=0)


def told(*matches: Match) -> Plan:
    understood = Understood(("schulfortbildung", "gastronomie"), matches)
    return plan(Query("schulfortbildung gastronomie"), understood, KNOWLEDGE, WEIGHTS)


SCHOOL = Match("life_areas:school", "Schule", frozenset({0}), 0.8, part="schul")
TRAINING = Match("wish:training", "Fortbildung", frozenset({0}), 0.8, part="fortbild")
GASTRONOMY = Match("sectors:gastronomy", "Gastronomie", frozenset({1}))


def test_each_part_of_a_compound_is_one_thing_asked_for() -> None:
    asked = [wanted.concepts for wanted in told(SCHOOL, TRAINING).wanted if wanted.concepts]
    assert asked == [("life_areas:school",), ("wish:training",)]
    whole = told(replace(SCHOOL, part=""), replace(TRAINING, part=""))
    assert [wanted.concepts for wanted in whole.wanted if wanted.concepts] == [
        ("life_areas:school", "wish:training")
    ]


def test_for_whom_a_training_must_be_made_weighs_more() -> None:
    concept = "concepts sectors:gastronomy"
    right_wing = Match("grounds:right_wing_extremism", "Rechtsextremismus", frozenset({0}))
    assert values(told(TRAINING, GASTRONOMY))[concept] == 2 * values(told(right_wing, GASTRONOMY))[concept]
