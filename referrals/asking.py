"""The guide's form as a page shows it."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.text import Text, choose
from directory.vocabulary import area_name, area_tree, home_area, label
from referrals import codes, dates, forms
from referrals.codes import code
from referrals.dates import Fault
from referrals.forms import PATHS, PLACE_LEVELS, Posted
from referrals.guide import Guide, Question

FAULTS: Mapping[Fault, str | Promise] = {
    Fault.INCOMPLETE: _("Please choose day, month and year, or none of them. Everything else is kept."),
    Fault.IMPOSSIBLE: _("There is no such day in the calendar. Everything else is kept."),
    Fault.FUTURE: _("This day is still to come. Everything else is kept."),
}


class Option(NamedTuple):
    value: str
    label: Text | str | Promise
    chosen: bool


class Choice(NamedTuple):
    name: str
    options: list[Option]


class Asked(NamedTuple):
    """A question as the page shows it."""

    name: str
    text: Text
    hint: Text
    options: list[Option]


def form(posted: Posted, guide: Guide) -> dict[str, Any]:
    asked = [as_asked(question, posted) for question in guide.asked(forms.given_by(posted))]
    choices = {
        "place": Choice(code("place"), places("place", posted.place)),
        "residence": Choice(code("residence"), places("residence", posted.residence)),
        "date": dict(day_choices(posted)),
    }
    shown = {each.name for each in asked} | {code(name) for name in ("place", "residence", "day", "month", "year")}
    return {
        "questions": asked,
        **choices,
        "more_exact": bool(posted.place or posted.residence or posted.picked),
        "paths": paths(posted.asker),
        "carried": [(name, value) for name, value in posted.hidden() if name not in shown],
        "remarks": list(remarks(posted)),
    }


def as_asked(question: Question, posted: Posted) -> Asked:
    chosen = posted.answers.get(question.slug)
    options = [
        Option(codes.of_option(question.slug, each.slug), choose(each.text), each.slug == chosen)
        for each in question.options
    ]
    return Asked(codes.of_question(question.slug), choose(question.text), choose(question.why), options)


def paths(asker: str) -> list[Option]:
    """Who asks: buttons, because it is no question of the guide."""
    return [
        Option(code("asker", slug), label("asker", slug), slug == (asker or forms.AFFECTED))
        for slug in (forms.AFFECTED, *PATHS)
    ]


def places(field: str, chosen: str) -> list[Option]:
    """The installation's own area first."""
    slugs = [area.slug for area in area_tree().areas.values() if area.level in PLACE_LEVELS]
    named = [(slug != home_area(), area_name(slug), slug) for slug in {*slugs, home_area()} if slug]
    return [
        Option(code(field, slug), name, slug == chosen)
        for _is_elsewhere, name, slug in sorted(named, key=lambda each: (each[0], each[1].text))
    ]


def day_choices(posted: Posted) -> Iterator[tuple[str, Choice]]:
    chosen = dict(posted.picked)
    for part, numbers in dates.choices(timezone.localdate()).items():
        words = MONTHS if part == "month" else {number: str(number) for number in numbers}
        options = [Option(code(part, str(number)), words[number], number == chosen[part]) for number in numbers]
        yield part, Choice(code(part), options)


def remarks(posted: Posted) -> Iterator[str]:
    """What of the form could not be used, in plain words."""
    if posted.unknown:
        yield ngettext(
            "This page was out of date: one of your answers is not offered any more. All others are kept.",
            "This page was out of date: %(number)d of your answers are not offered any more. All others are kept.",
            posted.unknown,
        ) % {"number": posted.unknown}
    if fault := posted.date_fault:
        yield str(FAULTS[fault])
