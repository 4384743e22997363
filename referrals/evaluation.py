"""Cases through the engine: how many lead where they should."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from directory.areas import AreaTree
from directory.text import choose
from referrals.bodies import Body, Candidate, Referral, Rules
from referrals.cases import Case
from referrals.engine import refer
from referrals.presentation import FIRST, present
from referrals.reasons import Words, sentences


@dataclass(frozen=True)
class Verdict:
    """What became of one case."""

    case: Case
    ordered: tuple[Candidate, ...]
    referral: Referral

    @property
    def tokens(self) -> tuple[str, ...]:
        return tuple(notice.token for notice in self.referral.notices)

    @property
    def first(self) -> str:
        return self.ordered[0].slug if self.ordered else ""

    @property
    def right_first(self) -> bool:
        return self.first in self.case.expect_first if self.case.expect_first else True

    @property
    def harmful_first(self) -> bool:
        return self.first in self.case.must_not_be_first

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(token for token in self.case.must_show if token not in self.tokens)

    @property
    def wrong(self) -> tuple[str, ...]:
        return tuple(token for token in self.case.must_not_show if token in self.tokens)

    @property
    def unreachable_first(self) -> bool:
        return not any(candidate.body.is_reachable for candidate in self.ordered[:FIRST])

    @property
    def passes(self) -> bool:
        faults = (self.harmful_first, self.missing, self.wrong, not self.ordered, self.unreachable_first)
        return self.right_first and not any(faults)


def evaluate(
    cases: Iterable[Case],
    bodies: tuple[Body, ...],
    rules: Rules,
    tree: AreaTree,
    home_area: str,
    *,
    on_case: Callable[[Verdict], None] = lambda verdict: None,
) -> tuple[Verdict, ...]:
    verdicts = []
    for case in cases:
        home = case.site_area or home_area
        referral = refer(case.facts, bodies, rules, tree, home, open_at=case.open_at)
        verdict = Verdict(case, present(referral, bodies).ordered, referral)
        verdicts.append(verdict)
        on_case(verdict)
    return tuple(verdicts)


def figures(verdicts: Iterable[Verdict], words: Words) -> dict[str, Any]:
    """The numbers and cases as `evaluate_referrals --json` prints them."""
    verdicts = tuple(verdicts)
    return {
        "n": len(verdicts),
        "right_first": sum(verdict.right_first for verdict in verdicts),
        "harmful_first": sum(verdict.harmful_first for verdict in verdicts),
        "notices_missing": sum(len(verdict.missing) for verdict in verdicts),
        "notices_wrong": sum(len(verdict.wrong) for verdict in verdicts),
        "empty": sum(not verdict.ordered for verdict in verdicts),
        "unreachable_first": sum(verdict.unreachable_first for verdict in verdicts),
        "cases": [_case(verdict, words) for verdict in verdicts],
    }


def _case(verdict: Verdict, words: Words) -> Mapping[str, Any]:
    return {
        "id": verdict.case.id,
        "ordered": [candidate.slug for candidate in verdict.ordered],
        "reasons": {each.slug: _reasons(each, verdict, words) for each in verdict.ordered},
        "notices": list(verdict.tokens),
        "pass": verdict.passes,
    }


def _reasons(candidate: Candidate, verdict: Verdict, words: Words) -> list[str]:
    exclusions = (*candidate.deferred_by, *candidate.beside)
    remarks = (choose(exclusion.reason).text for exclusion in exclusions)
    own = sentences(candidate, verdict.referral.situation, words)
    return [*own, *dict.fromkeys(filter(None, remarks))]
