"""Phone numbers as links that work from any phone, and as people read them aloud."""

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberType

COUNTRY = "DE"
# Free and special numbers do not exist abroad: they are dialled as they stand, like 110 and 116 016.
_LOCAL_KINDS = {PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN}


@dataclass(frozen=True)
class Telephone:
    shown: str
    href: str


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
