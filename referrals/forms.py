"""What was posted to the guide, in codes that tell nothing. What nobody knows counts as not answered."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from directory.languages import MAIN
from directory.vocabulary import area_tree, terms
from referrals import codes
from referrals.codes import code, is_code
from referrals.dates import Fault, Picked, choices
from referrals.dimensions import Facts, UnknownFactError
from referrals.guide import Guide, read_facts

__all__ = ["Posted", "asks_for_the_form", "code", "facts", "given_by", "read"]

PLACE_LEVELS = ("land", "kreis", "city")
STEP = "step"
CHANGE = "change"
AFFECTED = "affected"
# Who asks, where it is not the person to whom it happened; professionals have a page of their own.
PATHS = ("relative", "witness", "organisation", "city_employee")
# Who reads these in German speaks it, or will say so; simple German is German.
NO_INTERPRETER_FOR = (MAIN, "de-simple")

Given = Mapping[str, tuple[str, ...]]
_CHOSEN = ("concern", "asker", "place", "residence")


@dataclass(frozen=True)
class Posted:
    answers: Mapping[str, str] = field(default_factory=dict)  # question → option
    concern: str = ""
    place: str = ""
    residence: str = ""
    asker: str = ""  # where it is not the person to whom it happened
    happened: date | None = None
    wrong_date: Picked | None = None  # what was chosen where that is no day that was
    unknown: int = 0  # posted codes that nobody knows: the page was out of date

    @property
    def picked(self) -> Picked:
        return self.wrong_date or Picked.of(self.happened)

    @property
    def date_fault(self) -> Fault | None:
        return self.picked.fault(timezone.localdate())

    def hidden(self) -> Iterator[tuple[str, str]]:
        """The same once more, for a form that carries it along."""
        for question, option in self.answers.items():
            yield codes.of_question(question), codes.of_option(question, option)
        for name in _CHOSEN:
            if value := getattr(self, name):
                yield code(name), code(name, value)
        yield from ((code(part), code(part, str(number))) for part, number in self.picked if number)


def read(data: QueryDict, guide: Guide) -> Posted:
    today = timezone.localdate()
    sent = {name: str(value) for name, value in data.items() if is_code(name) and value}
    answers, fields = _questions(guide), _fields(today)
    known = {**answers, **fields}
    said = {name: known[name][value] for name, value in sent.items() if value in known.get(name, ())}
    picked = Picked(*(int(said.get(code(part), 0)) for part in choices(today)))
    fault = picked.fault(today)
    return Posted(
        answers={
            question.slug: said[name]
            for question in guide.questions
            if (name := codes.of_question(question.slug)) in said
        },
        **{name: said.get(code(name), "") for name in _CHOSEN} | _step(data),
        happened=None if fault else picked.on,
        wrong_date=picked if fault else None,
        unknown=len(sent) - len(said),
    )


def asks_for_the_form(data: QueryDict) -> bool:
    """Rather than for the result: to change answers, or to say who asks."""
    return data.get(STEP) in {CHANGE, *_askers()}


def _step(data: QueryDict) -> dict[str, str]:
    """A button that says who asks outdoes what the form carries along."""
    found = _askers().get(data.get(STEP, ""))
    return {} if found is None else {"asker": "" if found == AFFECTED else found}


def _askers() -> dict[str, str]:
    return {code("asker", slug): slug for slug in terms("asker")}


def _questions(guide: Guide) -> dict[str, Mapping[str, str]]:
    return {
        codes.of_question(question.slug): {
            codes.of_option(question.slug, option.slug): option.slug for option in question.options
        }
        for question in guide.questions
    }


def _fields(today: date) -> dict[str, Mapping[str, str]]:
    areas = area_tree().areas
    values: Mapping[str, Iterable[object]] = {
        "concern": terms("concerns"),
        "asker": terms("asker"),
        "place": areas,
        "residence": areas,
        **choices(today),
    }
    return {code(name): {code(name, str(each)): str(each) for each in known} for name, known in values.items()}


def given_by(posted: Posted) -> Given:
    """What a tile or a path has already said."""
    found = terms("concerns").get(posted.concern)
    facts: Mapping[str, Iterable[str]] = found.extra.get("facts", {}) if found else {}
    given = {dimension: tuple(values) for dimension, values in facts.items()}
    return {**given, "asker": (posted.asker,)} if posted.asker else given


def facts(posted: Posted, guide: Guide, language: str) -> Facts:
    given: dict[str, Any] = dict(given_by(posted))
    given |= {name: value for name in ("place", "residence") if (value := getattr(posted, name))}
    if posted.happened:
        given["when_days_ago"] = (timezone.localdate() - posted.happened).days
    if language not in NO_INTERPRETER_FOR:
        given["language"] = language
    try:
        return read_facts(guide, posted.answers, given, areas=area_tree().areas)
    except UnknownFactError:  # staff wrote a code into a question or concern that no dimension knows
        return Facts.of({})
