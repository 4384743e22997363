"""Values of an entry as people read them beside another version."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from directory.members.in_words import in_words, name_of
from directory.members.speaking import OFFERED, SpokenField, put_spoken, spoken
from directory.models import ContactPoint, Listing, Organisation, Place, SpokenLanguage


def entry(**fields: Any) -> Any:
    return Listing(slug="advice", organisation=Organisation(slug="house", name_de="Haus"), **fields)


def words(listing: Any, name: str) -> list[str]:
    with translation.override("en"):
        return in_words(listing, name)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("title_de", "Beratung", ["Beratung"]),
        ("title_de", "", []),
        ("title_de", None, []),
        ("cost", "free", ["free of charge"]),
        ("valid_until", date(2027, 3, 31), ["March 31, 2027"]),
        ("valid_until", None, []),
        ("waiting_weeks", 3, ["3"]),
        ("grounds", [], []),
        ("opening_hours", "", []),
        ("opening_hours", "kein OSM", ["kein OSM"]),
        ("internal_only", True, ["yes"]),
    ],
)
def test_a_value(name: str, value: Any, expected: list[str]) -> None:
    assert words(entry(**{name: value}), name) == expected


def test_hours_are_sentences() -> None:
    assert words(entry(opening_hours="24/7"), "opening_hours")[0].startswith("Every day")


def test_rows_are_one_piece_each() -> None:
    listing = entry()
    listing.contacts = [ContactPoint(kind="phone", value="0211 8991234", label="Büro")]
    listing.places = [Place(name="Laden", address="Weg 1", visibility="hidden")]
    listing.languages = [SpokenLanguage(language="tr")]
    assert [word.lower() for word in words(listing, "contacts")] == ["phone 0211 8991234, büro"]
    assert words(listing, "places") == ["Laden, Weg 1, hidden"]
    assert words(listing, "languages") == ["Turkish"]


def test_a_column_is_named_with_its_language() -> None:
    with translation.override("en"):
        assert name_of("title_ar") == "Title (Arabic)"
        assert name_of("contacts") == "Contacts"


def test_languages_that_stay_keep_what_is_known_of_them() -> None:
    listing = entry()
    listing.languages = [SpokenLanguage(language="tr", note="dienstags"), SpokenLanguage(language="ar")]
    put_spoken(listing, ["tr", "uk"])
    assert {row.language: row.note for row in listing.languages.all()} == {"tr": "dienstags", "uk": ""}
    put_spoken(listing, [])
    assert spoken(listing) == []


def test_boxes_are_in_the_order_of_their_names_and_hold_rare_languages_too() -> None:
    listing = entry()
    listing.languages = [SpokenLanguage(language="wo")]
    with translation.override("en"):
        field: Any = SpokenField(listing)
    names = [str(name).casefold() for _code, name in field.choices]
    assert names == sorted(names)
    assert {code for code, _name in field.choices} == {*OFFERED, "wo"}
    assert field.initial == ["wo"]
