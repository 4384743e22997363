"""Whatever people type: it is made clean once and for all, or refused in words, and never an error."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from directory.editing.fields import clean_email, clean_hours, clean_phone, clean_web
from directory.telephone import formatted, telephone

Cleaner = Callable[[str], str]

NUMBERS = st.from_regex(r"(\+|00|0)?[1-9][0-9 /()-]{1,14}( ?ext\.? ?[0-9]{1,4})?", fullmatch=True)
HOSTS = st.from_regex(r"([a-zA-ZäöüßŁé0-9-]{1,8}\.){1,3}(de|ORG|com)", fullmatch=True)
ADDRESSES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "http://", "HTTPS://", "ftp://", "//", "https://u:p@", "javascript:", "mailto:"]),
    HOSTS | st.text(max_size=8) | st.sampled_from(["[::1]", "[fe80::1", "127.0.0.1", "localhost", "xn--a"]),
    st.sampled_from(["", ":80", ":443", ":8080", ":x", ":99999"]),
    st.from_regex(r"(/[a-z%äŞ]{0,3}){0,2}(\?(utm_source|id|fbclid)=[a-z&?=]{0,6})?(#[a-z]{0,3})?", fullmatch=True),
)
HOURS = st.from_regex(r"(Mo|Tu-Fr|PH|Jan|24/7)( [0-9:,-]{0,11})?(; ?off)?", fullmatch=True)


def cleaned(clean: Cleaner, typed: str) -> str | None:
    try:
        return clean(typed)
    except ValidationError as problem:
        words = problem.messages
    assert words
    assert all(words)
    return None


@pytest.mark.parametrize("clean", [clean_phone, clean_email, clean_web, clean_hours])
@given(typed=st.text(max_size=60) | NUMBERS | ADDRESSES | HOURS)
@example(typed="\x00")
@example(typed="\ud800")
@example(typed="https://[")
@example(typed="https://[::1]:80/")
@example(typed="https://xn--/")
@example(typed="https://example.org:0/")
@example(typed="+")
@example(typed="1" * 300)
def test_clean_once_is_clean_for_good(clean: Cleaner, typed: str) -> None:
    once = cleaned(clean, typed)
    if once is not None:
        assert clean(once) == once


@given(typed=NUMBERS)
def test_a_number_formatted_is_the_same_number(typed: str) -> None:
    if cleaned(clean_phone, typed) is not None:
        assert telephone(formatted(typed)).href == telephone(typed).href


@given(typed=ADDRESSES)
def test_an_address_that_is_kept_leads_to_a_page_and_says_nothing_of_who_typed_it(typed: str) -> None:
    kept = cleaned(clean_web, typed)
    if kept is not None:
        assert kept.startswith(("http://", "https://"))
        assert "@" not in kept.partition("://")[2].partition("/")[0].partition("?")[0]
        assert "utm_" not in kept.partition("?")[2].partition("#")[0]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0211/899-1234", "0211 8991234"),
        ("(0211) 8991234", "0211 8991234"),
        ("+49 211 8991234", "0211 8991234"),
        ("0049 211 8991234", "0211 8991234"),
        ("+49 (0) 211 8991234", "0211 8991234"),
        ("٠٢١١ ٨٩٩١٢٣٤", "0211 8991234"),
        ("0800 1110111", "0800 1110111"),
        ("+90 312 4551000", "+90 312 455 10 00"),
        ("110", "110"),
        ("116 016", "116 016"),
        ("116016", "116016"),
    ],
)
def test_numbers(typed: str, kept: str) -> None:
    assert clean_phone(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" example.org ", "https://example.org"),
        ("http://example.org", "http://example.org"),
        ("HTTP://EXAMPLE.org:80/A", "http://example.org/A"),
        ("https://example.org:8443", "https://example.org:8443"),
        ("https://münchen.de/ä", "https://münchen.de/ä"),
        ("https://xn--mnchen-3ya.de", "https://münchen.de"),
        ("https://example.org/?UTM_Source=a&b=1&fbclid=2", "https://example.org/?b=1"),
        ("https://example.org/?automatic=1", "https://example.org/?automatic=1"),
        ("https://[::1]:8080/", "https://[::1]:8080/"),
    ],
)
def test_addresses(typed: str, kept: str) -> None:
    assert clean_web(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["https://u:p@example.org", "https://u@example.org", "javascript:alert(1)", "https://a b.de", "https://"],
)
def test_refused_addresses(typed: str) -> None:
    with pytest.raises(ValidationError):
        clean_web(typed)


def test_refused_hours_say_where_they_stop_making_sense() -> None:
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        clean_hours("Mo-Fr 09:00-12:00; Xx 14:00")
    with translation.override("en"):
        assert "character 20 on: “Xx 14:00”" in refused.value.messages[0]
