"""A listing as a card: composed from its coded facts, so that it exists in every language."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext, ngettext, pgettext

from directory import opening
from directory.models import Contact, ContactPoint, Known, Listing, Organisation
from directory.spoken import spoken_name
from directory.telephone import Telephone, telephone
from directory.text import Text, translated
from directory.upkeep.due import is_silent
from directory.vocabulary import AREAS, labels

SUMMARY_LENGTH = 260
NAMED_AT_MOST = 4
LANGUAGES_AT_MOST = 6


@dataclass(frozen=True)
class Fact:
    """One coded fact in words. `known` False: nobody has told us; this is said, never guessed."""

    name: str
    values: tuple[Text, ...]
    more: str = ""
    known: bool = True


@dataclass(frozen=True)
class Hours:
    words: str
    is_open: bool | None
    note: Text


@dataclass(frozen=True)
class Card:
    slug: str
    is_training: bool
    kind: str
    operator: str
    title: Text
    organisation: Text
    summary: Text
    composed: tuple[Fact, ...]
    foreign: Text
    phone: Telephone | None
    email: str
    website: str
    chat: str
    hours: Hours
    facts: tuple[Fact, ...]
    unknown: tuple[str, ...]
    confirmed: str
    takes_callbacks: bool = False
    being_corrected: tuple[str, ...] = ()  # contacts that the organisation has called wrong itself
    why: tuple[Text, ...] = ()  # what a search found it through, where no text here says so

    @property
    def reachable(self) -> bool:
        return bool(self.phone or self.email or self.website or self.chat)


def card(listing: Listing, *, at: datetime) -> Card:
    own, foreign = summary(listing)
    is_training = listing.kind == Listing.Kind.TRAINING
    coded = tuple(training_facts(listing) if is_training else help_facts(listing))
    contacts = [contact for contact in listing.contacts.all() if is_public(contact)]
    title, organisation = translated(listing, "title"), translated(listing.organisation, "name")
    phone = _first(contacts, Contact.Kind.PHONE)
    return Card(
        slug=listing.slug,
        is_training=is_training,
        kind=in_words(Listing.Kind, listing.kind),
        operator=operator(listing),
        title=title,
        organisation=organisation if organisation.text != title.text else nothing(),
        summary=own,
        composed=() if own else composed(listing),
        foreign=foreign,
        phone=telephone(phone.value) if phone else None,
        email=value(_first(contacts, Contact.Kind.EMAIL)),
        website=value(_first(contacts, Contact.Kind.WEBSITE)) or listing.organisation.website,
        chat=value(_first(contacts, Contact.Kind.CHAT)),
        hours=hours(listing, phone, at),
        facts=tuple(fact for fact in coded if fact.known),
        unknown=tuple(fact.name for fact in coded if not fact.known),
        confirmed=confirmed(listing),
        takes_callbacks=bool(listing.callback_email),
        being_corrected=tuple(being_corrected(listing)),
    )


def nothing() -> Text:
    return Text("", "", "", is_fallback=False)


def here(words: str) -> Text:
    """Words that are already in the reader's language."""
    return Text(words, "", "", is_fallback=False)


def in_words(choices: type[TextChoices], code: str) -> str:
    """Django's own `get_…_display` hashes all labels at every call, which made a third of a page's cards."""
    try:
        return str(choices(code).label)
    except ValueError:
        return code


def is_public(contact: Contact) -> bool:
    return contact.audience == Contact.Audience.PUBLIC


def being_corrected(listing: Listing) -> Iterator[str]:
    hidden = {contact.kind for contact in listing.contacts.all() if contact.audience == Contact.Audience.NOBODY}
    return (in_words(Contact.Kind, kind) for kind in Contact.Kind.values if kind in hidden)


def _first(contacts: Iterable[ContactPoint], kind: str) -> ContactPoint | None:
    return next((contact for contact in contacts if contact.kind == kind), None)


def value(contact: ContactPoint | None) -> str:
    return contact.value if contact else ""


def operator(listing: Listing) -> str:
    kind = listing.organisation.type
    return in_words(Organisation.Type, kind) if kind else ""


def summary(listing: Listing) -> tuple[Text, Text]:
    """What it helps with in the reader's language, and else the best text in another one, to be marked."""
    sentence, description = translated(listing, "helps_with"), translated(listing, "description")
    for text in (sentence, description):
        if text and not text.is_fallback:
            return _shortened(text), nothing()
    return nothing(), _shortened(sentence or description)


def _shortened(text: Text) -> Text:
    if len(text.text) <= SUMMARY_LENGTH:
        return text
    return replace(text, text=Truncator(text.text).chars(SUMMARY_LENGTH, truncate="…"))


def composed(listing: Listing) -> tuple[Fact, ...]:
    """The sentence that is missing, out of the codes: what help, about what, for whom."""
    for_whom = labels("target_groups", listing.target_groups) or (
        here(in_words(Listing.Audience, listing.audience)),
    )
    facts = (
        named(gettext("Help"), labels("kinds_of_help", listing.kinds_of_help)),
        named(gettext("About"), labels("grounds", listing.grounds) or labels("topics", listing.topics)),
        named(gettext("For"), for_whom),
    )
    return tuple(fact for fact in facts if fact.values)


def named(name: str, values: tuple[Text, ...], at_most: int = NAMED_AT_MOST) -> Fact:
    rest = len(values) - at_most
    more = ngettext("and %(number)d more", "and %(number)d more", rest) % {"number": rest} if rest > 0 else ""
    return Fact(name, values[:at_most], more)


def help_facts(listing: Listing) -> tuple[Fact, ...]:
    return (languages(listing), *terms_of_help(listing), area(listing))


def training_facts(listing: Listing) -> Iterator[Fact]:
    """Nobody asks whether a training is anonymous; they ask for whom, how and how long."""
    for name, values in (
        (gettext("Sectors"), labels("sectors", listing.sectors)),
        (gettext("Formats"), labels("formats", listing.formats)),
    ):
        if values:
            yield named(name, values)
    if listing.duration:
        yield Fact(gettext("Duration"), (as_written(listing.duration, listing.source_language),))
    yield price(listing)
    yield area(listing)


def price(listing: Listing) -> Fact:
    if listing.price:
        return Fact(gettext("Price"), (as_written(listing.price, listing.source_language),))
    return yes_no(gettext("Price"), listing.cost, in_words(Listing.Cost, listing.cost))


def as_written(words: str, language: str) -> Text:
    """Words that exist in the source's language only."""
    return Text(words, language, "auto", is_fallback=True)


def terms_of_help(listing: Listing) -> tuple[Fact, ...]:
    """Free, anonymous, confidential: yes, no or not known, always in words."""
    return (
        yes_no(gettext("Cost"), listing.cost, in_words(Listing.Cost, listing.cost)),
        yes_no(gettext("Anonymous"), listing.anonymous, anonymous(listing)),
        yes_no(gettext("Confidential"), listing.confidential, in_words(Known, listing.confidential)),
    )


def anonymous(listing: Listing) -> str:
    words = {
        Listing.Anonymous.YES: pgettext("anonymous?", "yes"),
        Listing.Anonymous.NO: pgettext("anonymous?", "no"),
        Listing.Anonymous.ON_REQUEST: pgettext("anonymous?", "on request"),
        Listing.Anonymous.FIRST_TALK: pgettext("anonymous?", "for the first talk"),
    }
    return words.get(Listing.Anonymous(listing.anonymous), "")


def yes_no(name: str, code: str, words: str) -> Fact:
    known = code not in ("", Known.UNKNOWN)
    return Fact(name, (here(str(words) if known else gettext("not known yet")),), known=known)


def languages(listing: Listing) -> Fact:
    spoken = own_language_first(row.language for row in listing.languages.all())
    fact = named(gettext("Languages"), tuple(here(spoken_name(code)) for code in spoken), LANGUAGES_AT_MOST)
    told = INTERPRETER.get(listing.interpreter)
    more = gettext(", ").join(filter(None, (fact.more, told() if told else "")))
    if not spoken and not more:
        return Fact(fact.name, (here(gettext("not known yet")),), known=False)
    return Fact(fact.name, fact.values, more)


def own_language_first(codes: Iterable[str]) -> list[str]:
    return sorted(codes, key=lambda code: code != get_language())


INTERPRETER: Mapping[str, Callable[[], str]] = {
    Listing.Interpreter.NONE: lambda: gettext("no interpreter"),
    Listing.Interpreter.ON_REQUEST: lambda: gettext("interpreter on request"),
    Listing.Interpreter.POOL: lambda: gettext("interpreter from a pool"),
}


def area(listing: Listing) -> Fact:
    names = labels(AREAS, listing.areas_served)
    if not names:
        return Fact(gettext("Area"), (here(gettext("not known yet")),), known=False)
    return named(gettext("Area"), names)


def hours(listing: Listing, phone: ContactPoint | None, at: datetime) -> Hours:
    source = deciding(listing, phone)
    now = opening.state(source.opening_hours, at)
    note = source.opening_hours_note if now.is_open is None else ""
    wording = as_written(note, listing.source_language) if note else nothing()
    return Hours("" if note else opening.words(now), now.is_open, wording)


def deciding(listing: Listing, phone: ContactPoint | None) -> Listing | ContactPoint:
    """The telephone's own hours where it has some: they decide whether a call is worth it now."""
    own = phone if phone and (phone.opening_hours or phone.opening_hours_note) else None
    return own or listing


def opening_hours(listing: Listing) -> str:
    """The hours that the card speaks of."""
    contacts = (contact for contact in listing.contacts.all() if is_public(contact))
    return deciding(listing, _first(contacts, Contact.Kind.PHONE)).opening_hours


def confirmed(listing: Listing) -> str:
    day = listing.last_confirmed_on
    if day and is_silent(listing, localdate()):
        return gettext("Not confirmed since %(date)s") % {"date": date_format(day, "DATE_FORMAT")}
    return last_confirmed(day)


def last_confirmed(day: date | None) -> str:
    if day is None:
        return gettext("Not confirmed yet")
    return gettext("Last confirmed on %(date)s") % {"date": date_format(day, "DATE_FORMAT")}
