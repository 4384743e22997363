from search.analysis.chains import chain
from search.lexicon.concepts import SURE, named
from search.lexicon.translations import Lexicon
from search.phrases import Phrasebook

BOOK = Phrasebook.compile({"life_areas:housing": [("de", "Wohnung")], "what:help": [("de", "Hilfe beim Umzug")]})
HOME, HELP = chain("de").stem("wohnung"), max(chain("de").stems("Hilfe beim Umzug"), key=len)


def concepts(
    word: str, language: str, counts: dict[str, float], explained: frozenset[int] = frozenset()
) -> list[str]:
    stem = chain(language).stem(word)
    lexicon = Lexicon({language: {stem: counts}})
    return [match.concept for match in named([word], language, lexicon, BOOK, explained)]


def test_a_form_that_no_label_has_names_the_concept_of_its_german_word() -> None:
    assert concepts("помешкання", "uk", {HOME: 1.0}) == ["life_areas:housing"]


def test_it_is_believed_less_than_a_label() -> None:
    lexicon = Lexicon({"uk": {chain("uk").stem("помешкання"): {HOME: 1.0}}})
    [match] = named(["помешкання"], "uk", lexicon, BOOK, frozenset())
    assert 0 < match.weight < 1
    assert match.words == {0}


def test_only_what_is_mostly_said_for_it() -> None:
    assert concepts("помешкання", "uk", {HOME: SURE - 0.1, "": 1 - SURE + 0.1}) == []
    assert concepts("помешкання", "uk", {HOME: 0.45, "haus": 0.55}) == []


def test_a_word_of_a_longer_label_is_not_the_label() -> None:
    assert concepts("переїзд", "uk", {HELP: 1.0}) == []


def test_what_is_explained_already_is_left_alone() -> None:
    assert concepts("помешкання", "uk", {HOME: 1.0}, frozenset({0})) == []


def test_small_words_name_nothing() -> None:
    assert concepts("the", "en", {HOME: 1.0}) == []
