"""What may pass together after one look: slips of spelling, and nothing that means something else."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.columns import translated_fields
from directory.models import Listing, Organisation
from directory.reviewing.harmless import HARMLESS, Rule, is_harmless, same_words

NEVER = (
    "contacts",
    "places",
    "areas_served",
    "area_note",
    "competence_rows",
    "exclusions",
    "cost",
    "anonymous",
    "confidential",
    "languages",
    "interpreter",
    "opening_hours",
    "dates",
    "organisation",
    "slug",
    "internal_only",
    "valid_until",
    "callback_email",
    "audience",
    "role",
    "target_groups",
    "space_for",
)


def field_of(column: str) -> str:
    return column.removesuffix("_de").removesuffix("_ar")


def harmless(before: dict[str, Any], after: dict[str, Any]) -> bool:
    return is_harmless(before, after, field_of)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Beratnug für Betroffene", "Beratung für Betroffene"),
        ("Wir hoeren zu.", "Wir hören zu."),
        ("antirassistische  Beratung", "Antirassistische Beratung."),
        ("Discriminaton at work", "Discrimination at work"),
        ("استشاره قانونية", "استشارة قانونية"),
        ("Bei uns: Beratung, Begleitng", "Bei uns – Beratung, Begleitung"),
        ("مُستشارة", "مستشارة"),
        ("Am 3. Mai, von 9 bis 12: Beratnug", "Am 3. Mai, von 9 bis 12: Beratung"),
    ],
)
def test_a_slip(old: str, new: str) -> None:
    assert same_words(old, new)
    assert harmless({"description_de": old}, {"description_de": new})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Wir haben keine Wartezeit", "Wir haben eine Wartezeit"),
        ("kostenlos", "kostenpflichtig"),
        ("Das ist möglich", "Das ist unmöglich"),
        ("Wir beraten", "Wir beraten nicht"),
        ("Wir beraten anonym", "Wir beraten"),
        ("Ruf an: 0211 8991234", "Ruf an: 0211 8991243"),
        ("Montag 9 Uhr", "Montag 19 Uhr"),
        ("post@example.org", "past@example.org"),
        ("Mehr auf example.org", "Mehr auf exemple.org"),
        ("Mehr auf example.org", "Mehr auf example.com"),
        ("für Frauen", "für Männer"),
        ("Mo bis Fr", "Mo bis Do"),
        ("10 € je Abend", "10 $ je Abend"),
        ("Beratung", ""),
        ("Frauen*", "Frauen"),
        ("", "Beratung"),
        ("Mehr auf example org", "Mehr auf example.org"),
    ],
)
def test_another_meaning(old: str, new: str) -> None:
    assert not same_words(old, new)
    assert not harmless({"description_de": old}, {"description_de": new})


@pytest.mark.parametrize("name", NEVER)
def test_never_harmless_whatever_stands_there(name: str) -> None:
    assert name not in HARMLESS
    assert not harmless({name: "Beratnug"}, {name: "Beratung"})


def test_one_other_field_is_enough() -> None:
    before = {"title_de": "Beratnug", "cost": "free"}
    assert not harmless(before, {"title_de": "Beratung", "cost": "paid"})
    assert harmless(before, {"title_de": "Beratung", "cost": "free"})


def test_nothing_changed_is_nothing_to_let_pass() -> None:
    assert not harmless({"title_de": "Beratung"}, {"title_de": "Beratung"})


def test_free_places_are_out_of_date_in_a_week() -> None:
    assert harmless({"capacity": "open", "waiting_weeks": None}, {"capacity": "full", "waiting_weeks": 12})


def test_a_state_that_moves_with_the_text_but_not_one_that_readers_see() -> None:
    before = {"title_ar": "استشاره", "translation_state": {"ar": {"state": "human", "source": "a"}}}
    after = {"title_ar": "استشارة", "translation_state": {"ar": {"state": "human", "source": "b"}}}
    assert harmless(before, after)
    for state in ({"state": "checked"}, {"state": "human", "public": False}):
        assert not harmless(before, after | {"translation_state": {"ar": state}})


def test_the_table_names_fields_that_there_are() -> None:
    """A field that is renamed must not fall out of it unseen."""
    names = {field.name for model in (Listing, Organisation) for field in model._meta.concrete_fields}
    assert set(HARMLESS) <= names
    texts = {*translated_fields(Listing), *translated_fields(Organisation)}
    assert {name for name, rule in HARMLESS.items() if rule is Rule.SPELLING} <= texts


words = st.text(st.characters(categories=("Ll", "Lu", "Lo", "Mn", "Nd", "Po", "Zs", "Sc")), max_size=60)


@given(words, words)
def test_is_the_same_in_both_directions(old: str, new: str) -> None:
    assert same_words(old, new) == same_words(new, old)


@given(words, st.integers(0, 9_999_999))
def test_no_number_comes_in_unseen(text: str, number: int) -> None:
    assert not same_words(text, f"{text} {number}")


@given(words, st.sampled_from(["https://example.org", "post@example.org", "example.org"]))
def test_no_address_comes_in_unseen(text: str, address: str) -> None:
    assert not same_words(text, f"{text} {address}")
