"""The one function that views call."""

from typing import Any

import pytest

from directory.models import Listing
from search.port import FACETS, TRAINING_ONLY, Query
from search.queries import _degraded
from tests.integration.search.making import area, listing, organisation, results, speaks, term

pytestmark = pytest.mark.usefixtures("index")


@pytest.fixture(autouse=True)
def entries(index: object) -> None:
    term("grounds", "racism", "Rassismus", label_en="Racism", synonyms={"de": ["Hautfarbe"]})
    speaks(listing("advice", "Beratung gegen Rassismus", grounds=["racism"]), "ar", "de")
    speaks(
        listing("course", "Kurs für Schulen", kind="training", audience="institutions", sectors=["sport"]), "de"
    )
    listing("both", "Treffpunkt", kind="offer", audience="both", description_de="Rassismus ist hier Thema.")


def facet(name: str, **more: Any) -> dict[str, tuple[int, bool]]:
    return {count.value: (count.count, count.selected) for count in results(**more).facets[name]}


def test_every_facet_that_is_shown_is_there_most_frequent_first() -> None:
    found = results().facets
    assert set(found) == set(FACETS) - set(TRAINING_ONLY)
    assert set(results(filters={"kind": frozenset({"training"})}).facets) == set(FACETS)
    assert [count.value for count in found["language"]] == ["de", "ar"]


def test_a_chosen_value_is_marked() -> None:
    chosen = facet("kind", filters={"kind": frozenset({"training"})})
    assert chosen == {"training": (1, True), "counselling": (1, False), "offer": (1, False)}


def test_a_chosen_value_that_finds_nothing_stays_in_sight() -> None:
    chosen = facet("language", filters={"language": frozenset({"fa"})})
    assert chosen["fa"] == (0, True)


def test_what_is_for_both_is_found_under_either() -> None:
    assert facet("audience") == {"affected": (2, False), "institutions": (2, False)}


def test_total_counts_beyond_the_page() -> None:
    page = results(size=2, page=2)
    assert (len(page.hits), page.total) == (1, 3)


def test_a_slip_is_corrected_and_said() -> None:
    answer = results("Rasissmus")
    assert answer.correction == "rassismus"
    assert {hit.slug for hit in answer.hits} == {"advice", "both"}


def test_nothing_found_suggests_nothing() -> None:
    answer = results("Quarkkuchen")
    assert (answer.hits, answer.total, answer.correction) == ((), 0, "")


def test_why_names_the_concept_and_the_words_that_no_concept_explains() -> None:
    why = {hit.slug: hit.why for hit in results("Beratung Hautfarbe", language="en").hits}
    assert why["advice"] == ("Racism", "beratung")


def test_where_no_entry_answers_half_of_the_words_it_is_said() -> None:
    assert results("Rassismus").relaxed == ()
    assert results("Rassismus Zebra Giraffe Elefant").relaxed == ("words",)


def test_an_unknown_page_language_is_served() -> None:
    assert results("Rassismus", language="xx").total == 2


def test_the_database_answers_like_the_index() -> None:
    for text in ("", "Rassismus", "Hautfarbe", "Kurs", "Quark"):
        query = Query(text, size=100)
        assert {hit.slug for hit in _degraded(query).hits} >= {
            hit.slug for hit in results(text).hits if "both" not in hit.slug
        }
        assert _degraded(query).degraded


def test_the_database_answers_with_filters_and_facets() -> None:
    answer = _degraded(Query(filters={"kind": frozenset({"training"})}))
    assert [hit.slug for hit in answer.hits] == ["course"]
    assert [(count.value, count.count) for count in answer.facets["sector"]] == [("sport", 1)]


def test_what_became_internal_is_gone_from_the_answer_of_the_database_too() -> None:
    entry = Listing.objects.get(slug="advice")
    entry.internal_only = True
    entry.save()
    assert [hit.slug for hit in _degraded(Query("Beratung")).hits] == []


def test_whoever_insists_is_not_corrected() -> None:
    answer = results("Rasissmus", verbatim=True)
    assert (answer.hits, answer.correction, answer.suggestion) == ((), "", "")


def test_what_may_be_another_word_is_offered_and_not_searched_for() -> None:
    answer = results("Tassismus")
    assert (answer.hits, answer.correction, answer.suggestion) == ((), "", "rassismus")


def test_a_question_about_something_else_finds_nothing() -> None:
    assert results("Thema").hits
    answer = results("Quarkkuchen Thema", filters={"kind": frozenset({"offer"})})
    assert (answer.hits, answer.total, answer.sought) == ((), 0, ("quarkkuchen", "thema"))
    assert [count.value for count in answer.facets["kind"]] == ["offer"]


def test_the_next_page_of_an_answer_is_an_answer() -> None:
    text = "Rassismus Quarkkuchen"
    first, second = results(text, size=1), results(text, size=1, page=2)
    assert len(first.hits) == len(second.hits) == 1
    assert first.hits[0].slug != second.hits[0].slug


def test_pages_continue_one_another_also_where_scores_are_equal() -> None:
    for number in range(6):
        listing(f"same-{number}", "Sprechstunde gegen Rassismus", grounds=["racism"])
    whole = [hit.slug for hit in results("Sprechstunde Rassismus").hits]
    pages = [results("Sprechstunde Rassismus", size=3, page=page).hits for page in (1, 2, 3)]
    assert [hit.slug for page in pages for hit in page] == whole
    same = [slug for slug in whole if slug.startswith("same-")]
    assert same == sorted(same)
    assert len(same) == 6


class TestPlaces:
    @pytest.fixture(autouse=True)
    def towns(self, entries: None) -> None:
        land = area("land", "Landau", "land")
        area("near", "Nahburg", parent=land)
        area("far", "Fernheim", parent=land)
        listing("near-advice", "Rat gegen Rassismus", grounds=["racism"], areas_served=["near"])
        listing("far-advice", "Rat gegen Rassismus", grounds=["racism"], areas_served=["far"])
        listing("land-advice", "Rat gegen Rassismus", grounds=["racism"], areas_served=["land"])

    def test_a_place_that_is_named_is_a_filter_and_nearer_comes_first(self) -> None:
        answer = results("Rassismus in Fernheim", home_area="near")
        assert [hit.slug for hit in answer.hits] == ["far-advice", "land-advice"]
        assert answer.place == "far"

    def test_the_filter_can_be_taken_away(self) -> None:
        answer = results("Rassismus in Fernheim", home_area="near", everywhere=True)
        slugs = [hit.slug for hit in answer.hits]
        assert {"near-advice", "far-advice"} <= set(slugs)
        assert slugs[0] == "near-advice"
        assert answer.place == "far"

    def test_where_nothing_serves_the_place_what_there_is_elsewhere_is_said_to_be(self) -> None:
        Listing.objects.get(slug="land-advice").delete()
        Listing.objects.get(slug="far-advice").delete()
        answer = results("Rassismus in Fernheim")
        assert "near-advice" in {hit.slug for hit in answer.hits}
        assert "place" in answer.relaxed


class TestNames:
    @pytest.fixture(autouse=True)
    def house(self, entries: None) -> None:
        named = organisation("zebra", name_de="Zebra e.V.", aliases=["ZBR"])
        listing("zebra-training", "Zebra – Kurs", kind="training", organisation=named)
        listing("zebra-advice", "Rat und Tat", organisation=named)
        listing("about", "Im Zoo: Zebra", description_de="Zebra Zebra Zebra")

    @pytest.mark.parametrize("text", ["Zebra", "ZBR", "zebra e.v.", "Verein Zebra"])
    def test_a_body_that_is_typed_by_name_comes_first_by_its_advice(self, text: str) -> None:
        assert results(text).hits[0].slug == "zebra-advice"

    def test_a_name_within_a_story_names_nobody(self) -> None:
        answer = results("ich war gestern mit dem Zebra hier in der Stadt wegen Rassismus")
        assert answer.hits[0].slug == "advice"
