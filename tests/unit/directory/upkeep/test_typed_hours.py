"""Opening hours as people type them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory import opening
from directory.upkeep.typed_hours import as_osm


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Mo–Fr 9–12 Uhr, Mittwoch 14.00 bis 18.00", "Mo-Fr 09:00-12:00, We 14:00-18:00"),
        ("Montags bis freitags von 9 bis 17 Uhr", "Mo-Fr 09:00-17:00"),
        ("Mo, Di und Do 9-12 Uhr", "Mo,Tu,Th 09:00-12:00"),
        ("Mo 9-12, 14-18; Di 10-13", "Mo 09:00-12:00,14:00-18:00, Tu 10:00-13:00"),
        ("Mo 9-12\nDi 10-13 Uhr", "Mo 09:00-12:00, Tu 10:00-13:00"),
        ("Mo: 9:00 – 12:30 Uhr", "Mo 09:00-12:30"),
        ("Mo-Fr 9-12 Uhr, 13-16 Uhr", "Mo-Fr 09:00-12:00,13:00-16:00"),
        ("Mo - Do: 9.00 - 16.00 h, Fr: 9 - 12", "Mo-Th 09:00-16:00, Fr 09:00-12:00"),
        ("Dienstag 10-12 & Donnerstag 15-18", "Tu 10:00-12:00, Th 15:00-18:00"),
        ("Tuesday 10 to 12", "Tu 10:00-12:00"),
        ("Sa. 10-14 Uhr", "Sa 10:00-14:00"),
        ("Mo-Fr 09:00-12:00; PH off", "Mo-Fr 09:00-12:00; PH off"),  # who knows OSM may write it
        ("24/7", "24/7"),
    ],
)
def test_what_is_understood(typed: str, expected: str) -> None:
    assert as_osm(typed) == expected
    assert opening.is_valid(expected)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "nach Vereinbarung",
        "Mo-Fr 9-12 und nach Vereinbarung",
        "jeden ersten Montag 9-12",
        "9-17 Uhr",  # on which days?
        "9-5",
        "Do 16-25",
        "Mo 9 12",
        "Mo-Fr 9-12 außer in den Ferien",
        "- Mo 9-12",
        "Mo 9-12,, 14-16",
        "Mo-Fr 9-12 Uhr " * 30,
    ],
)
def test_nothing_is_guessed(typed: str) -> None:
    """It is shown in their own words then."""
    assert as_osm(typed) == ""


@given(st.text(max_size=120))
def test_whatever_comes_out_are_opening_hours(typed: str) -> None:
    found = as_osm(typed)
    assert not found or opening.is_valid(found)


WORDS = st.sampled_from(
    ["Mo", "Di", "mittwochs", "9", "12.30", "25", "-", "–", ",", ";", "Uhr", "bis", "und", " ", "x"]
)


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_no_number_is_invented_or_lost(typed: str) -> None:
    found = as_osm(typed)
    if found and not opening.is_valid(typed):
        hours = [int(hour) for hour in re.findall(r"(\d\d):\d\d", found)]
        assert hours == [int(hour) for hour in re.findall(r"(\d+)(?:\.\d+)?", typed)]
