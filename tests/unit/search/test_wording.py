from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import wording
from search.analysis.compounds import Splitter
from search.port import Term
from search.understanding import Knowledge, Understood

KNOWLEDGE = Knowledge(splitter=Splitter.learn({"opfer": 5, "beratung": 9, "antrag": 4}))


def evidence(text: str, language: str = "de", coded: Sequence[int] = (), place: Sequence[int] = ()) -> list[Term]:
    understood = Understood(tuple(text.split()), place_words=frozenset(place))
    return list(wording.evidence(understood, language, KNOWLEDGE, frozenset(coded)))


def weights(terms: Sequence[Term], field: str) -> dict[str, float]:
    return {term.term: term.weight for term in terms if term.field == field}


def wanted(text: str, language: str = "de", coded: Sequence[int] = ()) -> dict[tuple[str, str], float]:
    understood = Understood(tuple(text.split()))
    found = wording.words(understood, language, KNOWLEDGE, frozenset(), frozenset(coded))
    clauses = [clause for one in found for clause in one.clauses if isinstance(clause, Term)]
    return {(clause.field, clause.term): clause.weight for clause in clauses}


@pytest.mark.parametrize("field", ["whole", "heading", "lead"])
def test_a_german_word_and_its_parts_add_up_over_the_fields(field: str) -> None:
    assert weights(evidence("opferberatung"), field).keys() == {"opferberat", "opf", "berat"}


def test_the_whole_text_says_more_than_the_title_or_the_beginning_again() -> None:
    found = {term.field: term.weight for term in evidence("antrag")}
    assert found["whole"] > found["heading"] >= found["lead"] > found["grams"] > 0


def test_words_that_stand_together_are_worth_more_in_either_order() -> None:
    assert weights(evidence("antrag beratung"), "pairs").keys() == {"antrag+berat"}
    assert weights(evidence("beratung antrag"), "pairs").keys() == {"antrag+berat"}


def test_so_are_words_with_one_or_with_small_words_between_them() -> None:
    found = weights(evidence("antrag opfer für die beratung polizei"), "pairs")
    assert {"antrag+opf", "antrag+berat", "berat+opf", "berat+polizei", "opf+polizei"} == found.keys()


@pytest.mark.parametrize("field", ["whole", "heading", "lead", "grams"])
def test_a_word_for_a_concept_that_listings_carry_says_less(field: str) -> None:
    told, alone = weights(evidence("antrag", coded=[0]), field), weights(evidence("antrag"), field)
    assert all(0 < told[term] < alone[term] / 2 for term in alone)


def test_where_no_concept_answers_the_german_texts_weigh_more() -> None:
    told, alone = wanted("antrag beratung", coded=[1]), wanted("antrag beratung")
    assert told["text_de", "antrag"] < alone["text_de", "antrag"]
    assert told["text_en", "antrag"] == alone["text_en", "antrag"]
    assert wanted("antrag", "fr", coded=[0]) == wanted("antrag", "fr")


def test_two_such_words_together_say_less_too_but_one_of_them_does_not() -> None:
    alone = weights(evidence("antrag beratung"), "pairs")
    assert weights(evidence("antrag beratung", coded=[0]), "pairs") == alone
    both = weights(evidence("antrag beratung", coded=[0, 1]), "pairs")
    assert both["antrag+berat"] < alone["antrag+berat"] / 2


def test_a_stem_that_two_words_share_counts_as_the_one_that_no_concept_explains() -> None:
    found = weights(evidence("opferberatung beratung", coded=[0]), "whole")
    assert found["berat"] > found["opf"]


def test_the_same_is_said_once() -> None:
    found = evidence("beratung beraten opferberatung")
    assert len({(term.field, term.term) for term in found}) == len(found)


@pytest.mark.parametrize("text", ["der die", "welche", "x"])
def test_what_says_nothing_is_no_evidence(text: str) -> None:
    assert evidence(text) == []
    assert wanted(text) == {}


def test_a_place_is_none_either() -> None:
    assert evidence("jena", place=[0]) == []


def test_pieces_know_where_a_word_begins_and_ends() -> None:
    assert weights(evidence("amt"), "grams").keys() == {"^amt", "amt$"}


@pytest.mark.parametrize(("text", "language"), [("conseil", "fr"), ("مشورة", "de"), ("совет", "de")])
def test_other_languages_have_pieces_only(text: str, language: str) -> None:
    assert {term.field for term in evidence(text, language)} == {"grams"}


def test_pieces_count_less_where_german_is_not_what_is_read() -> None:
    found = weights(evidence("rat", "fr"), "grams")
    assert all(0 < found[gram] < weight for gram, weight in weights(evidence("rat"), "grams").items())


def test_leichte_sprache_is_german() -> None:
    assert evidence("antrag", "de-simple") == evidence("antrag")


def test_three_words_are_looked_for_as_they_were_typed() -> None:
    found = evidence("antrag für die beratung stellen heute")
    assert weights(found, "turns").keys() == {"antrag+fur+die", "fur+die+berat"}
    assert weights(found, "phrases").keys() == {"die+berat+stell", "berat+stell+heute"}
    assert min(weights(found, "phrases").values()) > max(weights(found, "turns").values()) > 0


def test_the_place_belongs_to_what_was_typed() -> None:
    assert weights(evidence("beratung in jena", place=[2]), "phrases").keys() == {"berat+in+jena"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_only_german_pages_are_asked_for_phrases(language: str) -> None:
    assert not {term.field for term in evidence("antrag beratung opfer", language)} & {"phrases", "turns"}


@pytest.mark.parametrize("field", ["whole", "heading", "lead", "grams"])
def test_the_frame_of_a_question_is_less_evidence(field: str) -> None:
    frame, subject = weights(evidence("bedeutet"), field), weights(evidence("formular"), field)
    assert 0 < max(frame.values()) < 0.6 * max(subject.values())


def test_and_what_is_no_noun() -> None:
    large, small = Understood(("antrag",)), Understood(("antrag",), small=frozenset({0}))
    for term in wording.evidence(small, "de", KNOWLEDGE, frozenset()):
        same = [one for one in wording.evidence(large, "de", KNOWLEDGE, frozenset()) if one.term == term.term]
        assert all(0 < term.weight < one.weight for one in same if one.field == term.field)


def test_both_are_wanted_less_on_german_pages_only() -> None:
    assert wanted("bedeutet")["text_de", "bedeu"] < 0.6 * wanted("formular")["text_de", "formular"]
    assert wanted("bedeutet", "fr")["text_de", "bedeu"] == wanted("formular", "fr")["text_de", "formular"]


def test_a_long_word_is_not_worth_the_sum_of_its_pieces() -> None:
    short, long = (list(weights(evidence(word), "grams").values()) for word in ("antrag", "antragsbogenausgabe"))
    assert len(long) > 2 * len(short)
    assert sum(short) < sum(long) < sum(short) * len(long) / len(short)


def test_a_compound_is_found_by_its_parts_but_rather_as_a_whole() -> None:
    found = wanted("opferberatung")
    assert 0 < found["parts", "opf"] < found["text_de", "opferberat"]
    assert 0 < found["text_de", "berat"] < found["text_de", "opferberat"]


@pytest.mark.parametrize("field", ["title_de", "text_de", "names", "parts"])
def test_what_is_evidence_too_is_wanted_less(field: str) -> None:
    assert 0 < wanted("antrag")[field, "antrag"] < wanted("antrag", "en")[field, "antrag"]


def test_other_languages_keep_their_weights() -> None:
    assert wanted("advice", "de")["text_en", "advic"] == wanted("advice", "en")["text_en", "advic"]


@given(st.lists(st.text("abdeinst", min_size=1, max_size=12), max_size=40))
def test_evidence_stays_in_proportion_to_the_words(words: list[str]) -> None:
    understood = Understood(tuple(dict.fromkeys(words)))
    found = wording.evidence(understood, "de", KNOWLEDGE, frozenset())
    assert len(found) <= 30 * len(understood.words)
    assert all(term.weight > 0 for term in found)
    less = wording.evidence(replace(understood, words=understood.words[:-1]), "de", KNOWLEDGE, frozenset())
    assert {(term.field, term.term) for term in less} <= {(term.field, term.term) for term in found}
