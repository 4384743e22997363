import pytest

from referrals.competence import Match, hits, match
from tests.unit.referrals.situations import exclusion, row, situation


def test_keys_are_confirmed_contradicted_or_unknown() -> None:
    found = match(
        row("duesseldorf", what="insult", ground="antisemitism", wish="talk legal", asker="affected"),
        situation(what=["insult"], ground=["racism"], place="duesseldorf"),
    )
    assert found == Match(("what", "asker", "areas"), ("ground",), ("wish",), "duesseldorf")
    assert not found.fits


def test_one_matching_value_is_enough() -> None:
    found = match(row(what="insult threat"), situation(what=["violence", "threat"]))
    assert found is not None
    assert found.confirmed == ("what",)


def test_what_a_row_does_not_name_is_not_restricted() -> None:
    assert match(row(), situation(what=["violence"])) == Match()


@pytest.mark.parametrize(
    ("basis", "facts", "served"),
    [
        ("", {"place": "duesseldorf"}, True),
        ("", {"place": "duesseldorf-01"}, True),
        ("", {"place": "jena"}, False),
        ("", {"place": "jena", "residence": "duesseldorf"}, True),
        ("", {"place": "duesseldorf", "residence": "jena"}, True),
        ("incident residence", {"place": "jena", "residence": "duesseldorf"}, True),
        ("incident", {"place": "jena", "residence": "duesseldorf"}, False),
        ("incident", {"place": "duesseldorf", "residence": "jena"}, True),
        ("residence", {"place": "jena", "residence": "duesseldorf"}, True),
        ("residence", {"place": "duesseldorf", "residence": "jena"}, False),
        ("residence", {"place": "duesseldorf"}, True),
        ("", {"place": "nrw"}, False),
    ],
)
def test_a_row_whose_areas_do_not_hold_the_place_is_left_out(
    basis: str, facts: dict[str, str], served: bool
) -> None:
    found = match(row("duesseldorf", basis=basis), situation(**facts))
    assert (found is not None) is served
    assert found is None or found.confirmed == ("areas",)


def test_without_a_place_the_area_of_the_installation_is_meant() -> None:
    assert match(row("duesseldorf"), situation(home="duesseldorf")) is not None
    assert match(row("duesseldorf"), situation(home="jena")) is None


def test_a_residence_that_nobody_stated_is_unknown_but_other_cities_stay_out() -> None:
    asked = row("duesseldorf", basis="residence")
    assert match(asked, situation(home="duesseldorf")) == Match(unknown=("areas",), area="duesseldorf")
    assert match(asked, situation(home="jena")) is None


def test_a_row_may_serve_everywhere_but_somewhere() -> None:
    asked = row(outside="duesseldorf")
    assert match(asked, situation(place="duesseldorf")) is None
    assert match(asked, situation(place="jena")) is not None


def test_the_smallest_area_that_holds_the_place_counts() -> None:
    found = match(row("germany jena duesseldorf nordrhein-westfalen"), situation(place="duesseldorf"))
    assert found is not None
    assert found.area == "duesseldorf"


def test_an_exclusion_needs_every_key_confirmed() -> None:
    barred = exclusion(who="business", asker="affected")
    assert hits(barred, situation(who="business"))
    assert not hits(barred, situation(who="business", asker="witness"))
    assert not hits(barred, situation(life_area="goods_services")), "what nobody stated never excludes"


def test_a_narrow_ground_is_excluded_with_the_broad_one() -> None:
    assert hits(exclusion(ground="racism"), situation(ground=["anti_black_racism"]))
    assert hits(exclusion(ground="gender"), situation(ground=["trans_inter"]))
    assert not hits(exclusion(ground="anti_black_racism"), situation(ground=["racism"]))


def test_after_violence_an_exclusion_does_not_look_at_the_rest() -> None:
    assert not hits(exclusion(what="unequal_treatment"), situation(what=["violence", "unequal_treatment"]))
    assert hits(exclusion(what="violence"), situation(what=["violence", "unequal_treatment"]))


def test_a_professional_is_not_excluded_as_affected() -> None:
    assert not hits(exclusion(asker="affected"), situation(asker="professional"))


@pytest.mark.parametrize(
    ("basis", "facts", "hit"),
    [
        ("incident", {"place": "dortmund", "residence": "duesseldorf"}, True),
        ("incident", {"place": "duesseldorf", "residence": "dortmund"}, False),
        ("residence", {"place": "duesseldorf", "residence": "dortmund"}, True),
        ("", {"place": "duesseldorf", "residence": "dortmund"}, True),
        ("", {"place": "duesseldorf"}, False),
    ],
)
def test_an_exclusion_may_hold_inside_an_area(basis: str, facts: dict[str, str], hit: bool) -> None:
    assert hits(exclusion(areas="dortmund", basis=basis), situation(**facts)) is hit


@pytest.mark.parametrize(
    ("basis", "facts", "hit"),
    [
        ("incident", {"place": "dortmund", "residence": "duesseldorf"}, True),
        ("residence", {"place": "dortmund", "residence": "duesseldorf"}, False),
        ("residence", {"place": "duesseldorf", "residence": "dortmund"}, True),
        ("residence", {}, False),
        ("", {"place": "dortmund"}, True),
        ("", {"place": "dortmund", "residence": "duesseldorf"}, False),
        ("", {"place": "duesseldorf", "residence": "dortmund"}, False),
        ("", {"place": "duesseldorf-01"}, False),
    ],
)
def test_an_exclusion_may_hold_outside_an_area(basis: str, facts: dict[str, str], hit: bool) -> None:
    assert hits(exclusion(outside="duesseldorf", basis=basis), situation(**facts)) is hit


def test_where_an_exclusion_does_not_say_what_counts_its_rows_do() -> None:
    barred = exclusion(outside="duesseldorf")
    elsewhere = situation(place="dortmund", residence="duesseldorf")
    assert hits(barred, elsewhere, [row("duesseldorf", basis="incident")])
    assert not hits(barred, elsewhere, [row("duesseldorf")])
    assert not hits(
        barred, elsewhere, [row("duesseldorf", basis="incident"), row("duesseldorf", basis="residence")]
    )
