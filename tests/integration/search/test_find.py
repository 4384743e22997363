"""The one function that views call."""

from typing import Any

import pytest

from directory.models import Listing
from search.port import FACETS, Query
from search.queries import _degraded
from tests.integration.search.making import listing, results, speaks, term

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


def test_every_facet_is_there_most_frequent_first() -> None:
    found = results().facets
    assert set(found) == set(FACETS)
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
    assert results("Rassismus").relaxed is False
    assert results("Rassismus Zebra Giraffe Elefant").relaxed is True


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
