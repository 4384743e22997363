"""Form fields of the staff's editing: what people type, made clean or refused in words."""

import re
from collections.abc import Mapping
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _

from directory import opening
from directory.languages import SHIPPED
from directory.models import Contact
from directory.telephone import COUNTRY

_SHORT_NUMBER = re.compile(r"[1-9]\d{2,5}")  # 110, 115, 116 016: they exist in the country only
_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_web = URLValidator(schemes=["http", "https"])


def clean_phone(value: str) -> str:
    shown = " ".join(value.split())
    if not (_SHORT_NUMBER.fullmatch(re.sub(r"[\s/-]", "", shown)) or _is_number(shown)):
        raise ValidationError(_("This is not a phone number. Write it like 0211 8991234 or +49 211 8991234."))
    return shown


def _is_number(shown: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(shown, COUNTRY))
    except phonenumbers.NumberParseException:
        return False


def clean_email(value: str) -> str:
    shown = value.strip().removeprefix("mailto:")
    validate_email(shown)
    return shown


def clean_web(value: str) -> str:
    """Without a scheme people mean https."""
    shown = value.strip()
    if "://" not in shown:
        shown = f"https://{shown}"
    _web(shown)
    return shown


CLEAN_CONTACT = {
    Contact.Kind.PHONE: clean_phone,
    Contact.Kind.EMAIL: clean_email,
    Contact.Kind.WEBSITE: clean_web,
    Contact.Kind.CHAT: clean_web,
}


def clean_hours(value: str) -> str:
    shown = " ".join(value.split())
    if shown and not opening.is_valid(shown):
        message = _(
            "These opening hours cannot be read. Write them like “Mo-Fr 09:00-12:00; We 14:00-18:00”, "
            "or leave this empty and write the hours in your own words below."
        )
        raise ValidationError(message)
    return shown


def clean_language_tag(value: str) -> str:
    if not _LANGUAGE_TAG.fullmatch(value):
        raise ValidationError(_("This is not a language code. Write it like tr, ar or prs."))
    return value


class SynonymsFormField(forms.CharField):
    """One per line, with its language: `de: rassistisch`. Without a language: it is not stated."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        order = (*SHIPPED, "")  # PostgreSQL does not keep the order of names
        lines = (f"{code}: {word}" if code else word for code in order for word in value.get(code, ()))
        return "\n".join(lines)

    def to_python(self, value: Any) -> dict[str, list[str]]:  # type: ignore[override]
        found: dict[str, list[str]] = {}
        for line in (value or "").splitlines():
            code, word = _split(line)
            if word and word not in found.setdefault(code, []):
                found[code].append(word)
        return {code: words for code, words in found.items() if words}

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(data) != (initial or {}))


def _split(line: str) -> tuple[str, str]:
    code, colon, word = line.partition(":")
    if colon and code.strip() in SHIPPED:
        return code.strip(), word.strip()
    return "", line.strip()
