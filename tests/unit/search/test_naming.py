import pytest

from search.naming import CALLED, by_name, called, initials
from search.port import Value


def names(*given: str, areas: tuple[str, ...] = ()) -> set[str]:
    found = {name for name in called(given, areas, "counselling") if "|" not in name}
    return found if areas else {name for name in found if not name.startswith("~")}


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Mobile Beratung gegen Rechtsextremismus", "mbr"),
        ("Opferberatung Rheinland", "obr"),
        ("Antidiskriminierungsstelle des Bundes (ADS)", ""),
        ("Amt", ""),
    ],
)
def test_initials(name: str, short: str) -> None:
    assert short in [*initials(name), ""]
    assert bool(list(initials(name))) == bool(short)


def test_a_body_is_called_by_each_piece_of_its_name() -> None:
    found = names("SABRA – Servicestelle für Antidiskriminierungsarbeit (JGD)", "Haus der Vielfalt e.V.")
    assert {"sabra", "jgd"} <= found
    assert names("Haus der Vielfalt") <= found


def test_the_order_of_the_words_and_small_ones_do_not_matter() -> None:
    assert names("Haus der Vielfalt") == names("Vielfalt Haus")


def test_the_area_is_part_of_the_name_or_not() -> None:
    found = names("Volkshochschule Jena", areas=("jena",))
    assert {f"~{name}" for name in names("Volkshochschule")} < found
    (wanted,) = by_name(("volkshochschule",), frozenset())
    weights = {clause.values[0]: clause.weight for clause in wanted.clauses if isinstance(clause, Value)}
    (name,) = names("Volkshochschule")
    assert weights[name] > weights[f"~{name}"]


def test_an_acronym_in_a_name_is_a_name() -> None:
    assert {"dina", "mira"} <= names("DINA NRW – Stelle", "MIRa NRW")
    assert "stell" not in names("DINA NRW Stelle")


def test_legal_forms_are_no_part_of_a_name() -> None:
    assert names("Carmen e.V.") == names("Carmen") == names("Carmen gGmbH")


def test_the_kind_of_the_listing_is_told_with_the_name() -> None:
    assert called(["Carmen"], (), "offer") == ("carm", "carm|offer", "~carm", "~carm|offer")


def test_what_was_typed_is_one_name_with_the_place_and_without() -> None:
    (wanted,) = by_name(("awo", "jena"), frozenset({1}))
    first = wanted.clauses[0]
    assert first == Value("called", ("awo jena", "awo"), CALLED)
    assert wanted.words == {0, 1}


def test_advice_is_the_first_door() -> None:
    (wanted,) = by_name(("awo",), frozenset())
    weights = {clause.values[0]: clause.weight for clause in wanted.clauses if isinstance(clause, Value)}
    assert weights["awo|counselling"] > weights["awo|offer"] > weights["awo|empowerment"] > weights["awo"]


def test_a_sentence_is_no_name() -> None:
    assert list(by_name(("wer", "geht", "mit", "mir", "zur", "polizei"), frozenset())) == []
    assert list(by_name(("antidiskriminierungsstelle", "des", "bundes"), frozenset()))


@pytest.mark.parametrize(("words", "place"), [(("jena",), {0}), ((), set()), (("und", "der"), set())])
def test_a_place_or_small_words_alone_are_no_name(words: tuple[str, ...], place: set[int]) -> None:
    assert list(by_name(words, frozenset(place))) == []
