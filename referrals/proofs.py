"""All that is proven of the referral, as a command, each night and in the tests: one list for the three."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice
from time import monotonic
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.models import Listing
from directory.vocabulary import area_tree, home_area
from referrals import checks, queries, rule_words
from referrals.body_check import Others, circles, why_unreachable
from referrals.cases import Case
from referrals.competence import Situation
from referrals.editing.rules import overdue
from referrals.evaluation import Verdict, evaluate
from referrals.guide import Answers, facts_from_answers, read_facts
from referrals.guide_check import Results
from referrals.presentation import split
from referrals.reach import unreachable
from referrals.stored_cases import stored_cases
from referrals.ways import nobody_helps


@dataclass
class Subject:
    """What is examined, read once."""

    cases: tuple[Case, ...] = field(default_factory=stored_cases)
    today: date = field(default_factory=timezone.localdate)

    def __post_init__(self) -> None:
        self.guide, self.bodies, self.rules = queries.guide(), queries.bodies(), queries.rules()
        self.tree, self.home_area = area_tree(), home_area()

    @cached_property
    def results(self) -> Results:
        return Results(self.guide, self.bodies, self.tree, self.home_area)

    @cached_property
    def others(self) -> Others:
        return Others(self.bodies, self.guide, self.tree, self.home_area, checks.concerns())


Find = Callable[[Subject], Iterable[str]]


@dataclass(frozen=True)
class Proof:
    slug: str
    heading: str | Promise
    find: Find
    is_quick: bool = True
    is_fault: bool = True  # else somebody should look, yet nothing is wrong


@dataclass(frozen=True)
class Outcome:
    proof: Proof
    found: tuple[str, ...]
    seconds: float

    @property
    def fails(self) -> bool:
        return self.proof.is_fault and bool(self.found)


def examine(*, quick: bool = False, proofs: Iterable[Proof] = ()) -> Iterator[Outcome]:
    """Without a public body there is nothing to prove yet."""
    subject = Subject()
    for proof in proofs or PROOFS:
        if subject.bodies and (proof.is_quick or not quick):
            began = monotonic()
            found = tuple(proof.find(subject))
            yield Outcome(proof, found, round(monotonic() - began, 1))


def as_data(outcomes: Iterable[Outcome]) -> dict[str, Any]:
    outcomes = tuple(outcomes)
    return {
        "ok": not any(outcome.fails for outcome in outcomes),
        "faults": sum(len(outcome.found) for outcome in outcomes if outcome.fails),
        "proofs": [
            {
                "proof": outcome.proof.slug,
                "seconds": outcome.seconds,
                "fault": outcome.proof.is_fault,
                "found": list(outcome.found),
            }
            for outcome in outcomes
        ],
    }


def _texts(subject: Subject) -> Iterator[str]:
    return checks.untranslated(subject.guide, [code for code, _name in settings.LANGUAGES])


def _founded(subject: Subject) -> Iterator[str]:
    return checks.unfounded(subject.rules.deadlines)


def _overdue(subject: Subject) -> Iterator[str]:
    for kind, entries in ((_("deadline"), subject.rules.deadlines), (_("note"), subject.rules.notes)):
        for each in entries:
            if each.check_by and each.check_by < subject.today:
                yield _("The %(kind)s “%(name)s” was to be checked by %(date)s.") % {
                    "kind": kind, "name": each.slug, "date": each.check_by.isoformat(),
                }  # fmt: skip
    if number := sum(rows.count() for rows in overdue(Listing.objects.all(), subject.today)):
        yield _("Rules of listings that were to be checked by now: %(number)d.") % {"number": number}


def _situations(subject: Subject) -> Iterator[str]:
    return checks.unhelped(subject.results, checks.concerns(), together=False)


def _pairs(subject: Subject) -> Iterator[str]:
    return checks.unhelped(subject.results, {}, together=True)


def _hidden(subject: Subject) -> Iterator[str]:
    return checks.wrongly_hidden(subject.results)


def _unreached(subject: Subject) -> Iterator[str]:
    for body in subject.bodies:
        if found := unreachable(body, subject.tree):
            yield f"{body.name}: {why_unreachable(found, str)}"


def _circles(subject: Subject) -> Iterator[str]:
    for body in subject.bodies:
        yield from islice(circles(body, subject.others, str, at_most=None), 1)


def _dead_ends(subject: Subject) -> Iterator[str]:
    """Everybody first sends on, and so does whoever they send to: every tile, every answer, every two together."""
    by_slug = {body.slug: body for body in subject.bodies}
    named: set[tuple[str, ...]] = set()
    for answers, given in _situations_asked(subject):
        facts = read_facts(subject.guide, answers, given, areas=subject.tree.areas)
        first = tuple(each.slug for each in split(subject.results.ordered(facts))[0])
        if not first or first in named:
            continue  # the same bodies are told once
        if nobody_helps(first, Situation(facts, subject.tree, subject.home_area), by_slug):
            named.add(first)
            yield _("Every way ends at bodies that send on when %(situation)s: %(first)s.") % {
                "situation": rule_words.situation(facts_from_answers(subject.guide, answers, given)),
                "first": ", ".join(first),
            }


def _situations_asked(subject: Subject) -> Iterator[tuple[Answers, Mapping[str, Any]]]:
    for given in checks.concerns().values():
        yield {}, given
    for answers in (*checks.singles(subject.guide), *checks.pairs(subject.guide)):
        yield answers, {}


def _cases(subject: Subject) -> Iterator[str]:
    verdicts = evaluate(subject.cases, subject.bodies, subject.rules, subject.tree, subject.home_area)
    return (_in_words(verdict) for verdict in verdicts if not verdict.passes)


def _in_words(verdict: Verdict) -> str:
    said = {
        _("expected first: %(things)s"): () if verdict.right_first else verdict.case.expect_first,
        _("must never stand first: %(things)s"): (verdict.first,) if verdict.harmful_first else (),
        _("not shown: %(things)s"): verdict.missing,
        _("shown, but must not be: %(things)s"): verdict.wrong,
    }
    faults = [text % {"things": ", ".join(things)} for text, things in said.items() if things]
    if verdict.unreachable_first:
        faults.append(_("none of the first bodies can be reached"))
    name = verdict.case.title or verdict.case.id
    return _("The case “%(name)s” leads to %(first)s; %(faults)s.") % {
        "name": name, "first": verdict.first or _("nobody"), "faults": "; ".join(faults),
    }  # fmt: skip


PROOFS = (
    Proof("texts", gettext_lazy("Every text of the guide stands in every language"), _texts),
    Proof("deadlines", gettext_lazy("Every deadline names its law, its act and its source"), _founded),
    Proof("overdue", gettext_lazy("Nothing is past its check-by date"), _overdue, is_fault=False),
    Proof("cases", gettext_lazy("Every case leads where it should"), _cases),
    Proof("situations", gettext_lazy("Every answer leads to somebody to reach"), _situations),
    Proof("pairs", gettext_lazy("Every two answers lead to somebody to reach"), _pairs, is_quick=False),
    Proof("reached", gettext_lazy("Every body that has rows is reached by some answers"), _unreached),
    Proof("circles", gettext_lazy("Nobody is sent on in a circle"), _circles, is_quick=False),
    Proof("dead_ends", gettext_lazy("Every way ends at somebody who helps"), _dead_ends, is_quick=False),
    Proof("hidden", gettext_lazy("No hidden question would change the first bodies"), _hidden, is_quick=False),
)
