import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.normalise import ascii_fold, clean, lower, script, words


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Be\u00adra\u00adtung", "Beratung"),  # soft hyphens
        ("مـــساعدة", "مساعدة"),  # tatweel
        ("\u202bمساعدة\u202c", "مساعدة"),  # bidirectional marks
        ("عُنْصُرِيَّة", "عنصرية"),  # vowel marks
        ("ﺔﻳﺮﺼﻨﻋ", "ةيرصنع"),  # presentation forms
        ("می\u200cکنم", "می کنم"),  # the non-joiner parts Persian words
        ("a\ud800b", "ab"),  # half a character
        ("ﬁnden", "finden"),  # ligature
    ],
)
def test_clean_keeps_letters_and_nothing_else(typed: str, plain: str) -> None:
    assert clean(typed) == plain


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("STRAẞE", "strasse"),
        ("أحمد إلى آخر", "احمد الي اخر"),  # seats of hamza, final ya
        ("مدرسة", "مدرسه"),  # ta marbuta
        ("کمک", "كمك"),  # Persian kaf meets the Arabic one
        ("ایران", "ايران"),
        ("١١٠ ۱۱۲", "110 112"),
        ("Ёлка", "елка"),
    ],
)
def test_lower_makes_letters_of_one_kind(typed: str, plain: str) -> None:
    assert lower(typed) == plain


def test_turkish_keeps_its_two_letters_i_apart() -> None:
    assert lower("IŞIK İstanbul", "tr") == "ışık istanbul"
    assert lower("IT", "de") == "it"


def test_both_turkish_letters_i_meet_without_their_marks() -> None:
    assert ascii_fold("ırkçılık") == ascii_fold("irkcilik") == "irkcilik"


@pytest.mark.parametrize(
    ("word", "folded"),
    [("więź", "wiez"), ("łódź", "lodz"), ("día", "dia"), ("άγχος", "αγχοσ"), ("йод", "иод"), ("plain", "plain")],
)
def test_marks_are_folded(word: str, folded: str) -> None:
    assert ascii_fold(word) == folded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hilfe, bitte!", ["Hilfe", "bitte"]),
        ("об'єднання", ["обєднання"]),
        ("jobcenter'de", ["jobcenterde"]),
        ("l'école d'accueil", ["école", "accueil"]),  # French small words lean on the next one
        ("qu’on m'accompagne", ["on", "accompagne"]),
        ("can't", ["cant"]),
        ("trans* und inter*", ["trans", "und", "inter"]),
        ("24/7", ["24", "7"]),
        ("", []),
        ("'", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Hilfe", "latin"),
        ("مساعدة", "arabic"),
        ("допомога", "cyrillic"),
        ("βοήθεια", "greek"),
        ("助け", "other"),
        ("110", "latin"),
        ("", "latin"),
        ("1ая", "cyrillic"),
    ],
)
def test_script_is_that_of_the_first_letter(word: str, name: str) -> None:
    assert script(word) == name


@given(st.text(max_size=200))
def test_nothing_that_can_be_typed_breaks_it(text: str) -> None:
    for word in words(lower(clean(text))):
        assert word
        assert not any(char.isspace() for char in word)
        ascii_fold(word)
        script(word)


@given(st.text(max_size=100))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
