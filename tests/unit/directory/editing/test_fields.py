"""What staff type into a field, on its own: no database, no form."""

from collections.abc import Callable
from contextlib import suppress

import phonenumbers
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from directory.editing.fields import (
    SynonymsFormField,
    clean_email,
    clean_hours,
    clean_language_tag,
    clean_phone,
    clean_web,
)
from directory.languages import SHIPPED

CLEANERS = [clean_phone, clean_email, clean_web, clean_hours, clean_language_tag]
each_cleaner = pytest.mark.parametrize("clean", CLEANERS, ids=lambda clean: clean.__name__)


@each_cleaner
@given(
    typed=st.text()
    | st.sampled_from(['"', "\x00", "\ud800", "x" * 5000, "http://[", "https://", "@", "+", "24/7 "])
)
def test_anything_is_taken_or_refused_and_never_an_error(clean: Callable[[str], str], typed: str) -> None:
    with suppress(ValidationError):
        cleaned = clean(typed)
        assert clean(cleaned) == cleaned


@given(st.sampled_from(["0211", "030", "03641", "0171"]), st.integers(1000000, 9999999))
def test_a_number_is_kept_as_it_was_written(area_code: str, rest: int) -> None:
    written = f"{area_code} {rest}"
    if phonenumbers.is_valid_number(phonenumbers.parse(written, "DE")):
        assert clean_phone(written) == written
    else:
        with pytest.raises(ValidationError):
            clean_phone(written)


@pytest.mark.parametrize("number", ["110", "112", "115", "116 117", "116016"])
def test_short_numbers(number: str) -> None:
    assert clean_phone(number) == number


@pytest.mark.parametrize("number", ["", "0", "01", "11", "1234567", "0211", "110 or 112", "abc"])
def test_no_numbers(number: str) -> None:
    with pytest.raises(ValidationError):
        clean_phone(number)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "javascript://x.org/%0aalert(1)", "data:text/html,x", "ftp://x.org", "//", "x y"],
)
def test_only_addresses_that_a_browser_opens_safely(address: str) -> None:
    with pytest.raises(ValidationError):
        clean_web(address)


def test_an_address_without_a_scheme_is_meant_securely() -> None:
    assert clean_web(" example.org/rat ") == "https://example.org/rat"
    assert clean_web("http://example.org") == "http://example.org"


words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]), min_size=1, max_size=8)


@given(st.dictionaries(st.sampled_from(["", *SHIPPED]), st.lists(words, min_size=1, max_size=3, unique=True)))
def test_synonyms_survive_being_shown_and_saved(synonyms: dict[str, list[str]]) -> None:
    field = SynonymsFormField(required=False)
    plain = {code: [word for word in each if ":" not in word] for code, each in synonyms.items()}
    plain = {code: each for code, each in plain.items() if each}
    assert field.clean(field.prepare_value(plain)) == plain
    assert not field.has_changed(plain, field.prepare_value(plain))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", {}),
        ("de: eins\nde: zwei\nen: one", {"de": ["eins", "zwei"], "en": ["one"]}),
        ("de-simple:leicht", {"de-simple": ["leicht"]}),
        ("Hass: im Netz", {"": ["Hass: im Netz"]}),
        ("de:\n  \n:\n", {"": [":"]}),
    ],
)
def test_synonyms_as_they_are_typed(typed: str, kept: dict[str, list[str]]) -> None:
    assert SynonymsFormField(required=False).clean(typed) == kept


def test_a_refused_text_is_shown_again_as_it_was_typed() -> None:
    assert SynonymsFormField().prepare_value("de: halb") == "de: halb"


def test_synonyms_stand_in_one_order_whatever_the_database_made_of_it() -> None:
    one = {"": ["x"], "en": ["b"], "de": ["a"]}
    other = {"de": ["a"], "en": ["b"], "": ["x"]}
    field = SynonymsFormField()
    assert field.prepare_value(one) == field.prepare_value(other) == "de: a\nen: b\nx"
