from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.dimensions import Facts, UnknownFactError, shipped
from tests.unit.referrals.situations import TREE


@pytest.mark.parametrize(
    ("raw", "dimension"),
    [
        ({"weather": "rain"}, "weather"),
        ({"what": ["violence", "rain"]}, "what"),
        ({"place": "atlantis"}, "place"),
        ({"residence": "atlantis"}, "residence"),
        ({"danger_now": "yes"}, "danger_now"),
        ({"when_days_ago": -1}, "when_days_ago"),
        ({"when_days_ago": True}, "when_days_ago"),
        ({"language": "Deutsch!"}, "language"),
        ({"place": ["jena", "duesseldorf"]}, "place"),
    ],
)
def test_what_no_dimension_knows_is_named(raw: dict[str, object], dimension: str) -> None:
    with pytest.raises(UnknownFactError) as caught:
        Facts.of(raw)
    assert caught.value.dimension == dimension
    assert repr(dimension) in str(caught.value)


def test_an_unknown_value_is_named_too() -> None:
    with pytest.raises(UnknownFactError, match="'rain'"):
        Facts.of({"what": "rain"})


def test_an_unknown_fact_is_a_value_error() -> None:
    assert issubclass(UnknownFactError, ValueError)


@pytest.mark.parametrize(
    ("raw", "dimension", "value"),
    [
        ({"who_asks": "witness"}, "asker", "witness"),
        ({"want": "talk"}, "wish", "talk"),
        ({"need": "rights"}, "wish", "legal"),
        ({"who": "landlord"}, "who", "private_landlord"),
        ({"who": "private_person_or_unknown"}, "who", "unknown_person"),
        ({"ground": "ethnic_origin"}, "ground", "racism"),
        ({"ground": ["gender_violence"]}, "ground", "gender"),
        ({"what": "own_distress"}, "what", "distress"),
        ({"target": "refugee"}, "target", "refugees"),
    ],
)
def test_other_names_are_understood(raw: dict[str, object], dimension: str, value: str) -> None:
    assert Facts.of(raw).of_stated(dimension) == {value}


def test_places_have_other_names() -> None:
    assert Facts.of({"place": "Düsseldorf"}).place == "duesseldorf"
    assert Facts.of({"place": "NRW"}).place == "nordrhein-westfalen"
    assert Facts.of({"residence": "thueringen"}).residence == "thueringen"


def test_any_area_that_is_known_is_a_place() -> None:
    assert Facts.of({"place": "duesseldorf-01"}, areas=TREE.areas).place == "duesseldorf-01"
    with pytest.raises(UnknownFactError):
        Facts.of({"place": "duesseldorf-01"})


def test_place_and_residence_stand_in_for_each_other() -> None:
    here, there = Facts.of({"place": "jena"}), Facts.of({"residence": "jena"})
    assert (here.place, here.residence, here.residence_stated) == ("jena", "jena", False)
    assert (there.place, there.residence, there.residence_stated) == ("jena", "jena", True)
    assert (Facts.of({}).place, Facts.of({}).residence) == ("", "")


def test_who_asks_is_affected_unless_stated() -> None:
    assert Facts.of({}).meant["asker"] == {"affected"}
    assert Facts.of({}).excluding["asker"] == {"affected"}
    assert Facts.of({"asker": "witness"}).meant["asker"] == {"witness"}


def test_a_professional_is_served_like_the_person_affected_but_never_excluded_like_one() -> None:
    facts = Facts.of({"asker": "professional"})
    assert facts.meant["asker"] == {"professional", "affected"}
    assert facts.excluding["asker"] == {"professional"}


@pytest.mark.parametrize(
    ("raw", "who"),
    [
        ({"office": "citizens_office"}, "city_administration"),
        ({"office": "police"}, "land_authority"),
        ({"office": "jobcenter"}, "mixed_authority"),
        ({"office": "bamf"}, "federal_authority"),
        ({"life_area": "municipal_administration"}, "city_administration"),
        ({"life_area": "work_city"}, "city_administration"),
        ({"office": "police", "life_area": "work_city"}, "land_authority"),
        ({"office": "drk_facility", "life_area": "work_city"}, "city_administration"),
        ({"who": "business", "office": "police"}, "business"),
    ],
)
def test_who_did_it_follows_from_the_office_or_the_part_of_life(raw: dict[str, str], who: str) -> None:
    assert Facts.of(raw).who == {who}


def test_who_did_it_stays_unknown_where_nothing_tells() -> None:
    assert Facts.of({"office": "drk_facility", "life_area": "police"}).who == frozenset()


@pytest.mark.parametrize(
    ("dimension", "value", "broader"),
    [
        ("ground", "anti_black_racism", {"racism"}),
        ("ground", "anti_muslim_racism", {"racism", "religion_belief"}),
        ("ground", "trans_inter", {"queerphobia", "gender"}),
        ("ground", "antisemitism", set()),
        ("life_area", "police", {"authorities"}),
        ("life_area", "work_city", {"work"}),
        ("life_area", "nursery", {"education"}),
        ("life_area", "transport", {"public_space", "goods_services"}),
    ],
)
def test_a_value_also_means_its_broader_ones(dimension: str, value: str, broader: set[str]) -> None:
    assert Facts.of({dimension: value}).meant[dimension] == {value, *broader}


def test_a_broad_value_does_not_mean_the_narrow_ones() -> None:
    assert Facts.of({"ground": "racism"}).meant["ground"] == {"racism"}


def test_exclusions_look_at_violence_alone() -> None:
    facts = Facts.of({"what": ["violence", "insult"]})
    assert facts.excluding["what"] == {"violence"}
    assert facts.meant["what"] == {"violence", "insult"}
    assert Facts.of({"what": ["insult", "structural"]}).excluding["what"] == {"insult", "structural"}


def test_danger_is_a_dimension_of_yes_and_no() -> None:
    assert Facts.of({"danger_now": True}).meant["danger_now"] == {"true"}
    assert Facts.of({"danger_now": False}).meant["danger_now"] == {"false"}
    assert not Facts.of({}).tells("danger_now")
    assert [Facts.of({"danger_now": value}).in_danger for value in (True, False)] == [True, False]


def test_what_is_assumed_orders_but_says_nothing() -> None:
    facts = Facts.of({"life_area": "work"}, assumed={"what": ["insult"], "life_area": ["housing"]})
    assert facts.meant["what"] == {"insult"}
    assert facts.meant["life_area"] == {"work"}, "what was said is not guessed"
    assert "what" not in facts.excluding
    assert facts.what == frozenset()
    assert facts.assumed == {"what"}
    assert not facts.confirms("what", frozenset({"insult"}))
    assert facts.confirms("life_area", frozenset({"work"}))


def test_empty_answers_are_no_facts() -> None:
    assert Facts.of({"what": [], "who": "", "place": None}) == Facts.of({})


def test_when_and_language_are_kept() -> None:
    facts = Facts.of({"days_ago": 0, "language": "de-simple"})
    assert (facts.days_ago, facts.language) == (0, "de-simple")


@given(st.dictionaries(st.text(max_size=12), st.one_of(st.text(), st.integers(), st.lists(st.text()), st.none())))
def test_nonsense_is_refused_and_never_crashes(raw: dict[str, object]) -> None:
    with suppress(UnknownFactError):
        assert not Facts.of(raw).stated


@given(st.data())
def test_every_known_value_can_be_stated(data: st.DataObject) -> None:
    values = shipped().values
    dimension = data.draw(st.sampled_from(sorted(values)))
    value = data.draw(st.sampled_from(sorted(values[dimension])))
    facts = Facts.of({dimension: [value]})
    assert facts.of_stated(dimension) == {value}
    assert value in facts.meant[dimension]


def test_tables_name_only_values_that_exist() -> None:
    dimensions = shipped()
    for name, table in dimensions.broader.items():
        assert {*table, *(each for broader in table.values() for each in broader)} <= dimensions.values[name]
    for name, side in dimensions.side.items():
        assert set(side) <= dimensions.values[name]
        assert set(side.values()) <= dimensions.values["who"]
    for name, others in dimensions.other_names.items():
        if name in dimensions.values:
            assert set(others.values()) <= dimensions.values[name]
