"""What each rule of the order decides: the cases once more with one rule taken out of the sort key."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from directory.areas import AreaTree
from referrals.bodies import Body, Rules
from referrals.cases import Case
from referrals.engine import refer
from referrals.evaluation import Verdict
from referrals.presentation import present
from referrals.ranking import Order, rank

RULES = (
    "in danger, the emergency call first",
    "in distress at night, a crisis line that is open then",
    "fewer things that speak against it",
    "nobody else is to be asked first",
    "the city's own complaints office when it is about the city, others' after counselling",
    "less that speaks for showing it later (`ranking.demotion`)",
    "main responsibility before secondary",
    "more things that were said and fit",
    "smaller area",
    "specialised before general",
)


@dataclass(frozen=True)
class Effect:
    """Of leaving one rule out: cases whose first body or first bodies are others, and those that fail."""

    rule: int
    moves_first: tuple[str, ...]
    moves_any: tuple[str, ...]
    fails: tuple[str, ...]


def effects(
    cases: Iterable[Case], bodies: tuple[Body, ...], rules: Rules, tree: AreaTree, home_area: str
) -> Iterator[Effect]:
    cases = tuple(cases)

    def verdicts(order: Order) -> Iterator[Verdict]:
        for case in cases:
            home = case.site_area or home_area
            found = refer(case.facts, bodies, rules, tree, home, open_at=case.open_at, order=order)
            yield Verdict(case, present(found, bodies).ordered, found)

    whole = tuple(verdicts(rank))
    for rule in range(1, len(RULES) + 1):
        pairs = tuple(zip(whole, verdicts(without(rule)), strict=True))
        yield Effect(
            rule,
            moves_first=tuple(one.case.id for one, other in pairs if one.first != other.first),
            moves_any=tuple(one.case.id for one, other in pairs if _front(one) != _front(other)),
            fails=tuple(one.case.id for one, other in pairs if one.passes and not other.passes),
        )


def without(rule: int) -> Order:
    def order(*args: Any, **options: Any) -> tuple[Any, ...]:
        key = rank(*args, **options)
        return (*key[: rule - 1], *key[rule:])

    return order


def _front(verdict: Verdict) -> list[str]:
    return [each.candidate.slug for each in present(verdict.referral, ()).first]


def as_table(found: Iterable[Effect]) -> str:
    rows = (
        f"| {each.rule} | {RULES[each.rule - 1]} | {_ids(each.moves_first)} | {len(each.moves_any)} "
        f"| {_ids(each.fails)} |"
        for each in found
    )
    head = "| | rule | another body first | other first bodies | no longer pass |"
    return "\n".join((head, "| --- | --- | --- | --- | --- |", *rows))


def _ids(cases: tuple[str, ...]) -> str:
    return f"{len(cases)}: {', '.join(cases)}" if cases else "0"
