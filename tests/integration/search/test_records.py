"""What of a listing is made findable."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from search.document import Record
from search.records import records
from tests.integration.search.making import exclusion, listing, organisation, row, speaks, term

pytestmark = pytest.mark.django_db


def only() -> Record:
    (record,) = records()
    return record


def test_all_languages_of_all_public_texts() -> None:
    listing(
        "advice",
        "Beratung",
        title_en="Advice",
        helps_with_de="Hilft nach Angriffen",
        description_ar="مساعدة",
        what_happens_de="Wir rufen zurück",
    )
    texts = only().texts
    assert texts["de"] == {"title": "Beratung", "text": "Hilft nach Angriffen\nWir rufen zurück"}
    assert texts["en"]["title"] == "Advice"
    assert texts["ar"] == {"title": "", "text": "مساعدة"}


def test_nothing_internal_becomes_findable() -> None:
    listing(
        "advice",
        "Beratung",
        note="vertraulich",
        last_confirmed_by="kollegin",
        sources=["quelle"],
        field_sources={"title": "quelle"},
        interpreter_booked_by="intern",
    )
    said = repr(only())
    for secret in ("vertraulich", "kollegin", "quelle", "intern"):
        assert secret not in said


def test_names_and_other_names_of_listing_and_organisation() -> None:
    house = organisation(aliases=["HdV"], name_en="House")
    listing("advice", "Beratung", organisation=house, aliases=["MBR"])
    assert only().names == ("Haus der Vielfalt", "House", "HdV", "MBR")


def test_coded_facts_and_rows_become_concepts() -> None:
    advice = listing(
        "advice",
        "Beratung",
        organisation=organisation(type="police"),
        grounds=["racism"],
        topics=["trauma"],
        role="specialised",
        audience="both",
    )
    row(
        advice, what=["violence"], life_area=["work"], ground=["racism"], office=["jobcenter"], target=["refugees"]
    )
    row(advice, what=["insult"], weight="secondary")
    record = only()
    assert record.concepts == (
        "grounds:racism",
        "topics:trauma",
        "kind:counselling",
        "audience:affected",
        "audience:institutions",
        "roles:specialised",
        "operator_types:police",
        "what:violence",
        "life_areas:work",
        "target_groups:refugees",
        "office:jobcenter",
    )
    assert record.secondary == ("what:insult",)


def test_where_every_row_is_limited_to_somebody_the_listing_is() -> None:
    advice = listing("advice", "Beratung")
    row(advice, target=["refugees"])
    row(advice, target=["women"])
    assert "limited:target" in only().concepts
    row(advice, what=["insult"])
    assert "limited:target" not in only().concepts


def test_danger_now_is_a_concept() -> None:
    row(listing("advice", "Notruf"), danger_now=True)
    assert "danger:now" in only().concepts


@pytest.mark.parametrize(
    ("fields", "declined"),
    [
        ({"what": ["violence", "threat"]}, ("what:violence", "what:threat")),
        ({"what": ["violence"], "strength": "hard"}, ("what:violence",)),
        ({"what": ["violence"], "areas": ["jena"]}, ("what:violence",)),
        ({"what": ["violence"], "strength": "prefer_alternative"}, ()),  # shown beside it, not before it
        ({"what": ["violence"], "ground": ["racism"]}, ()),  # only both together
        ({"what": ["violence"], "outside_areas": ["jena"]}, ()),  # only elsewhere
        ({"what": ["violence"], "time": ["night"]}, ()),  # only then
        ({"asker": ["organisation"]}, ()),
        ({}, ()),
    ],
)
def test_what_a_listing_leaves_to_others(fields: dict[str, Any], declined: tuple[str, ...]) -> None:
    exclusion(listing("advice", "Beratung"), **fields)
    assert only().declined == declined


def test_facets() -> None:
    term("concerns", "violence", "Gewalt", extra={"facts": {"what": ["violence", "threat"]}})
    term("concerns", "work", "Arbeit", extra={"facts": {"life_area": ["work"]}})
    advice = listing("advice", "Beratung", sectors=["sport"], formats=["seminar"], areas_served=["jena"])
    row(advice, what=["threat"])
    speaks(advice, "ar", "dgs")
    record = only()
    assert record.facets == {
        "kind": ("counselling",),
        "concern": ("violence",),
        "language": ("ar", "dgs"),
        "audience": ("affected",),
        "sector": ("sport",),
        "format": ("seminar",),
        "open": (),
    }
    assert record.areas == ("jena",)


def test_only_what_is_public() -> None:
    listing("public", "A")
    listing("draft", "B", live=False)
    listing("internal", "C", internal_only=True)
    listing("expired", "D", valid_until=timezone.localdate() - timedelta(days=1))
    listing("last-day", "E", valid_until=timezone.localdate())
    listing("of-a-draft", "F", organisation=organisation("other", live=False))
    assert [record.id for record in records()] == ["last-day", "public"]
    assert [record.id for record in records(["public", "draft", "unknown"])] == ["public"]


def test_titles_alone_cost_no_texts() -> None:
    listing("advice", "Beratung", description_de="Lang")
    (record,) = records(titles_only=True)
    assert record.texts == {"de": {"title": "Beratung", "text": ""}}


def test_many_listings_cost_few_queries(django_assert_num_queries: object) -> None:
    house = organisation()
    for number in range(30):
        speaks(listing(f"advice-{number}", "Beratung", organisation=house), "de")
    list(records())  # the vocabulary is read once
    with django_assert_num_queries(5):  # type: ignore[operator]
        assert len(list(records())) == 30
