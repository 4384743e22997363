"""What was posted to the guide. Unknown questions, options, concerns and places count as not answered."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from directory.languages import MAIN
from directory.vocabulary import area_tree, terms
from referrals.dimensions import Facts, UnknownFactError
from referrals.guide import Guide, known_answers, read_facts

PREFIX = "q-"
PLACE_LEVELS = ("land", "kreis", "city")
# Who reads these in German speaks it, or will say so; simple German is German.
NO_INTERPRETER_FOR = (MAIN, "de-simple")

Given = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Posted:
    answers: Mapping[str, str] = field(default_factory=dict)
    concern: str = ""
    place: str = ""

    def hidden(self) -> Iterator[tuple[str, str]]:
        """The same once more, for a form that carries it along."""
        yield from ((PREFIX + question, option) for question, option in self.answers.items())
        yield from ((name, value) for name in ("concern", "place") if (value := getattr(self, name)))


def read(data: QueryDict, guide: Guide) -> Posted:
    raw = {key.removeprefix(PREFIX): value for key, value in data.items() if key.startswith(PREFIX)}
    concern, place = data.get("concern", ""), data.get("place", "")
    return Posted(
        answers=known_answers(guide, {key: str(value) for key, value in raw.items()}),
        concern=concern if concern in terms("concerns") else "",
        place=place if place in area_tree().areas else "",
    )


def given_by(concern: str) -> Given:
    """What a tile has already said."""
    found = terms("concerns").get(concern)
    facts: Mapping[str, Iterable[str]] = found.extra.get("facts", {}) if found else {}
    return {dimension: tuple(values) for dimension, values in facts.items()}


def facts(posted: Posted, guide: Guide, language: str) -> Facts:
    given: dict[str, Any] = dict(given_by(posted.concern))
    if posted.place:
        given["place"] = posted.place
    if language not in NO_INTERPRETER_FOR:
        given["language"] = language
    try:
        return read_facts(guide, posted.answers, given, areas=area_tree().areas)
    except UnknownFactError:  # staff wrote a code into a question or concern that no dimension knows
        return Facts.of({})
