import pytest

from referrals.bodies import Body, Notice, Rules
from referrals.dimensions import Facts
from referrals.engine import refer
from referrals.notices import belongs_to_side_involved
from tests.unit.referrals.situations import HOME, TREE, body, exclusion, referral, row, situation, tokens

HELPS = body("helps", row("duesseldorf", ground="racism"))
ANYWHERE = body("anywhere", row("germany"))


def test_tokens() -> None:
    assert Notice("gap").token == "notice:gap"
    assert Notice("then_go_to", "obr").token == "notice:then_go_to:obr"
    assert Notice("deadline", "agg").token == "deadline:agg"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"danger_now": True, "what": "violence"}, ["notice:emergency_first"]),
        ({"danger_now": False, "what": "violence"}, ["notice:no_police_report_needed"]),
        ({"what": ["insult", "threat"]}, ["notice:no_police_report_needed"]),
        ({"what": "insult"}, []),
        ({}, []),
    ],
)
def test_danger_and_violence(facts: dict[str, object], expected: list[str]) -> None:
    assert tokens([HELPS], **facts) == expected


def city_body(area: str = "duesseldorf") -> Body:
    return body("city", row("germany"), belongs_to="city_administration", belongs_to_area=area)


@pytest.mark.parametrize(
    ("area", "facts", "involved"),
    [
        ("duesseldorf", {"who": "city_administration"}, True),
        ("duesseldorf", {"office": "youth_office", "place": "duesseldorf-01"}, True),
        ("duesseldorf", {"who": "city_administration", "place": "jena"}, False),
        ("duesseldorf", {"who": "business"}, False),
        ("duesseldorf", {}, False),
        ("duesseldorf", {"asker": "city_employee", "who": "business"}, True),
    ],
)
def test_a_body_of_the_side_involved_has_an_alternative_beside_it(
    area: str, facts: dict[str, str], involved: bool
) -> None:
    assert belongs_to_side_involved(city_body(area), situation(**facts)) is involved
    assert ("notice:independent_alternative" in tokens([city_body(area)], **facts)) is involved


def test_only_the_first_body_matters_for_the_alternative() -> None:
    first = body("a-first", row("duesseldorf"))
    assert "notice:independent_alternative" not in tokens([first, city_body()], who="city_administration")


def test_a_body_of_nobody_belongs_to_no_side() -> None:
    assert not belongs_to_side_involved(ANYWHERE, situation(who="business"))


HERE = body(
    "here",
    row("duesseldorf", what="violence", basis="incident"),
    exclusion("hard", "there gone", areas="dortmund", basis="incident"),
)
THERE = body("there", row("dortmund", what="violence", basis="incident"))


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({"residence": "duesseldorf"}, True),
        ({}, False),
        ({"residence": "jena"}, False),
        ({"residence": "duesseldorf", "what": "insult"}, False),
    ],
)
def test_who_would_be_served_at_home_is_told_who_serves_there(facts: dict[str, str], shown: bool) -> None:
    found = tokens([HERE, THERE], **{"place": "dortmund", "what": "violence", **facts})
    assert ("notice:then_go_to:there" in found) is shown
    assert "notice:then_go_to:gone" not in found, "only bodies of the result are named"


def test_only_a_stated_residence_is_asked_about() -> None:
    land = body("land", row("nordrhein-westfalen"), exclusion("hard", "there", areas="dortmund"))
    found = {"place": "dortmund", "what": "violence"}
    assert "notice:then_go_to:there" not in tokens([land, THERE], **found)
    assert "notice:then_go_to:there" in tokens([land, THERE], residence="duesseldorf", **found)


def test_outside_areas_send_on_as_well() -> None:
    here = body(
        "here",
        row("duesseldorf", what="violence", basis="incident"),
        exclusion("hard", "there", outside="duesseldorf"),
    )
    found = tokens([here, THERE], place="dortmund", residence="duesseldorf", what="violence")
    assert found.count("notice:then_go_to:there") == 1


def test_an_exclusion_without_an_area_sends_nobody_on() -> None:
    here = body("here", row("duesseldorf"), exclusion("hard", "there", what="violence"))
    found = tokens([here, THERE], place="dortmund", residence="duesseldorf", what="violence")
    assert "notice:then_go_to:there" not in found


@pytest.mark.parametrize(
    ("languages", "facts", "shown"),
    [
        ("de tr", {"language": "tr"}, False),
        ("de", {"language": "tr"}, True),
        ("", {"language": "tr"}, True),
        ("", {}, False),
        ("de fa", {"wish": "language_mediation", "language": "fa"}, True),
    ],
)
def test_interpreter(languages: str, facts: dict[str, str], shown: bool) -> None:
    first = body("first", row("duesseldorf", wish="language_mediation talk"), languages=languages)
    assert ("notice:interpreter" in tokens([first], **facts)) is shown


@pytest.mark.parametrize(
    ("facts", "outside"),
    [
        ({"who": "city_administration"}, True),
        ({"office": "police"}, True),
        ({"office": "jobcenter"}, True),
        ({"who": "federal_authority"}, True),
        ({"who": "business"}, False),
        ({"who": "city_administration", "life_area": "work_city"}, False),
        ({"who": "city_administration", "life_area": "work"}, False),
        ({"ground": ["social_status"]}, True),
        ({"ground": ["social_status", "appearance", "family_status"]}, True),
        ({"ground": ["social_status", "racism"]}, False),
        ({"ground": ["racism"]}, False),
        ({}, False),
    ],
)
def test_outside_the_agg(facts: dict[str, object], outside: bool) -> None:
    assert ("notice:outside_agg" in tokens([HELPS], **facts)) is outside


def gap(*bodies: Body, **facts: object) -> bool:
    return "notice:gap" in tokens(bodies, **facts)


def test_no_gap_where_a_near_body_names_the_ground() -> None:
    assert not gap(HELPS, ground="racism")
    assert not gap(HELPS, ground="anti_black_racism"), "its parent is enough"
    assert gap(HELPS, ground="age")


def test_a_gap_where_all_is_secondary_national_or_contradicted() -> None:
    assert gap(body("a", row("duesseldorf", ground="racism", secondary=True)), ground="racism")
    assert gap(body("a", row("germany", ground="racism")), ground="racism")
    assert gap(body("a", row(ground="racism")), ground="racism")
    assert gap(body("a", row("duesseldorf")), ground="racism"), "its ground is not known"
    assert gap(body("a", row("duesseldorf", ground="racism", what="threat")), ground="racism", what="insult")
    assert gap(ground="racism")


def test_any_row_may_close_the_gap() -> None:
    rows = (row("germany", ground="racism", what="insult"), row("duesseldorf", ground="racism"))
    assert not gap(body("a", *rows), ground="racism", what="insult")


def test_without_a_stated_ground_no_ground_has_to_be_named() -> None:
    assert not gap(body("a", row("duesseldorf")))
    assert gap(ANYWHERE)


@pytest.mark.parametrize(
    ("role", "wish", "is_gap"),
    [
        ("specialised", "", False),
        ("general", "legal", False),
        ("mobile_advice", "talk", False),
        ("reporting_office", "", True),
        ("reporting_office", "talk", True),
        ("reporting_office", "report", False),
        ("general", "report", True),
        ("", "talk", True),
        ("", "training", False),
        ("money", "money", False),
        ("money", "talk", True),
        ("self_organisation", "group", False),
        ("complaint_body", "complaint", True),
    ],
)
def test_the_gap_is_closed_by_the_role_that_the_wish_needs(role: str, wish: str, is_gap: bool) -> None:
    near = body("near", row("duesseldorf", ground="racism"), role=role)
    assert gap(near, ground="racism", **({"wish": wish} if wish else {})) is is_gap


def test_the_citys_own_complaints_office_closes_it_as_well() -> None:
    own = body(
        "own",
        row("duesseldorf", ground="racism"),
        role="complaint_body",
        belongs_to="city_administration",
        belongs_to_area="duesseldorf",
    )
    assert not gap(own, ground="racism")


def test_an_assumed_ground_makes_no_gap() -> None:
    facts = Facts.of({}, assumed={"ground": ["racism"]})
    found = refer(facts, [body("a", row("duesseldorf"))], Rules(), TREE, HOME)
    assert found.notices == ()


def test_notices_stand_in_the_order_of_their_urgency() -> None:
    found = referral([city_body()], what="violence", office="citizens_office", language="tr", ground="age")
    assert [notice.kind for notice in found.notices] == [
        "no_police_report_needed", "independent_alternative", "interpreter", "outside_agg", "gap",
    ]  # fmt: skip
