"""What a typed query costs beside the page that it is shown on, and what a directory's size does to both.

    .venv/bin/python tests/benchmarks/search.py [--json] [--rounds 5]
    .venv/bin/python tests/benchmarks/search.py --listings 1000 10000 100000 [--engine embedded] [--json]
    .venv/bin/python tests/benchmarks/search.py --listings 1000 --engine elasticsearch --url http://127.0.0.1:9250

The floor is the same page with the same results: same template, same cards, but nothing is understood, searched,
read or marked. Both are asked for in turn, so that whatever else the machine does slows both. Listings are made up
(listings.py); with --url the cluster is asked as a site asks it, in indexes that are deleted in the end.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any, ClassVar
from unittest.mock import patch

LANGUAGES = ("de", "en", "tr", "ar", "uk", "ru")
QUERIES = 60
ROUNDS = 5


class Floor:
    """A middleware: while it keeps a page, every view answers with that page, rendered anew."""

    kept: ClassVar[tuple[Any, ...]] = ()

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        return self.get_response(request)

    def process_view(self, request: Any, *_view: Any) -> Any:
        from django.shortcuts import render

        return render(request, *self.kept) if self.kept else None


@dataclass
class Watched:
    """What the engines were asked since the last look, and how long it took them."""

    asked: list[tuple[Any, Any]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    def spent(self) -> float:
        some, self.times = self.times, []
        return sum(some)


@contextmanager
def watched() -> Iterator[Watched]:
    from search.engines.elastic import ElasticEngine
    from search.engines.embedded import EmbeddedEngine

    seen = Watched()

    def watching(original: Callable[..., Any]) -> Callable[..., Any]:
        def search(engine: Any, plan: Any) -> Any:
            began = time.perf_counter()
            found = original(engine, plan)
            seen.times.append((time.perf_counter() - began) * 1000)
            seen.asked.append((engine, plan))
            return found

        return search

    with ExitStack() as patches:
        for kind in (ElasticEngine, EmbeddedEngine):
            patches.enter_context(patch.object(kind, "search", watching(kind.search)))
        yield seen


def queries() -> list[tuple[str, str]]:
    """One to three words of the vocabulary, the same in every run, as (language, text)."""
    from django.conf import settings

    from directory.vocabulary import snapshot

    terms = [term for some in snapshot().terms.values() for term in some.values()]
    chance = Random(1)
    found = []
    languages = [language for language in LANGUAGES if language in dict(settings.LANGUAGES)]
    for language in languages:
        labels = [
            words for term in terms for words in (term.labels.get(language, ""), *term.synonyms.get(language, ()))
        ]
        words = sorted({word for label in labels for word in label.split() if len(word) > 3})
        found += [
            (language, " ".join(chance.sample(words, 1 + at % 3))) for at in range(QUERIES // len(languages))
        ]
    return found


def measure(rounds: int = ROUNDS) -> dict[str, Any]:
    """Milliseconds of the page, of its floor, of the search page on which nothing is typed yet, of the engine."""
    from django.conf import settings
    from django.test import Client, override_settings

    times: dict[str, list[float]] = {"page": [], "floor": [], "empty": [], "engine": []}
    middleware = [*settings.MIDDLEWARE, f"{__name__}.Floor"]
    with override_settings(MIDDLEWARE=middleware, ALLOWED_HOSTS=["testserver"]), watched() as seen:
        client = Client()
        for language, text in queries():
            _measure(client, f"/{language}/suche/", text, rounds, times, seen)
        asked = seen.asked[:]
    middle = {name: median(some) for name, some in times.items()}
    return {
        "queries": QUERIES,
        "rounds": rounds,
        "engine": type(asked[-1][0]).__name__,
        **{f"{name}_ms": _percentiles(some) for name, some in times.items()},
        "engine_alone_ms": _percentiles(_alone(asked, rounds)),
        "page_to_floor": round(middle["page"] / middle["floor"], 2),
        "page_to_empty": round(middle["page"] / middle["empty"], 2),
        "engine_to_page": round(middle["engine"] / middle["page"], 2),
    }


def _measure(
    client: Any, address: str, text: str, rounds: int, times: dict[str, list[float]], seen: Watched
) -> None:
    from django.shortcuts import render

    from search import views

    with patch.object(views, "render", wraps=render) as rendered:
        searched = client.post(address, {"text": text})
    shown = rendered.call_args.args[1:]
    for _round in range(rounds):
        seen.spent()
        times["page"].append(_timed(lambda: client.post(address, {"text": text})))
        times["engine"].append(seen.spent())
        times["empty"].append(_timed(lambda: client.get(address)))
        Floor.kept = shown
        times["floor"].append(_timed(lambda: client.post(address, {"text": text})))
        same = client.post(address, {"text": text}).content == searched.content
        Floor.kept = ()
        if not same:
            raise AssertionError(f"the floor of “{text}” shows another page")


def _alone(asked: list[tuple[Any, Any]], rounds: int) -> list[float]:
    """The same plans one after the other, with nothing in between."""
    plans = list({repr(plan): plan for _engine, plan in asked}.values())
    engine = asked[-1][0]
    return [_timed(partial(engine.search, plan)) for _round in range(rounds) for plan in plans]


def _timed(call: Callable[[], Any]) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def _percentiles(times: list[float]) -> dict[str, float]:
    return {"p50": round(median(times), 2), "p95": round(quantiles(times, n=20)[-1], 2)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--listings", type=int, nargs="+", default=[], help="sizes, the smallest first")
    parser.add_argument("--engine", choices=("embedded", "elasticsearch"), nargs="+", default=["embedded"])
    parser.add_argument("--url", default="", help="of an Elasticsearch")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wegweiser-benchmark-") as folder:
        languages = {"LANGUAGES": ",".join(LANGUAGES)} if options.listings else {}
        os.environ |= {
            "WEGWEISER_DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "wegweiser.settings.base",
            **languages,
        }
        figures = _built()
        if options.listings:
            from tests.benchmarks import sizes

            figures = sizes.measured(options.listings, options.engine, options.url, options.rounds)
        else:
            figures |= measure(options.rounds)
    in_words = "\n".join(f"{name:16} {value}" for name, value in figures.items())
    sys.stdout.write((json.dumps(figures, indent=2) if options.json else in_words) + "\n")


def _built() -> dict[str, Any]:
    sys.path.remove(str(Path(__file__).parent))  # this file is no room named `search`
    import django
    from django.core.management import call_command

    django.setup()
    with redirect_stdout(sys.stderr):
        call_command("demo", "--no-serve")
        return {"rebuild_seconds": round(_timed(lambda: call_command("rebuild_index")) / 1000, 2)}


if __name__ == "__main__":
    main()
