import pytest

from search.analysis.chains import chain
from search.lexicon.clauses import ALL_WORDS, MOST, TEXT, TITLE, read, translated
from search.lexicon.translations import Lexicon

HAUS, HOUSE = chain("de").stem("haus"), chain("en").stem("house")
ALIKE = {"tr": "ev", "ar": "بيت", "uk": "дім", "ru": "дом"}
LEXICON = Lexicon(
    {
        "en": {HOUSE: {HAUS: 3.0, "wohn": 1.0}, "kind": {"art": 1.0}},
        **{language: {chain(language).stem(word): {HAUS: 1.0}} for language, word in ALIKE.items()},
    }
)
MANY = Lexicon({"en": {"word": {f"wort{at}": 1.0 for at in range(10)}}})


def fields(word: str, language: str, lexicon: Lexicon = LEXICON) -> set[tuple[str, str]]:
    return {(term.field, term.term) for term in translated(word, language, lexicon)}


def test_a_foreign_word_is_looked_for_in_german() -> None:
    assert {("title_de", HAUS), ("text_de", HAUS), ("parts", HAUS), ("text_de", "wohn")} <= fields("house", "en")


def test_the_likelier_translation_weighs_more_and_none_more_than_the_word_itself() -> None:
    weights = {term.term: term.weight for term in translated("house", "en", LEXICON) if term.field == "text_de"}
    assert TEXT >= weights[HAUS] > weights["wohn"] > 0
    assert max(term.weight for term in translated("ev", "tr", LEXICON)) <= TITLE


def test_what_is_worth_less_weighs_less() -> None:
    whole = [term.weight for term in translated("house", "en", LEXICON)]
    half = [term.weight for term in translated("house", "en", LEXICON, 0.5)]
    assert half == pytest.approx([weight / 2 for weight in whole])


def test_where_entries_are_written_in_the_language_their_own_word_comes_first() -> None:
    written = Lexicon(LEXICON.counts, written=frozenset({"de", "en"}))
    assert max(term.weight for term in translated("house", "en", written)) < TEXT
    assert list(translated("ev", "tr", written)) == list(translated("ev", "tr", LEXICON))


def test_a_word_translated_to_nothing_adds_nothing() -> None:
    assert fields("zebra", "en") == set()
    assert fields("house", "en", Lexicon()) == set()


def test_small_words_are_not_translated() -> None:
    assert fields("the", "en", Lexicon({"en": {"the": {"haus": 1.0}}})) == set()


def test_german_is_not_translated_from_languages_that_spell_alike() -> None:
    """Kind is a child, not a kind."""
    assert fields("kind", "de") == set()
    assert fields("kind", "en") == {("title_de", "art"), ("text_de", "art"), ("parts", "art")}


@pytest.mark.parametrize(("word", "language"), [("بيت", "de"), ("дім", "en"), ("ev", "en"), ("дом", "uk")])
def test_another_language_than_that_of_the_page_is_read_too(word: str, language: str) -> None:
    assert ("text_de", HAUS) in fields(word, language)


def test_the_language_of_the_page_reads_first() -> None:
    lexicon = Lexicon({"en": {"rat": {"maus": 1.0}}, "fr": {"rat": {"ratte": 1.0}}})
    assert list(read("rat", "fr", lexicon)) == [("fr", "rat")]
    assert list(read("rat", "en", lexicon)) == [("en", "rat")]


def test_a_query_pays_for_a_few_dozen_terms() -> None:
    alone = list(translated("word", "en", MANY))
    assert len(alone) == 3 * MOST
    for of in (1, 5, 12, 24, 40):
        assert of * len(list(translated("word", "en", MANY, of=of))) <= 3 * max(ALL_WORDS, of)
        assert list(translated("word", "en", MANY, of=of))


class TestEntriesWithoutGerman:
    LEXICON = Lexicon(LEXICON.counts, untranslated=frozenset({"en"}))

    def test_a_german_word_is_looked_for_in_their_language(self) -> None:
        assert fields("haus", "de", self.LEXICON) == {("title_en", HOUSE), ("text_en", HOUSE)}

    def test_a_foreign_word_goes_through_german(self) -> None:
        assert {("text_en", HOUSE), ("text_de", HAUS)} <= fields("ev", "tr", self.LEXICON)

    def test_the_language_of_the_page_is_searched_anyway(self) -> None:
        assert ("text_en", HOUSE) not in fields("house", "en", self.LEXICON)

    def test_where_all_have_german_nothing_is_added(self) -> None:
        assert fields("haus", "de") == set()
