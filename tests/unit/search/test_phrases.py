import pytest

from search.analysis.compounds import Splitter
from search.phrases import Match, Phrasebook

LABELS = {
    "life_areas:work": (("de", "Arbeit und Bewerbung"), ("en", "Work"), ("de", "Chef"), ("tr", "iş")),
    "life_areas:home": (("en", "my husband"), ("de", "zu Hause")),
    "life_areas:school": (("de", "Schule, Kita (z. B. Grundschule)"), ("tr", "okul"), ("fr", "école")),
    "topics:online": (("de", "Hass im Netz"), ("en", "Hate online")),
    "topics:hate": (("de", "Hass"),),
    "target_groups:women": (("de", "Frauen"), ("de", "mein Mann"), ("en", "my husband")),
    "target_groups:men": (("de", "Männer"), ("en", "husband")),
    "asker:professional": (("de", "Ich berate jemanden"),),
    "kinds_of_help:counselling": (("de", "Beratung"), ("ar", "استشارة")),
    "kinds_of_help:now": (("de", "jetzt"), ("de", "komm mit")),
    "wish:training": (("de", "Fortbildung"), ("tr", "eğitim")),
    "grounds:any": (("", "Empowerment"), ("", "حجاب")),
    "who:land": (("ar", "العمل والتقديم"),),
}
BOOK = Phrasebook.compile(LABELS)


def said(text: str, language: str = "de", splitter: Splitter | None = None) -> dict[str, Match]:
    matches = BOOK.matches(text.split(), language, splitter or Splitter())
    return {match.concept: match for match in matches}


@pytest.mark.parametrize(
    ("text", "language", "concepts"),
    [
        ("arbeit", "de", {"life_areas:work"}),
        ("bewerbungen", "de", {"life_areas:work"}),  # each side of "und" alone
        ("kita", "de", {"life_areas:school"}),
        ("grundschule", "de", set()),  # what stands in brackets names nothing
        ("chefin", "en", {"life_areas:work"}),  # German is always read
        ("work", "de", {"life_areas:work"}),
        ("iş", "tr", {"life_areas:work"}),
        ("iş", "de", set()),  # two letters of another language are no evidence
        ("okulda", "tr", {"life_areas:school"}),
        ("okulumuzdaki", "tr", {"life_areas:school"}),  # the beginning is enough for long endings
        ("eğitimi", "tr", {"wish:training"}),
        ("ecole", "fr", {"life_areas:school"}),
        ("beratung", "de", {"kinds_of_help:counselling"}),  # not the sentence "Ich berate jemanden"
        ("ich berate jemanden", "de", {"asker:professional"}),
        ("استشارات", "ar", {"kinds_of_help:counselling"}),
        ("والعمل", "ar", {"who:land"}),
        ("empowerment", "el", {"grounds:any"}),  # no language stated: every language of the script
        ("الحجاب", "fa", {"grounds:any"}),  # and Arabic is read beside Persian
        ("الحجاب", "ar", {"grounds:any"}),
        ("unbekannt", "de", set()),
        ("", "de", set()),
    ],
)
def test_what_is_recognised(text: str, language: str, concepts: set[str]) -> None:
    assert set(said(text, language)) == concepts


def test_the_longer_phrase_speaks_for_its_words() -> None:
    assert set(said("hass und netz")) == {"topics:online"}
    assert set(said("hass")) == {"topics:hate"}


def test_small_words_decide_where_they_carry_the_meaning() -> None:
    assert set(said("mein mann")) == {"target_groups:women"}
    assert set(said("ein mann")) == {"target_groups:men"}
    assert set(said("my husband", "en")) == {"target_groups:women", "life_areas:home"}


def test_a_phrase_of_small_words_alone_is_matched_as_it_stands() -> None:
    assert set(said("wer kommt jetzt")) == {"kinds_of_help:now"}
    assert set(said("komm bitte mit")) == {"kinds_of_help:now"}
    assert set(said("mit wem")) == set()


def test_parts_of_a_compound_count_less_than_a_word() -> None:
    found = said("schulfortbildung", splitter=Splitter.learn({"schule": 5}))
    assert set(found) == {"life_areas:school", "wish:training"}
    assert {match.weight for match in found.values()} == {0.8}
    assert len({match.part for match in found.values()}) == 2  # each part says something of its own
    assert said("fortbildung")["wish:training"].weight == 1.0


def test_a_match_knows_its_words() -> None:
    assert said("im netz der hass")["topics:online"].words == {1, 3}


def test_one_language_is_not_explained_by_another_after_it_was_understood() -> None:
    labels = {"a:german": (("de", "Kind"),), "a:english": (("en", "kind"),)}
    found = Phrasebook.compile(labels).matches(["kind"], "de", Splitter())
    assert [match.concept for match in found] == ["a:german"]


def test_each_concept_is_named_once_by_its_strongest_match() -> None:
    found = BOOK.matches(["chef", "arbeit", "bewerbung"], "de", Splitter())
    assert [match.concept for match in found] == ["life_areas:work"]


def test_a_small_word_of_the_page_is_no_word_of_another_language() -> None:
    book = Phrasebook.compile({"topics:online": (("en", "comment"), ("tr", "para"))})
    assert not book.matches(["comment", "faire"], "fr", Splitter())
    assert not book.matches(["para"], "es", Splitter())
    assert book.matches(["comment"], "en", Splitter())


def test_where_small_words_are_those_of_the_page_others_are_believed_on_long_words_only() -> None:
    labels = {"life_areas:transport": (("fr", "train"),), "wish:mediation": (("tr", "tercüman"),)}
    book = Phrasebook.compile(labels)
    assert not book.matches(["we", "train", "a", "lot"], "en", Splitter())
    assert book.matches(["train"], "en", Splitter())
    assert book.matches(["i", "need", "a", "tercüman"], "en", Splitter())


def test_a_longer_phrase_for_what_happened_leaves_the_motive_said() -> None:
    labels = {
        "grounds:racism": [("en", "racist")],
        "grounds:other": [("en", "racist slur")],
        "what:violence": [("en", "racist attack")],
        "what:threat": [("en", "attack")],
    }
    book = Phrasebook.compile(labels)
    said = {match.concept for match in book.matches(["racist", "attack"], "en", Splitter())}
    assert said == {"grounds:racism", "what:violence"}
    said = {match.concept for match in book.matches(["racist", "slur"], "en", Splitter())}
    assert said == {"grounds:other"}
