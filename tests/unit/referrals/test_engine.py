from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from referrals.bodies import Body
from referrals.dimensions import shipped
from tests.unit.referrals.situations import body, exclusion, order, referral, row

POLICE = body("110", row("germany", danger_now="true"), role="emergency", reach="phone")
LINE = body(
    "line", row("germany", what="distress", wish="talk"), role="crisis_line", reach="phone", opening_hours="24/7"
)
OFFICE_LINE = body(
    "office-line",
    row("germany", what="distress", target="men"),
    role="crisis_line",
    reach="phone",
    opening_hours="Mo-Fr 09:00-15:00",
)
LOCAL = body("local", row("duesseldorf", what="insult unequal_treatment", wish="talk legal"))
NATIONAL = body("national", row("germany", what="insult unequal_treatment", wish="talk legal"))


def test_emergency_is_left_out_unless_there_is_danger() -> None:
    assert order([POLICE, LOCAL], what="threat") == ["local"]
    assert order([POLICE, LOCAL], what="threat", danger_now=False) == ["local"]


def test_rule_1_in_danger_the_emergency_call_comes_first() -> None:
    perfect = body("perfect", row("duesseldorf", what="threat", danger_now="true", asker="affected"))
    assert order([perfect, POLICE], what="threat", danger_now=True) == ["110", "perfect"]


def test_rule_1_holds_even_where_a_key_of_the_emergency_call_is_contradicted() -> None:
    fire = body("112", row("germany", what="violence", danger_now="true"), role="emergency")
    assert order([LOCAL, fire, POLICE], what="insult", danger_now=True)[:2] == ["110", "112"]


def test_rule_2_in_distress_at_night_a_line_that_is_open_comes_first() -> None:
    therapy = body(
        "therapy", row("duesseldorf", what="distress", wish="talk", asker="affected"), role="specialised"
    )
    bodies = [therapy, OFFICE_LINE, LINE]
    assert order(bodies, what="distress", wish="talk", time="night") == ["line", "therapy", "office-line"]
    assert order(bodies, what="distress", wish="talk", time="day")[0] == "therapy"
    assert order(bodies, what="insult", time="night")[0] != "line"


def test_rule_2_opening_at_the_given_time_counts() -> None:
    weekend = body(
        "weekend", row("germany", what="distress"), role="crisis_line", opening_hours="Sa-Su 10:00-18:00"
    )
    near = body("near", row("duesseldorf", what="distress", asker="affected"))
    assert order([near, weekend], what="distress", time="weekend", open_at="12:00")[0] == "weekend"
    assert order([near, weekend], what="distress", time="weekend", open_at="20:00")[0] == "near"


def test_rule_2_a_time_at_night_says_night() -> None:
    near = body("near", row("duesseldorf", what="distress", asker="affected"))
    assert order([near, LINE], what="distress", open_at="03:00")[0] == "line"
    assert order([near, LINE], what="distress", open_at="15:00")[0] == "near"


def test_rule_3_fewer_contradicted_keys_come_first() -> None:
    none = body("z-none", row("germany"))
    one = body("b-one", row("duesseldorf", what="insult", ground="antisemitism"))
    two = body("a-two", row("duesseldorf", what="threat", ground="antisemitism"))
    assert order([two, one, none], what="insult", ground="racism") == ["z-none", "b-one", "a-two"]


def test_rule_4_one_that_sends_on_comes_later() -> None:
    sends_on = body("a", *LOCAL.rows, exclusion("prefer_other", "national", ground="age"))
    assert order([sends_on, NATIONAL], what="insult", ground="age") == ["national", "a"]
    assert order([sends_on, NATIONAL], what="insult", ground="racism") == ["a", "national"]


def test_rule_3_weighs_more_than_rule_4() -> None:
    fits = body("fits", row("duesseldorf", what="insult"), exclusion("prefer_other", "x", what="insult"))
    wrong = body("wrong", row("duesseldorf", what="threat"))
    assert order([wrong, fits], what="insult") == ["fits", "wrong"]


def own_complaints(slug: str = "own", **more: str) -> Body:
    conditions: dict[str, Any] = {"what": "insult unequal_treatment", "who": "city_administration"}
    return body(
        slug,
        row("duesseldorf", **conditions),
        role="complaint_body",
        belongs_to="city_administration",
        belongs_to_area=more.get("area", "duesseldorf"),
    )


def test_rule_5_the_citys_own_complaints_office_comes_first_where_the_city_is_involved() -> None:
    better = body("better", row("duesseldorf", what="insult", asker="affected", ground="racism"))
    facts = {"what": "insult", "ground": "racism"}
    assert order([better, own_complaints()], office="citizens_office", **facts) == ["own", "better"]
    assert (
        order([better, own_complaints()], who="city_administration", place="duesseldorf-01", **facts)[0] == "own"
    )
    assert order([better, own_complaints(area="jena")], office="citizens_office", **facts) == ["better", "own"]


def test_rule_5_holds_for_city_employees_but_not_against_a_contradiction() -> None:
    staff = body(
        "staff",
        row("duesseldorf", asker="city_employee", life_area="work_city"),
        role="complaint_body",
        belongs_to="city_administration",
        belongs_to_area="duesseldorf",
    )
    other = body("other", row("duesseldorf", asker="city_employee", what="insult", ground="racism"))
    facts = {"asker": "city_employee", "what": "insult", "ground": "racism"}
    assert order([other, staff], life_area="work_city", **facts)[0] == "staff"
    assert order([other, staff], life_area="housing", **facts)[0] == "other"


def test_rule_5_does_not_lift_one_that_something_speaks_against() -> None:
    counsels = body("counsels", row("duesseldorf", what="threat", asker="affected", who="city_administration"))
    assert order([own_complaints(), counsels], what="distress", office="citizens_office") == ["counsels", "own"]


def test_rule_5_complaints_offices_of_other_authorities_come_after_counselling() -> None:
    complaints = body("complaints", row("duesseldorf", who="land_authority", what="insult"), role="complaint_body")
    weak = body("weak", row("germany", secondary=True))
    assert order([complaints, weak], who="land_authority", what="insult") == ["weak", "complaints"]
    for who in ("federal_authority", "mixed_authority"):
        general = body("general", row("duesseldorf", who=who), role="complaint_body")
        assert order([general, weak], who=who) == ["weak", "general"]


def test_rule_6_an_unspecific_crisis_line_comes_last_while_no_time_is_stated() -> None:
    listens = body("listens", row("germany", wish="talk"), role="crisis_line")
    reports = body("reports", row("germany", wish="report"), role="reporting_office")
    assert order([listens, reports]) == ["reports", "listens"]
    assert order([listens, reports], time="day") == ["listens", "reports"]


def test_rule_6_a_specific_crisis_line_is_not_put_back() -> None:
    reports = body("reports", row("duesseldorf", wish="report", what="distress"), role="reporting_office")
    assert order([LINE, reports], what="distress") == ["line", "reports"]


def test_rule_6_who_wishes_nothing_is_not_sent_to_report_or_apply() -> None:
    helps = body("helps", row("germany", secondary=True))
    for role in ("reporting_office", "money", "criminal_complaint"):
        other = body("other", row("duesseldorf", what="insult"), role=role)
        assert order([other, helps], what="insult") == ["helps", "other"]
        assert order([other, helps], what="insult", wish="report") == ["other", "helps"]


def test_rule_6_particular_wishes_wait_until_they_are_wished() -> None:
    helps = body("helps", row("germany", secondary=True))
    trains = body("trains", row("duesseldorf", wish="training group", what="insult"))
    assert order([trains, helps], what="insult") == ["helps", "trains"]
    assert order([trains, helps], what="insult", wish="group") == ["trains", "helps"]
    both = body("both", row("duesseldorf", wish="training talk", what="insult"))
    assert order([both, helps], what="insult") == ["both", "helps"]


def test_rule_6_a_complaints_office_waits_until_somebody_says_who_it_was() -> None:
    complaints = body("complaints", row("duesseldorf", what="insult", who="business"), role="complaint_body")
    helps = body("helps", row("germany", secondary=True))
    assert order([complaints, helps], what="insult") == ["helps", "complaints"]
    assert order([complaints, helps], what="insult", who="business") == ["complaints", "helps"]
    assert order([complaints, helps], what="insult", asker="city_employee") == ["complaints", "helps"]


def test_rule_6_a_body_for_one_group_waits_until_somebody_belongs_to_it() -> None:
    women = body("women", row("duesseldorf", what="insult", target="women"))
    helps = body("helps", row("germany", secondary=True))
    assert order([women, helps], what="insult") == ["helps", "women"]
    assert order([women, helps], what="insult", target=["women"]) == ["women", "helps"]


def test_rule_6_what_weighs_more_comes_later_and_all_adds_up() -> None:
    target = body("target", row("germany", target="women"))
    complaints = body("complaints", row("germany"), role="complaint_body")
    both = body("both", row("germany", target="women"), role="complaint_body")
    money = body("money", row("germany"), role="money")
    line = body("line", row("germany"), role="crisis_line")
    assert order([line, money, both, complaints, target]) == ["target", "complaints", "both", "money", "line"]


def test_rule_7_secondary_comes_after_the_rest() -> None:
    rich = body("rich", row("duesseldorf", what="insult", ground="racism", secondary=True))
    poor = body("poor", row("germany"))
    assert order([rich, poor], what="insult", ground="racism") == ["poor", "rich"]


def test_rule_8_more_confirmed_keys_come_first() -> None:
    three = body("z-three", row("germany", what="insult", ground="racism"))
    two = body("a-two", row("duesseldorf", what="insult"))
    assert order([two, three], what="insult", ground="racism") == ["z-three", "a-two"]


def test_rule_9_the_smaller_area_comes_first() -> None:
    assert order([NATIONAL, LOCAL], what="insult") == ["local", "national"]


def test_rule_10_specialised_first_then_by_name() -> None:
    special = body("z", row("germany"), role="specialised")
    small, capital = body("x", row("germany"), name="b"), body("y", row("germany"), name="A")
    assert order([small, capital, special]) == ["z", "y", "x"]


def test_a_listing_stands_where_its_best_row_stands() -> None:
    two_rows = body("two", row("germany", what="threat"), row("duesseldorf", what="insult"))
    found = referral([two_rows, NATIONAL], what="insult").ordered[0]
    assert found.slug == "two"
    assert found.match.area == "duesseldorf"


def test_hard_exclusions_and_wrong_areas_are_left_out() -> None:
    barred = body("barred", *LOCAL.rows, exclusion(ground="age"))
    assert order([barred, LOCAL], ground="age") == ["local"]
    assert order([barred, LOCAL], ground="racism") == ["barred", "local"]
    assert order([LOCAL, NATIONAL], place="jena") == ["national"]


def test_a_body_without_rows_is_responsible_for_nothing() -> None:
    assert order([body("nothing")]) == []


def test_an_alternative_stands_beside_without_moving_the_body() -> None:
    beside = exclusion("prefer_alternative", "national", what="insult")
    found = referral([body("a", *LOCAL.rows, beside), NATIONAL], what="insult").ordered[0]
    assert (found.slug, found.beside, found.deferred_by) == ("a", (beside,), ())


def test_it_is_known_why_somebody_comes_later() -> None:
    later = exclusion("prefer_other", "local", what="insult")
    found = referral([LOCAL, body("a", *LOCAL.rows, later)], what="insult").ordered[1]
    assert found.deferred_by == (later,)


def test_a_body_is_pointed_past_where_only_the_exclusion_speaks_against_it() -> None:
    city_only = body(
        "city-only",
        row("duesseldorf", what="insult", who="city_administration"),
        exclusion("hard", "local", who="business"),
    )
    found = referral([city_only, LOCAL], what="insult", who="business").pointers
    assert [(pointer.body.slug, pointer.then_go_to) for pointer in found] == [("city-only", ("local",))]
    assert referral([city_only, LOCAL], what="threat", who="business").pointers == ()


def test_a_body_for_others_is_pointed_past_only_if_it_does_what_is_wished() -> None:
    interprets = body(
        "interprets",
        row("duesseldorf", asker="professional", wish="language_mediation talk", ground="racism"),
        exclusion("hard", "local", asker="affected"),
    )
    facts: dict[str, Any] = {"ground": "racism"}
    assert referral([interprets, LOCAL], **facts).pointers == ()
    assert referral([interprets, LOCAL], wish="talk", **facts).pointers == ()
    (pointer,) = referral([interprets, LOCAL], wish="language_mediation", **facts).pointers
    assert pointer.body.slug == "interprets"


def test_who_lives_in_its_area_is_pointed_on_from_a_body_that_serves_only_incidents_there() -> None:
    here = body(
        "here",
        row("duesseldorf", what="violence", basis="incident"),
        exclusion("hard", "there", areas="dortmund", basis="incident"),
    )
    there = body("there", row("dortmund", what="violence", basis="incident"))
    facts: dict[str, Any] = {"what": "violence", "place": "dortmund"}
    assert [p.body.slug for p in referral([here, there], residence="duesseldorf", **facts).pointers] == ["here"]
    assert referral([here, there], **facts).pointers == ()


_values = shipped().values
_dimensions = [name for name in sorted(_values) if name != "danger_now"]
_facts = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.lists(st.sampled_from(sorted(_values[name])), min_size=1, max_size=2) for name in _dimensions},
        "danger_now": st.booleans(),
        "place": st.sampled_from(["duesseldorf", "jena", "nrw", "dortmund"]),
        "residence": st.sampled_from(["duesseldorf", "jena"]),
    },
)
_conditions = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(st.sampled_from(sorted(_values[name])), min_size=1, max_size=3).map(" ".join)
        for name in _dimensions
    },
)
_rows = st.builds(
    lambda conditions, area, secondary: row(area, secondary=secondary, **conditions),
    _conditions,
    st.sampled_from(["", "germany", "duesseldorf", "jena", "nordrhein-westfalen"]),
    st.booleans(),
)
_exclusions = st.builds(
    lambda conditions, strength, outside: exclusion(strength, "line", outside=outside, **conditions),
    _conditions,
    st.sampled_from(["hard", "prefer_other", "prefer_alternative"]),
    st.sampled_from(["", "duesseldorf"]),
)
_bodies = st.lists(
    st.builds(
        lambda parts, role: body("", *parts, role=role),
        st.lists(st.one_of(_rows, _exclusions), min_size=1, max_size=4),
        st.sampled_from(["specialised", "general", "complaint_body", "crisis_line", "emergency", "money", ""]),
    ),
    max_size=6,
).map(lambda found: [body(f"b{n}", *b.rows, *b.exclusions, role=b.role) for n, b in enumerate(found)])


@given(_bodies, _facts, st.randoms())
def test_the_order_is_total_and_does_not_depend_on_the_input(
    bodies: list[Body], facts: dict[str, object], shuffled: Random
) -> None:
    mixed = list(bodies)
    shuffled.shuffle(mixed)
    assert order(bodies, **facts) == order(mixed, **facts)


@given(_bodies, _facts)
def test_a_body_that_serves_everybody_keeps_the_result_from_being_empty(
    bodies: list[Body], facts: dict[str, object]
) -> None:
    everybody = body("everybody", row("germany", wish="talk", secondary=True))
    assert "everybody" in order([*bodies, everybody], **facts)


# Without one of these another value stands in: affected for who asks, the office's side for who did it.
_stood_in_for = {"place", "residence", "danger_now", "asker", "who", "office", "life_area"}


@given(_bodies, _facts)
def test_what_is_unknown_never_hides(bodies: list[Body], facts: dict[str, object]) -> None:
    fewer = {key: value for key, value in facts.items() if key in _stood_in_for}
    assert set(order(bodies, **facts)) <= set(order(bodies, **fewer))


@given(_bodies, _facts)
def test_whoever_is_not_responsible_is_never_ranked(bodies: list[Body], facts: dict[str, object]) -> None:
    barred = [body(each.slug, *each.rows, exclusion(), role=each.role) for each in bodies]
    assert order(barred, **facts) == []
