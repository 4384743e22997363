import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.compounds import Splitter
from search.stress import FRAMES, stress
from search.understanding import Knowledge

WORDS = {"wohnung": 5, "suche": 4, "antrag": 3, "wohngeld": 2, "formular": 2}
KNOWLEDGE = Knowledge(
    labels={"topics:crisis": (("de", "Krise"), ("tr", "Kriz"))},
    words=WORDS,
    spellings=frozenset({"wohnungssuche", "antrag", "möglichkeiten"}),
    splitter=Splitter.learn({"wohnung": 5, "suche": 4}),
)


def of(word: str, *, small: bool = False) -> float:
    return stress(word, small, KNOWLEDGE)


@pytest.mark.parametrize("word", ["antrag", "anträge", "wohnungssuche", "wohnung", "krise", "krisen"])
def test_what_stands_in_titles_and_labels_counts_whole(word: str) -> None:
    assert of(word) == 1.0


def test_a_compound_counts_whole_where_a_part_of_it_stands_there() -> None:
    known = Splitter.learn({"zimmer": 5, "antrag": 4})
    assert stress("zimmerantrag", False, Knowledge(spellings=frozenset({"antrag"}), splitter=known)) == 1.0
    assert stress("zimmerantrag", False, Knowledge(spellings=frozenset({"miete"}), splitter=known)) < 1.0


def test_what_stands_in_texts_only_counts_less() -> None:
    assert 0.5 < of("formular") < of("antrag")


def test_what_is_no_noun_counts_less_too() -> None:
    assert 0.5 < of("antrag", small=True) < of("antrag")
    assert of("formular", small=True) < of("formular")


@pytest.mark.parametrize(
    "word", ["möglichkeiten", "möglichkeit", "erhalten", "bietet", "verschiedenen", "bedeutet"]
)
def test_the_frame_of_a_question_counts_least(word: str) -> None:
    assert 0 < of(word) < of("formular", small=True)


def test_the_frame_is_not_lowered_again_for_its_letters() -> None:
    assert of("möglichkeiten", small=True) == of("möglichkeiten")


@pytest.mark.parametrize(
    "need",
    ["hilfe", "helfen", "beratung", "melden", "meldung", "stelle", "wahl", "wählen", "gründen", "angebot",
     "betrag", "arbeit", "wohnung", "anzeigen", "schlagen", "bedrohen", "unternehmen", "person"],
)  # fmt: skip
def test_no_need_is_a_frame(need: str) -> None:
    assert of(need) >= of("formular") > of("möglichkeiten")


def test_the_frames_are_stems() -> None:
    assert {"moglich", "berat"} & FRAMES == {"moglich"}


@given(st.text(min_size=1, max_size=30), st.booleans())
def test_no_word_is_left_out(word: str, small: bool) -> None:
    assert 0.25 < stress(word, small, KNOWLEDGE) <= 1.0
