import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.languages import SHIPPED
from search.analysis import chains
from search.analysis.chains import (
    LABEL,
    LANGUAGES,
    MAX_WORD,
    chain,
    grams,
    kept,
    readers,
    reading,
    surfaces,
    unstemmed,
)
from search.analysis.stopwords import RAW

# Two forms of one word in each language: what somebody types and what a label says.
FORMS = [
    ("en", "discriminated", "discrimination"),
    ("en", "threatening", "threatened"),
    ("en", "colleagues", "colleague"),
    ("tr", "IRKÇILIK", "irkcilik"),
    ("tr", "okulda", "okul"),
    ("uk", "вчителів", "вчителі"),
    ("pl", "dyskryminację", "dyskryminacja"),
    ("pl", "szkoły", "szkoła"),
    ("fr", "discriminée", "discriminé"),
    ("fr", "ecole", "école"),
    ("es", "discriminacion", "discriminación"),
    ("es", "escuelas", "escuela"),
    ("uk", "поліції", "поліція"),
    ("uk", "школі", "школа"),
    ("ru", "полиции", "полиция"),
    ("ru", "ребёнка", "ребенка"),
    ("el", "σχολεία", "σχολείο"),
    ("el", "ΡΑΤΣΙΣΜΟΣ", "ρατσισμός"),
    ("de-simple", "Beratungen", "Beratung"),
]


@pytest.mark.parametrize(("language", "one", "other"), FORMS)
def test_forms_of_one_word_meet(language: str, one: str, other: str) -> None:
    assert chain(language).stems(one) == chain(language).stems(other) != []


def test_every_shipped_language_has_a_chain_and_stop_words() -> None:
    for code in SHIPPED:
        assert chain(code).script != "other", code
        assert chain(code).stops, code
    assert set(RAW) == set(LANGUAGES)


@pytest.mark.parametrize(
    ("language", "sentence", "left"),
    [
        ("de", "Ich habe das nicht gewusst", ["gewuss"]),
        ("en", "who can help me with this?", ["help"]),
        ("ar", "من هو في البيت", ["بيت"]),
        ("fr", "je n'ai pas de logement", ["logement"]),
    ],
)
def test_small_words_say_nothing(language: str, sentence: str, left: list[str]) -> None:
    assert chain(language).stems(sentence) == left


def test_an_unknown_language_is_made_plain() -> None:
    assert chain("ja").stems("Über") == ["uber"]


def test_a_word_is_read_by_every_language_of_its_script() -> None:
    assert {reader.language for reader in readers("arabic")} == {"ar", "fa"}
    assert {reader.language for reader in readers("cyrillic")} == {"uk", "ru"}
    assert readers("other") == ()


def test_a_word_without_end_is_cut() -> None:
    assert surfaces("x" * 10_000) == ["x" * MAX_WORD]


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("sabra", ["sabr", "abra"]),
        ("agg", []),
        ("amtes", ["amte", "mtes"]),
        ("küche", ["kuch", "uche"]),
        ("rats", ["rats"]),
    ],
)
def test_grams_overlap(word: str, pieces: list[str]) -> None:
    assert grams(word) == pieces


def test_stemmers_may_be_used_by_threads_at_once() -> None:
    found: list[list[str]] = []
    words = " ".join(f"colleague{number}s working threatened" for number in range(50))

    def run() -> None:
        found.extend(chain("en").stems(words) for _ in range(5))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20
    assert all(stems == found[0] for stems in found)


@given(st.text(max_size=300), st.sampled_from([*SHIPPED, "xx"]))
def test_no_text_breaks_a_chain(text: str, language: str) -> None:
    for token in chain(language).tokens(text):
        assert token.surface
        assert " " not in token.stem


@given(st.text(max_size=300), st.sampled_from([*SHIPPED, "xx"]))
def test_all_that_was_said_is_the_tokens_and_small_words(text: str, language: str) -> None:
    reader = chain(language)
    said = reader.said(text)
    assert [word for word in said if word.stem] == reader.tokens(text)
    assert {word.surface for word in said if not word.stem} <= reader.stops


def test_small_words_keep_their_place_without_a_stem() -> None:
    assert [(word.surface, word.stem) for word in chain("de").said("Rat für die Schule")] == [
        ("rat", "rat"),
        ("für", ""),
        ("die", ""),
        ("schule", "schul"),
    ]


def test_a_railway_is_no_training() -> None:
    stem = chain("en").stem
    assert stem("train") == stem("trains")
    assert stem("training") == stem("trainings")
    assert stem("trainer") == stem("trainers")
    assert len({stem("train"), stem("training"), stem("trainer")}) == 3


def test_what_is_kept_is_worked_out_once_and_apart_from_what_is_not_stemmed() -> None:
    asked = []

    @kept(10)
    def stems(text: str) -> list[str]:
        asked.append(text)
        return chain("de").stems(text)

    for _twice in range(2):
        assert stems("Beratungen") == ["berat"]
        with unstemmed():
            assert stems("Beratungen") == ["beratungen"]
    assert asked == ["Beratungen"] * 2


def test_a_word_is_the_same_token_again() -> None:
    one, other = chain("de").tokens("Beratung die Beratung")
    assert one is other
    with unstemmed():
        assert chain("de").tokens("Beratung")[0].stem == "beratung"


def test_while_an_index_is_built_each_label_is_read_once_and_never_what_a_visitor_types() -> None:
    read = []

    def counted(text: str, language: str) -> list[str]:
        read.append(text)
        return text.split()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chains, "_surfaces", counted)
        assert [surfaces("a typed query") for _twice in range(2)] == [["a", "typed", "query"]] * 2
        assert read == ["a typed query"] * 2
        with reading():
            found = [surfaces("a label"), surfaces("a label"), surfaces("a label", "en")]
            found[0].append("spoilt")
            assert surfaces("a label") == ["a", "label"]
            long = "word " * LABEL
            assert surfaces(long) == surfaces(long)
        assert read[2:] == ["a label", "a label", long, long]
        assert surfaces("a label") == ["a", "label"]
        assert read[6:] == ["a label"]
