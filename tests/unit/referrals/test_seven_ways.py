from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.bodies import Body
from referrals.seven_ways import BODIES_PER_WAY, KINDS, ways
from tests.unit.referrals.situations import body, exclusion, referral, row

COUNSELS = body("counsels", row("duesseldorf", wish="talk complaint"), role="general")
RECORDS = body("records", row("duesseldorf", wish="report", ground="racism"), role="reporting_office")
COMPLAINTS = body("complaints", row("duesseldorf", wish="complaint talk"), role="complaint_body")
POLICE = body("police", row("germany", what="violence insult", wish="complaint"), role="criminal_complaint")
FUND = body("fund", row("germany", what="violence", wish="money"), role="money")
THERAPY = body("therapy", row("duesseldorf", target="refugees", wish="therapy talk"), role="specialised")
ALL = (COUNSELS, RECORDS, COMPLAINTS, POLICE, FUND, THERAPY)


def doers(*bodies: Body, **facts: Any) -> dict[str, list[str]]:
    return {way.slug: [doer.candidate.slug for doer in way.doers] for way in ways(referral(bodies, **facts))}


def test_there_are_seven_whatever_was_said() -> None:
    assert list(doers()) == ["talk", "report", "complaint", "charge", "money", "therapy", "group"]
    assert not any(doers().values()), "nobody is invented"


def test_each_is_done_by_its_own_bodies() -> None:
    found = doers(*ALL, what="violence", ground="racism", target="refugees")
    assert found["report"] == ["records"]
    assert found["complaint"] == ["complaints", "counsels"]
    assert found["charge"] == ["police"]
    assert found["money"] == ["fund"]
    assert found["therapy"] == ["therapy"]
    assert found["group"] == []


def test_who_charges_is_decided_by_the_role_not_by_a_wish_to_complain() -> None:
    found = doers(*ALL, what="violence")
    assert "police" not in found["complaint"][:1]
    assert found["charge"] == ["police"]


def test_a_wish_hides_no_other_way() -> None:
    assert doers(*ALL, what="violence", wish="therapy")["report"] == ["records"]


@pytest.mark.parametrize(
    "facts", [{"what": "unequal_treatment"}, {"what": "distress"}, {"what": "structural", "life_area": "work"}]
)
def test_what_speaks_against_a_body_speaks_against_it_here_too(facts: dict[str, str]) -> None:
    found = doers(*ALL, **facts)
    assert found["charge"] == []
    assert found["money"] == []


def test_who_is_left_out_of_the_result_is_left_out_here() -> None:
    barred = body("barred", row("duesseldorf", wish="report"), exclusion(what="insult"), role="reporting_office")
    assert doers(barred, what="insult")["report"] == []
    assert doers(barred, what="threat")["report"] == ["barred"]


def test_another_town_has_its_own() -> None:
    assert doers(*ALL, place="jena")["report"] == []


def only_for(*bodies: Body, way: str, **facts: Any) -> list[tuple[tuple[str, str], ...]]:
    (found,) = (each for each in ways(referral(bodies, **facts)) if each.slug == way)
    return [doer.only_for for doer in found.doers]


def test_whom_it_is_for_is_told_until_somebody_says_that_they_are() -> None:
    assert only_for(THERAPY, way="therapy") == [(("target", "refugees"),)]
    assert only_for(THERAPY, way="therapy", target="refugees") == [()]
    assert only_for(RECORDS, way="report") == [(("ground", "racism"),)]
    assert only_for(RECORDS, way="report", ground="antigypsyism") == [()], "the broader subject counts"


def test_who_is_there_for_everybody_stands_before_who_is_there_for_some() -> None:
    for_all = body("z-all", row("duesseldorf", wish="therapy", secondary=True), role="specialised")
    assert doers(THERAPY, for_all)["therapy"] == ["z-all", "therapy"]


def test_a_long_list_of_subjects_restricts_nobody() -> None:
    broad = body("broad", row("duesseldorf", ground="racism antisemitism gender age"), role="reporting_office")
    assert only_for(broad, way="report") == [()]
    narrow = body("narrow", row("duesseldorf", who="federal_authority"), role="complaint_body")
    assert only_for(narrow, way="complaint") == [(("who", "federal_authority"),)]


def test_of_two_rows_the_one_that_asks_less_counts() -> None:
    both = body("both", row("duesseldorf", wish="group", target="women"), row("duesseldorf", wish="group"))
    assert only_for(both, way="group") == [()]


def test_a_row_without_a_wish_is_enough_where_the_role_says_what_it_does() -> None:
    plain = row("duesseldorf")
    assert doers(body("a", plain, role="reporting_office"))["report"] == ["a"]
    assert doers(body("a", plain, role="general"))["talk"] == ["a"]
    assert doers(body("a", plain, role="general"))["report"] == []
    assert doers(body("a", plain, role="general"))["therapy"] == []


def test_in_danger_nobody_compares() -> None:
    assert doers(*ALL, danger_now=True) == {}


@given(
    st.sampled_from(["violence", "insult", "unequal_treatment", ""]),
    st.sampled_from(["talk", "report", "money", ""]),
    st.lists(st.sampled_from(ALL), unique_by=lambda each: each.slug),
)
def test_only_bodies_of_the_result_and_few_of_them(what: str, wish: str, bodies: list[Body]) -> None:
    found = referral(bodies, what=what, wish=wish)
    for way in ways(found):
        assert len(way.doers) <= BODIES_PER_WAY
        assert {doer.candidate.slug for doer in way.doers} <= set(found.by_slug)
    assert [way.slug for way in ways(found)] == list(KINDS)
