import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.chains import chain
from search.analysis.compounds import Splitter
from search.lexicon.alignment import NOTHING
from search.lexicon.translations import LIKELY, Lexicon, Translations, seed

stems = st.text("abcабв", min_size=1, max_size=4)
counts = st.floats(0.01, 100).map(lambda count: round(count, 2))
lexicons = st.dictionaries(
    st.sampled_from(["en", "ar"]),
    st.dictionaries(stems, st.dictionaries(st.just(NOTHING) | stems, counts, min_size=1, max_size=4), max_size=6),
).map(Lexicon)

SAID = [
    {"de": "Wohnung", "en": "flat", "uk": "квартира"},
    {"de": "Wohnung suchen", "en": "look for a flat"},
    {"de": "rote Wohnung", "en": "red flat"},
    {"de": "rotes Auto", "en": "red car"},
]
LEARNT = Lexicon.learn(SAID, Splitter())


def ranked(found: Translations) -> list[tuple[str, float]]:
    return [(stem, round(share, 3)) for stem, share in found]


def stem(word: str, language: str = "de") -> str:
    return chain(language).stem(word)


def test_a_word_is_learnt_in_each_language_and_back() -> None:
    assert LEARNT.to_german("en", stem("flat", "en"))[0][0] == stem("wohnung")
    assert LEARNT.to_german("uk", stem("квартира", "uk"))[0][0] == stem("wohnung")
    assert LEARNT.from_german("en", stem("auto"))[0][0] == stem("car", "en")


def test_what_was_never_read_is_not_known() -> None:
    assert LEARNT.to_german("en", "zebra") == ()
    assert LEARNT.from_german("tr", stem("wohnung")) == ()
    assert LEARNT.knows("en", stem("flat", "en"))
    assert not LEARNT.knows("uk", stem("flat", "en"))


def test_nothing_is_no_translation() -> None:
    lexicon = Lexicon({"en": {"very": {NOTHING: 9.0, "haus": 1.0}}})
    assert ranked(lexicon.to_german("en", "very")) == [("haus", 0.1)]


def test_an_accident_is_no_translation() -> None:
    lexicon = Lexicon({"en": {"house": {"haus": 1.0, "baum": LIKELY / 2}}})
    assert [stem for stem, _share in lexicon.to_german("en", "house")] == ["haus"]


def test_several_lexicons_count_as_one() -> None:
    ours = Lexicon({"en": {"house": {"haus": 3.0}}})
    shipped = Lexicon({"en": {"house": {"haus": 1.0, "heim": 1.0}, "tree": {"baum": 1.0}}})
    both = Lexicon(more=(ours, shipped))
    assert ranked(both.to_german("en", "house")) == [("haus", 0.8), ("heim", 0.2)]
    assert ranked(both.to_german("en", "tree")) == [("baum", 1.0)]
    assert ranked(both.from_german("en", "haus")) == [("house", 1.0)]
    assert both.knows("en", "tree")


@given(lexicons)
def test_a_lexicon_survives_being_written(lexicon: Lexicon) -> None:
    assert Lexicon.from_json(lexicon.to_json()) == lexicon


@given(lexicons, st.sampled_from(["en", "ar", "de"]), stems)
def test_translations_are_ranked_shares(lexicon: Lexicon, language: str, word: str) -> None:
    for found in (lexicon.to_german(language, word), lexicon.from_german(language, word)):
        shares = [share for _stem, share in found]
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) <= 1.000001
        assert all(share >= LIKELY for share in shares)


@given(st.lists(st.dictionaries(st.sampled_from(["de", "en", "ar", "xx"]), st.text(max_size=30)), max_size=8))
def test_whatever_is_said_teaches_without_a_fault(rows: list[dict[str, str]]) -> None:
    learnt = Lexicon.learn(rows, Splitter())
    assert set(learnt.counts) <= {"en", "ar"}
    assert Lexicon.from_json(learnt.to_json()) == learnt


def test_empty_input_is_an_empty_lexicon() -> None:
    assert Lexicon.learn([], Splitter()) == Lexicon()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"en": 3}', '{"en": {"a": {"b": "x"}}}', "null"])
def test_what_is_no_lexicon_is_refused(text: str) -> None:
    with pytest.raises((ValueError, TypeError, AttributeError)):
        Lexicon.from_json(text)


def test_a_seed_is_shipped() -> None:
    """Not which words: each change of a stemmer or of the vocabulary would change this test."""
    counts = seed().counts
    assert {"en", "tr", "ar", "uk"} <= set(counts)
    assert all(json.loads(json.dumps(words)) == words for words in counts.values())
    assert seed().to_german("en", stem("racism", "en"))[0][0] == stem("rassismus")
