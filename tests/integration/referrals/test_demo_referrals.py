"""The shipped guide and tiles with the demo data: rules that must hold for every installation's own data too."""

from collections.abc import Iterator

import pytest
from django.core.checks import run_checks
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.vocabulary import area_tree, home_area, terms
from referrals import guide_files, queries
from referrals.competence import Row
from referrals.engine import refer
from referrals.guide import known_answers, read_facts
from referrals.guide_check import hidden_questions_matter
from referrals.models import Question
from referrals.presentation import FIRST, Presentation, present
from referrals.proofs import examine
from tests.integration.directory.making import find

pytestmark = pytest.mark.usefixtures("demo", "english")

SHIPPED = guide_files.shipped()
CONCERNS = ("violence", "authorities", "work", "housing", "school", "everyday", "online", "distress")
ANSWERS = st.fixed_dictionaries(
    {each.slug: st.sampled_from(["", *(option.slug for option in each.options)]) for each in SHIPPED.questions}
)
HOMES = ("duesseldorf", "jena", "leipzig", "nordrhein-westfalen")


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def result(answers: dict[str, str], concern: str = "", home: str = "") -> Presentation:
    guide, bodies = queries.guide(), queries.bodies()
    given = terms("concerns")[concern].extra["facts"] if concern else {}
    facts = read_facts(guide, known_answers(guide, answers), given)
    return present(refer(facts, bodies, queries.rules(), area_tree(), home or home_area()), bodies)


def first(answers: dict[str, str], concern: str = "", home: str = "") -> list[str]:
    return [each.candidate.slug for each in result(answers, concern, home).first]


def test_there_are_eight_tiles() -> None:
    assert tuple(terms("concerns")) == CONCERNS


@pytest.mark.parametrize("home", HOMES)
@pytest.mark.parametrize("concern", CONCERNS)
def test_every_tile_leads_to_bodies_that_fit_and_can_be_reached(concern: str, home: str) -> None:
    found = result({}, concern, home)
    bodies = [each.candidate.body for each in found.first]
    assert any(body.is_reachable for body in bodies)
    assert any(each.has_direct_contact for each in bodies) or all(each.stand_in for each in found.first)
    assert all(each.candidate.match.fits for each in found.first)


def is_against_racism(row: Row) -> bool:
    return "racism" in row.needs.get("ground", ()) and "unequal_treatment" in row.needs.get("what", ())


@pytest.mark.parametrize("concern", [concern for concern in CONCERNS if concern not in ("violence", "distress")])
def test_a_part_of_life_alone_leads_to_counselling_against_discrimination(concern: str) -> None:
    bodies = [each.candidate.body for each in result({}, concern).first]
    against_racism = [body for body in bodies if any(is_against_racism(row) for row in body.rows)]
    assert bodies[0] in against_racism
    assert len(against_racism) >= 2
    assert not any(each.deferred_by for each in (one.candidate for one in result({}, concern).first))


def test_the_tile_of_violence_leads_to_specialised_counselling_with_a_phone() -> None:
    best = result({}, "violence").first[0].candidate.body
    assert best.role == "specialised"
    assert "phone" in best.reach


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANSWERS, st.sampled_from(["", *CONCERNS]), st.sampled_from(HOMES))
def test_whatever_is_answered_somebody_can_be_reached(answers: dict[str, str], concern: str, home: str) -> None:
    found = result(answers, concern, home)
    assert 1 <= len(found.first) <= FIRST
    assert any(each.candidate.body.is_reachable for each in found.first)
    for each in found.first:
        assert each.candidate.body.has_direct_contact or each.stand_in or len(found.first) > 1
    assert found.always.emergency is not None
    assert "phone" in found.always.emergency.reach
    assert found.always.around_the_clock is not None
    slugs = [candidate.slug for candidate in found.ordered]
    assert len(slugs) == len(set(slugs))


def test_in_danger_the_emergency_call_stands_first_and_nothing_is_due() -> None:
    bodies = queries.bodies()
    facts = read_facts(queries.guide(), {}, {"danger_now": True})
    referral = refer(facts, bodies, queries.rules(), area_tree(), home_area())
    assert referral.ordered[0].body.role == "emergency"
    assert referral.notices[0].token == "notice:emergency_first"
    assert referral.deadlines == ()


@pytest.mark.parametrize("asker", ["affected", "witness"])
def test_no_hidden_question_could_change_the_first_bodies(asker: str) -> None:
    found = hidden_questions_matter(
        queries.guide(), queries.bodies(), area_tree(), home_area(), given={"asker": (asker,)}
    )
    assert list(found) == []


def faults() -> list[str]:
    return [fault for outcome in examine() if outcome.fails for fault in outcome.found]


def test_a_wrong_condition_is_found_on_the_demo_data() -> None:
    office = find(Question, "office")
    office.shown_if = {"where": [slug for slug in office.shown_if["where"] if slug != "authorities"]}
    office.save()
    assert any("“office” is hidden" in fault for fault in faults())


def test_the_demo_has_no_fault() -> None:
    assert faults() == []
    assert [found for found in run_checks(databases=["default"]) if found.id == "referrals.W001"] == []


def test_a_missing_translation_is_told_by_the_system_check() -> None:
    what = find(Question, "what")
    what.text_ar = ""
    what.save()
    (warning,) = [found for found in run_checks(databases=["default"]) if found.id == "referrals.W001"]
    assert "“what”" in str(warning.msg)
    assert "ar" in str(warning.msg)


def test_every_deadline_names_its_law_in_words() -> None:
    for deadline in queries.rules().deadlines:
        assert deadline.law["de"]
        assert {"de", "en", "ar"} <= deadline.act.keys()
        assert deadline.sources


def test_every_exclusion_sends_on_to_listings_that_exist() -> None:
    slugs = {body.slug for body in queries.bodies()}
    for body in queries.bodies():
        for exclusion in body.exclusions:
            assert set(exclusion.then_go_to) <= slugs
            assert exclusion.reason["de"]
