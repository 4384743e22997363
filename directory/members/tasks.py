"""What is still to do for an entry, and what visitors miss as long as it is not done. The rules are data."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.cards import is_public
from directory.languages import SHIPPED, column
from directory.members.sections import Section, sections_of
from directory.models import Contact, Listing

Missing = Callable[[Listing], bool]


@dataclass(frozen=True)
class Task:
    section: str
    to_do: Any
    missed: Any
    missing: Missing
    must: bool = False  # without it nobody can use the entry


def _source(field: str) -> Missing:
    return lambda entry: not getattr(entry, column(field, entry.source_language))


def _empty(*fields: str) -> Missing:
    return lambda entry: not any(getattr(entry, field) for field in fields)


def _unknown(field: str) -> Missing:
    return lambda entry: getattr(entry, field) in ("", "unknown")


def _without(*kinds: str) -> Missing:
    return lambda entry: not any(row.kind in kinds and is_public(row) for row in entry.contacts.all())


def _unreachable(entry: Listing) -> bool:
    """As the cards have it: the organisation's website counts."""
    return not entry.organisation.website and _without(*Contact.Kind.values)(entry)


def _for_help(missing: Missing) -> Missing:
    return lambda entry: entry.kind != Listing.Kind.TRAINING and missing(entry)


TASKS = (
    Task("text", _("Write the name"), _("Without a name nobody finds it."), _source("title"), must=True),
    Task(
        "text",
        _("Say in one sentence what it helps with"),
        _("In lists visitors see only keywords."),
        _source("helps_with"),
    ),
    Task(
        "text",
        _("Describe what you do"),
        _("The search finds you by fewer words."),
        _source("description"),
    ),
    Task(
        "text",
        _("Tell what happens when somebody gets in touch"),
        _("Whoever is afraid of the first step does not know what to expect."),
        _for_help(_source("what_happens")),
    ),
    Task(
        "kontakt",
        _("Give a phone number, an e-mail address or a website"),
        _("Nobody can reach you."),
        _unreachable,
        must=True,
    ),
    Task(
        "kontakt",
        _("Give a phone number"),
        _("Many people would rather call than write."),
        _for_help(_without(Contact.Kind.PHONE)),
    ),
    Task(
        "zeiten",
        _("Say when you are there"),
        _("Visitors cannot see whether you are open now."),
        _for_help(_empty("opening_hours", "opening_hours_note")),
    ),
    Task(
        "ort",
        _("Choose the area"),
        _("The search by place and the guide do not find you."),
        _empty("areas_served"),
        must=True,
    ),
    Task(
        "ort",
        _("Say how people take part: on site, by phone, online"),
        _("Who cannot come does not know whether they need to."),
        _empty("modes"),
    ),
    Task(
        "fuer-wen",
        _("Choose what you offer"),
        _("The guide cannot recommend you."),
        _for_help(_empty("kinds_of_help")),
        must=True,
    ),
    Task(
        "fuer-wen",
        _("Choose what it is about, or for whom"),
        _("Visitors cannot tell whether they are meant."),
        _for_help(_empty("grounds", "ground_sets", "target_groups", "topics")),
    ),
    Task(
        "bedingungen",
        _("Say what it costs"),
        _("Many do not call because they fear the cost."),
        lambda entry: entry.cost in ("", "unknown") and not entry.price,
    ),
    Task(
        "bedingungen",
        _("Say whether one may stay anonymous"),
        _("Many do not call because they fear to give their name."),
        _for_help(_unknown("anonymous")),
    ),
    Task(
        "bedingungen",
        _("Say whether it is confidential"),
        _("Visitors do not know who will hear of it."),
        _for_help(_unknown("confidential")),
    ),
    Task(
        "bedingungen",
        _("Choose the languages that you speak"),
        _("Who looks for a language does not find you."),
        lambda entry: not entry.languages.all(),
    ),
    Task(
        "bedingungen",
        _("Say how accessible it is"),
        _("People with disabilities do not know whether they can come."),
        _empty("access_features"),
    ),
    Task(
        "fortbildung",
        _("Choose the formats"),
        _("Institutions filter by format."),
        _empty("formats"),
    ),
    Task(
        "fortbildung",
        _("Choose the sectors"),
        _("Schools, offices and companies look for their own."),
        _empty("sectors"),
    ),
    Task(
        "fortbildung",
        _("Say how long it takes"),
        _("Nobody can plan it."),
        _empty("duration"),
    ),
)


@dataclass(frozen=True)
class Part:
    """A section with what is open in it."""

    section: Section
    open: tuple[Task, ...]

    @property
    def is_done(self) -> bool:
        return not self.open


def parts(entry: Listing, languages: Iterable[str]) -> list[Part]:
    found = [task for task in (*TASKS, *_translations(entry, languages)) if task.missing(entry)]
    return [
        Part(section, tuple(task for task in found if task.section == section.slug))
        for section in sections_of(entry)
    ]


def _translations(entry: Listing, languages: Iterable[str]) -> list[Task]:
    """One for each further language that somebody has chosen to write in."""
    return [
        Task(
            "text",
            gettext("Write the text in %(language)s") % {"language": SHIPPED[code].name},
            gettext("Readers of this language get it in another one."),
            _not_in(code),
        )
        for code in languages
        if code != entry.source_language
    ]


def _not_in(code: str) -> Missing:
    """What stands on every card is written in one language and not in the other."""
    return lambda entry: any(
        getattr(entry, column(field, entry.source_language)) and not getattr(entry, column(field, code))
        for field in ("title", "helps_with")
    )


def musts(found: Iterable[Part]) -> list[Task]:
    return [task for part in found for task in part.open if task.must]


def number_done(found: Iterable[Part]) -> int:
    return sum(part.is_done for part in found)
