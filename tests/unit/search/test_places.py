import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.areas import AreaData, AreaTree
from search.places import Gazetteer, is_small


def area(slug: str, level: str, parent: str, de: str, **more: str) -> AreaData:
    return AreaData(slug, level, parent, {"de": de, **more})


TREE = AreaTree(
    {
        "germany": area("germany", "country", "", "Deutschland", ru="Германия"),
        "nrw": AreaData(
            "nrw",
            "land",
            "germany",
            {"de": "Nordrhein-Westfalen", "ru": "Северный Рейн-Вестфалия"},
            aliases=("NRW",),
        ),
        "koeln": area(
            "koeln",
            "city",
            "nrw",
            "Köln",
            en="Cologne",
            pl="Kolonia",
            ru="Кёльн",
            fa="کلن",
            ar="كولونيا",
            el="Κολωνία",
        ),
        "jena": area("jena", "city", "germany", "Jena", pl="Jena", ru="Йена", uk="Єна", fr="Iéna", ar="يينا"),
        "erfurt": area("erfurt", "city", "germany", "Erfurt", pl="Erfurt"),
        "bonn": area("bonn", "city", "nrw", "Bonn", fa="بن"),
        "gera": area("gera", "city", "germany", "Gera"),
        "old-town": AreaData(
            "old-town",
            "district",
            "koeln",
            {"de": "Stadtbezirk 1"},
            quarters=("Altstadt-Süd",),
            postcodes=("50667",),
        ),
    }
)
GAZETTEER = Gazetteer.compile(TREE)


def named(text: str, language: str = "de") -> str:
    return GAZETTEER.find(text.split(), language).area


@pytest.mark.parametrize(
    ("text", "language", "area"),
    [
        ("jena", "de", "jena"),
        ("koeln", "de", "koeln"),  # typed without umlaut
        ("nrw", "en", "nrw"),
        ("nordrhein westfalen", "de", "nrw"),
        ("altstadt süd", "de", "old-town"),
        ("50667", "de", "old-town"),
        ("jena köln", "de", "koeln"),  # two of one size: one of them, always the same
        ("köln altstadt süd", "de", "old-town"),  # the smaller one
        ("in koln wohnen", "en", "koeln"),
        ("iena", "fr", "jena"),
        ("كولونيا", "ar", "koeln"),
        ("كلن", "ar", "koeln"),  # the Persian name on an Arabic page
    ],
)
def test_a_name_is_known_in_every_language_and_script(text: str, language: str, area: str) -> None:
    assert named(text, language) == area


@pytest.mark.parametrize(
    ("text", "language", "area"),
    [
        ("jenas", "de", "jena"),
        ("kölner", "de", "koeln"),
        ("jenada", "tr", "jena"),
        ("kölnden", "tr", "koeln"),
        ("jenie", "pl", "jena"),
        ("kolonii", "pl", "koeln"),
        ("erfurcie", "pl", "erfurt"),
        ("йене", "ru", "jena"),
        ("йеной", "ru", "jena"),
        ("єні", "uk", "jena"),
        ("кельне", "ru", "koeln"),
        ("северный рейн вестфалии", "ru", "nrw"),
        ("κολωνίας", "el", "koeln"),
        ("بيينا", "ar", "jena"),
        ("لكولونيا", "ar", "koeln"),
    ],
)
def test_a_name_is_known_with_the_endings_of_its_language(text: str, language: str, area: str) -> None:
    assert named(text, language) == area


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("gerade", "de"),  # Turkish would say "in Gera" so
        ("gerade", "tr"),
        ("jener", "de"),
        ("bonne", "fr"),
        ("jenaer1", "de"),
        ("بن", "ar"),  # "son of", and Bonn in Persian
        ("rhein", "de"),  # half of a name
        ("", "de"),
    ],
)
def test_an_ordinary_word_is_no_place(text: str, language: str) -> None:
    assert named(text, language) == ""


def test_the_words_of_the_place_are_told() -> None:
    assert GAZETTEER.find(["hilfe", "in", "nordrhein", "westfalen"], "de").words == {2, 3}
    assert GAZETTEER.find(["hilfe", "in", "jenas"], "de").words == {2}


def test_names_are_kept_as_they_are_written() -> None:
    assert {"köln", "κολωνία", "iéna"} <= set(GAZETTEER.spellings)


def test_a_stop_word_of_any_language_is_small() -> None:
    assert is_small("gerade")
    assert is_small("the")
    assert not is_small("jena")


@given(
    st.text(alphabet="aegijnrКЙЕнеаіўكلنبي ", max_size=12), st.sampled_from(["de", "tr", "pl", "ru", "ar", "xx"])
)
def test_whatever_is_found_is_an_area_and_stands_in_the_words(text: str, language: str) -> None:
    words = text.split()
    found = GAZETTEER.find(words, language)
    assert bool(found.area) == bool(found.words)
    assert not found.area or found.area in TREE.areas
    assert all(at < len(words) for at in found.words)
