"""Words of staff against what is kept of an entry, without a database."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import staff
from search.analysis.chains import chain, surfaces
from search.analysis.compounds import Splitter
from search.staff import Entry, Word

WORDS = st.text("abcdeghilnorstuäöüßبتسش ابюи-'", max_size=20)


def entry(name: str = "", **texts: str) -> Entry:
    read = staff._words_in({code: [text] for code, text in texts.items()}, Counter())
    return staff._entry([name] if name else [], read, Splitter().split)


def word(text: str) -> Word:
    return Word.of(surfaces(text)[0], Splitter())


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Wohnungssuche", "wohnung"),
        ("Wohnungssuche", "suche"),
        ("Wohnungssuchen", "wohnungssuche"),
        ("Beratungsstelle", "beratung"),
        ("Zaubertrankverkostung", "verkostung"),  # nobody knows its parts: it is the end
        ("Zaubertrankverkostung", "zauber"),
        ("Ämter", "amt"),
        ("Grüße", "gruesse"),
    ],
)
def test_german_tells(text: str, asked: str) -> None:
    assert entry(de=text).tells(word(asked))


@pytest.mark.parametrize(
    ("text", "asked"),
    [("Beratung", "rat"), ("Gewohnheit", "wohnung"), ("Wohnung", "wohnungssuche"), ("Heirat", "rat"), ("", "rat")],
)
def test_german_does_not_tell(text: str, asked: str) -> None:
    assert not entry(de=text).tells(word(asked))


def test_the_parts_of_a_compound_may_stand_apart() -> None:
    assert entry(de="Beratung für Opfer").tells(word("opferberatung"))
    assert not entry(de="Beratung für Täter").tells(word("opferberatung"))


def test_a_language_is_read_by_its_own_rules() -> None:
    assert entry(en="counselling").tells(word("counselled"))
    assert not entry(uk="counselling").tells(word("counselled"))
    assert entry(ar="استشارات").tells(word("استشارة"))


@pytest.mark.parametrize(("code", "text"), [("ar", "في Jobcenter"), ("de", "Консультація auf Ukrainisch")])
def test_a_word_of_another_script_within_a_text(code: str, text: str) -> None:
    assert all(entry(**{code: text}).tells(word(each)) for each in text.split() if len(each) > 3)


def test_a_piece_of_a_compound_counts_in_german_only() -> None:
    assert not entry(en="overcounselled").tells(word("counselled"))


@pytest.mark.parametrize("asked", ["mbr", "obi", "straße", "strasse", "mobile"])
def test_names_by_any_part(asked: str) -> None:
    assert entry("Mobile Beratung (MBR), Straße 1").named(word(asked))


def test_a_name_is_not_looked_for_in_texts() -> None:
    assert not entry("Haus", de="Mobile Beratung").named(word("mobile"))


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (["beratung", "für", "frauen"], ["beratung", "frauen"]),
        (["für", "und"], ["für", "und"]),
        (["counselling", "for", "women"], ["counselling", "women"]),
        (["استشارة", "من"], ["استشارة"]),
        ([], []),
    ],
)
def test_small_words_demand_nothing_beside_others(words: list[str], left: list[str]) -> None:
    assert staff._demanded(words) == left


@given(name=WORDS, asked=WORDS)
def test_a_word_of_a_name_names_it(name: str, asked: str) -> None:
    found = entry(f"{name} {asked}")
    assert all(found.named(word(each)) for each in surfaces(asked))


@given(text=WORDS)
def test_every_word_of_a_german_text_that_means_something_is_told(text: str) -> None:
    found = entry(de=text)
    said = [each for each in surfaces(text) if each not in chain("de").stops]
    assert all(found.tells(word(each)) for each in said)


@given(text=st.text(max_size=60))
def test_any_text_can_be_read_and_asked(text: str) -> None:
    found = entry(text, de=text, ar=text, tr=text)
    for each in surfaces(text)[:20]:
        assert found.named(word(each)) in (True, False)
        assert found.tells(word(each)) in (True, False)
