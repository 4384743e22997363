"""The columns of the table in which entries are edited: how each is written, and read back into an entry."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory.exchange import cells, table_rows
from directory.exchange.cells import CellError, comparable
from directory.exchange.codebook import Codebook
from directory.exchange.record import PRIVATE
from directory.languages import SHIPPED, column
from directory.models import Contact, Listing, Organisation, translated_fields
from directory.models.codes import CodeField, CodesField, WordsField

SLUG, VERSION, ORGANISATION = "slug", "version", "organisation"
NEEDED = ("kind", "audience")  # of a new entry; and a title
NOBODY_BUT_STAFF = frozenset(
    {"note", "internal_only", "callback_email", "role", "belongs_to", "belongs_to_area"}
    | {"sources", "field_sources"}
)
TOLD_ONLY = frozenset({"last_confirmed_on", "first_published_at", "last_published_at"})
_MOST_WEEKS = 520
_YES = frozenset({"yes", "x", "1", "true"})

Write = Callable[[Listing], str]
Read = Callable[[str, Listing, Codebook], None]


@dataclass(frozen=True)
class Column:
    name: str
    label: Callable[[], str]
    write: Write
    read: Read
    language: str = ""
    field: Any = None
    codes: str = ""  # the vocabulary, where the cell holds slugs

    @property
    def for_staff(self) -> bool:
        return self.name in NOBODY_BUT_STAFF


@cache
def columns() -> tuple[Column, ...]:
    """In the order of the table. Which organisation an entry belongs to is no fact that a cell just sets."""
    found: list[Column] = []
    for field in Listing._meta.concrete_fields:
        if field.name in translated_fields(Listing):
            found += [_text(field, code) for code in SHIPPED]
        elif make := _maker(field):
            found.append(make(field))
            found += _CONTACTS if field.name == "audience" else ()
            found += _ROWS.get(field.name, ())
    return tuple(found)


@cache
def by_name() -> Mapping[str, Column]:
    return {each.name: each for each in columns()}


def offered(languages: Collection[str], *, staff: bool) -> tuple[Column, ...]:
    return tuple(
        each
        for each in columns()
        if (staff or not each.for_staff) and (not each.language or each.language in languages)
    )


def written(listing: Listing, wanted: Collection[Column]) -> dict[str, str]:
    """As a file keeps it, so that what nobody touched is found to be the same."""
    return {each.name: comparable(each.write(listing)) for each in wanted}


# --- one column for each kind of field --------------------------------------------------------------------------


def _maker(field: Any) -> Callable[[Any], Column] | None:
    skipped = PRIVATE - NOBODY_BUT_STAFF | TOLD_ONLY | {SLUG, ORGANISATION, "last_confirmed_on"}
    if field.name in skipped or getattr(field, "translated_field", None):
        return None
    if field.name == "field_sources":
        return _sources
    if field.choices:
        return _choice
    return next((make for kind, make in _KINDS if isinstance(field, kind)), None)


def _label(field: Any) -> Callable[[], str]:
    return lambda: capfirst(str(field.verbose_name))


def _text(field: Any, code: str) -> Column:
    """Of the model's columns the ones with a language, since the one without changes with the reader's."""
    name = column(field.name, code)

    def read(cell: str, listing: Listing, _codes: Codebook) -> None:
        setattr(listing, name, _short_enough(cell, field.max_length))

    def label() -> str:
        return f"{capfirst(str(field.verbose_name))} ({SHIPPED[code].name})"

    return Column(name, label, lambda listing: getattr(listing, name) or "", read, language=code, field=field)


def _plain(field: Any) -> Column:
    def read(cell: str, listing: Listing, _codes: Codebook) -> None:
        value = table_rows.hours(cell) if field.name == "opening_hours" else cell
        setattr(listing, field.name, _short_enough(value, field.max_length))
        _check(field, value)

    return Column(field.name, _label(field), lambda listing: getattr(listing, field.name), read, field=field)


def _choice(field: Any) -> Column:
    def read(cell: str, listing: Listing, codes: Codebook) -> None:
        empty = field.default if field.has_default() else ""
        if not cell and not field.blank and not field.has_default():
            raise CellError(_("This must not be empty."))
        setattr(listing, field.name, codes.choice(field, cell) if cell else empty)

    return Column(field.name, _label(field), lambda listing: str(getattr(listing, field.name)), read, field=field)


def _code(field: Any) -> Column:
    def read(cell: str, listing: Listing, codes: Codebook) -> None:
        known = getattr(listing, field.name)
        setattr(listing, field.name, cell if cell in ("", known) else codes.code(field.vocabulary, cell))

    write = partial(_attribute, field.name)
    return Column(field.name, _label(field), write, read, field=field, codes=field.vocabulary)


def _codes(field: Any) -> Column:
    """What the entry has already stays possible, though its term may be unpublished today."""

    def read(cell: str, listing: Listing, codes: Codebook) -> None:
        known = getattr(listing, field.name)
        found = [word if word in known else codes.code(field.vocabulary, word) for word in cells.listed(cell)]
        setattr(listing, field.name, list(dict.fromkeys(found)))

    def write(listing: Listing) -> str:
        return "; ".join(getattr(listing, field.name))

    return Column(field.name, _label(field), write, read, field=field, codes=field.vocabulary)


def _words(field: Any) -> Column:
    def read(cell: str, listing: Listing, _codes: Codebook) -> None:
        setattr(listing, field.name, cells.lined(cell))

    return Column(
        field.name, _label(field), lambda listing: "\n".join(getattr(listing, field.name)), read, field=field
    )


def _whole(field: Any) -> Column:
    def read(cell: str, listing: Listing, _codes: Codebook) -> None:
        setattr(listing, field.name, cells.whole(cell, _MOST_WEEKS))

    return Column(field.name, _label(field), partial(_attribute, field.name), read, field=field)


def _day(field: Any) -> Column:
    def read(cell: str, listing: Listing, _codes: Codebook) -> None:
        setattr(listing, field.name, cells.day(cell))

    def write(listing: Listing) -> str:
        value: date | None = getattr(listing, field.name)
        return value.isoformat() if value else ""

    return Column(field.name, _label(field), write, read, field=field)


def _yes(field: Any) -> Column:
    def read(cell: str, listing: Listing, _codes: Codebook) -> None:
        if cell and cell.casefold() not in {*_YES, "no", "0", "false"}:
            raise CellError(_("Write yes, or leave it empty."))
        setattr(listing, field.name, cell.casefold() in _YES)

    return Column(
        field.name, _label(field), lambda listing: "yes" if getattr(listing, field.name) else "", read, field=field
    )


def _sources(field: Any) -> Column:
    def write(listing: Listing) -> str:
        return cells.as_lines(f"{name}: {source}" for name, source in listing.field_sources.items())

    def read(cell: str, listing: Listing, _codes: Codebook) -> None:
        listing.field_sources = cells.named_lines(cell)

    return Column(field.name, _label(field), write, read, field=field)


_KINDS: tuple[tuple[type[Any], Callable[[Any], Column]], ...] = (
    (CodeField, _code),
    (CodesField, _codes),
    (WordsField, _words),
    (models.BooleanField, _yes),
    (models.DateField, _day),
    (models.IntegerField, _whole),
    (models.CharField, _plain),
    (models.TextField, _plain),
)


def _attribute(name: str, listing: Listing) -> str:
    value = getattr(listing, name)
    return "" if value is None else str(value)


def _short_enough(text: str, longest: int | None) -> str:
    if longest and len(text) > longest:
        words = _("This has %(length)d characters; %(longest)d fit.")
        raise CellError(words % {"length": len(text), "longest": longest})
    return text


def _check(field: Any, value: str) -> None:
    try:
        field.run_validators(value)
    except ValidationError as problem:
        raise CellError(cells.words_of(problem)) from problem


# --- columns of child rows --------------------------------------------------------------------------------------


def _contact(kind: str, audience: str) -> Column:
    name = kind if audience == Contact.Audience.PUBLIC else f"{kind}_{audience}"

    def label() -> str:
        known = capfirst(str(Contact.Kind(kind).label))
        return known if name == kind else f"{known} ({Contact.Audience(audience).label})"

    def read(cell: str, listing: Listing, _codes: Codebook) -> None:
        table_rows.set_values(cell, listing, kind, audience)

    return Column(name, label, lambda listing: table_rows.values(listing, kind, audience), read)


def _rows(name: str, label: Callable[[], str], write: Write, read: Callable[[str, Listing], None]) -> Column:
    return Column(name, label, write, lambda cell, listing, _codes: read(cell, listing))


_CONTACTS = (
    *(_contact(kind, audience) for audience in table_rows.LISTED for kind in Contact.Kind.values),
    _rows(
        "contact_hours", lambda: _("Hours of a contact"),
        lambda listing: table_rows.details(listing, "opening_hours"), table_rows.set_hours,
    ),
    _rows(
        "contact_notes", lambda: _("Note on a contact"),
        lambda listing: table_rows.details(listing, "label"), table_rows.set_notes,
    ),
)  # fmt: skip
_ROWS = {
    "space_for": [
        _rows("languages", lambda: _("Languages spoken"), table_rows.languages, table_rows.set_languages)
    ],
    "area_note": [Column("places", lambda: _("Places"), table_rows.places, table_rows.set_places)],
    "accreditation": [_rows("dates", lambda: _("Dates"), table_rows.dates, table_rows.set_dates)],
}


def organisation_columns() -> tuple[str, ...]:
    """Of the organisation itself: they make one that does not exist yet, and change none that does."""
    names = (column("name", code) for code in SHIPPED)
    return (*(f"organisation_{name}" for name in names), "organisation_type", "organisation_website")


def organisation_from(slug: str, given: Mapping[str, str]) -> Organisation:
    names = {column("name", code): given.get(f"organisation_{column('name', code)}", "") for code in SHIPPED}
    kind = given.get("organisation_type", "")
    return Organisation(slug=slug, type=kind, website=given.get("organisation_website", ""), **names)
