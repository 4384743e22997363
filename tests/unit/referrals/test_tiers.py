import pytest

from referrals.tiers import COUNTRY, LAND, LOCAL, introductions, tier
from tests.unit.referrals.situations import TREE, body, referral, row


def found(*areas: str) -> dict[str, str]:
    """Bodies in the order in which their areas are named."""
    bodies = [body(f"b{number}", row(area, secondary=False)) for number, area in enumerate(areas)]
    by_slug = referral(bodies).by_slug
    return dict(introductions([by_slug[each.slug] for each in bodies], TREE))


@pytest.mark.parametrize(
    ("area", "level"),
    [
        ("duesseldorf", LOCAL),
        ("rheinland", LOCAL),
        ("nordrhein-westfalen", LAND),
        ("germany", COUNTRY),
        ("", COUNTRY),
    ],
)
def test_the_area_of_the_row_decides(area: str, level: str) -> None:
    (candidate,) = referral([body("a", row(area))]).ordered
    assert tier(candidate, TREE) == level


def test_what_is_of_the_place_needs_no_introduction() -> None:
    assert found("duesseldorf", "rheinland") == {}


def test_each_step_is_introduced_where_it_begins() -> None:
    areas = ("duesseldorf", "nordrhein-westfalen", "nordrhein-westfalen", "germany")
    assert found(*areas) == {"b1": LAND, "b3": COUNTRY}


def test_a_result_that_begins_far_away_says_so() -> None:
    assert found("germany", "nordrhein-westfalen") == {"b0": COUNTRY, "b1": LAND}


def test_none_is_introduced_twice() -> None:
    assert found("duesseldorf", "germany", "duesseldorf", "germany", "nordrhein-westfalen") == {
        "b1": COUNTRY,
        "b4": LAND,
    }
