"""The child rows of a listing in the cells of a table. A row that a cell still names keeps what no cell shows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from directory.editing.fields import CLEAN_CONTACT, clean_hours, clean_language_tag
from directory.exchange import cells
from directory.exchange.cells import CellError, DateCell, PlaceCell
from directory.exchange.codebook import Codebook
from directory.models import Contact, ContactPoint, EventDate, Place, SpokenLanguage
from directory.places import shown

# Others, as a number that is being corrected, are not in the table and stay as they are.
LISTED = (Contact.Audience.PUBLIC, Contact.Audience.PROFESSIONALS)
KEPT_OF_CONTACT = ("label", "opening_hours", "opening_hours_note", "on_bill")


# --- contacts -------------------------------------------------------------------------------------------------


def values(listing: Any, kind: str, audience: str) -> str:
    return cells.as_lines(row.value for row in _contacts(listing) if (row.kind, row.audience) == (kind, audience))


def set_values(cell: str, listing: Any, kind: str, audience: str) -> None:
    rows = _contacts(listing)
    mine = [row for row in rows if (row.kind, row.audience) == (kind, audience)]
    wanted = [_value(line, kind, mine) for line in dict.fromkeys(cells.lined(cell))]
    by_value = {row.value: row for row in reversed(mine)}
    made = [by_value.get(value) or ContactPoint(kind=kind, value=value, audience=audience) for value in wanted]
    if len(made) == len(mine):  # corrected, one for one
        for new, old in zip(made, mine, strict=True):
            if new.value not in {row.value for row in mine} and old.value not in wanted:
                _inherit(new, old)
    others = [row for row in rows if row not in mine]
    first = next((rows.index(row) for row in mine), len(rows))
    before = sum(1 for row in rows[:first] if row in others)
    listing.contacts = [*others[:before], *made, *others[before:]]


def _value(line: str, kind: str, known: Iterable[Contact]) -> str:
    """What stands there already stays as it is, whatever one would say of it today."""
    if line in {" ".join(row.value.split()) for row in known}:
        return next(row.value for row in known if " ".join(row.value.split()) == line)
    try:
        value = CLEAN_CONTACT[Contact.Kind(kind)](line)
    except ValidationError as problem:
        raise CellError(f"“{line}”: {cells.words_of(problem)}") from problem
    return _fitting(value, ContactPoint, "value")


def _inherit(new: ContactPoint, old: ContactPoint) -> None:
    for name in KEPT_OF_CONTACT:
        setattr(new, name, getattr(old, name))


def details(listing: Any, field: str) -> str:
    named = _named(_contacts(listing)).items()
    return cells.as_lines(f"{name}: {found}" for name, row in named if (found := getattr(row, field)))


def _named(rows: Iterable[ContactPoint]) -> dict[str, ContactPoint]:
    """By their value; an address that is of two kinds has the kind before it."""
    listed = [row for row in rows if row.audience in LISTED]
    count = Counter(row.value for row in listed)
    return {row.value if count[row.value] == 1 else f"{row.kind} {row.value}": row for row in listed}


def set_hours(cell: str, listing: Any) -> None:
    _set_details(listing, "opening_hours", {name: hours(text) for name, text in cells.named_lines(cell).items()})


def set_notes(cell: str, listing: Any) -> None:
    _set_details(listing, "label", cells.named_lines(cell))


def _set_details(listing: Any, field: str, given: Mapping[str, str]) -> None:
    rows = _contacts(listing)
    named = _named(rows)
    known = {row.value: row for row in reversed(list(named.values()))} | named
    if unknown := [name for name in given if name not in known]:
        raise CellError(_("“%(value)s” is none of the contacts of this entry.") % {"value": unknown[0]})
    for row in named.values():
        setattr(row, field, "")
    for name, text in given.items():
        setattr(known[name], field, _fitting(text, ContactPoint, field))
    listing.contacts = rows


def hours(text: str) -> str:
    try:
        return clean_hours(text)
    except ValidationError as problem:
        raise CellError(f"“{text}”: {cells.words_of(problem)}") from problem


def _contacts(listing: Any) -> list[ContactPoint]:
    return list(listing.contacts.all())


# --- languages ------------------------------------------------------------------------------------------------


def languages(listing: Any) -> str:
    return "; ".join(row.language for row in listing.languages.all())


def set_languages(cell: str, listing: Any) -> None:
    rows = {row.language: row for row in listing.languages.all()}
    found = []
    for code in cells.listed(cell):
        try:
            found.append(rows.get(code) or SpokenLanguage(language=clean_language_tag(code)))
        except ValidationError as problem:
            raise CellError(f"“{code}”: {cells.words_of(problem)}") from problem
    listing.languages = found


# --- places and dates -----------------------------------------------------------------------------------------


def places(listing: Any) -> str:
    return cells.as_lines(_place_line(row) for row in listing.places.all())


def set_places(cell: str, listing: Any, codes: Codebook) -> None:
    """A line as the public has it names its place, too; what the public does not see is kept then."""
    rows = list(listing.places.all())
    by_line = {_public_line(row): row for row in rows} | {_place_line(row): row for row in rows}
    lines = cells.lined(cell)
    named = [by_line.get(line) for line in lines]
    left = [row for row in rows if row not in named]
    unseen = [row for row in left if not _public_line(row)] if not any("|" in line for line in lines) else []
    gone = [row for row in left if row not in unseen]
    moved = iter(gone if named.count(None) == len(gone) else [])
    found = [
        row or _place(cells.place(line), next(moved, None), codes) for line, row in zip(lines, named, strict=True)
    ]
    listing.places = [*found, *unseen]


def _place_line(row: Place) -> str:
    visibility = "" if row.visibility == Place.Visibility.FULL else row.visibility
    return cells.place_line(PlaceCell(row.name, row.address, visibility))


def _public_line(row: Place) -> str:
    place = shown(row)
    return ", ".join(filter(None, (place.name.text, place.address)))


def _place(found: PlaceCell, before: Place | None, codes: Codebook) -> Place:
    """Where it has moved to is shown as it was before: an address is never told by an oversight."""
    name, address = _fitting(found.name, Place, "name"), _fitting(found.address, Place, "address")
    made = Place(name=name, address=address)
    if before is not None:
        made.visibility, made.areas = before.visibility, list(before.areas)
    if found.visibility:
        made.visibility = codes.choice(Place._meta.get_field("visibility"), found.visibility)
    return made


def dates(listing: Any) -> str:
    rows = listing.dates.all()
    return cells.as_lines(cells.date_line(_date_cell(row)) for row in rows)


def set_dates(cell: str, listing: Any) -> None:
    rows = {cells.date_line(_date_cell(row)): row for row in listing.dates.all()}
    found = [rows.get(line) or _date(cells.date_of(line)) for line in cells.lined(cell)]
    listing.dates = found


def _date_cell(row: EventDate) -> DateCell:
    return DateCell(row.starts_at, row.ends_at, row.recurrence, row.note)


def _date(found: DateCell) -> EventDate:
    note = _fitting(found.note, EventDate, "note")
    return EventDate(starts_at=found.starts_at, ends_at=found.ends_at, recurrence=found.recurrence, note=note)


def _fitting(text: str, model: type[Any], name: str) -> str:
    longest = model._meta.get_field(name).max_length
    if longest and len(text) > longest:
        words = _("“%(text)s…” has %(length)d characters; %(longest)d fit.")
        raise CellError(words % {"text": text[:30], "length": len(text), "longest": longest})
    return text
