"""Browsing by facets: addresses that may be kept and shared."""

import re
from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from directory.opening import ZONE
from search import views
from tests.integration.public.conftest import Get
from tests.integration.public.reading import Seen


def titles(page: Seen) -> list[str]:
    return [heading.text for heading in page.within("h3", inside="card")]


def number(page: Seen) -> int:
    words = next(element.text for element in page.all("p") if element.text.endswith(("entries", "entry")))
    return int(words.split()[0])


def test_twenty_cards_of_all_entries(get: Get) -> None:
    page = get("/en/angebote/")
    assert len(titles(page)) == 20
    assert number(page) > 100


def test_the_next_page_shows_others(get: Get) -> None:
    first, second = get("/en/angebote/"), get("/en/angebote/?page=2")
    assert not set(titles(first)) & set(titles(second))
    assert second.one(having="pagination").text
    assert [e.text for e in second.within("span", inside="pagination") if e.attributes.get("aria-current")] == [
        "Page 2"
    ]


@pytest.mark.parametrize("page", [99, 500])
def test_a_page_behind_the_last_one_is_the_last_one(get: Get, page: int) -> None:
    shown = get(f"/en/angebote/?kind=training&page={page}")
    assert titles(shown)
    assert number(shown) == number(get("/en/angebote/?kind=training"))


class TestFacets:
    def test_a_kind_narrows_the_list(self, get: Get) -> None:
        page = get("/en/angebote/?kind=training")
        assert 0 < number(page) < number(get("/en/angebote/"))
        assert {element.text.split(" · ")[0] for element in page.all("p", having="kind")} == {"Training"}

    def test_two_values_of_a_facet_add_up(self, get: Get) -> None:
        trainings, empowerment = (
            number(get(f"/en/angebote/?kind={kind}")) for kind in ("training", "empowerment")
        )
        assert number(get("/en/angebote/?kind=training&kind=empowerment")) == trainings + empowerment

    def test_the_count_beside_a_value_is_what_it_leads_to(self, get: Get) -> None:
        page = get("/en/angebote/")
        label = next(each for each in page.within("label", inside="facets") if each.text.startswith("Empowerment"))
        assert number(get("/en/angebote/?kind=empowerment")) == int(label.text.removeprefix("Empowerment"))

    def test_counts_stay_right_with_two_values_of_one_facet_and_one_of_another(self, get: Get) -> None:
        chosen = "kind=counselling&kind=offer&audience=affected"
        page = get(f"/en/angebote/?{chosen}")
        own = {"kind": "audience=affected", "audience": "kind=counselling&kind=offer"}
        seen = 0
        for field in page.within("input", inside="facets"):
            name, value = field.attributes["name"], field.attributes["value"]
            # Beside the chosen values of its own facet, each promises what it alone would find with the others.
            others = own.get(name, chosen)
            words = field.above.text if field.above else ""
            if name in own or seen < 8:
                promised = int(re.findall(r"\d+$", words)[0])
                assert number(get(f"/en/angebote/?{others}&{name}={value}")) == promised, (name, value)
                seen += 1
        assert seen >= 8

    def test_what_is_open_now_is_a_filter_with_an_address(self, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(views, "localtime", lambda: datetime(2026, 11, 24, 10, tzinfo=ZONE))
        page = get("/en/angebote/")
        label = next(each for each in page.within("label", inside="facets") if each.text.startswith("Open now"))
        page = get("/en/angebote/?open=now")
        assert number(page) == int(label.text.removeprefix("Open now"))
        states = [each for each in page.within("span", inside="card") if each.has("state")]
        assert states
        assert all(state.has("open") for state in states)
        assert [chip.attributes["href"] for chip in page.all("a", having="chip")] == ["?"]

    def test_filters_in_the_way_are_named_with_what_there_is_without_them(self, get: Get) -> None:
        page = get("/en/angebote/?kind=training&language=tlh")
        (relief,) = [each for each in page.within("a", inside="empty") if each.has("chip")]
        assert relief.attributes["href"] == "?kind=training"
        assert number(get("/en/angebote/?kind=training")) == int(relief.text.split()[-1])

    def test_sector_and_format_are_there_for_trainings(self, get: Get) -> None:
        def asked(path: str) -> list[str]:
            return [summary.text for summary in get(path).within("summary", inside="facets")]

        assert {"Sector", "Format"} <= set(asked("/en/angebote/?kind=training"))
        assert not {"Sector", "Format"} & set(asked("/en/angebote/"))

    def test_a_chosen_filter_can_be_removed(self, get: Get) -> None:
        page = get("/en/angebote/?kind=training&area=duesseldorf")
        chips = {chip.text: chip.attributes["href"] for chip in page.all("a", having="chip")}
        assert chips == {
            "Remove filter: Training": "?area=duesseldorf",
            "Remove filter: Düsseldorf": "?kind=training",
        }

    def test_the_other_language_keeps_the_filters(self, get: Get) -> None:
        page = get("/en/angebote/?kind=training")
        assert "/ar/angebote/?kind=training" in [a.attributes["href"] for a in page.within("a", inside="language")]

    def test_nothing_found_leads_on(self, get: Get) -> None:
        page = get("/en/angebote/?language=tlh")
        assert not page.all(having="list")
        assert "/en/w/" in [link.attributes["href"] for link in page.within("a", inside="empty")]


@pytest.mark.parametrize(
    "query",
    ["kind=%22", "kind=nonsense", "area=%00", "page=0", "page=9999999", "page=x", "toggle=kind", "sector=%F0%9F"],
)
def test_nonsense_in_the_address_changes_nothing(get: Get, query: str) -> None:
    get(f"/en/angebote/?{query}")


def test_a_list_of_twenty_takes_three_queries(
    client: Client, get: Get, warm: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    get("/de/angebote/")
    with django_assert_max_num_queries(3):
        client.get("/de/angebote/")
