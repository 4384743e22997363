"""Who is there for whom, on invented bodies."""

import pytest

from referrals.bodies import Body
from referrals.coverage.matrix import Asked, Coverage, Grade, Hole, coverage, grade, speaks
from referrals.guide import Guide
from tests.unit.referrals.situations import HOME, TREE, body, exclusion, row, situation

ASKED = Asked(
    concerns={"school": {"life_area": ("school",)}, "work": {"life_area": ("work",)}},
    grounds=("racism", "antigypsyism", "age"),
    languages=("de", "tr", "uk"),
    places=("duesseldorf", "jena"),
    enabled=frozenset({"de", "tr"}),
)
RACISM = body("racism", row("duesseldorf", ground="racism"), role="specialised")
ALL = body("all", row("germany"), role="general")


def cover(*bodies: Body, asked: Asked = ASKED) -> Coverage:
    return coverage(bodies, Guide("empty"), TREE, HOME, asked)


def words(found: Coverage, ground: str) -> list[str]:
    return [each.name for each in found.by_ground.rows[ground]]


def test_nobody() -> None:
    found = cover()
    assert set(found.by_ground.grades()) == {Grade.NOBODY}
    assert found.by_ground.concerns == ("school", "work")


def test_who_is_made_for_a_ground_is_specialised_and_the_others_general() -> None:
    found = cover(RACISM, body("here", row("duesseldorf")))
    assert words(found, "racism") == ["SPECIALISED", "SPECIALISED"]
    assert words(found, "age") == ["GENERAL", "GENERAL"]


def test_a_narrower_ground_counts_as_its_broader_one() -> None:
    assert words(cover(RACISM), "antigypsyism") == ["SPECIALISED", "SPECIALISED"]
    assert words(cover(RACISM), "age") == ["NOBODY", "NOBODY"]


def test_who_is_responsible_for_the_whole_country_is_beyond() -> None:
    assert words(cover(ALL), "racism") == ["BEYOND", "BEYOND"]
    assert words(cover(ALL, RACISM), "racism") == ["SPECIALISED", "SPECIALISED"]


def test_a_secondary_row_is_general_at_most() -> None:
    beside = body("beside", row("duesseldorf", ground="racism", secondary=True), role="specialised")
    assert words(cover(beside), "racism") == ["GENERAL", "GENERAL"]


@pytest.mark.parametrize("role", ["reporting_office", "complaint_body", "crisis_line", "", "money"])
def test_only_counselling_counts(role: str) -> None:
    assert words(cover(body("other", row("duesseldorf"), role=role)), "racism") == ["NOBODY", "NOBODY"]


def test_a_concern_that_a_row_contradicts_is_not_served() -> None:
    only_work = body("only-work", row("duesseldorf", life_area="work"))
    assert words(cover(only_work), "age") == ["NOBODY", "GENERAL"]
    assert cover(only_work).by_language.rows["de"] == (Grade.NOBODY, Grade.SPECIALISED)


def test_who_is_ruled_out_is_not_there() -> None:
    barred = body("barred", row("duesseldorf"), exclusion(life_area="school"))
    assert words(cover(barred), "racism") == ["NOBODY", "GENERAL"]


def test_places_have_their_own_bodies() -> None:
    rows = cover(RACISM, ALL).by_place.rows
    assert rows["duesseldorf"] == (Grade.GENERAL, Grade.GENERAL)
    assert rows["jena"] == (Grade.BEYOND, Grade.BEYOND)


def test_german_goes_without_saying_and_other_languages_do_not() -> None:
    silent, turkish = body("silent"), body("turkish", languages="tr")
    assert speaks(silent, "de")
    assert not speaks(silent, "tr")
    assert speaks(turkish, "tr")
    assert speaks(turkish, "de")


def test_languages_are_those_of_the_bodies_that_fit() -> None:
    found = cover(body("turkish", row("duesseldorf", life_area="work"), languages="tr"))
    assert found.by_language.rows["tr"] == (Grade.NOBODY, Grade.SPECIALISED)
    assert found.by_language.rows["uk"] == (Grade.NOBODY, Grade.NOBODY)


class TestHoles:
    def test_one_field(self) -> None:
        bodies = [
            body("turkish", row("duesseldorf", ground="racism age", life_area="work"), languages="tr uk"),
            body("school", row("duesseldorf", ground="racism", life_area="school"), languages="tr uk"),
            body("german", row("duesseldorf")),
        ]
        assert cover(*bodies).holes == (
            Hole("age", "tr", ("school",), 2),
            Hole("age", "uk", ("school",), 1),
        )

    def test_a_language_that_nobody_speaks_is_one_hole(self) -> None:
        spoken = body("spoken", row("duesseldorf"), languages="tr")
        assert cover(spoken).holes == (Hole("", "uk", (), 6),)

    def test_who_is_missing_in_german_is_not_said_again_for_each_language(self) -> None:
        spoken = body("spoken", row("duesseldorf", ground="racism"), languages="tr uk")
        assert cover(spoken).holes == (Hole("age", "de", (), 12),)

    def test_only_nationwide_is_said_too(self) -> None:
        nationwide = body("nationwide", row("germany", ground="age"), languages="tr uk")
        spoken = body("spoken", row("duesseldorf", ground="racism"), languages="tr uk")
        assert cover(spoken, nationwide).holes == (Hole("age", "", (), 6, Grade.BEYOND),)

    def test_the_widest_stands_first_and_a_language_of_the_site_before_another(self) -> None:
        found = cover(body("german", row("duesseldorf"))).holes
        assert [hole.language for hole in found] == ["tr", "uk"]
        assert [hole.weight for hole in found] == sorted((hole.weight for hole in found), reverse=True)

    def test_where_everybody_is_there_is_no_hole(self) -> None:
        assert cover(body("all", row("duesseldorf"), languages="tr uk")).holes == ()


def test_a_grade_is_that_of_the_best_row() -> None:
    two = body("two", row("germany"), row("duesseldorf", ground="age"))
    assert grade(two, situation(ground="age"), frozenset({"ground"})) is Grade.SPECIALISED
    assert grade(two, situation(ground="racism"), frozenset({"ground"})) is Grade.BEYOND
    assert grade(body("none"), situation(), frozenset()) is Grade.NOBODY
