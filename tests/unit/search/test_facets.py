from collections.abc import Iterator

import pytest
from django.utils import translation

from directory.areas import AreaData, AreaTree
from directory.text import Text, choose
from search import facets
from search.port import FacetCount, Results

TREE = AreaTree(
    {
        "germany": AreaData("germany", "country", names={"de": "Deutschland"}),
        "jena": AreaData("jena", "city", "germany", {"de": "Jena"}),
    }
)


@pytest.fixture(autouse=True)
def vocabulary(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def area_name(slug: str) -> Text:
        return choose(TREE.areas[slug].names)

    monkeypatch.setattr(facets, "area_tree", lambda: TREE)
    monkeypatch.setitem(facets._labels, "area", area_name)
    monkeypatch.setitem(facets._labels, "sector", lambda slug: choose({"de": slug}))
    with translation.override("en"):
        yield


def results(**counts: dict[str, int]) -> Results:
    found = {
        name: tuple(FacetCount(value, count, selected=False) for value, count in values.items())
        for name, values in counts.items()
    }
    return Results((), 45, found)


def names(found: tuple[facets.Facet, ...]) -> list[str]:
    return [facet.name for facet in found]


class TestFacets:
    def test_values_are_named_and_ordered_by_how_much_there_is(self) -> None:
        (kind,) = facets.facets(results(kind={"offer": 2, "training": 5}), {})
        assert [(choice.label.text, choice.count) for choice in kind.choices] == [("Training", 5), ("Offer", 2)]

    def test_places_stand_from_large_to_small(self) -> None:
        (area,) = facets.facets(results(area={"jena": 9, "germany": 3}), {})
        assert [choice.value for choice in area.choices] == ["germany", "jena"]

    def test_sectors_are_asked_for_trainings_only(self) -> None:
        counted = results(kind={"training": 1}, sector={"retail": 1})
        assert names(facets.facets(counted, {})) == ["kind"]
        assert names(facets.facets(counted, {"kind": frozenset({"training"})})) == ["kind", "sector"]

    def test_a_chosen_sector_stays_visible(self) -> None:
        counted = results(sector={"retail": 1})
        assert names(facets.facets(counted, {"sector": frozenset({"retail"})})) == ["sector"]

    def test_a_facet_without_values_is_left_out(self) -> None:
        assert facets.facets(results(kind={}), {}) == ()

    def test_a_facet_is_open_where_something_is_chosen(self) -> None:
        counts = (FacetCount("offer", 1, selected=True),)
        assert facets.facet("kind", counts).is_open
        assert not facets.facet("kind", (FacetCount("offer", 1, selected=False),)).is_open


def test_a_chip_leads_to_the_page_without_it() -> None:
    filters = {"kind": frozenset({"offer"}), "area": frozenset({"jena"})}
    assert [(chip.label.text, chip.query) for chip in facets.chips(filters)] == [
        ("Offer", "area=jena"),
        ("Jena", "kind=offer"),
    ]


class TestPages:
    def test_there_are_as_many_as_needed(self) -> None:
        assert facets.pages(results(), 1, 20).total == 3

    @pytest.mark.parametrize(
        ("current", "numbers"),
        [
            (1, (1, 2, None, 9)),
            (2, (1, 2, 3, None, 9)),
            (5, (1, None, 4, 5, 6, None, 9)),
            (9, (1, None, 8, 9)),
        ],
    )
    def test_neighbours_and_ends_are_shown(self, current: int, numbers: tuple[int | None, ...]) -> None:
        assert facets.Pages(current, 9).numbers == numbers
