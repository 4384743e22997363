"""Which bodies nobody can reach, whatever is said."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.bodies import Body
from referrals.competence import HARD, Situation, hits, match
from referrals.dimensions import Facts, shipped
from referrals.reach import is_reached, unreachable
from tests.unit.referrals.situations import HOME, TREE, body, exclusion, row

REACHED = {
    "nothing is excluded": body("a", row("duesseldorf", what="insult")),
    "only one of two values": body("a", row(what="insult threat"), exclusion(what="insult")),
    "only one of two rows": body("a", row(what="insult"), row(what="distress"), exclusion(what="insult")),
    "only together with something else": body("a", row(what="insult"), exclusion(what="insult", wish="money")),
    "whom it is not for by default": body("a", row(asker="city_employee"), exclusion(asker="affected")),
    "nobody says who asks": body("a", row(what="insult"), exclusion(asker="affected")),
    "violence takes the exclusion's eyes off the insult": body("a", row(what="insult"), exclusion(what="insult")),
    "who acts for the person": body("a", row(asker="affected"), exclusion(asker="affected")),
    "another side than the office's own": body(
        "a", row(office="citizens_office"), exclusion(who="city_administration")
    ),
    "a smaller area": body("a", row("nordrhein-westfalen"), exclusion(outside="duesseldorf")),
    "the rest of the area": body("a", row("nordrhein-westfalen"), exclusion(areas="duesseldorf")),
    "it only ranks later": body("a", row(ground="racism"), exclusion("prefer_other", ground="racism")),
    "danger is stated": body("a", row(), role="emergency"),
    "where the person lives": body("a", row("jena", basis="residence"), exclusion(areas="jena", basis="incident")),
}
UNREACHED = {
    "the exclusion holds whenever the row does": body("a", row(ground="racism"), exclusion(ground="racism")),
    "both of its values are excluded": body(
        "a", row(ground="racism age"), exclusion(ground="racism"), exclusion(ground="age")
    ),
    "it excludes all areas": body("a", row("jena"), exclusion(areas="thueringen")),
    "it excludes everybody outside of another place": body(
        "a", row("jena", basis="incident"), exclusion(outside="duesseldorf", basis="incident")
    ),
    "it always excludes": body("a", row(), exclusion()),
}


@pytest.mark.parametrize("name", REACHED)
def test_somebody_gets_there(name: str) -> None:
    assert unreachable(REACHED[name], TREE) is None


@pytest.mark.parametrize("name", UNREACHED)
def test_nobody_gets_there_because_of_what_it_excludes(name: str) -> None:
    found = unreachable(UNREACHED[name], TREE)
    assert found is not None
    assert found.because == UNREACHED[name].exclusions


@pytest.mark.parametrize(
    "rows",
    [
        row("jena", outside="thueringen"),
        row("atlantis"),
    ],
    ids=["its area lies in what it leaves out", "its area is not there"],
)
def test_rows_may_contradict_themselves(rows: object) -> None:
    found = unreachable(body("a", rows), TREE)  # type: ignore[arg-type]
    assert found is not None
    assert found.because == ()


def test_only_the_exclusion_that_is_to_blame_is_named() -> None:
    to_blame, innocent = exclusion(ground="racism"), exclusion(wish="money")
    found = unreachable(body("a", row(ground="racism"), innocent, to_blame), TREE)
    assert found is not None
    assert found.because == (to_blame,)


def test_an_emergency_service_without_danger_is_never_reached() -> None:
    assert unreachable(body("a", row(danger_now="false"), role="emergency"), TREE) is not None
    assert unreachable(body("a", row(danger_now="false")), TREE) is None


def test_who_has_no_rows_is_not_asked_for() -> None:
    assert unreachable(body("a", exclusion()), TREE) is None


DIMENSIONS = ("what", "ground", "asker", "wish", "office")
CODES = {name: sorted(shipped().values[name])[:4] for name in DIMENSIONS}
CONDITIONS = st.fixed_dictionaries(
    {}, optional={name: st.lists(st.sampled_from(codes), min_size=1, unique=True) for name, codes in CODES.items()}
)
AREAS = st.sampled_from(["", "jena", "duesseldorf", "nordrhein-westfalen", "germany"])


@st.composite
def bodies(draw: st.DrawFn) -> Body:
    def words() -> dict[str, Any]:
        return {name: " ".join(values) for name, values in draw(CONDITIONS).items()}

    rows = [row(draw(AREAS), **words()) for _each in range(draw(st.integers(1, 2)))]
    excluding = [exclusion(areas=draw(AREAS), **words()) for _each in range(draw(st.integers(0, 3)))]
    return body("a", *rows, *excluding)


FACTS = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.lists(st.sampled_from(codes), max_size=2, unique=True) for name, codes in CODES.items()},
        "place": st.sampled_from(["jena", "duesseldorf", "neuss"]),
    },
)


@given(bodies(), FACTS)
def test_whoever_is_led_to_a_body_has_reached_it(found: Body, stated: dict[str, object]) -> None:
    """What the search calls unreachable no facts may reach: else a sound rule would be refused."""
    situation = Situation(Facts.of(stated, areas=TREE.areas), TREE, HOME)
    excluded = any(each.strength == HARD and hits(each, situation, found.rows) for each in found.exclusions)
    matches = [match(each, situation) for each in found.rows]
    if not excluded and any(each and each.fits and not each.unknown for each in matches):
        assert is_reached(found, TREE)
