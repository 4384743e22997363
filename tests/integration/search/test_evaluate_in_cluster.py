"""`evaluate_search --engine elasticsearch`: the same figures, and nothing is left in the cluster."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from search.cluster.generations import Cluster, all_of
from search.engines.elastic import ElasticEngine
from tests.integration.search.making import listing, term

QUERIES = [
    {"_id": "one", "text": "Rassismus", "lang": "de", "class": "concept"},
    {"_id": "two", "text": "Kurs", "lang": "en", "class": "name"},
    {"_id": "three", "text": "Schwimmbad", "lang": "de", "class": "absent"},
]


@pytest.fixture
def url(elasticsearch_url: str, cluster: Cluster) -> str:
    return f"{elasticsearch_url}/{cluster.prefix}"


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    queries, grades = tmp_path / "queries.jsonl", tmp_path / "grades.tsv"
    queries.write_text("\n".join(map(json.dumps, QUERIES)))
    grades.write_text("query-id\tcorpus-id\tscore\none\tadvice\t3\ntwo\tadvice\t3\n")
    return f"--queries={queries}", f"--qrels={grades}"


@pytest.fixture
def entries(index: Path) -> None:
    term("grounds", "racism", "Rassismus")
    listing("advice", "Rat", grounds=["racism"])
    listing("course", "Kurs")


def figures(*arguments: str) -> Any:
    out = io.StringIO()
    call_command(
        "evaluate_search", "--listings", "--by=class", "--json", *arguments, stdout=out, stderr=io.StringIO()
    )
    return json.loads(out.getvalue())


@pytest.mark.usefixtures("entries")
class TestFigures:
    def test_are_the_same(self, files: tuple[str, str], url: str, cluster: Cluster) -> None:
        expected = figures(*files)
        assert (expected["overall"]["n"], expected["overall"]["s1"]) == (2, 0.5)
        assert figures(*files, "--engine=elasticsearch", f"--url={url}") == expected
        with override_settings(SEARCH_URL=url):
            assert figures(*files, "--engine=elasticsearch") == expected

    def test_are_its_own(self, files: tuple[str, str], url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """So that the equality above says something."""
        monkeypatch.setattr(ElasticEngine, "update", lambda *_arguments, **_options: None)
        assert figures(*files, "--engine=elasticsearch", f"--url={url}")["overall"]["zero"] == 1.0

    def test_without_a_part(self, files: tuple[str, str], url: str) -> None:
        found = figures(*files, "--engine=elasticsearch", f"--url={url}", "--without=concepts")
        assert found["groups"]["class=concept"]["s1"] == 0.0


@pytest.mark.usefixtures("entries")
class TestNothingIsLeft:
    def test_after_the_figures(self, files: tuple[str, str], url: str, cluster: Cluster) -> None:
        figures(*files, "--engine=elasticsearch", f"--url={url}")
        assert all_of(cluster) == {}

    def test_when_it_is_stopped(
        self, files: tuple[str, str], url: str, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stop(*_arguments: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(ElasticEngine, "search", stop)
        with pytest.raises(KeyboardInterrupt):
            figures(*files, "--engine=elasticsearch", f"--url={url}")
        assert all_of(cluster) == {}

    def test_and_the_index_that_answers_stays(self, files: tuple[str, str], url: str, cluster: Cluster) -> None:
        from search.cluster.following import rebuild

        assert rebuild(cluster)
        before = all_of(cluster)
        figures(*files, "--engine=elasticsearch", f"--url={url}")
        assert all_of(cluster) == before != {}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Which cluster"),
        (("--url=ftp://127.0.0.1",), "The address of the cluster: it must begin with http"),
        (("--url=http://127.0.0.1:1/x",), "The search engine fails: .*ConnectionError"),
    ],
)
def test_a_cluster_that_is_not_there(
    files: tuple[str, str], entries: None, arguments: tuple[str, ...], message: str
) -> None:
    with pytest.raises(CommandError, match=message):
        figures(*files, "--engine=elasticsearch", *arguments)
