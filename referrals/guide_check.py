"""The proof behind `shown_if`: where a question is hidden, no answer to it could change the first bodies."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, product
from typing import Any

from directory.areas import AreaTree
from referrals.bodies import Body, Candidate
from referrals.competence import Situation
from referrals.dimensions import Facts, shipped
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
    guide: Guide, bodies: Iterable[Body], tree: AreaTree, home_area: str, *, given: StatedFacts | None = None
) -> Iterator[Counterexample]:
    """Every way to answer the guide, so that nothing is left to chance. Empty: the guide hides nothing of use.

    `given` is what was known before the first question: who asks, or what a tile has said.
    """
    results = Results(guide, tuple(bodies), tree, home_area)
    for question in guide.questions:
        if question.shown_if:
            yield from _of(question, guide, results, given or {})


def _of(question: Question, guide: Guide, results: "Results", given: StatedFacts) -> Iterator[Counterexample]:
    for answers in _ways_to_hide(question, guide):
        stated = facts_from_answers(guide, answers, given)
        for option in question.options:
            answered = {**answers, question.slug: option.slug}
            if facts_from_answers(guide, answered, given) == stated:
                continue  # it states nothing new, so nothing can change
            without, with_it = results.first(answers, given), results.first(answered, given)
            if with_it != without:
                yield Counterexample(question.slug, answers, option.slug, without, with_it)


def _ways_to_hide(question: Question, guide: Guide) -> Iterator[dict[str, str]]:
    others = [each for each in guide.questions if each is not question]
    choices = [(SKIPPED, *(option.slug for option in each.options)) for each in others]
    for chosen in product(*choices):
        answers = {each.slug: slug for each, slug in zip(others, chosen, strict=True) if slug}
        if not question.is_shown(answers):
            yield answers


@dataclass(frozen=True)
class _Alike:
    """Bodies that the same dimensions can move, with the areas that a place can lie within or without."""

    dimensions: tuple[str, ...]
    areas: tuple[str, ...]
    bodies: tuple[Body, ...]


@dataclass
class Results:
    """Remembers where bodies stand by the facts that can move them: most bodies ask for few dimensions."""

    guide: Guide
    bodies: tuple[Body, ...]
    tree: AreaTree
    home_area: str
    standing: dict[Any, tuple[Candidate, ...]] = field(default_factory=dict)
    seen: dict[Any, tuple[str, ...]] = field(default_factory=dict)
    numbers: dict[Any, int] = field(default_factory=dict)  # short for what was said: quick to compare

    def __post_init__(self) -> None:
        together: dict[frozenset[str], list[Body]] = {}
        for body in self.bodies:
            together.setdefault(_dimensions_of(body), []).append(body)
        self.alike = [
            _Alike(tuple(sorted(names)), tuple(_areas_of(bodies)), tuple(bodies))
            for names, bodies in together.items()
        ]

    def first(self, answers: Answers, given: StatedFacts | None = None) -> tuple[str, ...]:
        """The slugs of the first bodies."""
        raw = facts_from_answers(self.guide, answers, given)
        key = frozenset((dimension, frozenset(values)) for dimension, values in raw.items())
        if key not in self.seen:
            ordered = self.ordered(read_facts(self.guide, answers, given))
            self.seen[key] = tuple(each.slug for each in split(ordered)[0])
        return self.seen[key]

    def ordered(self, facts: Facts) -> list[Candidate]:
        """As the engine orders them."""
        situation = Situation(facts, self.tree, self.home_area)
        said = {name: self._number((facts.meant.get(name), facts.excluding.get(name))) for name in _dimensions}
        found = (self._standing(at, each, situation, said) for at, each in enumerate(self.alike))
        return sorted(chain.from_iterable(found), key=lambda each: each.rank)

    def _standing(
        self, at: int, alike: _Alike, situation: Situation, said: Mapping[str, int]
    ) -> tuple[Candidate, ...]:
        where = self._held(at, situation.place), self._held(at, situation.residence)
        key = (at, *where, *(said[name] for name in alike.dimensions))
        if key not in self.standing:
            found = filter(None, (candidate(body, situation) for body in alike.bodies))
            self.standing[key] = tuple(sorted(found, key=lambda each: each.rank))
        return self.standing[key]

    def _held(self, at: int, place: str) -> int:
        """Two places in the same areas are one to these bodies."""
        if (at, place) not in self.numbers:
            holding = frozenset(self.tree.ancestors(place)) & frozenset(self.alike[at].areas)
            self.numbers[at, place] = self._number((bool(place), holding))
        return self.numbers[at, place]

    def _number(self, said: Any) -> int:
        return self.numbers.setdefault(said, len(self.numbers))


_dimensions = (*shipped().values, "danger_now")


def _dimensions_of(body: Body) -> frozenset[str]:
    named = frozenset(key for part in (*body.rows, *body.exclusions) for key in part.needs)
    by_role = {COMPLAINT_BODY: {"who", "asker"}, CRISIS_LINE: {"what", "time"}}.get(body.role, set())
    return named | by_role | {"danger_now", "wish", "target"}


def _areas_of(bodies: Iterable[Body]) -> frozenset[str]:
    """What a place can lie within or without, so that it matters."""
    parts = [part for body in bodies for part in (*body.rows, *body.exclusions)]
    named = (area for part in parts for area in (*part.areas, *part.outside_areas))
    return frozenset(named) | {body.belongs_to_area for body in bodies}
