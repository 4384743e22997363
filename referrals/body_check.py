"""Is a body, as a draft has it, sound among the others? What is wrong, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from directory.areas import AreaTree
from referrals import reach, rule_words, ways
from referrals.bodies import Body
from referrals.checks import pairs, singles
from referrals.competence import Exclusion, Situation
from referrals.dimensions import Facts
from referrals.guide import Guide, facts_from_answers, read_facts
from referrals.guide_check import Results
from referrals.presentation import split
from referrals.rule_words import Name

OWN_AT_MOST, PAIRS_AT_MOST = 300, 80  # situations: a save must not take seconds; check_referrals tries them all

Stated = Mapping[str, Any]


@dataclass(frozen=True)
class Others:
    """What is public: among these the body has to stand."""

    bodies: tuple[Body, ...]
    guide: Guide
    tree: AreaTree
    home: str
    tiles: Mapping[str, Stated]

    def by_slug(self, body: Body) -> Mapping[str, Body]:
        return {**{each.slug: each for each in self.bodies}, body.slug: body}


def faults(body: Body, others: Others, name: Name = str) -> Iterator[str]:
    if found := reach.unreachable(body, others.tree):
        yield why_unreachable(found, name)
    yield from islice(circles(body, others, name), 1)
    yield from islice(_lost(body, others, name), 1)


def why_unreachable(found: reach.Unreachable, name: Name) -> str:
    if not found.because:
        return _(
            "No answers at all lead to this body: the conditions of its rows exclude each other, or its areas do."
        )
    rules = " ".join(rule_words.sentence(rule, name) for rule in found.because)
    return _("No answers at all lead to this body, because of: %(rules)s") % {"rules": rules}


def circles(body: Body, others: Others, name: Name, at_most: int | None = OWN_AT_MOST) -> Iterator[str]:
    """Situations in which the body sends on, and everybody whom one comes to does so as well."""
    by_slug = others.by_slug(body)
    for stated in islice(_own_situations(body, by_slug, others), at_most):
        situation = Situation(Facts.of(stated, areas=others.tree.areas), others.tree, others.home)
        if met := ways.circle(body.slug, situation, by_slug):
            yield _("Everybody sends on to somebody else when %(situation)s: %(way)s.") % {
                "situation": rule_words.situation(stated),
                "way": " → ".join(name(slug) for slug in (*met, met[0])),
            }


def _own_situations(body: Body, by_slug: Mapping[str, Body], others: Others) -> Iterator[Stated]:
    """What makes the body send on: each value of its exclusions once, each place where a rule changes."""
    for rule in body.exclusions:
        if rule.strength in ways.SENDING and rule.then_go_to:
            for stated in _stating(rule):
                yield from ({**stated, **where} for where in _places(rule, body, by_slug, others))


def _stating(rule: Exclusion) -> Iterator[Stated]:
    values = {key: sorted(found) for key, found in rule.needs.items()}
    first: dict[str, Any] = {key: [found[0]] for key, found in values.items()}
    yield _as_facts(first)
    for key, found in values.items():
        yield from (_as_facts({**first, key: [value]}) for value in found[1:])


def _as_facts(stated: dict[str, Any]) -> Stated:
    danger = stated.get("danger_now")
    return {**stated, "danger_now": danger == ["true"]} if danger else stated


def _places(rule: Exclusion, body: Body, by_slug: Mapping[str, Body], others: Others) -> Iterator[Stated]:
    targets = [by_slug[slug] for slug in rule.then_go_to if slug in by_slug]
    parts = [part for each in (body, *targets) for part in (*each.rows, *each.exclusions)]
    named = {area for part in parts for area in (*part.areas, *part.outside_areas)}
    yield {}
    yield from ({"place": area} for area in sorted(named) if area in others.tree.areas)


def _lost(body: Body, others: Others, name: Name) -> Iterator[str]:
    """Situations in which nobody among the first bodies helps, nor anybody whom they send to, although before
    somebody did: what was wrong already does not keep anybody from saving.
    """
    by_slug = others.by_slug(body)
    drafted = Results(others.guide, tuple(by_slug.values()), others.tree, others.home)
    public = Results(others.guide, others.bodies, others.tree, others.home)
    for stated, facts in _asked(body, others):
        situation = Situation(facts, others.tree, others.home)
        first = _first(drafted, facts)
        if not first or not ways.nobody_helps(first, situation, by_slug):
            continue  # nobody at all is a gap, which the coverage shows: an installation begins with gaps
        if not ways.nobody_helps(_first(public, facts), situation, {each.slug: each for each in others.bodies}):
            yield _(
                "Every way ends at bodies that send on, or that cannot be reached, when %(situation)s: %(first)s."
            ) % {
                "situation": rule_words.situation(stated),
                "first": ", ".join(map(name, first)),
            }


def _first(results: Results, facts: Facts) -> tuple[str, ...]:
    return tuple(each.slug for each in split(results.ordered(facts))[0])


def _asked(body: Body, others: Others) -> Iterator[tuple[Stated, Facts]]:
    """Every tile and every answer; of two answers together those that an exclusion of the body looks at."""
    guide, areas = others.guide, others.tree.areas
    for given in others.tiles.values():
        yield given, read_facts(guide, {}, given, areas=areas)
    looked_at = frozenset(key for rule in body.exclusions for key in rule.needs)
    together = (
        answers for answers in pairs(guide) if len(facts_from_answers(guide, answers).keys() & looked_at) > 1
    )
    for answers in (*singles(guide), *islice(together, PAIRS_AT_MOST)):
        yield facts_from_answers(guide, answers), read_facts(guide, answers, areas=areas)
