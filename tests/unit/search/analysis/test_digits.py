"""Digits of other scripts become those that phones and postcodes are stored with."""

import sys
import unicodedata

import pytest

from search.analysis.normalise import lower


@pytest.mark.parametrize(
    ("typed", "plain"), [("٠١٢٣", "0123"), ("۰۷۷۴۳", "07743"), ("१२", "12"), ("40210", "40210")]
)
def test_decimal_digits(typed: str, plain: str) -> None:
    assert lower(typed) == plain


@pytest.mark.parametrize("kept", ["²", "①", "½", "Ⅷ"])
def test_what_only_looks_like_a_digit_stays(kept: str) -> None:
    assert unicodedata.category(kept) != "Nd"
    assert lower(kept) == kept.casefold()


def test_every_decimal_digit_there_is() -> None:
    digits = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Nd"]
    assert len(digits) > 500
    assert lower("".join(digits)) == "".join(str(unicodedata.digit(digit)) for digit in digits)
