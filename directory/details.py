"""Everything public that is known of a listing, in the order in which somebody needs it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext, override, pgettext

from directory import opening, places, recurrence
from directory.cards import Fact, as_written, here, in_words, is_public, last_confirmed, nothing, operator, yes_no
from directory.columns import translated_fields
from directory.models import Contact, EventDate, Exclusion, Known, Listing, LocatedAt, TranslatedRevisions
from directory.spoken import spoken_name
from directory.telephone import telephone
from directory.text import Text, translated
from directory.translation_state import State, source_language, state
from directory.vocabulary import AREAS, labels


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
    newer: str = ""
    contacts_confirmed: str = ""  # of all of them at once, where the entry's own date does not say it


def details(listing: Listing, *, at: datetime, exclusions: bool = True) -> Details:
    """`exclusions` False: the referral has said them itself, so their rows need not be read."""
    note = listing.opening_hours_note
    rows = listing.exclusions.all() if exclusions else ()
    contacts = [row for row in listing.contacts.all() if is_public(row)]
    days = {row.confirmed_on for row in contacts}
    shared = next(iter(days)) if len(days) == 1 else None
    return Details(
        description=translated(listing, "description"),
        what_happens=translated(listing, "what_happens"),
        contacts=tuple(contact(row, listing.source_language, dated=len(days) > 1) for row in contacts),
        contacts_confirmed=last_confirmed(shared) if tells_more(shared, listing) else "",
        week=opening.week(listing.opening_hours, at),
        hours_note=as_written(note, listing.source_language) if note else nothing(),
        places=tuple(place for row in listing.places.all() if (place := place_line(row))),
        dates=tuple(shown for row in listing.dates.all() if (shown := event(row, at))),
        facts=facts(listing),
        not_for=tuple(case for row in rows if (case := not_for(row, listing)).reason),
        sources=tuple(listing.sources),
        newer=newer(listing),
    )


def newer(entry: TranslatedRevisions) -> str:
    """The language whose text has changed since the one that the reader gets was translated."""
    shown = {translated(entry, field).lang for field in translated_fields(type(entry))}
    outdated = any(state(entry, code) is State.OUTDATED for code in shown)
    return spoken_name(source_language(entry)) if outdated else ""


def tells_more(day: date | None, listing: Listing) -> bool:
    """Where nobody has noted it for the contacts, the entry's own line is all that is known."""
    return day not in (None, listing.last_confirmed_on)


def contact(row: Contact, language: str, *, dated: bool = False) -> ContactLine:
    name = in_words(Contact.Kind, row.kind)
    own_notes = (row.label, "" if row.opening_hours else row.opening_hours_note)
    notes = [as_written(note, language) for note in own_notes if note]
    notes += [here(words) for words in (week_in_words(row), on_bill(row)) if words]
    notes += [here(last_confirmed(row.confirmed_on))] if dated else []
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
    return PlaceLine(place.name, place.address, labels(AREAS, place.areas), place.is_secret)


def event(row: EventDate, at: datetime) -> str:
    """Empty for what is over."""
    coming = recurrence.upcoming(row.starts_at, row.ends_at, row.recurrence, at)
    if not coming:
        return ""
    shown = date_format(coming[0], "DATETIME_FORMAT")
    if row.ends_at and (lasts := row.ends_at - row.starts_at) < timedelta(days=1):
        shown = f"{shown} – {time_format((coming[0] + lasts).time(), 'TIME_FORMAT')}"
    if again := recurrence.words(row.recurrence):
        further = [date_format(day, "DATE_FORMAT") for day in coming[1:]]
        shown = f"{shown} ({'; '.join([again, *further])})"
    return f"{shown} – {row.note}" if row.note else shown


def not_for(row: Exclusion, listing: Listing) -> NotFor:
    return NotFor(translated(row, "reason", of=listing), tuple(row.then_go_to))


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
    yield Fact(gettext("Area"), area(listing))
    yield Fact(gettext("Cost"), in_own_words(listing.cost_note, listing))
    yield Fact(gettext("Run by"), (here(operator(listing)),) if operator(listing) else ())
    yield Fact(
        gettext("Seals and prizes"), tuple(as_written(award, listing.source_language) for award in listing.awards)
    )


def area(listing: Listing) -> tuple[Text, ...]:
    """A note that only repeats a name is not said twice."""
    slugs, note = listing.areas_served, listing.area_note
    with override(listing.source_language):
        said = {str(name).casefold() for name in labels(AREAS, slugs)} if note else set()
    return (*labels(AREAS, slugs), *(() if note.casefold() in said else in_own_words(note, listing)))


def in_own_words(note: str, listing: Listing) -> tuple[Text, ...]:
    return (as_written(note, listing.source_language),) if note else ()


def grounds(listing: Listing) -> tuple[Text, ...]:
    return labels("ground_sets", listing.ground_sets) + labels("grounds", listing.grounds)


def audience(listing: Listing) -> tuple[Text, ...]:
    return (here(in_words(Listing.Audience, listing.audience)),)


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
    words = (in_words(Listing.Capacity, listing.capacity) if known else "", wait)
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
    yield yes_no(gettext("At your place (in-house)"), listing.in_house, in_words(Known, listing.in_house))
    yield yes_no(
        gettext("Mandatory or voluntary"), listing.obligation, in_words(Listing.Obligation, listing.obligation)
    )
