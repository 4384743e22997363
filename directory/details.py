"""Everything public that is known of a listing, in the order in which somebody needs it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext, pgettext

from directory import opening, places
from directory.cards import Fact, as_written, here, is_public, labels, nothing, operator, yes_no
from directory.models import Contact, EventDate, Exclusion, Known, Listing, LocatedAt
from directory.spoken import spoken_name
from directory.telephone import telephone
from directory.text import Text, translated
from directory.vocabulary import area_name


@dataclass(frozen=True)
class ContactLine:
    name: str
    shown: str
    href: str
    is_number: bool
    notes: tuple[Text, ...]


@dataclass(frozen=True)
class PlaceLine:
    name: Text
    address: str
    areas: tuple[Text, ...]
    is_secret: bool


@dataclass(frozen=True)
class NotFor:
    reason: Text
    then_go_to: tuple[str, ...]


@dataclass(frozen=True)
class Details:
    description: Text
    what_happens: Text
    contacts: tuple[ContactLine, ...]
    week: tuple[opening.Day, ...]
    hours_note: Text
    places: tuple[PlaceLine, ...]
    dates: tuple[str, ...]
    facts: tuple[Fact, ...]
    not_for: tuple[NotFor, ...]
    sources: tuple[str, ...]


def details(listing: Listing, *, at: datetime) -> Details:
    note = listing.opening_hours_note
    return Details(
        description=translated(listing, "description"),
        what_happens=translated(listing, "what_happens"),
        contacts=tuple(contact(row, listing.source_language) for row in listing.contacts.all() if is_public(row)),
        week=opening.week(listing.opening_hours, at),
        hours_note=as_written(note, listing.source_language) if note else nothing(),
        places=tuple(place for row in listing.places.all() if (place := place_line(row))),
        dates=tuple(event(row) for row in listing.dates.all() if (row.ends_at or row.starts_at) >= at),
        facts=facts(listing),
        not_for=tuple(not_for(row) for row in listing.exclusions.all() if translated(row, "reason")),
        sources=tuple(listing.sources),
    )


def contact(row: Contact, language: str) -> ContactLine:
    name = str(row.get_kind_display())
    own_notes = (row.label, "" if row.opening_hours else row.opening_hours_note)
    notes = [as_written(note, language) for note in own_notes if note]
    notes += [here(words) for words in (week_in_words(row), on_bill(row)) if words]
    match row.kind:
        case Contact.Kind.PHONE:
            number = telephone(row.value)
            return ContactLine(name, number.shown, number.href, is_number=True, notes=tuple(notes))
        case Contact.Kind.EMAIL:
            return ContactLine(name, row.value, f"mailto:{row.value}", is_number=False, notes=tuple(notes))
    return ContactLine(name, without_scheme(row.value), row.value, is_number=False, notes=tuple(notes))


def without_scheme(address: str) -> str:
    return address.partition("://")[2].removeprefix("www.").rstrip("/") or address


def week_in_words(row: Contact) -> str:
    if not row.opening_hours or not (now := opening.week(row.opening_hours, localtime())):
        return ""
    return "; ".join(f"{day.name} {day.words}" for day in now if day.hours)


def on_bill(row: Contact) -> str:
    words = {
        Known.YES: gettext("shown on the phone bill"),
        Known.NO: gettext("not shown on the phone bill"),
    }
    return words.get(Known(row.on_bill), "")


def place_line(row: LocatedAt) -> PlaceLine | None:
    place = places.shown(row)
    if not (place.name or place.address or place.areas or place.is_secret):
        return None
    return PlaceLine(place.name, place.address, tuple(map(area_name, place.areas)), place.is_secret)


def event(row: EventDate) -> str:
    starts = localtime(row.starts_at)
    shown = date_format(starts, "DATETIME_FORMAT")
    return f"{shown} – {row.note}" if row.note else shown


def not_for(row: Exclusion) -> NotFor:
    return NotFor(translated(row, "reason"), tuple(row.then_go_to))


def facts(listing: Listing) -> tuple[Fact, ...]:
    found = (*common_facts(listing), *(training_facts(listing) if listing.kind == "training" else ()))
    return tuple(fact for fact in found if fact.values)


def common_facts(listing: Listing) -> Iterable[Fact]:
    yield Fact(gettext("Help"), labels("kinds_of_help", listing.kinds_of_help))
    yield Fact(gettext("About"), grounds(listing))
    yield Fact(gettext("Topics"), labels("topics", listing.topics))
    yield Fact(gettext("Life areas"), labels("life_areas", listing.life_areas))
    yield Fact(gettext("For"), labels("target_groups", listing.target_groups) or audience(listing))
    yield Fact(gettext("Only for"), labels("target_groups", listing.space_for))
    yield languages(listing)
    yield Fact(gettext("How"), labels("modes", listing.modes))
    yield accessibility(listing)
    yield capacity(listing)
    yield Fact(gettext("Area"), tuple(map(area_name, listing.areas_served)))
    yield Fact(gettext("Run by"), (here(operator(listing)),) if operator(listing) else ())
    yield Fact(
        gettext("Seals and prizes"), tuple(as_written(award, listing.source_language) for award in listing.awards)
    )


def grounds(listing: Listing) -> tuple[Text, ...]:
    return labels("ground_sets", listing.ground_sets) + labels("grounds", listing.grounds)


def audience(listing: Listing) -> tuple[Text, ...]:
    return (here(str(listing.get_audience_display())),)


def languages(listing: Listing) -> Fact:
    spoken = [with_note(spoken_name(row.language), row.note, row.times) for row in listing.languages.all()]
    notes = [listing.languages_note, listing.interpreter_booked_by]
    written = [as_written(note, listing.source_language) for note in notes if note]
    return Fact(gettext("Languages"), (*map(here, spoken), *written))


def with_note(word: str, *notes: str) -> str:
    said = ", ".join(note for note in notes if note)
    return f"{word} ({said})" if said else word


def accessibility(listing: Listing) -> Fact:
    known = labels("access_features", listing.access_features)
    name = gettext("Accessibility")
    return Fact(name, known) if known else Fact(name, (here(gettext("not known yet")),), known=False)


def capacity(listing: Listing) -> Fact:
    weeks = listing.waiting_weeks
    wait = ngettext("about %(weeks)d week", "about %(weeks)d weeks", weeks) % {"weeks": weeks} if weeks else ""
    known = listing.capacity != Listing.Capacity.UNKNOWN
    words = (str(listing.get_capacity_display()) if known else "", wait)
    return Fact(gettext("Waiting time"), tuple(here(word) for word in words if word))


def training_facts(listing: Listing) -> Iterable[Fact]:
    yield Fact(gettext("Sectors"), labels("sectors", listing.sectors))
    yield Fact(gettext("Formats"), labels("formats", listing.formats))
    yield Fact(gettext("Education stages"), labels("education_stages", listing.education_stages))
    for name, words in (
        (pgettext("of a training", "Level"), listing.level),
        (gettext("Duration"), listing.duration),
        (gettext("Group size"), listing.group_size),
        (gettext("Price"), listing.price),
        (gettext("For which role"), listing.target_role),
        (gettext("Accreditation"), listing.accreditation),
    ):
        yield Fact(name, (as_written(words, listing.source_language),) if words else ())
    yield yes_no(gettext("At your place (in-house)"), listing.in_house, listing.get_in_house_display())
    yield yes_no(gettext("Mandatory or voluntary"), listing.obligation, listing.get_obligation_display())
