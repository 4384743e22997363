"""Where ways end."""

from typing import Any

from referrals.bodies import Body
from referrals.competence import Situation
from referrals.dimensions import Facts
from referrals.ways import circle, helps, nobody_helps, way
from tests.unit.referrals.situations import HOME, TREE, body, exclusion, row

INSULT = row(what="insult")


def situation(**stated: Any) -> Situation:
    return Situation(Facts.of({"what": "insult", **stated}, areas=TREE.areas), TREE, HOME)


def known(*bodies: Body) -> dict[str, Body]:
    return {each.slug: each for each in bodies}


def sends(slug: str, to: str, strength: str = "hard", reach: str = "phone", **when: Any) -> Body:
    return body(slug, INSULT, exclusion(strength, to, **(when or {"what": "insult"})), reach=reach)


def test_a_body_helps_when_it_is_reached_and_sends_nobody_on() -> None:
    assert helps(body("a", INSULT), situation())
    assert not helps(body("a", INSULT, reach=""), situation())
    assert not helps(sends("a", "b"), situation())
    assert not helps(sends("a", "b", "prefer_other"), situation())
    assert helps(sends("a", "b", "prefer_alternative"), situation())
    assert helps(sends("a", "b", what="distress"), situation())
    assert not helps(body("a", row("jena")), situation(place="duesseldorf"))
    assert helps(body("a"), situation())


def test_a_way_names_everybody_once_the_nearest_first() -> None:
    found = known(sends("a", "b c"), sends("b", "d a"), body("c", INSULT), body("d", INSULT))
    assert way("a", situation(), found) == ("a", "b", "c", "d")


def test_who_sends_on_to_each_other_makes_a_circle() -> None:
    found = known(sends("a", "b"), sends("b", "c", "prefer_other"), sends("c", "a"))
    assert circle("a", situation(), found) == ("a", "b", "c")
    assert circle("a", situation(what="distress"), found) == ()


def test_one_who_does_not_send_on_breaks_the_circle() -> None:
    found = known(sends("a", "b"), sends("b", "a c"), body("c", INSULT))
    assert circle("a", situation(), found) == ()
    without = known(sends("a", "b"), sends("b", "a c"))
    assert circle("a", situation(), without) == ()  # c is not public: nobody knows yet


def test_violence_takes_the_place_of_what_else_happened() -> None:
    """Exclusions look at it alone, so an insult beside it sends nobody on."""
    found = known(sends("a", "b"), sends("b", "a"))
    assert circle("a", situation(what=["insult", "violence"]), found) == ()
    violent = known(sends("a", "b", what="violence"), sends("b", "a", what="violence"))
    assert circle("a", situation(what=["insult", "violence"]), violent) == ("a", "b")


def test_nobody_helps_where_all_first_bodies_send_on() -> None:
    found = known(sends("a", "b"), sends("b", "a"), body("c", INSULT))
    assert nobody_helps(["a", "b"], situation(), found)
    assert not nobody_helps(["a", "c"], situation(), found)


def test_a_first_body_without_contact_that_sends_on_helps_only_through_others() -> None:
    silent = sends("a", "b", "prefer_other", reach="")
    assert nobody_helps(["a"], situation(), known(silent, sends("b", "a")))
    assert nobody_helps(["a"], situation(), known(silent))
    assert not nobody_helps(["a"], situation(), known(silent, body("b", INSULT)))
