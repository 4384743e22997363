"""What every export format is written from: all that is public of a listing, and nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from directory.cards import is_public
from directory.models import Listing, Organisation, Place, translated_fields
from directory.models.codes import CodesField
from directory.places import shown
from directory.text import published

Texts = Mapping[str, Mapping[str, str]]  # field → language → text

# Never exported: the database's own columns, staff's notes and the names of those who confirmed something.
PRIVATE = frozenset(
    {"id", "note", "internal_only", "needs_check", "last_confirmed_by", "callback_email", "translation_state"}
    | {"live", "has_unpublished_changes", "go_live_at", "expire_at", "expired", "locked", "locked_at", "locked_by"}
    | {"latest_revision", "live_revision"}
)
PLAIN = (
    "kind", "source_language", "audience", "role", "belongs_to", "belongs_to_area", "interpreter",
    "interpreter_booked_by", "languages_note", "area_note", "opening_hours", "opening_hours_note", "cost",
    "cost_note", "anonymous", "confidential", "capacity", "waiting_weeks", "level", "duration", "group_size",
    "price", "in_house", "obligation", "target_role", "intersectional", "accreditation", "valid_until",
    "last_confirmed_on", "first_published_at", "last_published_at",
)  # fmt: skip
WORDS = ("aliases", "awards", "sources")


@dataclass(frozen=True)
class OrganisationRecord:
    slug: str
    texts: Texts
    type: str
    website: str


@dataclass(frozen=True)
class ContactRecord:
    kind: str
    value: str
    label: str
    opening_hours: str
    on_bill: str
    source: str


@dataclass(frozen=True)
class PlaceRecord:
    name: str
    address: str
    areas: tuple[str, ...]
    is_secret: bool


@dataclass(frozen=True)
class LanguageRecord:
    language: str
    note: str
    times: str


@dataclass(frozen=True)
class DateRecord:
    starts_at: datetime
    ends_at: datetime | None
    recurrence: str
    note: str


@dataclass(frozen=True)
class ListingRecord:
    slug: str
    organisation: OrganisationRecord
    texts: Texts
    plain: Mapping[str, str | int | date | datetime | None]
    codes: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    field_sources: Mapping[str, str]
    languages: tuple[LanguageRecord, ...]
    contacts: tuple[ContactRecord, ...]
    places: tuple[PlaceRecord, ...]
    dates: tuple[DateRecord, ...]


def records() -> Iterator[ListingRecord]:
    """All that is published, by slug. Expired listings are in it too: `valid_until` tells them."""
    listings = Listing.objects.filter(live=True, organisation__live=True, internal_only=False)
    related = listings.select_related("organisation").prefetch_related("contacts", "places", "languages", "dates")
    return (record(listing) for listing in related.order_by("slug"))


def record(listing: Listing) -> ListingRecord:
    return ListingRecord(
        slug=listing.slug,
        organisation=_organisation(listing.organisation),
        texts=_texts(listing),
        plain={field: getattr(listing, field) for field in PLAIN},
        codes={field: tuple(getattr(listing, field)) for field in CODES},
        words={field: tuple(getattr(listing, field)) for field in WORDS},
        field_sources=dict(listing.field_sources),
        languages=tuple(LanguageRecord(row.language, row.note, row.times) for row in listing.languages.all()),
        contacts=_contacts(listing),
        places=_places(listing),
        dates=tuple(
            DateRecord(row.starts_at, row.ends_at, row.recurrence, row.note) for row in listing.dates.all()
        ),
    )


CODES = tuple(field.name for field in Listing._meta.get_fields() if isinstance(field, CodesField))


def _texts(item: Listing | Organisation) -> Texts:
    translated = translated_fields(type(item))
    in_order = (field.name for field in item._meta.concrete_fields if field.name in translated)
    return {field: published(item, field) for field in in_order}


def _organisation(organisation: Organisation) -> OrganisationRecord:
    return OrganisationRecord(organisation.slug, _texts(organisation), organisation.type, organisation.website)


def _contacts(listing: Listing) -> tuple[ContactRecord, ...]:
    return tuple(
        ContactRecord(row.kind, row.value, row.label, row.opening_hours, row.on_bill, row.source)
        for row in listing.contacts.all()
        if is_public(row)
    )


def _places(listing: Listing) -> tuple[PlaceRecord, ...]:
    return tuple(_place(row) for row in listing.places.all())


def _place(row: Place) -> PlaceRecord:
    place = shown(row)
    return PlaceRecord(place.name.text, place.address, place.areas, place.is_secret)


def languages_used(found: Iterable[ListingRecord]) -> tuple[str, ...]:
    """Languages in which at least one text exists."""
    texts = (texts for item in found for texts in (*item.texts.values(), *item.organisation.texts.values()))
    return tuple(sorted({code for by_language in texts for code in by_language}))
