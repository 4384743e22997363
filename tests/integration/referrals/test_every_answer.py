"""All that can be answered, held against the demo data: the rules that every result has to keep."""

import random
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product

import pytest

from directory.vocabulary import area_tree, home_area
from referrals import queries
from referrals.bodies import Body, Candidate
from referrals.competence import Exclusion
from referrals.dimensions import Facts
from referrals.engine import refer
from referrals.forms import PLACE_LEVELS
from referrals.guide import SKIPPED, Guide, read_facts
from referrals.guide_check import Results
from referrals.presentation import FIRST, present, split

pytestmark = pytest.mark.usefixtures("demo")

AT_MOST, SEED = 50_000, 7
PATHS = ("", "relative", "witness", "organisation", "city_employee", "professional")


@dataclass(frozen=True)
class Way:
    """Through the guide: answers, who asks, and where."""

    answers: Mapping[str, str]
    asker: str = ""
    place: str = ""

    @property
    def given(self) -> dict[str, tuple[str, ...]]:
        said = {"asker": self.asker, "place": self.place}
        return {name: (value,) for name, value in said.items() if value}


@dataclass
class Trial:
    """Reads ways as the site does, and counts what it saw."""

    guide: Guide = field(default_factory=queries.guide)
    tried: int = 0
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.results = Results(self.guide, queries.bodies(), area_tree(), home_area())

    def facts(self, way: Way) -> Facts:
        return read_facts(self.guide, way.answers, way.given, areas=area_tree().areas)

    def hold(self, way: Way) -> None:
        facts = self.facts(way)
        ordered = self.results.ordered(facts)
        place = way.place or home_area()
        self.tried += 1
        self.faults += (f"{fault}: {way}" for fault in broken(ordered, facts, place))


def broken(ordered: list[Candidate], facts: Facts, place: str) -> Iterator[str]:
    first = split(ordered)[0]
    if not first:
        yield "the result is empty"
    if len(first) > FIRST:
        yield "more than three stand first"
    if not any(each.body.is_reachable for each in first):
        yield "nobody of the first can be reached"
    above = frozenset(area_tree().ancestors(place))
    yield from (f"{each.slug} is ruled out" for each in ordered if rules_out(each.body, facts, above))


def rules_out(body: Body, facts: Facts, above: frozenset[str]) -> bool:
    """Told in another way than the engine does: everything that the exclusion names was said of this place."""
    return any(each.strength == "hard" and _holds(each, facts, above) for each in body.exclusions)


def _holds(exclusion: Exclusion, facts: Facts, above: frozenset[str]) -> bool:
    if any(not facts.excluding.get(name, frozenset()) & values for name, values in exclusion.needs.items()):
        return False
    if exclusion.basis == {"residence"} and not facts.residence:
        return False
    inside, outside = set(exclusion.areas), set(exclusion.outside_areas)
    return bool(not inside or above & inside) and bool(not outside or not above & outside)


def choices(guide: Guide, *asked: str) -> Iterator[dict[str, str]]:
    """Every way to answer these questions, skipping included; what is hidden is not asked."""
    groups = {each.slug: (SKIPPED, *(option.slug for option in each.options)) for each in guide.questions}
    for chosen in product(*(groups[slug] for slug in asked)):
        answers = {slug: option for slug, option in zip(asked, chosen, strict=True) if option}
        if all(each.is_shown(answers) for each in guide.questions if each.slug in answers):
            yield answers


def places() -> tuple[str, ...]:
    known = (area.slug for area in area_tree().areas.values() if area.level in PLACE_LEVELS)
    return ("", *sorted(known))


def sampled(guide: Guide, number: int) -> Iterator[Way]:
    """Ways through all groups at once; the seed says which."""
    chance, everywhere = random.Random(SEED), places()
    for _turn in range(number):
        answers: dict[str, str] = {}
        for question in guide.questions:
            option = chance.choice((SKIPPED, *(each.slug for each in question.options)))
            if option and question.is_shown(answers):
                answers[question.slug] = option
        yield Way(answers, chance.choice(PATHS), chance.choice(everywhere))


def how_many(guide: Guide) -> int:
    """Of all groups at once: too many to try each."""
    *others, wish = guide.questions
    every = sum(1 for _answers in choices(guide, *(each.slug for each in others)))
    return every * (len(wish.options) + 1) * len(PATHS) * len(places())


def test_every_answer_leads_to_somebody(capsys: pytest.CaptureFixture[str]) -> None:
    trial, began = Trial(), time.process_time()
    for answers in choices(trial.guide, "what", "where", "ground", "wish"):
        trial.hold(Way(answers))
    for answers, asker in product(choices(trial.guide, "where", "office"), PATHS):
        trial.hold(Way(answers, asker))
    for answers, place in product(choices(trial.guide, "what", "ground"), places()):
        trial.hold(Way(answers, place=place))
    whole = trial.tried
    for way in sampled(trial.guide, AT_MOST - whole):
        trial.hold(way)
    with capsys.disabled():
        sys.stderr.write(
            f"\n{whole} combinations tried exhaustively, {trial.tried - whole} of {how_many(trial.guide)} "
            f"sampled with seed {SEED}, in {time.process_time() - began:.0f} s of work\n"
        )
    assert 25_000 < whole <= trial.tried == AT_MOST
    assert trial.faults == []


def test_the_order_of_answering_does_not_matter() -> None:
    trial, chance = Trial(), random.Random(SEED)
    for way in sampled(trial.guide, 2_000):
        said = list(way.answers.items())
        chance.shuffle(said)
        again = Way(dict(said), way.asker, way.place)
        assert trial.facts(again) == trial.facts(way)


def test_what_is_remembered_is_what_the_engine_says() -> None:
    """And the order in which the database gives the bodies says nothing."""
    trial, chance = Trial(), random.Random(SEED)
    for way in sampled(trial.guide, 400):
        facts = trial.facts(way)
        bodies = list(trial.results.bodies)
        chance.shuffle(bodies)
        referral = refer(facts, bodies, queries.rules(), area_tree(), home_area())
        assert [each.slug for each in referral.ordered] == [each.slug for each in trial.results.ordered(facts)]
        assert {each.candidate.slug for each in present(referral, bodies).first} == {
            each.slug for each in split(trial.results.ordered(facts))[0]
        }


class TestTheTrial:
    """It finds what it looks for."""

    def faults_of(self, ordered: list[Candidate]) -> list[str]:
        return list(broken(ordered, Trial().facts(Way({"what": "violence"})), home_area()))

    def test_an_empty_result(self) -> None:
        assert self.faults_of([]) == ["the result is empty", "nobody of the first can be reached"]

    def test_a_body_that_is_ruled_out(self) -> None:
        trial = Trial()
        facts = trial.facts(Way({"what": "violence"}))
        above = frozenset(area_tree().ancestors(home_area()))
        some = trial.results.ordered(facts)
        barred = Exclusion({"what": frozenset({"violence"})}, areas=(home_area(),))
        wrong = replace(some[1], body=replace(some[1].body, exclusions=(barred,)))
        assert rules_out(wrong.body, facts, above)
        assert self.faults_of([some[0], wrong]) == [f"{wrong.slug} is ruled out"]

    @pytest.mark.parametrize(
        "barred",
        [
            Exclusion({"what": frozenset({"insult"})}),
            Exclusion({"what": frozenset({"violence"}), "who": frozenset({"business"})}),
            Exclusion({"what": frozenset({"violence"})}, areas=("jena",)),
            Exclusion({"what": frozenset({"violence"})}, outside_areas=("nordrhein-westfalen",)),
            Exclusion({"what": frozenset({"violence"})}, strength="prefer_other"),
        ],
    )
    def test_what_was_not_said_rules_nobody_out(self, barred: Exclusion) -> None:
        facts = Trial().facts(Way({"what": "violence"}))
        above = frozenset(area_tree().ancestors("duesseldorf"))
        assert not rules_out(Body("body", exclusions=(barred,)), facts, above)

    def test_nobody_to_reach(self) -> None:
        silent = [each for each in Trial().results.ordered(Trial().facts(Way({}))) if not each.body.is_reachable]
        assert silent
        assert "nobody of the first can be reached" in self.faults_of(silent)
