import json
from typing import Any

import pytest

from referrals.bodies import Rules
from referrals.cases import Case
from referrals.competence import Conditions
from referrals.deadlines import Deadline
from referrals.dimensions import Facts
from referrals.evaluation import Verdict, evaluate, figures
from tests.unit.referrals.situations import HOME, TREE, body, exclusion, needs, row

LATER = exclusion(
    "prefer_other", "first", what="insult", reason={"de": "Erst die andere.", "en": "The other first."}
)
BODIES = (
    body("first", row("duesseldorf", what="insult")),
    body("second", row("germany", what="insult"), LATER),
    body("jena", row("jena", what="insult"), reach=""),
)
RULES = Rules((Deadline("soon", applies=Conditions(needs(what="insult"))),))


def judge(**case: Any) -> Verdict:
    facts = Facts.of(case.pop("facts", {"what": "insult"}))
    found = Case("a", facts, **case)
    (verdict,) = evaluate([found], BODIES, RULES, TREE, HOME)
    return verdict


def test_a_case_passes_when_all_is_as_it_must_be() -> None:
    verdict = judge(
        expect_first=("first",), must_show=("deadline:soon",), must_not_show=("notice:emergency_first",)
    )
    assert [each.slug for each in verdict.ordered] == ["first", "second"]
    assert (verdict.right_first, verdict.passes) == (True, True)


@pytest.mark.parametrize(
    ("case", "fault"),
    [
        ({"expect_first": ("second",)}, "right_first"),
        ({"must_not_be_first": ("first",)}, "harmful_first"),
        ({"must_show": ("notice:interpreter",)}, "missing"),
        ({"must_not_show": ("deadline:soon",)}, "wrong"),
        ({"site_area": "jena"}, None),
    ],
)
def test_each_fault_is_told_apart(case: dict[str, Any], fault: str | None) -> None:
    verdict = judge(**case)
    found = {
        "right_first": not verdict.right_first,
        "harmful_first": verdict.harmful_first,
        "missing": bool(verdict.missing),
        "wrong": bool(verdict.wrong),
    }
    assert [name for name, is_there in found.items() if is_there] == ([fault] if fault else [])
    assert verdict.passes is (fault is None)


def test_nobody_and_nobody_to_reach_are_faults() -> None:
    (empty,) = evaluate([Case("a", Facts.of({}))], (), RULES, TREE, HOME)
    assert (empty.first, empty.unreachable_first, empty.passes) == ("", True, False)
    (alone,) = evaluate([Case("a", Facts.of({}))], BODIES[2:], RULES, TREE, "jena")
    assert (alone.first, alone.unreachable_first, alone.passes) == ("jena", True, False)


def test_the_case_says_where_and_when() -> None:
    assert [each.slug for each in judge(site_area="jena").ordered] == ["jena", "second"]
    line = body("line", row("germany", what="distress"), role="crisis_line", opening_hours="Mo-Su 20:00-24:00")
    near = body("near", row("duesseldorf", what="distress", wish="talk"))
    facts = Facts.of({"what": "distress", "time": "night"})
    cases = [Case(at, facts, open_at=at) for at in ("23:00", "03:00")]
    late, deep = evaluate(cases, (line, near), RULES, TREE, HOME)
    assert (late.first, deep.first) == ("line", "near")


def test_figures_are_plain_json_with_reasons_and_tokens() -> None:
    found = figures([judge(must_show=("notice:x", "notice:y"), must_not_show=("deadline:soon",))], lambda d, v: v)
    assert json.loads(json.dumps(found)) == found
    case = found.pop("cases")[0]
    assert found == {
        "n": 1,
        "right_first": 1,
        "harmful_first": 0,
        "notices_missing": 2,
        "notices_wrong": 1,
        "empty": 0,
        "unreachable_first": 0,
    }
    assert set(case) == {"id", "ordered", "reasons", "notices", "pass"}
    assert case["ordered"] == list(case["reasons"]) == ["first", "second"]
    assert case["notices"] == ["deadline:soon"]
    assert case["pass"] is False
    assert all(case["reasons"].values())
    assert {"Erst die andere.", "The other first."} & set(case["reasons"]["second"])


def test_every_case_is_reported() -> None:
    seen: list[str] = []
    cases = [Case("a", Facts.of({})), Case("b", Facts.of({}))]
    evaluate(cases, BODIES, RULES, TREE, HOME, on_case=lambda verdict: seen.append(verdict.case.id))
    assert seen == ["a", "b"]
