import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.understanding import MAX_WORDS, Understood, labels_of, understand
from tests.contract.small_directory import KNOWLEDGE, VOCABULARIES


def meant(text: str, language: str = "de") -> Understood:
    return understand(text, language, KNOWLEDGE)


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Mein Chef ist rassistisch", {"life_areas:work", "grounds:racism"}),
        ("HAUTFARBE!!!", {"grounds:racism"}),
        ("Lehrer*innen", {"target_groups:teachers"}),
        ("Gewalt", {"what:violence"}),
        ("Angriff", {"what:violence"}),  # a concern stands for its facts
        ("Guten Tag", set()),
        ("", set()),
    ],
)
def test_concepts(text: str, concepts: set[str]) -> None:
    assert meant(text).concepts == concepts


@pytest.mark.parametrize(
    ("text", "language", "place"),
    [
        ("Beratung in Hafenstadt", "de", "harbour"),
        ("beratung hafenstadt", "en", "harbour"),
        ("HS", "de", "harbour"),
        ("Gerberbruch", "de", "old-town"),
        ("Hafenstadt Gerberbruch", "de", "old-town"),  # the smaller one
        ("مرفأ", "ar", "harbour"),
        ("Nordland", "de", "north"),
        ("Hafen", "de", ""),
        ("Beratung", "de", ""),
    ],
)
def test_places(text: str, language: str, place: str) -> None:
    assert meant(text, language).place == place


def test_the_words_of_a_place_are_marked() -> None:
    assert meant("Chef in Hafenstadt").place_words == {2}


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        ("Rasissmus", "rassismus"),  # two slips in a long word
        ("Opferbratung", "opferberatung"),
        ("Sinagoge", "synagoge"),
        ("Chfe", ""),  # short words are left alone
        ("Hafenstadt", ""),  # a place is known
        ("Rassismus", ""),
        ("rassistische", ""),  # a form of a known word
        ("Wohnungsberatung", ""),  # made of known words
        ("Schwimmbad", ""),  # nothing near it
        ("Bassismus", ""),  # people do not mistype the first letter
        ("Raassismuss", "rassismus"),
        ("Beglitten", ""),  # a word of running text is no name to be corrected to
        ("110112", ""),
        ("Opferberatunk Rassissmus", "opferberatung rassismus"),
    ],
)
def test_slips_are_corrected_and_nothing_else(typed: str, corrected: str) -> None:
    assert meant(typed).correction == corrected


def test_a_correction_is_what_is_searched_for() -> None:
    assert meant("Rasissmus").concepts == {"grounds:racism"}


def test_whoever_insists_is_believed() -> None:
    found = understand("Rasissmus", "de", KNOWLEDGE, verbatim=True)
    assert (found.words, found.correction, found.suggestion) == (("rasissmus",), "", "")


def test_a_guess_is_offered_and_not_searched_for() -> None:
    found = meant("Bassismus Beratung")
    assert found.words == ("bassismus", "beratung")
    assert (found.correction, found.suggestion) == ("", "rassismus beratung")


def test_arabic_is_corrected_to_arabic() -> None:
    assert meant("العنصريية", "ar").concepts == {"grounds:racism"}


def test_words_are_counted_once_and_only_so_many_are_read() -> None:
    assert meant("Chef Chef CHEF").words == ("chef",)
    assert len(meant(" ".join(f"wort{number}" for number in range(1000))).words) == MAX_WORDS


def test_a_label_is_told_in_the_language_of_the_reader() -> None:
    assert KNOWLEDGE.label("grounds:racism", "ar") == "العنصرية"
    assert KNOWLEDGE.label("grounds:racism", "de-simple") == "Rassismus"
    assert KNOWLEDGE.label("life_areas:work", "tr") == "Arbeit und Bewerbung"
    assert KNOWLEDGE.label("unknown:concept", "de") == ""


def test_labels_stand_before_synonyms() -> None:
    labels = labels_of([VOCABULARIES["grounds"]])
    assert labels["grounds:racism"] == (
        ("de", "Rassismus"), ("en", "Racism"), ("ar", "العنصرية"), ("de", "Hautfarbe"),
    )  # fmt: skip


def test_new_words_keep_the_compiled_vocabulary() -> None:
    other = KNOWLEDGE.with_words({"zebra": 1}, frozenset(), KNOWLEDGE.splitter, KNOWLEDGE.lexicon)
    assert other.phrasebook is KNOWLEDGE.phrasebook
    assert other.knows("zebra", "de")
    assert not KNOWLEDGE.knows("zebra", "de")


@given(st.text(max_size=400), st.sampled_from(["de", "en", "ar", "fa", "tr", "uk", "el", "xx", ""]))
def test_every_text_can_be_understood(text: str, language: str) -> None:
    found = meant(text, language)
    assert all(at < len(found.words) for match in found.matches for at in match.words)


def test_words_in_small_letters_are_known_by_their_place() -> None:
    found = meant("Wer hilft gegen rassistische Gewalt?")
    assert {found.words[at] for at in found.small} == {"hilft", "gegen", "rassistische"}
    assert meant("wer hilft gegen rassistische gewalt").small == frozenset()


def test_also_where_they_were_corrected() -> None:
    found = meant("Hilfe nach eine beleidigunk am Arbeitsplatz")
    assert "beleidigung" in {found.words[at] for at in found.small}


def test_german_alone_writes_nouns_large() -> None:
    assert meant("Who helps against racist Violence", "en").small == frozenset()
