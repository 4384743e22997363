"""Phone numbers as links that work from any phone, and as people read them aloud."""

import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberType

COUNTRY = "DE"
# Free and special numbers do not exist abroad: they are dialled as they stand, like 110 and 116 016.
_LOCAL_KINDS = {PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN}


@dataclass(frozen=True)
class Telephone:
    shown: str
    href: str


@lru_cache(maxsize=4096)
def telephone(value: str) -> Telephone:
    shown = " ".join(value.split())
    digits = re.sub(r"[^\d+]", "", shown)
    try:
        number = phonenumbers.parse(shown, COUNTRY)
    except phonenumbers.NumberParseException:
        return Telephone(shown, f"tel:{digits}")
    dialled_as_is = phonenumbers.number_type(number) in _LOCAL_KINDS or not phonenumbers.is_valid_number(number)
    if dialled_as_is:
        return Telephone(shown, f"tel:{digits}")
    return Telephone(shown, f"tel:{phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)}")


def formatted(value: str) -> str:
    """One way of writing for all: as one dials it within the country, and with +… for numbers abroad."""
    shown = " ".join(value.split())
    try:
        number = phonenumbers.parse(shown, COUNTRY)
    except phonenumbers.NumberParseException:
        return shown
    if not phonenumbers.is_valid_number(number):
        return shown
    at_home = phonenumbers.region_code_for_country_code(number.country_code or 0) == COUNTRY
    style = phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def can_be_called(value: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(value, COUNTRY))
    except phonenumbers.NumberParseException:
        return False
