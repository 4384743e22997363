"""Every dimension as a list to choose from. What is posted are codes, and becomes facts again here."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directory.cards import here
from directory.languages import MAIN, SHIPPED
from directory.models import DIMENSIONS
from directory.spoken import spoken_name
from directory.text import Text, choose
from directory.vocabulary import area_name, area_tree, label, terms
from referrals import dates, queries
from referrals.codes import code, is_code
from referrals.dates import Fault, Picked
from referrals.dimensions import Facts, UnknownFactError, shipped
from referrals.forms import NO_INTERPRETER_FOR, PLACE_LEVELS
from referrals.guide import Guide, read_facts
from referrals.reasons import name_of
from referrals.showing import VOCABULARIES

DATE = ("day", "month", "year")
BODY = "body"
TEXT = "text"  # the language of the text for the person
ONE_ANSWER = ("asker",)  # nobody asks as two
_YES, _NO = "true", "false"


@dataclass(frozen=True)
class Stated:
    """What was chosen, by field."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: int = 0  # posted codes that nobody knows: the page was out of date

    def one(self, name: str) -> str:
        return next(iter(self.values.get(name, ())), "")

    @property
    def is_situation(self) -> bool:
        return bool(self.values.keys() - {BODY, TEXT})

    @property
    def picked(self) -> Picked:
        return Picked(*(int(self.one(part) or 0) for part in DATE))

    @property
    def date_fault(self) -> Fault | None:
        return self.picked.fault(timezone.localdate())


@dataclass(frozen=True)
class Option:
    code: str
    label: Text
    chosen: bool


@dataclass(frozen=True)
class Field:
    name: str
    code: str
    label: str
    options: tuple[Option, ...]
    several: bool
    nothing: str  # what the empty choice means

    @property
    def chosen(self) -> tuple[Text, ...]:
        return tuple(option.label for option in self.options if option.chosen)


Named = Callable[[str], Text]


def known() -> Mapping[str, Iterable[str]]:
    """The values of each field, in the order in which the page shows the fields."""
    places = [area.slug for area in area_tree().areas.values() if area.level in PLACE_LEVELS]
    return {
        **{name: tuple(_values(name)) for name in DIMENSIONS},
        "danger_now": (_YES, _NO),
        "language": languages(),
        "place": places,
        "residence": places,
        **{part: tuple(map(str, numbers)) for part, numbers in dates.choices(timezone.localdate()).items()},
        TEXT: tuple(code for code, _name in settings.LANGUAGES),
        BODY: tuple(body.slug for body in queries.bodies() if body.rows or body.exclusions),
    }


def _values(dimension: str) -> Iterator[str]:
    """In the order of the vocabulary, which names more than a rule can ask for."""
    asked = shipped().values[dimension]
    return (slug for slug in terms(VOCABULARIES.get(dimension, dimension)) if slug in asked)


def languages() -> tuple[str, ...]:
    """Those that somebody speaks, and those of the site."""
    spoken = {language for body in queries.bodies() for language in body.languages}
    return tuple(sorted(spoken | set(SHIPPED)))


def read(data: QueryDict) -> Stated:
    sent = {name: [value for value in values if value] for name, values in data.lists() if is_code(name)}
    found, understood = {}, 0
    for name, values in known().items():
        by_code = {code(name, value): value for value in values}
        chosen = tuple(dict.fromkeys(by_code[each] for each in sent.get(code(name), ()) if each in by_code))
        understood += len(chosen)
        if chosen:
            found[name] = chosen if is_several(name) else chosen[:1]
    return Stated(found, unknown=max(0, sum(map(len, sent.values())) - understood))


def is_several(name: str) -> bool:
    return name in DIMENSIONS and name not in ONE_ANSWER


def facts(stated: Stated, guide: Guide) -> Facts:
    given: dict[str, Any] = {name: stated.values[name] for name in DIMENSIONS if name in stated.values}
    given |= {name: value for name in ("place", "residence") if (value := stated.one(name))}
    if danger := stated.one("danger_now"):
        given["danger_now"] = danger == _YES
    if (language := stated.one("language")) and language not in NO_INTERPRETER_FOR:
        given["language"] = language
    if (day := stated.picked.on) and not stated.date_fault:
        given["when_days_ago"] = (timezone.localdate() - day).days
    try:
        return read_facts(guide, {}, given, areas=area_tree().areas)
    except UnknownFactError:  # a language that is written in no way we know
        return Facts.of({})


def shown(stated: Stated, *, home: str) -> Iterator[Field]:
    for name, values in known().items():
        chosen = stated.values.get(name, ())
        named = _names(name)
        options = [Option(code(name, value), named(value), value in chosen) for value in values]
        if name in ("language", "place", "residence", BODY):
            options.sort(key=lambda option: option.label.text.casefold())
        yield Field(name, code(name), label_of(name), tuple(options), is_several(name), _nothing(name, home))


def said(stated: Stated) -> Iterator[tuple[str, tuple[Text, ...]]]:
    """The situation in words, for a text that leaves the page."""
    for name, values in stated.values.items():
        if name not in (*DATE, TEXT, BODY):
            yield label_of(name), tuple(map(_names(name), values))
    if not stated.date_fault and (day := stated.picked.on):
        yield _("Day of the incident"), (here(day.isoformat()),)


def label_of(name: str) -> str:
    own = {
        "language": _("Language of the person"),
        "place": _("Where it happened"),
        "residence": _("Where the person lives"),
        "day": _("Day"),
        "month": _("Month"),
        "year": _("Year"),
        TEXT: _("Text for the person in"),
        BODY: _("Is this body responsible?"),
    }
    return own.get(name) or capfirst(name_of(name))


def _nothing(name: str, home: str) -> str:
    if name == "place":
        return area_name(home).text
    return "–" if name in DATE else _("not stated")


def _names(name: str) -> Named:
    if name in DIMENSIONS:
        vocabulary = VOCABULARIES.get(name, name)
        return lambda value: label(vocabulary, value)
    return _NAMES[name]()


def _titles() -> Named:
    titles = {body.slug: body.name for body in queries.bodies()}
    return lambda value: choose({MAIN: titles.get(value, value)})


_NAMES: Mapping[str, Callable[[], Named]] = {
    "danger_now": lambda: lambda value: here(_("yes") if value == _YES else _("no")),
    "language": lambda: lambda value: here(spoken_name(value)),
    "place": lambda: area_name,
    "residence": lambda: area_name,
    "day": lambda: here,
    "month": lambda: lambda value: here(str(MONTHS[int(value)])),
    "year": lambda: here,
    TEXT: lambda: lambda value: here(SHIPPED[value].name),
    BODY: _titles,
}
