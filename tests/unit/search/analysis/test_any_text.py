"""Whatever is typed, in every script: the chains answer, with bounded words, in bounded time."""

import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.languages import SHIPPED
from search.analysis.chains import LANGUAGES, MAX_WORD, chain, surfaces

LETTERS = {
    "latin": "abcdefghijklmnopqrstuvwxyzäöüßçğışéèêñąćęłńóśźżœIİ",
    "cyrillic": "абвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюя'ʼ",
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآؤئءپچژگکی\u200c",
    "greek": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊΐ",
}
LONG = 10_000
anything = st.text(
    st.characters(max_codepoint=sys.maxunicode) | st.sampled_from("*:_/-()'’\u200c\u200d\u202e\ud800\x00"),
    max_size=200,
)


def words_of(language: str) -> st.SearchStrategy[str]:
    return st.text(LETTERS[chain(language).script], min_size=1, max_size=MAX_WORD)


@given(anything, st.sampled_from([*SHIPPED, "xx", ""]))
def test_tokens_of_any_text_are_bounded(text: str, language: str) -> None:
    for token in chain(language).tokens(text):
        assert 0 < len(token.surface) <= MAX_WORD
        assert 0 < len(token.stem) <= 2 * MAX_WORD
        assert not any(char.isspace() for char in token.surface + token.stem)


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
@settings(max_examples=60)
def test_a_word_has_the_stem_that_its_plain_form_has(language: str, data: st.DataObject) -> None:
    """What `surfaces` has made plain is plain, so a stem may be looked for again."""
    reader = chain(language)
    for word in surfaces(data.draw(words_of(language)), language):
        again = surfaces(word, language)
        assert [reader.stem(one) for one in again] == [reader.stem(word)]
        assert len(reader.stem(word)) <= len(word) + word.count("ß") + word.count("œ") + 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "piece", ["a", "aeiou", "Berater*innen ", "der*", "ungs-", "l'", "ö\u0308", "ال", "یها", "ями", "ισμός"]
)
def test_long_texts_cost_little(language: str, piece: str) -> None:
    text = (piece * LONG)[:LONG]
    began = time.process_time()
    chain(language).tokens(text)
    assert time.process_time() - began < 1.0
