from contextlib import nullcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.chains import chain, unstemmed
from search.analysis.compounds import Splitter
from search.document import LEAD, TEXT_FIELDS, VALUE_FIELDS, Record, build, phrases, surface_words
from search.port import FACETS, Document

LABELS = {"grounds:racism": (("de", "Rassismus"), ("ar", "العنصرية"), ("", "Xenophobia"))}


def document(**fields: object) -> Document:
    given = {"id": "one", "texts": {"de": {"title": "Mobile Beratung gegen Hass", "text": "Wir beraten Schulen."}}}
    return build(Record(**(given | fields)), LABELS, Splitter())  # type: ignore[arg-type]


def test_each_language_has_fields_of_its_own() -> None:
    texts = {
        "de": {"title": "Rat", "text": "Hilfe"},
        "en": {"title": "Advice", "text": ""},
        "ar": {"title": "مشورة", "text": "مساعدة"},
    }
    terms = document(texts=texts).terms
    assert terms["title_de"] == ("rat",)
    assert terms["title_en"] == ("advic",)
    assert "text_en" not in terms
    assert terms["text_ar"]


def test_leichte_sprache_is_german() -> None:
    texts = {"de": {"title": "Rat", "text": ""}, "de-simple": {"title": "Hilfe", "text": ""}}
    assert document(texts=texts).terms["title_de"] == ("rat", "hilf")


def test_labels_of_its_concepts_are_found_in_every_language() -> None:
    labels = document(concepts=("grounds:racism", "grounds:unknown")).terms["labels"]
    assert {"rassism", "عنصر", "xenophobia"} <= set(labels) | {"عنصر"}
    assert len(labels) == 3


@pytest.mark.parametrize(
    ("names", "short"),
    [
        ((), "mbh"),  # of the title
        (("Verein für freies Leben",), "vfl"),
        (("Opferberatung Rheinland",), "obr"),
        (("Haus – Büro für leichte Arbeit (BLA)",), "bla"),
    ],
)
def test_initials_of_names_are_found(names: tuple[str, ...], short: str) -> None:
    assert short in document(names=names).terms["names"]


def test_a_long_list_of_words_is_no_name_to_abbreviate() -> None:
    terms = document(names=("eins zwei drei vier fünf sechs sieben",)).terms["names"]
    assert "ezdvfss" not in terms


def test_parts_of_german_compounds_are_kept() -> None:
    texts = {"de": {"title": "Opferberatung", "text": ""}}
    assert document(texts=texts).terms["parts"] == ("opf", "berat")


def terms_of(title: str, text: str = "", **more: object) -> dict[str, tuple[str, ...]]:
    return dict(document(texts={"de": {"title": title, "text": text}, **more}).terms)


def test_words_stand_beside_their_parts() -> None:
    terms = terms_of("Opferberatung", "Antrag")
    assert terms["whole"] == ("opferberat", "opf", "berat", "antrag")
    assert terms["heading"] == ("opferberat", "opf", "berat")
    assert terms["title_de"] == ("opferberat",)
    assert terms["text_de"] == ("antrag",)
    assert terms["parts"] == ("opf", "berat")


def test_the_beginning_is_a_field_of_its_own() -> None:
    terms = terms_of("Titel", " ".join(f"{letter}abc" for letter in "bcdfghjklmnpqrstvwxz") + " ende1")
    assert terms["lead"][0] == "titel"
    assert len(terms["lead"]) == LEAD
    assert "ende1" in terms["whole"]
    assert "ende1" not in terms["lead"]


def test_words_that_stand_together_are_pairs_in_either_order() -> None:
    assert terms_of("Beratung für Schulen")["pairs"] == terms_of("Schulen: Beratung")["pairs"] == ("berat+schul",)
    assert set(terms_of("eins zwei drei vier")["pairs"]) == {
        "ein+zwei",
        "drei+ein",
        "drei+zwei",
        "vier+zwei",
        "drei+vier",
    }


def test_title_and_text_are_read_as_one() -> None:
    simple = {"title": "", "text": "Hilfe"}
    terms = terms_of("Rat", "Schule", **{"de-simple": simple})
    assert terms["whole"] == ("rat", "schul", "hilf")
    assert terms["pairs"] == ("rat+schul", "hilf+rat", "hilf+schul")


def test_three_words_in_a_row_are_a_phrase_or_a_turn() -> None:
    terms = terms_of("", "Die Anmeldung für die Schule dauert eine Woche")
    assert terms["turns"] == ("die+anmeld+fur", "anmeld+fur+die", "fur+die+schul")
    assert terms["phrases"] == ("die+schul+dau", "schul+dau+eine", "dau+eine+woch")


def test_three_small_words_say_nothing() -> None:
    terms = terms_of("", "Wie kann ich das Amt")
    assert terms["turns"] == ("ich+das+amt",)
    assert "phrases" not in terms


def test_a_phrase_does_not_run_from_the_title_into_the_text() -> None:
    assert "phrases" not in terms_of("Rat", "Schule Hilfe")
    assert terms_of("Rat Schule Hilfe", "Opfer")["phrases"] == ("rat+schul+hilf",)


@given(st.lists(st.sampled_from(["der", "für", "Schulen", "Rat", "Hilfe"]), max_size=12))
def test_every_three_words_of_which_one_carries_a_meaning_are_kept_once(words: list[str]) -> None:
    said = chain("de").said(" ".join(words))
    found = list(phrases(said))
    carrying = [sum(bool(word.stem) for word in said[at : at + 3]) for at in range(len(said) - 2)]
    assert len(found) == sum(count > 0 for count in carrying)
    assert [field for field, _term in found] == [
        "phrases" if count > 1 else "turns" for count in carrying if count
    ]
    assert all(len(term.split("+")) == 3 for _field, term in found)


def test_pieces_know_where_a_word_begins_and_ends() -> None:
    assert terms_of("Amt")["grams"] == ("^amt", "amt$")


def test_an_entry_without_german_has_no_german_terms() -> None:
    terms = document(texts={"fr": {"title": "Conseil", "text": ""}}).terms
    assert not {"whole", "heading", "lead", "pairs", "parts", "phrases", "turns", "title_de"} & terms.keys()


def test_what_is_declined_is_not_offered() -> None:
    values = document(
        concepts=("what:insult", "what:violence"),
        secondary=("what:violence", "what:insult"),
        declined=("what:violence",),
    ).values
    assert values["concepts"] == ("what:insult",)
    assert values["secondary"] == ("what:violence",)
    assert values["declined"] == ("what:violence",)


def test_facets_are_those_that_engines_count() -> None:
    values = document(facets={"kind": ("offer", "offer")}, areas=("jena",)).values
    assert values["kind"] == ("offer",)
    assert values["area"] == values["areas"] == ("jena",)
    assert set(FACETS) <= set(VALUE_FIELDS)


def test_every_field_is_one_that_engines_know() -> None:
    whole = document(
        texts={"fr": {"title": "Conseil", "text": "Aide aux victimes"}},
        names=("Haus",),
        concepts=("grounds:racism",),
        secondary=("a:b",),
        declined=("c:d",),
        areas=("jena",),
        group="g",
        facets={"language": ("fr",), "concern": ("work",)},
    )
    assert set(whole.terms) <= set(TEXT_FIELDS)
    assert set(whole.values) <= set(VALUE_FIELDS)


def test_browsing_is_by_title() -> None:
    assert document().order == "mobile beratung gegen hass"
    assert document(texts={}).order == ""


def test_a_text_in_a_language_without_fields_does_no_harm() -> None:
    assert document(texts={"xx": {"title": "Zzz", "text": "Yyy"}}).id == "one"


def test_words_are_counted_as_they_are_written() -> None:
    record = Record("one", {"de": {"title": "Rat und Rat", "text": ""}}, names=("Haus",))
    words = surface_words([record], LABELS)
    assert (words["rat"], words["haus"], words["xenophobia"]) == (2, 1, 1)


def test_the_words_of_all_texts_are_read_piece_by_piece() -> None:
    texts = {"de": {"title": "Rat", "text": "Hilfe"}, "uk": {"title": "", "text": "дім"}}
    grams = document(texts=texts).terms["grams"]
    assert grams == ("^rat", "rat$", "^hil", "hilf", "ilfe", "lfe$", "^дім", "дім$")


def test_stems_are_not_remembered_where_nothing_is_stemmed() -> None:
    names = ("Beratungen",)
    stemmed = document(names=names)
    with unstemmed():
        plain = document(names=names)
    again = document(names=names)
    assert again == stemmed
    assert "beratungen" in plain.values["called"]
    assert "rassismus" in document_labels(plain=True)
    assert "rassismus" not in document_labels()


def document_labels(*, plain: bool = False) -> tuple[str, ...]:
    with unstemmed() if plain else nullcontext():
        return document(concepts=("grounds:racism",)).terms["labels"]
