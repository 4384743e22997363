from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from directory import vocabulary
from directory.models import CompetenceRow, ContactPoint, Exclusion, Listing, SpokenLanguage
from directory.vocabulary import snapshot
from referrals import guide_files, loading, queries
from referrals.bodies import Body
from referrals.dimensions import Facts
from referrals.models import Deadline, Guide, Option, Question
from tests.integration.directory.making import find, listing, organisation, unsaved_listing

pytestmark = pytest.mark.django_db


def only(on: date | None = None) -> Body:
    (body,) = queries.load_bodies(on or timezone.localdate())
    return body


def with_children(**children: list[Any]) -> Listing:
    made = unsaved_listing("advice", title_de="Beratung", role="general", belongs_to="none")
    for name, rows in children.items():
        setattr(made, name, rows)
    made.save()
    return made


def test_a_listing_becomes_a_body() -> None:
    row = CompetenceRow(
        what=["insult"],
        life_area=["work"],
        danger_now=False,
        areas=["jena"],
        area_basis=["incident"],
        unknown=["ground"],
        weight="secondary",
    )
    away = Exclusion(
        ground=["age"],
        outside_areas=["jena"],
        strength="prefer_other",
        then_go_to=["x"],
        reason_de="Weil",
        reason_en="So",
    )
    languages = [SpokenLanguage(language="de"), SpokenLanguage(language="tr")]
    with_children(competence_rows=[row], exclusions=[away], languages=languages)
    body = only()
    assert (body.slug, body.name, body.role, body.belongs_to) == ("advice", "Beratung", "general", "")
    assert body.languages == {"de", "tr"}
    (found,) = body.rows
    assert found.needs == {
        "what": frozenset({"insult"}),
        "life_area": frozenset({"work"}),
        "danger_now": frozenset({"false"}),
    }
    assert (found.areas, found.unsettled, found.secondary) == (("jena",), ("ground",), True)
    assert found.basis == {"incident"}
    (excluded,) = body.exclusions
    assert (excluded.strength, excluded.then_go_to, excluded.outside_areas) == ("prefer_other", ("x",), ("jena",))
    assert excluded.reason == {"de": "Weil", "en": "So"}


def test_only_contacts_for_everybody_count() -> None:
    with_children(
        contacts=[
            ContactPoint(kind="phone", value="0211 1", opening_hours="24/7"),
            ContactPoint(kind="email", value="a@example.org", audience="professionals"),
        ]
    )
    body = only()
    assert body.reach == {"phone"}
    assert body.opening_hours == "24/7"


def test_the_organisations_website_is_one_way_to_reach_it() -> None:
    house = organisation("other", website="https://example.org")
    listing("advice", organisation=house)
    assert only().reach == {"website"}


@pytest.mark.parametrize(
    "fields",
    [{"live": False}, {"internal_only": True}, {"valid_until": timezone.localdate() - timedelta(days=1)}],
)
def test_what_is_not_public_is_no_body(fields: dict[str, Any]) -> None:
    listing("advice", **fields)
    assert queries.bodies() == ()


def test_expiry_goes_by_the_day() -> None:
    listing("advice", valid_until=date(2030, 1, 1))
    assert len(queries.load_bodies(date(2030, 1, 1))) == 1
    assert queries.load_bodies(date(2030, 1, 2)) == ()


def test_an_edit_is_seen_at_once() -> None:
    listing("advice", title_de="Beratung")
    assert queries.bodies()[0].name == "Beratung"
    found = find(Listing, "advice")
    found.title_de = "Hilfe"
    found.save()
    assert queries.bodies()[0].name == "Hilfe"
    found.delete()
    assert queries.bodies() == ()


def test_what_is_remembered_costs_no_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    listing("advice")
    queries.bodies()
    with django_assert_num_queries(0):
        assert queries.bodies() is queries.bodies()
        queries.rules()
        queries.guide()


def test_everything_is_read_in_few_queries(
    demo: None, django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vocabulary, "RECHECK_SECONDS", 3600)  # this is not the moment to look for others' edits
    snapshot()
    with django_assert_num_queries(11):  # position, five for bodies, deadlines, notes, three for the guide
        assert len(queries.bodies()) > 100
        assert queries.rules().deadlines
        assert queries.guide().questions


def test_without_a_loaded_guide_the_shipped_one_is_asked() -> None:
    assert queries.guide() == guide_files.shipped()


def test_a_question_that_is_not_published_is_not_asked() -> None:
    loading.load_guide()
    find(Question, "ground").unpublish()
    assert "ground" not in [question.slug for question in queries.guide().questions]


@pytest.mark.parametrize(
    ("slug", "fields"),
    [("office", {"shown_if": {"moon": [""]}}), ("office", {"shown_if": {"where": ["moon"]}})],
)
def test_a_slip_of_staff_leaves_out_one_question_and_no_more(slug: str, fields: dict[str, Any]) -> None:
    loading.load_guide()
    asked = find(Question, slug)
    for name, value in fields.items():
        setattr(asked, name, value)
    asked.save()
    expected = [question.slug for question in guide_files.shipped().questions if question.slug != slug]
    assert [question.slug for question in queries.guide().questions] == expected


def test_an_answer_that_states_something_unknown_is_left_out() -> None:
    loading.load_guide()
    answer = Option.objects.get(question__slug="what", slug="insult")
    answer.facts = {"what": ["rain"]}
    answer.save()
    (what, *_others) = queries.guide().questions
    assert "insult" not in [option.slug for option in what.options]
    assert len(what.options) == len(guide_files.shipped().questions[0].options) - 1


def test_a_sixth_question_is_not_asked() -> None:
    loading.load_guide()
    more = Question(guide=Guide.objects.get(), slug="time", order=9, dimension="time", live=True)
    more.options = [Option(slug="night", facts={"time": ["night"]})]  # type: ignore[misc]
    more.save()
    assert len(queries.guide().questions) == 5


def test_an_answer_may_state_one_value_without_a_list() -> None:
    loading.load_guide()
    option = find(Question, "what").options.first()
    option.facts = {"what": "violence", "danger_now": True}
    option.save()
    stated = queries.guide().questions[0].options[0].facts
    assert stated == {"what": ("violence",), "danger_now": (True,)}
    assert Facts.of(stated).in_danger


@pytest.mark.parametrize(("stored", "meant"), [(True, {"true"}), ([False], {"false"}), ("insult", {"insult"})])
def test_a_condition_may_name_one_value_without_a_list(stored: Any, meant: set[str]) -> None:
    name = "what" if stored == "insult" else "danger_now"
    Deadline(slug="d", law_de="§ 1", live=True, applies={name: stored}).save()
    assert queries.load_rules().deadlines[0].applies.needs == {name: meant}


def test_what_is_rolled_back_is_remembered_by_nobody(demo: None) -> None:
    """A refused save reads its own draft: another visitor, a moment later, must not get it."""
    before = {body.slug for body in queries.bodies()}
    with transaction.atomic():
        entry = Listing.objects.public()[0]
        entry.live = False
        entry.save()
        assert entry.slug not in {body.slug for body in queries.bodies()}
        transaction.set_rollback(True)
    assert {body.slug for body in queries.bodies()} == before
