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
    monkeypatch.setattr(facets, "home_area", lambda: "jena")
    monkeypatch.setattr(facets, "area_name", area_name)
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

    def test_of_many_places_those_around_home_and_the_large_ones_are_shown(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        towns = {f"town-{at}": AreaData(f"town-{at}", "city", "germany") for at in range(200)}
        tree = AreaTree({**TREE.areas, **towns, "jena-nord": AreaData("jena-nord", "district", "jena")})
        monkeypatch.setattr(facets, "area_tree", lambda: tree)
        monkeypatch.setattr(facets, "home_area", lambda: "jena")
        monkeypatch.setitem(facets._labels, "area", lambda slug: choose({"de": slug}))
        counted = {**{town: 200 - at for at, town in enumerate(towns)}, "germany": 1, "jena": 1, "jena-nord": 1}
        found = results(area=counted).facets["area"]
        chosen = FacetCount("town-199", 1, selected=True)
        area = facets.facet("area", [*found[:199], chosen, *found[200:]])
        shown = [choice.value for choice in area.choices]
        assert len(shown) == facets.MOST
        assert shown[:2] == ["germany", "town-0"]
        assert {"jena", "jena-nord", "town-199"} <= set(shown)
        assert "town-36" not in shown

    def test_of_many_other_values_the_common_ones_are_shown(self) -> None:
        (sector,) = facets.facets(
            results(sector={f"s{at}": at for at in range(99)}), {"kind": frozenset({"training"})}
        )
        assert [choice.count for choice in sector.choices] == list(range(98, 58, -1))

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


class TestOpenNow:
    def test_it_stands_first_and_unfolded(self) -> None:
        first, second = facets.facets(results(kind={"offer": 2}, open={"now": 1}), {})
        assert (first.name, first.is_open, second.name, second.is_open) == ("open", True, "kind", False)
        assert [choice.label.text for choice in first.choices] == ["Open now"]

    def test_it_has_a_chip(self) -> None:
        (chip,) = facets.chips({"open": frozenset({"now"})})
        assert (chip.name, chip.value, chip.label.text) == ("toggle", "open:now", "Open now")


def test_the_place_that_was_named_is_a_chip_among_them() -> None:
    place, kind = facets.chips({"kind": frozenset({"offer"})}, "jena")
    assert (place.name, place.value, place.label.text, place.is_place) == ("everywhere", "1", "Jena", True)
    assert (kind.name, kind.value, kind.is_place) == ("toggle", "kind:offer", False)


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
