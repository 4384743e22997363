"""The value of a field as people read it, for comparing two versions of a section."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from directory.editing.hours import read
from directory.editing.wording import heading
from directory.members.sections import LABELS
from directory.models import Listing
from directory.models.codes import CodeField, CodesField
from directory.spoken import spoken_name
from directory.vocabulary import labels


def name_of(name: str) -> str:
    """The heading of a column or of a kind of rows."""
    field: Any = Listing._meta.get_field(name)
    if hasattr(field, "translated_field"):
        return heading(field)
    if field.is_relation and field.one_to_many:
        return str(field.related_model._meta.verbose_name_plural).capitalize()
    return str(LABELS.get(name) or heading(field))


def in_words(entry: Listing, name: str) -> list[str]:
    """One piece per line; nothing where it is empty."""
    field: Any = Listing._meta.get_field(name)
    if name in ROWS:
        return [words for row in getattr(entry, name).all() if (words := ROWS[name](row))]
    value = getattr(entry, name)
    if name == "opening_hours":
        return list(read(value, localtime()).words) or ([value] if value else [])
    if isinstance(field, CodesField | CodeField):
        return [str(text) for text in labels(field.vocabulary, value if isinstance(value, list) else [value])]
    return [_single(field, value)] if value not in (None, "", []) else []


def _single(field: Any, value: Any) -> str:
    if field.choices and not hasattr(field, "translated_field"):
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return date_format(value, "DATE_FORMAT") if isinstance(value, date) else str(value)


def _contact(row: Any) -> str:
    return ", ".join(filter(None, (str(row), row.label)))


def _place(row: Any) -> str:
    return ", ".join(filter(None, (row.name, row.address, str(row.get_visibility_display()))))


ROWS: Mapping[str, Callable[[Any], str]] = {
    "contacts": _contact,
    "places": _place,
    "languages": lambda row: spoken_name(row.language),
}
