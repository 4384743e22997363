from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.cases import Case, CaseError, read
from referrals.dimensions import Facts
from tests.unit.referrals.situations import TREE

WHOLE = """
vignettes:
- id: a1
  story_en: somebody says something
  facts:
    who_asks: witness
    what: [insult, none]
    danger_now: false
    when_days_ago: 3
    place: Jena
  context:
    site_area: NRW
    weather: rain
  open_at: 22:30
  expect_first: [one, two]
  must_not_be_first:
  - three
  must_show: ['notice:gap']
  must_not_show: []
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cases.yaml"


def cases(file: Path, text: str) -> tuple[Case, ...]:
    file.write_text(text, encoding="utf-8")
    return read(file, areas=TREE.areas)


def test_a_case_is_read_whole(file: Path) -> None:
    (case,) = cases(file, WHOLE)
    assert (case.id, case.site_area, case.open_at) == ("a1", "nordrhein-westfalen", "22:30")
    assert (case.expect_first, case.must_not_be_first) == (("one", "two"), ("three",))
    assert (case.must_show, case.must_not_show) == (("notice:gap",), ())
    assert case.facts.of_stated("asker") == {"witness"}
    assert case.facts.what == {"insult", "none"}
    assert (case.facts.danger_now, case.facts.days_ago, case.facts.place) == (False, 3, "jena")


def test_a_list_alone_or_under_cases_will_do(file: Path) -> None:
    assert [case.id for case in cases(file, "- id: a\n- id: b\n")] == ["a", "b"]
    assert [case.id for case in cases(file, "cases:\n- id: a\n")] == ["a"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("03:00", "03:00"),
        ("3:00", "03:00"),
        ("23:59", "23:59"),
        ("10:30:00", "10:30"),
        ("''", None),
        ("null", None),
    ],
)
def test_a_time_is_read_as_written(file: Path, written: str, meant: str | None) -> None:
    (case,) = cases(file, f"- id: a\n  open_at: {written}\n")
    assert case.open_at == meant


@pytest.mark.parametrize(
    ("text", "line", "complaint"),
    [
        ("", 1, "empty"),
        ("just words", 1, "list of cases"),
        ("- id: a\n  facts: [1]\n", 2, "table"),
        ("- facts: {}\n", 1, "needs an id"),
        ("- id: a\n\n  facts:\n    weather: rain\n", 4, "'weather' is not a dimension"),
        ("- id: a\n  facts:\n    place: jena\n    what:\n    - rain\n", 5, "'rain'"),
        ("- id: a\n  facts:\n    place: atlantis\n", 3, "'atlantis'"),
        ("- id: a\n  context:\n    site_area: atlantis\n", 3, "'atlantis'"),
        ("- id: a\n  open_at: noon\n", 2, "'noon' is no time"),
        ("- id: a\n  open_at: 25:00\n", 2, "no time"),
        ("- id: a\n  expect_first: one\n", 2, "list"),
        ("- id: a\n  must_show:\n  - {a: b}\n", 3, "word"),
        ("- id: [a]\n", 1, "word"),
        ("- ? [a]\n  : b\n", 1, "word"),
        ("- id: a\n  facts: {what: 2001-99-99}\n", 2, "'2001-99-99'"),
        ("- id: a\n  facts: {what: {a: b}}\n", 2, "'what'"),
        ("- id: a\n  facts:\n    days_ago: 1:30\n", 3, "'when_days_ago'"),
        ("- id: a\n  facts: {what: [insult\n", 3, "YAML"),
        ("- id: a\n\t- b", 2, "YAML"),
        ("- id: a\n- id: a\n", None, "two cases"),
    ],
)
def test_a_mistake_is_told_with_file_and_line(file: Path, text: str, line: int | None, complaint: str) -> None:
    with pytest.raises(CaseError) as caught:
        cases(file, text)
    assert str(caught.value).startswith(f"{file}:{line}: " if line else str(file))
    assert complaint in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"nowhere\.yaml:1: the file cannot be read"):
        read(tmp_path / "nowhere.yaml")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CaseError, match=r"bytes\.yaml:1: the file cannot be read"):
        read(tmp_path / "bytes.yaml")


@given(st.text(max_size=60))
def test_no_text_crashes_the_reader(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        found = read(path)
    except CaseError:
        return
    assert all(case.id for case in found)


def test_what_is_for_people_is_read_in_whatever_shape(file: Path) -> None:
    (case,) = cases(file, "- id: a\n  story_de: Jemand wird beleidigt.\n  note: [1, 2]\n  source: a book\n")
    assert (case.title, case.note, case.source) == ("Jemand wird beleidigt.", "", "a book")
    (titled,) = cases(file, "- id: a\n  story_de: lang\n  title: kurz\n")
    assert titled.title == "kurz"


def test_facts_are_kept_by_their_own_names(file: Path) -> None:
    (case,) = cases(file, WHOLE)
    assert case.stated == {
        "asker": ["witness"],
        "what": ["insult", "none"],
        "danger_now": False,
        "when_days_ago": 3,
        "place": "jena",
    }
    assert Facts.of(case.stated, areas=TREE.areas) == case.facts
