import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

CASES = """
vignettes:
- id: danger
  facts: {danger_now: true, what: [threat]}
  must_show: ['notice:emergency_first']
- id: night
  facts: {what: [distress], time: night}
  open_at: 02:30
- id: elsewhere
  facts: {what: [insult], ground: [racism], place: jena}
  must_not_be_first: [nobody]
- id: wrong
  facts: {}
  expect_first: [nobody]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cases.yaml"
    path.write_text(CASES, encoding="utf-8")
    return path


def run(file: Path, **options: Any) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("evaluate_referrals", cases=file, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_figures_are_json_on_standard_output_and_progress_is_not(demo: None, file: Path) -> None:
    out, err = run(file, json=True)
    found = json.loads(out)
    assert {key: found[key] for key in ("n", "right_first", "harmful_first", "empty", "unreachable_first")} == {
        "n": 4,
        "right_first": 3,
        "harmful_first": 0,
        "empty": 0,
        "unreachable_first": 0,
    }
    assert (found["notices_missing"], found["notices_wrong"]) == (0, 0)
    assert [case["pass"] for case in found["cases"]] == [True, True, True, False]
    assert [line.split(":")[0] for line in err.splitlines()] == ["danger", "night", "elsewhere", "wrong"]
    for case in found["cases"]:
        assert case["ordered"] == list(case["reasons"])
        assert all(text for texts in case["reasons"].values() for text in texts)


def test_without_json_it_is_readable(demo: None, file: Path) -> None:
    out, _err = run(file)
    assert "right_first: 3" in out.splitlines()


def test_an_empty_database_has_nobody(db: None, file: Path) -> None:
    found = json.loads(run(file, json=True)[0])
    assert (found["empty"], found["unreachable_first"]) == (4, 4)


def test_a_bad_file_is_one_error_with_file_and_line(db: None, file: Path) -> None:
    file.write_text("- id: a\n  facts:\n    what: [rain]\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"cases\.yaml:3: .*'rain'"):
        run(file, json=True)
