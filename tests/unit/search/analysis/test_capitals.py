import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.capitals import small_words
from search.analysis.chains import surfaces


@pytest.mark.parametrize(
    ("text", "small"),
    [
        ("Wo finde ich kostenlose Sprachkurse?", {"finde", "ich", "kostenlose"}),
        ("Was kostet ein Deutsch-Kurs?", {"kostet", "ein"}),
        ("Wer hilft „Frauen“ (Mütter) nachts?", {"hilft", "nachts"}),
        ("Gilt § 3 des Gesetzes immer?", {"des", "immer"}),
        ("Rat für Berater*innen und berater", {"für", "und", "berater"}),
        ("Hilfe oder keine hilfe für Opfer", {"oder", "keine", "für"}),  # once typed large, it is a noun
    ],
)
def test_words_in_small_letters_among_large_ones(text: str, small: set[str]) -> None:
    assert small_words(text, "de") == small


@pytest.mark.parametrize(
    "text", ["", "   ", "?!", "kostenlose sprachkurse", "Kostenlose sprachkurse", "Hilfe", "HILFE SOFORT"]
)
def test_a_text_without_capitals_inside_tells_of_no_word(text: str) -> None:
    assert small_words(text, "de") == frozenset()


@given(st.text(max_size=200))
def test_only_words_of_the_text(text: str) -> None:
    said = {word for piece in text.split() for word in surfaces(piece, "de")}
    assert small_words(text, "de") <= said
    assert small_words(text.lower(), "de") == frozenset() or any(not char.islower() for char in text.lower())
