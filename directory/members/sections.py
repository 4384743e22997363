"""The parts in which a member edits an entry: one screen each, so that a minute is enough for one of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from directory.languages import column
from directory.models import Listing


@dataclass(frozen=True)
class Section:
    slug: str  # part of the address, in German like all of them
    title: Any
    why: Any
    fields: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()  # one column per language
    rows: tuple[str, ...] = ()
    for_training: bool | None = None  # None: for every kind

    def fits(self, listing: Listing) -> bool:
        return self.for_training in (None, listing.kind == Listing.Kind.TRAINING)

    def names(self, languages: Iterable[str]) -> tuple[str, ...]:
        """What the section may change: columns and child relations."""
        columns = tuple(column(field, code) for code in languages for field in self.texts)
        return (*columns, *self.fields, *self.rows)


SECTIONS = (
    Section(
        "text",
        _("Name and description"),
        _("Short sentences help most: many readers are in a hurry, or still learning the language."),
        texts=("title", "helps_with", "description", "what_happens"),
    ),
    Section(
        "kontakt",
        _("How to reach you"),
        _("Use numbers and addresses of a team rather than of a person: people leave."),
        rows=("contacts",),
    ),
    Section(
        "zeiten",
        _("When"),
        _("Visitors see whether you are open right now."),
        fields=("opening_hours", "opening_hours_note", "valid_until"),
    ),
    Section(
        "ort",
        _("Where"),
        _("Where the people live who may come to you, and where it takes place."),
        fields=("areas_served", "area_note", "modes"),
        rows=("places",),
    ),
    Section(
        "fuer-wen",
        _("What and for whom"),
        _("By this the search and the guide find you."),
        fields=("audience", "kinds_of_help", "grounds", "target_groups", "space_for", "topics", "life_areas"),
    ),
    Section(
        "bedingungen",
        _("Cost, trust and languages"),
        _("What people want to know before they dare to call."),
        fields=(
            *("cost", "cost_note", "anonymous", "confidential"),
            *("interpreter", "languages_note", "access_features"),
        ),
        rows=("languages",),
    ),
    Section(
        "fortbildung",
        _("About the training"),
        _("What institutions ask first."),
        fields=(
            *("sectors", "formats", "duration", "group_size", "price", "in_house", "level"),
            *("obligation", "target_role", "education_stages", "accreditation"),
        ),
        for_training=True,
    ),
)

# Instead of the words for staff, where members need plainer ones.
LABELS: Mapping[str, Any] = {
    "title": _("Name of the offer"),
    "helps_with": _("What does it help with? One sentence."),
    "description": _("What do you do?"),
    "what_happens": _("What happens when somebody gets in touch?"),
    "opening_hours": _("When are you there?"),
    "opening_hours_note": _("Anything else about your hours"),
    "valid_until": _("The offer ends on"),
    "areas_served": _("For people from"),
    "area_note": _("Anything else about the area"),
    "modes": _("How do people take part?"),
    "audience": _("Whom is it for?"),
    "kinds_of_help": _("What do you offer?"),
    "grounds": _("Which kinds of discrimination do you know well?"),
    "target_groups": _("Whom do you have in mind most of all?"),
    "space_for": _("Is it only for certain people?"),
    "life_areas": _("Where in life?"),
    "cost": _("What does it cost?"),
    "anonymous": _("Can people stay anonymous?"),
    "confidential": _("Does it stay confidential?"),
    "topics": _("What is it about?"),
    "sectors": _("For which sectors?"),
    "formats": _("In which formats?"),
    "duration": _("How long does it take?"),
    "price": _("What does it cost an institution?"),
    "in_house": _("Do you come to the institution?"),
    "cost_note": _("Anything else about the cost"),
    "interpreter": _("Interpreters"),
    "languages_note": _("Anything else about languages"),
    "access_features": _("How accessible is it?"),
}
HELP: Mapping[str, Any] = {
    "helps_with": _("It stands on the card in every list."),
    "what_happens": _("Who answers, how long it takes, whether one has to say one's name."),
    "opening_hours_note": _("For instance: by appointment."),
    "valid_until": _("Leave it empty if it goes on. After this day visitors do not see it any more."),
    "space_for": _("Only if others cannot come: a group for women, for instance."),
    "kinds_of_help": _("Only what you really do: people who are sent to the wrong place seldom ask again."),
    "accreditation": _("For instance: recognised as educational leave."),
}


def sections_of(listing: Listing) -> tuple[Section, ...]:
    return tuple(section for section in SECTIONS if section.fits(listing))


def section_of(listing: Listing, slug: str) -> Section | None:
    return next((section for section in sections_of(listing) if section.slug == slug), None)


def next_section(listing: Listing, section: Section) -> Section | None:
    own = sections_of(listing)
    return next(iter(own[own.index(section) + 1 :]), None)
