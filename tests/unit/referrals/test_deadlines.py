from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.competence import Conditions, Situation
from referrals.deadlines import Deadline, last_safe_day, touching
from referrals.dimensions import Facts
from tests.unit.referrals.situations import TREE, needs, situation

WORK = Deadline(
    "work",
    applies=Conditions(needs(life_area="work work_city")),
    unless_ground=frozenset({"appearance", "social_status"}),
)
LAND = Deadline("land", applies=Conditions(needs(who="land_authority"), areas=("nordrhein-westfalen",)))
SHOP = Deadline("shop", applies=Conditions(needs(life_area="goods_services", who="business")))


def slugs(found: Situation) -> list[str]:
    return [deadline.slug for deadline in touching((WORK, LAND, SHOP), found)]


def test_every_key_must_be_confirmed() -> None:
    assert slugs(situation(life_area="goods_services")) == []
    assert slugs(situation(life_area="goods_services", who="business")) == ["shop"]
    assert slugs(situation(life_area="transport", who="business")) == ["shop"], "the broader part of life counts"
    assert slugs(situation(life_area="housing", who="business")) == []


def test_the_side_that_follows_from_the_office_counts() -> None:
    assert slugs(situation(office="police")) == ["land"]


def test_the_law_of_the_place_applies_wherever_the_person_lives() -> None:
    assert slugs(situation(who="land_authority", place="jena", residence="duesseldorf")) == []
    assert slugs(situation(who="land_authority", place="duesseldorf", residence="jena")) == ["land"]
    assert slugs(situation(who="land_authority", home="jena")) == []


@pytest.mark.parametrize(
    ("grounds", "shown"),
    [
        ([], True),
        (["racism"], True),
        (["appearance"], False),
        (["appearance", "social_status"], False),
        (["appearance", "racism"], True),
    ],
)
def test_a_law_that_does_not_know_the_ground_has_no_deadline(grounds: list[str], shown: bool) -> None:
    assert slugs(situation(life_area="work", ground=grounds)) == (["work"] if shown else [])


def test_in_danger_nobody_reads_deadlines() -> None:
    assert slugs(situation(life_area="work", danger_now=True)) == []
    assert slugs(situation(life_area="work", danger_now=False)) == ["work"]


def test_an_assumption_starts_no_deadline() -> None:
    facts = Facts.of({}, assumed={"life_area": ["work"]})
    assert slugs(Situation(facts, TREE, "duesseldorf")) == []


@pytest.mark.parametrize(
    ("period", "start", "last"),
    [
        ("P2M", date(2026, 1, 15), date(2026, 3, 15)),
        ("P2M", date(2026, 12, 31), date(2027, 2, 28)),
        ("P2M", date(2027, 12, 31), date(2028, 2, 29)),
        ("P3W", date(2026, 11, 2), date(2026, 11, 23)),
        ("P3M", date(2026, 11, 30), date(2027, 2, 28)),
        ("P1Y", date(2024, 2, 29), date(2025, 2, 28)),
        ("P10D", date(2026, 2, 25), date(2026, 3, 7)),
        ("P1M2W", date(2026, 1, 1), date(2026, 2, 15)),
    ],
)
def test_the_last_safe_day(period: str, start: date, last: date) -> None:
    assert last_safe_day(period, start) == last


def test_a_weekend_does_not_extend_it() -> None:
    saturday = last_safe_day("P3W", date(2026, 10, 31))
    assert saturday == date(2026, 11, 21)
    assert saturday.isoweekday() == 6


@pytest.mark.parametrize("period", ["", "P", "two months", "P2X"])
def test_an_unknown_period_has_no_last_day(period: str) -> None:
    assert last_safe_day(period, date(2026, 1, 1)) is None


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 36))
def test_months_never_run_over(start: date, months: int) -> None:
    last = last_safe_day(f"P{months}M", start)
    assert last is not None
    assert (last.year * 12 + last.month) - (start.year * 12 + start.month) == months
    assert last.day <= start.day
