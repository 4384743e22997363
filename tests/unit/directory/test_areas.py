"""The tree of areas, on any tree and even on data that is no tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.areas import LEVELS, AreaData, AreaTree

NAMES = [f"a{number}" for number in range(12)]


def tree(**parents: str) -> AreaTree:
    return AreaTree({slug: AreaData(slug, "city", parent) for slug, parent in parents.items()})


@st.composite
def trees(draw: st.DrawFn) -> AreaTree:
    """Each area lies within an earlier one or within none."""
    size = draw(st.integers(1, len(NAMES)))
    parents = {name: draw(st.sampled_from(["", *NAMES[:number]])) for number, name in enumerate(NAMES[:size])}
    return tree(**parents)


messes = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["", "unknown", *NAMES])).map(lambda m: tree(**m))


@given(trees())
def test_every_area_contains_itself(areas: AreaTree) -> None:
    assert all(areas.contains(slug, slug) for slug in areas.areas)


@given(trees())
def test_what_contains_something_contains_all_that_lies_in_it(areas: AreaTree) -> None:
    for outer in areas.areas:
        for middle in areas.within(outer):
            assert all(areas.contains(outer, inner) for inner in areas.within(middle))


@given(trees())
def test_two_areas_contain_each_other_only_if_they_are_one(areas: AreaTree) -> None:
    for one in areas.areas:
        for other in areas.areas:
            if areas.contains(one, other) and areas.contains(other, one):
                assert one == other


@given(trees())
def test_areas_share_something_only_where_one_lies_in_the_other(areas: AreaTree) -> None:
    for one in areas.areas:
        for other in areas.areas:
            shared = set(areas.within(one)) & set(areas.within(other))
            assert (areas.contains(one, other) or areas.contains(other, one)) == bool(shared)


@given(messes)
def test_loops_and_unknown_parents_hang_nothing(areas: AreaTree) -> None:
    for slug in areas.areas:
        chain = areas.ancestors(slug)
        assert chain[0] == slug
        assert len(set(chain)) == len(chain)
        assert set(chain) <= areas.areas.keys()
        assert slug in areas.within(slug)


def test_ancestors_go_from_the_area_itself_up_to_the_country() -> None:
    areas = tree(de="", nrw="de", duesseldorf="nrw", bilk="duesseldorf")
    assert areas.ancestors("bilk") == ("bilk", "duesseldorf", "nrw", "de")
    assert areas.within("nrw") == ("nrw", "duesseldorf", "bilk")


def test_a_sibling_is_not_contained() -> None:
    areas = tree(de="", nrw="de", hessen="de", duesseldorf="nrw")
    assert not areas.contains("hessen", "duesseldorf")
    assert not areas.contains("duesseldorf", "nrw")
    assert not areas.contains("duesseldorf", "hessen")


@pytest.mark.parametrize(("outer", "inner"), [("nowhere", "de"), ("de", "nowhere"), ("nowhere", "nowhere")])
def test_an_unknown_area_contains_nothing_and_lies_nowhere(outer: str, inner: str) -> None:
    assert not tree(de="").contains(outer, inner)


def test_smaller_areas_have_larger_ranks() -> None:
    areas = AreaTree({level: AreaData(level, level) for level in LEVELS})
    ranks = [areas.smaller_rank(level) for level in LEVELS]
    assert ranks == sorted(set(ranks))
    assert ranks[0] == 0
    assert areas.smaller_rank("nowhere") == 0


def test_levels_are_those_of_the_model() -> None:
    from directory.models import Area

    assert tuple(Area.Level.values) == LEVELS
