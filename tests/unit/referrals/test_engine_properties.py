"""What holds for whatever is said and whoever there is."""

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from referrals.bodies import Body, Rules
from referrals.competence import HARD, PREFER_ALTERNATIVE, PREFER_OTHER, Exclusion, Row
from referrals.dimensions import Facts, shipped
from referrals.engine import refer
from referrals.guide import Guide
from referrals.guide_check import Results
from referrals.presentation import FIRST, present
from tests.unit.referrals.situations import HOME, TREE

VALUES = {name: sorted(values) for name, values in shipped().values.items()}
AREAS = sorted(TREE.areas)
DIMENSIONS = ("what", "who", "life_area", "ground", "asker", "wish")
ROLES = ("", "specialised", "general", "complaint_body", "reporting_office", "crisis_line", "emergency", "money")
few = settings(max_examples=40)
BASES = (frozenset[str](), frozenset({"incident"}), frozenset({"residence"}), frozenset({"incident", "residence"}))


@st.composite
def conditions(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(st.sets(st.sampled_from(DIMENSIONS), max_size=3))
    return {
        "needs": {
            name: draw(st.frozensets(st.sampled_from(VALUES[name]), min_size=1, max_size=4))
            for name in sorted(names)
        },
        "areas": tuple(draw(st.lists(st.sampled_from(AREAS), max_size=2, unique=True))),
        "outside_areas": tuple(draw(st.lists(st.sampled_from(AREAS), max_size=1))),
        "basis": draw(st.sampled_from(BASES)),
    }


rows = st.builds(lambda said, secondary: Row(**said, secondary=secondary), conditions(), st.booleans())
strengths = st.sampled_from([HARD, PREFER_OTHER, PREFER_ALTERNATIVE])
exclusions = st.builds(lambda said, strength: Exclusion(**said, strength=strength), conditions(), strengths)


@st.composite
def several_bodies(draw: st.DrawFn) -> list[Body]:
    return [
        Body(
            slug=f"body-{number}",
            name=draw(st.sampled_from(["Rat", "Hilfe", "rat"])),
            role=draw(st.sampled_from(ROLES)),
            belongs_to=draw(st.sampled_from(["", "city_administration"])),
            belongs_to_area=HOME,
            rows=tuple(draw(st.lists(rows, max_size=3))),
            exclusions=tuple(draw(st.lists(exclusions, max_size=2))),
            reach=draw(st.frozensets(st.sampled_from(["phone", "website", "fax"]))),
        )
        for number in range(draw(st.integers(1, 8)))
    ]


@st.composite
def facts(draw: st.DrawFn) -> dict[str, Any]:
    said: dict[str, Any] = {
        name: draw(st.lists(st.sampled_from(VALUES[name]), min_size=1, max_size=2, unique=True))
        for name in sorted(draw(st.sets(st.sampled_from(sorted(VALUES)), max_size=6)))
    }
    for name in ("place", "residence"):
        if draw(st.booleans()):
            said[name] = draw(st.sampled_from(AREAS))
    if draw(st.booleans()):
        said["danger_now"] = draw(st.booleans())
    return said


def referred(bodies: list[Body], said: dict[str, Any]) -> list[str]:
    known = Facts.of(said, areas=TREE.areas)
    return [each.slug for each in refer(known, bodies, Rules(), TREE, HOME).ordered]


@few
@given(several_bodies(), facts(), st.randoms(use_true_random=False))
def test_neither_the_order_of_bodies_nor_that_of_answers_matters(
    bodies: list[Body], said: dict[str, Any], chance: random.Random
) -> None:
    shuffled, answers = list(bodies), list(said.items())
    chance.shuffle(shuffled)
    chance.shuffle(answers)
    assert referred(shuffled, dict(answers)) == referred(bodies, said)


@few
@given(several_bodies(), facts())
def test_nobody_stands_there_twice_or_without_a_row(bodies: list[Body], said: dict[str, Any]) -> None:
    found = referred(bodies, said)
    assert len(found) == len(set(found))
    assert set(found) <= {body.slug for body in bodies if body.rows}


@few
@given(several_bodies(), facts())
def test_more_bodies_never_change_how_the_others_stand_to_each_other(
    bodies: list[Body], said: dict[str, Any]
) -> None:
    fewer = referred(bodies[:-1], said)
    assert [slug for slug in referred(bodies, said) if slug != bodies[-1].slug] == fewer


@few
@given(several_bodies(), facts())
def test_at_most_three_stand_first_and_somebody_to_reach_where_there_is_one(
    bodies: list[Body], said: dict[str, Any]
) -> None:
    known = Facts.of(said, areas=TREE.areas)
    referral = refer(known, bodies, Rules(), TREE, HOME)
    found = present(referral, bodies)
    first = [each.candidate for each in found.first]
    assert len(first) <= FIRST
    assert bool(first) == bool(referral.ordered)
    assert {each.slug for each in found.ordered} == {each.slug for each in referral.ordered}
    if any(each.body.is_reachable for each in referral.ordered):
        assert any(each.body.is_reachable for each in first)


@few
@given(several_bodies(), facts())
def test_an_exclusion_for_everything_leaves_a_body_out_and_no_other(
    bodies: list[Body], said: dict[str, Any]
) -> None:
    *others, last = bodies
    barred = Body(last.slug, last.name, last.role, rows=last.rows, exclusions=(Exclusion(),))
    assert referred([*others, barred], said) == referred(others, said)


@few
@given(several_bodies(), facts())
def test_what_nobody_said_excludes_nobody(bodies: list[Body], said: dict[str, Any]) -> None:
    silent = {name: value for name, value in said.items() if name not in ("what", "danger_now")}
    *others, last = bodies
    barred = Exclusion({"what": frozenset({"violence"})})
    more = Body(last.slug, last.name, last.role, rows=last.rows, exclusions=(barred,))
    free = Body(last.slug, last.name, last.role, rows=last.rows)
    assert referred([*others, more], silent) == referred([*others, free], silent)


@few
@given(several_bodies(), facts())
def test_without_danger_nobody_is_sent_to_the_emergency_call(bodies: list[Body], said: dict[str, Any]) -> None:
    emergencies = {body.slug for body in bodies if body.role == "emergency"}
    assert not emergencies & set(referred(bodies, {**said, "danger_now": False}))


@few
@given(several_bodies(), facts())
def test_in_danger_an_emergency_call_stands_before_all_others(bodies: list[Body], said: dict[str, Any]) -> None:
    emergencies = {body.slug for body in bodies if body.role == "emergency"}
    there = [slug in emergencies for slug in referred(bodies, {**said, "danger_now": True})]
    assert there == sorted(there, reverse=True)


@few
@given(several_bodies(), st.lists(facts(), min_size=2, max_size=6))
def test_what_is_remembered_is_what_the_engine_says(bodies: list[Body], several: list[dict[str, Any]]) -> None:
    results = Results(Guide("empty"), tuple(bodies), TREE, HOME)
    for said in several:
        known = Facts.of(said, areas=TREE.areas)
        assert [each.slug for each in results.ordered(known)] == referred(bodies, said)
