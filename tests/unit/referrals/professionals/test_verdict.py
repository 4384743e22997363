from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from referrals.bodies import Body
from referrals.dimensions import shipped
from referrals.professionals.verdict import INSTEAD, Standing, Verdict, verdict
from tests.unit.referrals.situations import body, exclusion, referral, row

POLICE = body("110", row("germany", danger_now="true"), role="emergency", reach="phone")
WORK = body("work", row("duesseldorf", what="insult unequal_treatment", life_area="work"))
ANYTHING = body("anything", row("germany", what="insult unequal_treatment", wish="talk"))
BEATEN = body(
    "beaten",
    row("duesseldorf", what="violence threat"),
    exclusion("hard", "work", what="unequal_treatment"),
    role="specialised",
)
POLITE = body("polite", row("duesseldorf", what="insult"), exclusion("prefer_other", "work", life_area="work"))
BESIDE = body(
    "beside", row("duesseldorf", what="insult"), exclusion("prefer_alternative", "anything", what="insult")
)
JENA = body("jena", row("jena", what="insult"))
EMPTY = body("empty")
ALL = (POLICE, WORK, ANYTHING, BEATEN, POLITE, BESIDE, JENA, EMPTY)


def of(one: Body, **facts: Any) -> Verdict:
    return verdict(one, referral(ALL, **facts))


def test_responsible_with_its_place_in_the_result() -> None:
    found = of(WORK, what="insult", life_area="work")
    assert (found.standing, found.place, found.is_responsible) == (Standing.RESPONSIBLE, 1, True)
    assert found.instead == ()


def test_excluded_and_where_to_go_instead() -> None:
    found = of(BEATEN, what="unequal_treatment")
    assert (found.standing, found.place, found.is_responsible) == (Standing.EXCLUDED, 0, False)
    assert found.instead == ("work",)
    assert [each.strength for each in found.exclusions] == ["hard"]


def test_made_for_something_else() -> None:
    found = of(WORK, what="insult", life_area="housing")
    assert (found.standing, found.is_responsible) == (Standing.UNFIT, False)
    assert found.candidate is not None
    assert found.candidate.match.contradicted == ("life_area",)


def test_where_no_rule_names_another_body_those_that_fit_are_named() -> None:
    found = of(WORK, what="insult", life_area="housing")
    assert 0 < len(found.instead) <= INSTEAD
    assert "work" not in found.instead


def test_responsible_but_another_one_first() -> None:
    found = of(POLITE, what="insult", life_area="work")
    assert (found.standing, found.instead) == (Standing.OTHER_FIRST, ("work",))
    assert found.is_responsible


def test_responsible_with_another_one_beside_it() -> None:
    found = of(BESIDE, what="insult")
    assert (found.standing, found.instead) == (Standing.RESPONSIBLE, ("anything",))


def test_responsible_elsewhere() -> None:
    found = of(JENA, what="insult")
    assert (found.standing, found.place) == (Standing.ELSEWHERE, 0)
    assert of(JENA, what="insult", place="jena").standing is Standing.RESPONSIBLE


def test_the_emergency_call_only_in_danger() -> None:
    assert of(POLICE, what="threat").standing is Standing.ONLY_IN_DANGER
    assert of(POLICE, what="threat", danger_now=True).place == 1


def test_nothing_is_known_of_it() -> None:
    assert of(EMPTY, what="insult").standing is Standing.NO_RULES


VALUES = {name: st.sampled_from(sorted(values)) for name, values in shipped().values.items()}


@given(st.fixed_dictionaries({}, optional={**VALUES, "place": st.sampled_from(["jena", "duesseldorf"])}))
def test_it_never_says_other_than_the_result(facts: dict[str, Any]) -> None:
    found = referral(ALL, **facts)
    ordered = [each.slug for each in found.ordered]
    for each in ALL:
        told = verdict(each, found)
        assert (told.place and ordered[told.place - 1] == each.slug) or each.slug not in ordered
        assert told.is_responsible == (each.slug in ordered and found.by_slug[each.slug].match.fits)
        assert each.slug not in told.instead
