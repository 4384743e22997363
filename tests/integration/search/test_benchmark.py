"""The benchmark measures what it says: its floor is the same page, and nothing is searched for it."""

import pytest
from django.conf import settings
from django.test import Client, override_settings

from search import queries
from tests.benchmarks import search as benchmark

pytestmark = pytest.mark.usefixtures("demo", "index")


def test_its_figures_are_of_one_run() -> None:
    figures = benchmark.measure(rounds=1)
    assert figures["page_to_floor"] > 1
    assert figures["page_ms"]["p50"] <= figures["page_ms"]["p95"]
    assert figures["empty_ms"]["p50"] < figures["page_ms"]["p50"]


def test_the_floor_searches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with override_settings(MIDDLEWARE=["tests.benchmarks.search.Floor"]):
        monkeypatch.setattr(benchmark.Floor, "kept", ("404.html", {}))
        monkeypatch.setattr(queries, "understand", None)
        assert Client().post("/de/suche/", {"text": "Rassismus"}).status_code == 200


def test_its_queries_are_the_same_in_every_run() -> None:
    assert benchmark.queries() == benchmark.queries()
    assert len({text for _language, text in benchmark.queries()}) > benchmark.QUERIES / 2


def test_the_engine_is_timed_by_itself_and_as_a_share_of_the_page() -> None:
    figures = benchmark.measure(rounds=1)
    assert figures["engine"] == "EmbeddedEngine"
    assert 0 < figures["engine_to_page"] < 1
    assert figures["engine_ms"]["p50"] < figures["page_ms"]["p50"]
    assert 0 < figures["engine_alone_ms"]["p50"] <= figures["engine_alone_ms"]["p95"]


def test_each_language_that_is_switched_on_is_asked() -> None:
    asked = [language for language, _text in benchmark.queries()]
    assert set(asked) == set(benchmark.LANGUAGES) & set(dict(settings.LANGUAGES))
    assert len(set(asked)) >= 5
