"""The proof behind `shown_if`: where a question is hidden, no answer to it could change the first bodies."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from directory.areas import AreaTree
from referrals.bodies import Body, Candidate
from referrals.competence import Situation
from referrals.dimensions import Facts
from referrals.engine import candidate
from referrals.guide import SKIPPED, Answers, Guide, Question, StatedFacts, facts_from_answers, read_facts
from referrals.presentation import split
from referrals.ranking import COMPLAINT_BODY, CRISIS_LINE


@dataclass(frozen=True)
class Counterexample:
    """With these answers the question is hidden, yet this answer would have led elsewhere."""

    question: str
    answers: Mapping[str, str]
    option: str
    without: tuple[str, ...]
    with_it: tuple[str, ...]


def hidden_questions_matter(
    guide: Guide, bodies: Iterable[Body], tree: AreaTree, home_area: str
) -> Iterator[Counterexample]:
    """Every way to answer the guide, so that nothing is left to chance. Empty: the guide hides nothing of use."""
    results = Results(guide, tuple(bodies), tree, home_area)
    for question in guide.questions:
        if question.shown_if:
            yield from _of(question, guide, results)


def _of(question: Question, guide: Guide, results: "Results") -> Iterator[Counterexample]:
    for answers in _ways_to_hide(question, guide):
        stated = facts_from_answers(guide, answers)
        for option in question.options:
            answered = {**answers, question.slug: option.slug}
            if facts_from_answers(guide, answered) == stated:
                continue  # it states nothing new, so nothing can change
            without, with_it = results.first(answers), results.first(answered)
            if with_it != without:
                yield Counterexample(question.slug, answers, option.slug, without, with_it)


def _ways_to_hide(question: Question, guide: Guide) -> Iterator[dict[str, str]]:
    others = [each for each in guide.questions if each is not question]
    choices = [(SKIPPED, *(option.slug for option in each.options)) for each in others]
    for chosen in product(*choices):
        answers = {each.slug: slug for each, slug in zip(others, chosen, strict=True) if slug}
        if not question.is_shown(answers):
            yield answers


@dataclass
class Results:
    """Remembers a body's standing by the facts that can move it: most bodies ask for few dimensions."""

    guide: Guide
    bodies: tuple[Body, ...]
    tree: AreaTree
    home_area: str
    standing: dict[Any, Candidate | None] = field(default_factory=dict)
    seen: dict[Any, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.relevant = {body.slug: _dimensions_of(body) for body in self.bodies}

    def first(self, answers: Answers, given: StatedFacts | None = None) -> tuple[str, ...]:
        """The slugs of the first bodies."""
        raw = facts_from_answers(self.guide, answers, given)
        key = frozenset((dimension, frozenset(values)) for dimension, values in raw.items())
        if key not in self.seen:
            self.seen[key] = self._first(read_facts(self.guide, answers, given))
        return self.seen[key]

    def _first(self, facts: Facts) -> tuple[str, ...]:
        situation = Situation(facts, self.tree, self.home_area)
        moved_by = {names: _said(names, facts) for names in set(self.relevant.values())}
        found = (self._candidate(body, situation, moved_by[self.relevant[body.slug]]) for body in self.bodies)
        ordered = sorted(filter(None, found), key=lambda each: each.rank)
        return tuple(each.slug for each in split(ordered)[0])

    def _candidate(self, body: Body, situation: Situation, said: Any) -> Candidate | None:
        key = (body.slug, said)
        if key not in self.standing:
            self.standing[key] = candidate(body, situation)
        return self.standing[key]


def _said(names: frozenset[str], facts: Facts) -> Any:
    return tuple((name, facts.meant.get(name), facts.excluding.get(name)) for name in sorted(names))


def _dimensions_of(body: Body) -> frozenset[str]:
    named = frozenset(key for part in (*body.rows, *body.exclusions) for key in part.needs)
    by_role = {COMPLAINT_BODY: {"who", "asker"}, CRISIS_LINE: {"what", "time"}}.get(body.role, set())
    return named | by_role | {"danger_now", "wish", "target"}
