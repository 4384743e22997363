"""Can a body be reached by any facts? A professional may state every dimension, not only what the guide asks.

Only one value of each dimension is tried: what is stated beside it can only add exclusions. The exception is
violence or a threat, which exclusions look at alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import Any

from directory.areas import AreaTree
from referrals.bodies import Body
from referrals.competence import HARD, Exclusion, Row, Situation, hits, match
from referrals.dimensions import VIOLENT, Facts, shipped
from referrals.ranking import EMERGENCY

TRIED_AT_MOST = 20_000  # for one row; alike values count once, so real rules need a few dozen

_DANGER = "danger_now"
Stated = Mapping[str, Any]


@dataclass(frozen=True)
class Unreachable:
    """Without these exclusions somebody would get there; where there are none, the rows contradict themselves."""

    body: Body
    because: tuple[Exclusion, ...]


def unreachable(body: Body, tree: AreaTree) -> Unreachable | None:
    if not body.rows or is_reached(body, tree):
        return None
    hard = [each for each in body.exclusions if each.strength == HARD]
    alone = [each for each in hard if is_reached(_without(body, [each]), tree)]
    because = alone or (hard if is_reached(_without(body, hard), tree) else [])
    return Unreachable(body, tuple(because))


def _without(body: Body, exclusions: Iterable[Exclusion]) -> Body:
    gone = list(exclusions)
    return replace(body, exclusions=tuple(each for each in body.exclusions if each not in gone))


def is_reached(body: Body, tree: AreaTree) -> bool:
    return any(_is_row_reached(row, body, tree) for row in body.rows)


def _is_row_reached(row: Row, body: Body, tree: AreaTree) -> bool:
    return any(_fits(row, body, Situation(_facts(stated, tree), tree)) for stated in _ways(row, body, tree))


def _facts(stated: Stated, tree: AreaTree) -> Facts:
    return Facts.of(stated, areas=tree.areas)


def _fits(row: Row, body: Body, situation: Situation) -> bool:
    """Everything that the row asks for is confirmed, and nothing excludes the body."""
    found = match(row, situation)
    if found is None or found.contradicted or found.unknown:
        return False
    if body.role == EMERGENCY and not situation.facts.in_danger:
        return False
    return not any(each.strength == HARD and hits(each, situation, body.rows) for each in body.exclusions)


def _ways(row: Row, body: Body, tree: AreaTree) -> Iterator[Stated]:
    offered: dict[str, list[Any]] = {
        key: _values(key, row, body) for key in {*row.needs, "asker", "who"} - {_DANGER}
    }
    offered[_DANGER] = [value == "true" for value in row.needs.get(_DANGER, ())] or [None, True]
    places = _places(row, body, tree)
    ways = product(*offered.values(), places, places)
    for *values, place, residence in islice(ways, TRIED_AT_MOST):
        yield {**dict(zip(offered, values, strict=True)), "place": place, "residence": residence}


def _values(key: str, row: Row, body: Body) -> list[Any]:
    """One of those that no exclusion tells apart; what the row does not ask for may also stay unsaid."""
    wanted = row.needs.get(key)
    values = _confirming(key, wanted) if wanted else [None, *sorted(shipped().values[key])]
    if key == "what":
        values = [*values, *([value, violent] for value in values for violent in sorted(VIOLENT))]
    alike: dict[Any, Any] = {}
    for value in values:
        alike.setdefault((value is None, *_touched(key, value, body)), value)
    return list(alike.values())


def _confirming(key: str, wanted: Iterable[str]) -> list[Any]:
    """Who acts for somebody confirms that one, too, and only competence looks at it."""
    acting = (code for code, served in shipped().acts_for.items() if key == "asker" and served in wanted)
    return sorted({*wanted, *acting})


def _touched(key: str, value: Any, body: Body) -> Iterator[bool]:
    """By which exclusions the value counts, itself and through the side that follows from it."""
    if value is None:
        return
    facts = Facts.of({key: value})
    for exclusion in body.exclusions:
        for dimension in {key, "who"}:
            yield bool(facts.excluding.get(dimension, frozenset()) & exclusion.needs.get(dimension, frozenset()))
    yield "who" in facts.meant


def _places(row: Row, body: Body, tree: AreaTree) -> list[str]:
    """One of those that lie in the same of the areas that the rules name."""
    rules = (row, *body.exclusions)
    named = frozenset(area for rule in rules for area in (*rule.areas, *rule.outside_areas))
    alike: dict[frozenset[str], str] = {}
    for area in tree.areas if named else ():
        alike.setdefault(named.intersection(tree.ancestors(area)), area)
    return ["", *alike.values()]
