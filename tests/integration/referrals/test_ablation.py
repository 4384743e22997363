"""The documented table of what each rule decides is the one that the command makes."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from directory.vocabulary import area_tree, home_area
from referrals import queries
from referrals.ablation import RULES, effects
from referrals.competence import Match, Row, Situation
from referrals.ranking import rank
from referrals.stored_cases import stored_cases

PAGE = Path(__file__).resolve().parents[3] / "docs" / "referrals.md"


def table(**options: object) -> str:
    out = StringIO()
    call_command("ablate_ranking", stdout=out, **options)
    return out.getvalue().strip()


def test_the_documented_table_is_current(demo: None) -> None:
    """Else run `wegweiser ablate_ranking` on the demo data and put its table there."""
    [documented] = re.findall(
        r"<!-- ablation -->\n(.+)\n<!-- end -->", PAGE.read_text(encoding="utf-8"), re.DOTALL
    )
    assert documented == table()


def test_other_cases_can_be_given(demo: None, tmp_path: Path) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text(
        "- {id: danger, facts: {danger_now: true}, expect_first: [de-polizei-110]}\n", encoding="utf-8"
    )
    rows = table(cases=path).splitlines()
    assert len(rows) == 2 + len(RULES)
    assert "| 1: danger | 1 | 1: danger |" in rows[2]


def test_a_broken_file_is_said_so(demo: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        table(cases=tmp_path / "missing.yaml")


def test_a_case_that_failed_before_is_not_blamed_on_a_rule(demo: None) -> None:
    case = next(each for each in stored_cases() if each.expect_first)
    wrong = type(case)(id="wrong", facts=case.facts, expect_first=("nobody",))
    found = effects([wrong], queries.bodies(), queries.rules(), area_tree(), home_area())
    assert not any(effect.fails for effect in found)


def test_every_rule_of_the_key_has_its_row(demo: None) -> None:
    """Name and slug stand behind the rules: they only make the order the same each time."""
    body = queries.bodies()[0]
    situation = Situation(stored_cases()[0].facts, area_tree(), home_area())
    key = rank(body, Row(), Match(), situation, deferred=False, open_at=None)
    assert len(key) == len(RULES) + 2
