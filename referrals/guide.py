"""The guide: a few skippable questions, each bound to a dimension, and the facts that their answers state."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from referrals.dimensions import Facts

LONGEST = 5  # questions
SKIPPED = ""

_side = frozenset({"who", "office"})

Answers = Mapping[str, str]  # question → option
StatedFacts = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Option:
    slug: str
    facts: StatedFacts = field(default_factory=dict)
    text: Mapping[str, str] = field(default_factory=dict)  # by language


@dataclass(frozen=True)
class Question:
    slug: str
    dimension: str
    options: tuple[Option, ...] = ()
    text: Mapping[str, str] = field(default_factory=dict)
    why: Mapping[str, str] = field(default_factory=dict)  # why we ask
    shown_if: Mapping[str, frozenset[str]] = field(default_factory=dict)  # question → options, SKIPPED among them

    def option(self, slug: str) -> Option | None:
        return next((option for option in self.options if option.slug == slug), None)

    def is_shown(self, answers: Answers) -> bool:
        return all(answers.get(slug, SKIPPED) in wanted for slug, wanted in self.shown_if.items())


@dataclass(frozen=True)
class Guide:
    slug: str
    questions: tuple[Question, ...] = ()
    assumed: StatedFacts = field(default_factory=dict)  # where nobody said what happened or what they wish for

    def __post_init__(self) -> None:
        for fault in faults(self):
            raise ValueError(f"guide {self.slug!r}: {fault}")

    def asked(self, given: Mapping[str, Any]) -> tuple[Question, ...]:
        """What a concern has already said is not asked again."""
        return tuple(question for question in self.questions if question.dimension not in given)


def faults(guide: Guide) -> Iterator[str]:
    if len(guide.questions) > LONGEST:
        yield f"more than {LONGEST} questions"
    before: dict[str, Question] = {}
    for question in guide.questions:
        yield from _faults_of(question, before)
        before[question.slug] = question


def _faults_of(question: Question, before: Mapping[str, Question]) -> Iterator[str]:
    if question.slug in before:
        yield f"question {question.slug!r} stands there twice"
    if not question.options:
        yield f"question {question.slug!r} has no options"
    if SKIPPED in {option.slug for option in question.options}:
        yield f"question {question.slug!r} has an option without a slug"
    for slug, wanted in question.shown_if.items():
        if slug not in before:
            yield f"question {question.slug!r} depends on {slug!r}, which is not asked before it"
        elif unknown := wanted - {SKIPPED} - {option.slug for option in before[slug].options}:
            yield f"question {question.slug!r} depends on unknown answers: {', '.join(sorted(unknown))}"


def known_answers(guide: Guide, posted: Mapping[str, str]) -> dict[str, str]:
    """Only questions and options that exist: whatever else was posted counts as skipped."""
    return {
        question.slug: posted[question.slug]
        for question in guide.questions
        if question.option(posted.get(question.slug, SKIPPED)) is not None
    }


def facts_from_answers(guide: Guide, answers: Answers, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Raw facts for `Facts.of`: what the concern gave and what the answers state, added up.

    Whose side it was, the first answer that says so decides. An answer to a hidden question counts like any
    other: who was shown all questions meant it, and a check proves that it moves no first body.
    """
    found: dict[str, Any] = dict(given or {})
    for question in guide.questions:
        option = question.option(answers.get(question.slug, SKIPPED))
        if option is None or (_side & option.facts.keys() and _side & found.keys()):
            continue
        for dimension, values in option.facts.items():
            found[dimension] = tuple(dict.fromkeys((*found.get(dimension, ()), *values)))
    return found


def read_facts(
    guide: Guide,
    answers: Answers,
    given: Mapping[str, Any] | None = None,
    *,
    areas: Container[str] = (),
) -> Facts:
    """The facts of a visitor: answers, what a concern gave, and what the guide assumes where both are silent."""
    raw = facts_from_answers(guide, answers, given)
    silent = not raw.keys() & {"what", "wish", "danger_now"}
    return Facts.of(raw, areas=areas, assumed=guide.assumed if silent else None)
