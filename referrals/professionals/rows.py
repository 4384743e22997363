"""The bodies of a result in short, each in its place."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from directory.cards import Fact
from directory.details import ContactLine
from referrals.showing import Advice, Result


@dataclass(frozen=True)
class Row:
    number: int
    advice: Advice
    is_first: bool
    waiting: Fact | None
    languages: Fact | None
    contacts: tuple[ContactLine, ...] = ()  # for professionals only, where somebody has signed in


def rows(found: Result) -> tuple[Row, ...]:
    first = len(found.first)
    return tuple(
        Row(
            number=number,
            advice=advice,
            is_first=number <= first,
            waiting=_fact(advice.details.facts, _("Waiting time")),
            languages=_fact(advice.card.facts, _("Languages")),
        )
        for number, advice in enumerate((*found.first, *found.others), start=1)
    )


def _fact(facts: Iterable[Fact], name: str) -> Fact | None:
    return next((fact for fact in facts if fact.name == name), None)
