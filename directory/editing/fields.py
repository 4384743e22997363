"""Form fields of the staff's editing: what people type, made clean or refused in words."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from directory import opening
from directory.editing.hours import read
from directory.languages import SHIPPED
from directory.models import Contact
from directory.telephone import COUNTRY, formatted

_SHORT_NUMBER = re.compile(r"[1-9][0-9]{2,5}")  # 110, 115, 116 016: they exist in the country only
_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(r"(utm_\w+|fbclid|gclid)(=|$)", re.IGNORECASE)
_ENDS_OF_LINES = re.compile(r"[ \t]*[\r\n]\s*")
_web = URLValidator(schemes=["http", "https"])


def clean_phone(value: str) -> str:
    shown = " ".join(value.split())
    if _SHORT_NUMBER.fullmatch(re.sub(r"[\s/-]", "", shown)):
        return shown
    if not _is_number(shown):
        raise ValidationError(_("This is not a phone number. Write it like 0211 8991234 or +49 211 8991234."))
    return formatted(shown)


def _is_number(shown: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(shown, COUNTRY))
    except phonenumbers.NumberParseException:
        return False


def clean_email(value: str) -> str:
    shown = value.strip().removeprefix("mailto:").partition("?")[0]
    validate_email(shown)
    return shown


def clean_web(value: str) -> str:
    """Without a scheme people mean https. What only says where somebody clicked is left out."""
    shown = value.strip()
    if not _SCHEME.match(shown):
        shown = f"https://{shown}"
    _web(shown)
    try:
        parts = urlsplit(shown)
        host, port = (parts.hostname or ""), parts.port
    except ValueError as problem:
        raise ValidationError(_("This is not a web address.")) from problem
    if "@" in parts.netloc:
        raise ValidationError(_("Leave the name and the password out of the web address."))
    place = _host(host) if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{_host(host)}:{port}"
    query = "&".join(part for part in parts.query.split("&") if not _TRACKING.match(part))
    return urlunsplit((parts.scheme, place, parts.path, query, parts.fragment))


def _host(host: str) -> str:
    """In letters that people can read, where these mean the same; an address in brackets keeps them."""
    if ":" in host:
        return f"[{host}]"
    try:
        readable = host.encode("ascii").decode("idna")
        return readable if readable.encode("idna").decode("ascii") == host else host
    except UnicodeError:
        return host


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
            "These opening hours cannot be read. Write them like “Mo-Fr 09:00-12:00, We 14:00-18:00”, "
            "or leave this empty and write the hours in your own words below."
        )
        raise ValidationError([ValidationError(read(shown, localtime()).problem), ValidationError(message)])
    return shown


def clean_language_tag(value: str) -> str:
    if not _LANGUAGE_TAG.fullmatch(value):
        raise ValidationError(_("This is not a language code. Write it like tr, ar or prs."))
    return value


class Sentence(forms.Textarea):
    """One line for the database, in as many as it takes on a phone: who presses Enter there writes a space."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"rows": 3} | dict(attrs or {}))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = super().value_from_datadict(data, files, name)
        return _ENDS_OF_LINES.sub(" ", typed.strip()) if isinstance(typed, str) else typed


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
