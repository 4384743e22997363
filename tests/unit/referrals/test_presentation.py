from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from referrals.bodies import Body
from referrals.presentation import Presentation, present
from tests.unit.referrals.situations import body, exclusion, referral, row


def ranked(number: int, reach: str = "", **more: Any) -> Body:
    """Bodies that stand in the order of their numbers."""
    return body(f"b{number}", row("duesseldorf", **more), reach=reach)


def shown(bodies: list[Body], **facts: Any) -> Presentation:
    return present(referral(bodies, **facts), bodies)


def first(bodies: list[Body], **facts: Any) -> list[str]:
    return [each.candidate.slug for each in shown(bodies, **facts).first]


def test_at_most_three_stand_first() -> None:
    found = shown([ranked(n, "phone") for n in range(5)])
    assert [each.candidate.slug for each in found.first] == ["b0", "b1", "b2"]
    assert [each.slug for each in found.others] == ["b3", "b4"]
    assert [each.slug for each in found.ordered] == ["b0", "b1", "b2", "b3", "b4"]


def test_bodies_that_something_speaks_against_do_not_stand_first() -> None:
    bodies = [ranked(0, "phone"), ranked(1, "phone", what="threat"), ranked(2, "phone", what="threat")]
    assert first(bodies, what="insult") == ["b0"]


def test_bodies_for_a_wish_or_group_that_nobody_named_do_not_stand_first() -> None:
    reports = body("b1", row("duesseldorf", wish="report"), reach="phone")
    refugees = body("b2", row("duesseldorf", target="refugees"), reach="phone")
    assert first([ranked(0, "phone"), reports, refugees]) == ["b0"]
    assert first([ranked(0, "phone"), reports, refugees], wish="report", target="refugees") == ["b1", "b2", "b0"]
    assert first([reports, refugees]) == ["b2"], "somebody always does"


def test_but_somebody_always_stands_first() -> None:
    assert first([ranked(0, "phone", what="threat"), ranked(1, "phone", what="threat")], what="insult") == ["b0"]
    assert first([]) == []


def test_where_nobody_of_the_first_can_be_reached_the_next_one_takes_the_third_place() -> None:
    found = shown([*(ranked(n) for n in range(4)), ranked(4, "website"), ranked(5, "phone")])
    assert [each.candidate.slug for each in found.first] == ["b0", "b1", "b4"]
    assert [each.slug for each in found.ordered] == ["b0", "b1", "b4", "b2", "b3", "b5"]


def test_whoever_can_be_reached_joins_a_lonely_first_body() -> None:
    bodies = [ranked(0), ranked(1, "phone", what="threat")]
    assert first(bodies, what="insult") == ["b0", "b1"]


def test_the_best_body_is_never_moved() -> None:
    assert first([ranked(0), ranked(1, "chat"), ranked(2), ranked(3, "email")])[0] == "b0"


def test_where_nobody_at_all_can_be_reached_the_order_stays() -> None:
    assert first([ranked(n) for n in range(4)]) == ["b0", "b1", "b2"]


def stand_ins(bodies: list[Body], **facts: Any) -> list[str | None]:
    found = shown(bodies, **facts).first
    return [each.stand_in.slug if each.stand_in else None for each in found]


def test_a_first_body_without_phone_and_mail_has_a_stand_in() -> None:
    bodies = [ranked(0, "website"), ranked(1, "website"), ranked(2, "phone"), ranked(3, "email")]
    assert stand_ins(bodies) == ["b2", None, None], "b2 stands right below b1 anyway"
    assert [each.contact_unknown for each in shown(bodies).first] == [True, True, False]


def test_the_stand_in_may_come_from_the_others() -> None:
    assert stand_ins([*(ranked(n, "website") for n in range(3)), ranked(3, "email")]) == ["b3", "b3", "b3"]


def test_nobody_stands_in_where_nobody_can() -> None:
    assert stand_ins([ranked(0, "website"), ranked(1)]) == [None, None]


def test_the_stand_in_is_rather_a_responsible_one() -> None:
    unfit = ranked(1, "phone", what="threat")
    deferred = body("b2", row("germany"), exclusion("prefer_other", what="insult"), reach="phone")
    training = body("b3", row("germany", wish="training"), reach="phone")
    line = body("b4", row("germany", wish="talk", secondary=True), role="crisis_line", reach="phone")
    general = body("b5", row("germany", secondary=True), reach="phone")
    weak = [unfit, deferred, training, line, general]
    expected = ["b5", "b2", "b4", "b3", "b1"]
    for slug in expected:
        found = shown([ranked(0), *weak], what="insult")
        helper = found.first[0].stand_in or found.first[1].candidate
        assert helper.slug == slug
        weak = [each for each in weak if each.slug != slug]


POLICE = body("110", row("germany", danger_now="true"), role="emergency", reach="phone")
APP = body("app", row("germany", danger_now="true"), role="emergency", reach="website")
FIRE = body("112", row("germany", danger_now="true", secondary=True), role="emergency", reach="phone")
LINE = body("line", row("germany", what="distress"), role="crisis_line", reach="phone", opening_hours="24/7")


def test_110_and_a_line_open_around_the_clock_are_on_every_result() -> None:
    for facts in ({}, {"what": "insult"}, {"danger_now": True}, {"place": "jena"}):
        always = shown([APP, FIRE, POLICE, LINE], **facts).always
        assert always.emergency is not None
        assert always.around_the_clock is not None
        assert (always.emergency.slug, always.around_the_clock.slug) == ("110", "line")


def test_a_line_for_some_is_not_named_to_everybody() -> None:
    women = body(
        "a",
        row("germany", what="violence", target="women"),
        role="crisis_line",
        reach="phone",
        opening_hours="24/7",
    )
    for facts, slug in (({}, "line"), ({"target": "women"}, "a")):
        line = shown([women, LINE], what="violence", **facts).always.around_the_clock
        assert line is not None
        assert line.slug == slug
    alone = shown([women], what="violence").always.around_the_clock
    assert alone is not None, "rather than nobody"


def test_even_a_line_that_is_not_responsible_now_is_there_at_any_hour() -> None:
    barred = body(
        "line", *LINE.rows, exclusion(what="insult"), role="crisis_line", reach="phone", opening_hours="24/7"
    )
    always = shown([POLICE, barred], what="insult").always
    assert always.around_the_clock == barred


def test_the_line_that_fits_best_is_taken() -> None:
    women = body(
        "women",
        row("germany", target="women", ground="gender"),
        role="crisis_line",
        reach="phone",
        opening_hours="24/7",
    )
    bodies = [LINE, women]
    closed = body("closed", row("duesseldorf"), role="crisis_line", reach="phone", opening_hours="Mo 10:00-12:00")
    for facts, expected in (({"target": "women", "ground": "gender", "what": "insult"}, women), ({}, LINE)):
        assert shown([*bodies, closed], **facts).always.around_the_clock == expected


def test_nothing_is_invented_where_there_is_no_emergency_number() -> None:
    always = shown([ranked(0)]).always
    assert (always.emergency, always.around_the_clock) == (None, None)


def test_in_danger_nobody_reads_who_is_not_responsible() -> None:
    barred = body("b", row("duesseldorf", what="insult"), exclusion("hard", "x", who="business"))
    assert shown([barred], what="insult", who="business", danger_now=False).not_responsible
    assert not shown([barred], what="insult", who="business", danger_now=True).not_responsible


def test_at_most_three_bodies_are_named_as_not_responsible() -> None:
    barred = [
        body(f"b{n}", row("duesseldorf", what="insult"), exclusion("hard", "x", who="business")) for n in range(5)
    ]
    found = shown(barred, what="insult", who="business")
    assert [pointer.body.slug for pointer in found.not_responsible] == ["b0", "b1", "b2"]


@given(st.lists(st.sampled_from(["", "website", "phone", "email", "chat"]), max_size=8), st.data())
def test_somebody_can_be_reached_among_the_first_where_anybody_can(reach: list[str], data: st.DataObject) -> None:
    whats = [data.draw(st.sampled_from(["insult", "threat"])) for _ in reach]
    bodies = [ranked(n, one, what=what) for n, (one, what) in enumerate(zip(reach, whats, strict=True))]
    found = shown(bodies, what="insult")
    reachable = any(each.is_reachable for each in bodies)
    assert any(each.candidate.body.is_reachable for each in found.first) is reachable
    assert sorted(each.slug for each in found.ordered) == sorted(each.slug for each in bodies)
    assert len(found.first) <= 3
    if bodies:
        assert found.ordered[0].slug == referral(bodies, what="insult").ordered[0].slug
