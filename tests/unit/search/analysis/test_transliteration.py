"""What people type in Latin letters, word by word; whole queries are among the relevance basics."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.chains import surfaces
from search.analysis.transliteration.abjad import MOST
from search.analysis.transliteration.readings import Transliterations
from search.analysis.transliteration.writings import WRITINGS, small_word, writings_of

WORDS = (
    "школа школе школу полиция поліція дискриминация дискримінація сусід випадок випадків телефон ребенок вход"
    " عنصرية المدرسة محامي عائلة جامعة خوف فعاليات نژادپرستی مشاوره صاحبخانه مکان"
    " ρατσισμός σχολείο γυναίκα βία schule rassismus"
)
SPOKEN = {"полиция": frozenset({"ru"}), "поліція": frozenset({"uk"})}
KNOWN = {"schule", "rassismus", "telefon"}
HOUSE = Transliterations(dict.fromkeys(surfaces(WORDS, "uk"), 1), SPOKEN)


def read(text: str, language: str) -> str:
    return " ".join(HOUSE.read(surfaces(text, language), language, KNOWN.__contains__))


@pytest.mark.parametrize(
    ("typed", "language", "native"),
    [
        ("shkola", "ru", "школа"),
        ("shkole", "ru", "школе"),
        ("škola", "ru", "школа"),
        ("shkoliv", "uk", "школа"),  # a form that the directory lacks
        ("politsiia", "uk", "поліція"),  # of two that share a key, the one that is said in this language
        ("politsiia", "ru", "полиция"),
        ("vypadok", "uk", "випадок"),
        ("rebenka", "ru", "ребенок"),
        ("rebyonok", "ru", "ребенок"),
        ("vkhod", "ru", "вход"),
        ("3onsoriya", "ar", "عنصريه"),
        ("el madrase", "ar", "المدرسه"),
        ("almadrasa", "ar", "المدرسه"),
        ("fel madrase", "ar", "المدرسه"),  # fel is "in the", no فعاليات
        ("jami3a", "ar", "جامعه"),
        ("5of", "ar", "خوف"),
        ("nezhad parasti", "fa", "نژادپرستي"),
        ("saheb khane", "fa", "صاحبخانه"),
        ("ratsismos", "el", "ρατσισμόσ"),
        ("sxoleio", "el", "σχολείο"),
        ("h gynaika moy", "el", "η γυναίκα μου"),
    ],
)
def test_words_come_back_in_their_own_letters(typed: str, language: str, native: str) -> None:
    assert read(typed, language) == native


@pytest.mark.parametrize(
    ("text", "language", "left"),
    [
        ("Schule Rassismus", "ru", "schule rassismus"),  # known as they stand
        ("Telefon", "de", "telefon"),
        ("Modem", "de", "modem"),
        ("via", "de", "via"),  # three letters of another page are no evidence for βία
        ("школа", "uk", "школа"),
        ("2026", "ar", "2026"),
        ("", "ar", ""),
    ],
)
def test_what_is_known_or_strange_stays(text: str, language: str, left: str) -> None:
    assert read(text, language) == left


def test_a_loan_word_is_read_in_the_letters_of_the_page() -> None:
    assert read("telefon", "uk") == "телефон"


def test_on_a_page_in_latin_letters_more_must_agree() -> None:
    assert read("suside", "de") == "сусід"
    assert read("via", "el") == "βία"
    assert read("via", "de") == "via"


def test_all_words_are_read_in_one_writing() -> None:
    assert read("shkola ratsismos diskriminaciya", "de") == "школа ratsismos дискриминация"


def test_small_words_become_small_words() -> None:
    assert small_word("moy", "cyrillic", "ru") == "мой"
    assert small_word("ya", "cyrillic", "uk") == "я"
    assert small_word("jami3a", "arabic", "ar") == ""
    assert small_word("школа", "cyrillic", "ru") == ""


def test_small_words_are_never_what_a_strange_word_is_read_as() -> None:
    assert list(writings_of("школа")) == ["cyrillic"]
    assert list(writings_of("мой")) == []
    assert set(writings_of("کمک")) == {"arabic", "persian"}
    assert list(writings_of("schule")) == []


@pytest.mark.parametrize("name", WRITINGS)
@given(word=st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x6FF), max_size=60))
def test_keys_are_bounded_and_nothing_breaks_them(name: str, word: str) -> None:
    writing = WRITINGS[name][0]
    assert len(writing.typed(word)) <= 40 + 6 * MOST
    assert len(writing.native(word)) <= 20
    assert isinstance(writing.fits(word, word), bool)


@given(st.text(max_size=300), st.sampled_from(["de", "ar", "fa", "uk", "ru", "el", "xx"]))
def test_any_text_can_be_read(text: str, language: str) -> None:
    words = surfaces(text, language)
    assert len(HOUSE.read(words, language, lambda _word: False)) <= len(words)


@given(st.lists(st.sampled_from(["madrasa", "3onsoriya", "mo7ami", "3an", "kgzh9", "schule"]), max_size=8))
def test_reading_again_changes_nothing(words: list[str]) -> None:
    once = HOUSE.read(words, "ar", KNOWN.__contains__)
    assert HOUSE.read(once, "ar", KNOWN.__contains__) == once


def test_the_worst_word_costs_little() -> None:
    words = [("kgzh9ch2thgdh" * 5)[shift:60] for shift in range(20)]
    began = time.process_time()
    HOUSE.read(words, "ar", lambda _word: False)
    assert time.process_time() - began < 1.0


NAMES = Transliterations(
    {}, names=frozenset(("sabra", "awo", "opferberatung", "weisser", "sabine", "mbr", "stelle"))
)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("сабра", "sabra"),
        ("سابرا", "sabra"),
        ("аво", "awo"),
        ("опфербератунг", "opferberatung"),
        ("σάμπρα", "sabra"),
        ("собака", ""),
        ("sabra", ""),
    ],
)
def test_a_name_in_the_letters_of_the_page_is_read_in_latin_ones(written: str, name: str) -> None:
    assert NAMES.in_latin(written) == name


@given(st.text(max_size=40))
def test_any_word_may_be_held_against_the_names(word: str) -> None:
    assert NAMES.in_latin(word) in {"", *NAMES.names}
