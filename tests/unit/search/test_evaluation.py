import json
from pathlib import Path
from typing import Any

import pytest

from search.evaluation import Asked, FileError, Judged, read_corpus, read_grades, read_queries, report


def judged(ranked: str, lang: str = "de", kind: str = "name", **grades: int) -> Judged:
    asked = Asked("q", "text", lang, {"lang": lang, "class": kind})
    return Judged(asked, grades, tuple(ranked.split()))


def overall(*some: Judged) -> dict[str, Any]:
    figures: dict[str, Any] = report(some, [])["overall"]
    return figures


def test_success_counts_the_highest_grade_only() -> None:
    figures = overall(judged("b a", a=3, b=2))
    assert (figures["s1"], figures["s3"]) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("ranked", "s1", "s3"),
    [("a", 1, 1), ("x a", 0, 1), ("x y a", 0, 1), ("x y z a", 0, 0), ("", 0, 0), ("b", 1, 1)],
)
def test_success_within_the_first(ranked: str, s1: int, s3: int) -> None:
    figures = overall(judged(ranked, a=3, b=3, c=1))
    assert (figures["s1"], figures["s3"]) == (s1, s3)


def test_ndcg_is_one_for_the_best_order_and_less_for_others() -> None:
    assert overall(judged("a b c", a=3, b=2, c=1))["ndcg10"] == 1.0
    worse = overall(judged("c b a", a=3, b=2, c=1))["ndcg10"]
    assert 0.5 < worse < 1.0
    assert overall(judged("x y", a=3))["ndcg10"] == 0.0


def test_queries_without_a_right_answer_are_counted_apart() -> None:
    found = report([judged("x"), judged(""), judged("a", a=3)], [])
    assert found["absent"] == {"n": 2, "empty": 0.5}
    assert found["overall"]["n"] == 1


def test_zero_is_the_share_without_any_hit() -> None:
    assert overall(judged("", a=3), judged("x", a=3))["zero"] == 0.5


def test_groups_by_each_trait_and_by_all() -> None:
    some = [judged("a", a=3), judged("x", lang="ar", a=3), judged("a", lang="ar", kind="safety", a=3)]
    groups = report(some, ["lang", "class"])["groups"]
    assert {name: found["n"] for name, found in groups.items()} == {
        "lang=de": 1,
        "lang=ar": 2,
        "class=name": 2,
        "class=safety": 1,
        "lang=de,class=name": 1,
        "lang=ar,class=name": 1,
        "lang=ar,class=safety": 1,
    }
    assert groups["lang=ar"]["s1"] == 0.5


def test_nothing_judged_is_no_division_by_zero() -> None:
    assert overall() == {"n": 0, "s1": 0.0, "s3": 0.0, "ndcg10": 0.0, "zero": 0.0}
    assert report([], ["lang"])["absent"] == {"n": 0, "empty": 0.0}


def written(folder: Path, *lines: object) -> Path:
    path = folder / "file"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path


def test_queries_are_read_and_more_keys_are_kept_as_traits(tmp_path: Path) -> None:
    line = {"_id": "q1", "text": "Hilfe", "lang": "ar", "class": "name", "group": "jena", "extra": 3}
    (asked,) = read_queries(written(tmp_path, line, ""))
    assert (asked.id, asked.text, asked.lang, asked.group) == ("q1", "Hilfe", "ar", "jena")
    assert asked.traits["class"] == "name"


def test_grades_are_read_without_header_and_zeros(tmp_path: Path) -> None:
    path = written(tmp_path, "query-id\tcorpus-id\tscore", "q1\ta\t3", "q1\tb\t0", "q2\ta\t1")
    assert read_grades(path) == {"q1": {"a": 3}, "q2": {"a": 1}}


def test_a_corpus_becomes_records(tmp_path: Path) -> None:
    texts = {"de": {"title": "Rat", "text": "Hilfe"}, "en": {"title": None}}
    (record,) = read_corpus(written(tmp_path, {"_id": "d", "group": "g", "texts": texts, "concepts": ["a:b"]}))
    assert (record.id, record.group, record.concepts) == ("d", "g", ("a:b",))
    assert record.texts["en"] == {"title": "", "text": ""}


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '"text"', '{"_id": "q"}', '{"text": "x"}', '{"_id": 3, "text": "x"}'],
)
def test_a_bad_query_is_told_with_its_line(tmp_path: Path, line: str) -> None:
    path = written(tmp_path, {"_id": "q", "text": "x"}, line)
    with pytest.raises(FileError, match=r"file, line 2: "):
        read_queries(path)


@pytest.mark.parametrize(
    "line",
    [
        {"_id": "d"},
        {"_id": "d", "texts": []},
        {"_id": "d", "texts": {"de": "text"}},
        {"_id": "d", "texts": {}, "concepts": "a"},
        {"texts": {}},
    ],
)
def test_a_bad_document_is_told_with_its_line(tmp_path: Path, line: object) -> None:
    with pytest.raises(FileError, match=r"line 1: "):
        read_corpus(written(tmp_path, line))


@pytest.mark.parametrize("line", ["q1 a 3", "q1\ta", "q1\ta\thigh", "q1\ta\t-1", "q1\ta\t1\t2"])
def test_a_bad_grade_is_told_with_its_line(tmp_path: Path, line: str) -> None:
    with pytest.raises(FileError, match=r"line 2: "):
        read_grades(written(tmp_path, "header", line))


def test_a_missing_or_unreadable_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="nowhere"):
        read_queries(tmp_path / "nowhere")
    path = tmp_path / "latin"
    path.write_bytes('{"_id": "ä"}'.encode("latin-1"))
    with pytest.raises(FileError, match="latin"):
        read_queries(path)
