import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.vocabulary import home_area
from search.ablation import PARTS, analysing, without
from search.document import Record
from search.evaluation import (
    DEPTH,
    Asked,
    FileError,
    Judged,
    read_corpus,
    read_grades,
    read_parallel,
    read_queries,
    report,
)
from search.indexing import fill, fresh_knowledge, learnt
from search.lexicon.parallel import Row
from search.library import Library, documents, taught, weights_of
from search.port import EngineError, Query
from search.queries import answer
from search.records import records

TRAITS = ("lang", "class", "group", "persona")
Building = Callable[[list[Record], Iterable[Row]], AbstractContextManager[Library]]


class Command(BaseCommand):
    help = "Rank the queries of a file in a throw-away index and say how often the right listing comes first."

    def add_arguments(self, parser: CommandParser) -> None:
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("--listings", action="store_true", help="search the database's public listings")
        source.add_argument("--corpus", type=Path, metavar="FILE.jsonl", help="search the documents of a file")
        parser.add_argument("--queries", type=Path, required=True, metavar="FILE.jsonl")
        parser.add_argument("--qrels", type=Path, required=True, metavar="FILE.tsv")
        parser.add_argument(
            "--parallel", type=Path, metavar="FILE.jsonl", help="more texts in several languages to learn from"
        )
        parser.add_argument(
            "--without", action="append", default=[], choices=PARTS, help="leave a part of the search out"
        )
        parser.add_argument("--engine", choices=["embedded", "elasticsearch"], default="embedded")
        parser.add_argument("--url", help="the cluster for --engine elasticsearch; else that of SEARCH_URL")
        parser.add_argument(
            "--by", default="", metavar="lang,class", help=f"figures by any of {', '.join(TRAITS)}"
        )
        parser.add_argument("--json", action="store_true", help="figures as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        by = [trait.strip() for trait in options["by"].split(",") if trait.strip()]
        if unknown := [trait for trait in by if trait not in TRAITS]:
            raise CommandError(f"Unknown in --by: {', '.join(unknown)}. Known: {', '.join(TRAITS)}.")
        try:
            queries, grades = read_queries(options["queries"]), read_grades(options["qrels"])
            found = list(records()) if options["listings"] else read_corpus(options["corpus"])
            rows = read_parallel(options["parallel"]) if options["parallel"] else []
        except FileError as error:
            raise CommandError(str(error)) from error
        home = home_area() if options["listings"] else ""
        left_out = frozenset(options["without"])
        try:
            with analysing(left_out), _engine(options)(found, rows) as library:
                self.stderr.write(f"{len(found)} documents indexed.")
                figures = report(self.judged(queries, grades, without(left_out, library), home), by)
        except EngineError as error:
            raise CommandError(f"The search engine fails: {error}.") from error
        self.stdout.write(json.dumps(figures, indent=2) if options["json"] else in_words(figures))

    def judged(
        self, queries: list[Asked], grades: dict[str, dict[str, int]], library: Library, home: str
    ) -> Iterator[Judged]:
        for number, asked in enumerate(queries, start=1):
            if number % 100 == 0:
                self.stderr.write(f"{number} of {len(queries)} queries")
            yield Judged(asked, grades.get(asked.id, {}), _ranked(asked, library, home))


def _engine(options: dict[str, Any]) -> Building:
    if options["engine"] == "embedded":
        return embedded
    url = options["url"] or settings.SEARCH_URL
    if not url:
        raise CommandError("Which cluster? Say --url http://… or set SEARCH_URL.")
    return partial(in_cluster, url)


@contextmanager
def embedded(found: list[Record], rows: Iterable[Row]) -> Iterator[Library]:
    """A throw-away index."""
    with tempfile.TemporaryDirectory(prefix="wegweiser-evaluation-") as folder:
        yield fill(Path(folder), found, fresh_knowledge(), rows=rows)


@contextmanager
def in_cluster(url: str, found: list[Record], rows: Iterable[Row]) -> Iterator[Library]:
    """The same in a cluster, beside the index that answers there."""
    from search.cluster import address, connection, following, generations  # a second: not for who has no cluster

    try:
        where = address.read(url, settings.SEARCH_API_KEY, settings.SEARCH_CA_FILE)
    except address.AddressError as error:
        raise CommandError(f"The address of the cluster: {error}.") from error
    statistics = learnt(found, fresh_knowledge(), rows)
    knowledge = taught(fresh_knowledge(), statistics)
    generation = generations.new(connection.cluster(where, patient=True))
    try:
        engine = following.engine_of(generation)
        engine.update(documents(found, knowledge))
        yield Library(engine, knowledge, weights_of(statistics), statistics)
    finally:
        generation.drop()


def _ranked(asked: Asked, library: Library, home: str) -> tuple[str, ...]:
    query = Query(asked.text, asked.lang, home_area=home, size=DEPTH, group=asked.group)
    return tuple(hit.slug for hit in answer(query, library).hits)


def in_words(figures: dict[str, Any]) -> str:
    lines = [f"{'':28}{'n':>5}{'s1':>7}{'s3':>7}{'ndcg10':>8}{'zero':>7}"]
    for name, one in {"overall": figures["overall"], **figures["groups"]}.items():
        lines.append(
            f"{name:28}{one['n']:5}{one['s1']:7.2f}{one['s3']:7.2f}{one['ndcg10']:8.2f}{one['zero']:7.2f}"
        )
    absent = figures["absent"]
    return "\n".join([*lines, f"absent: {absent['empty']:.2f} of {absent['n']} answered with nothing"])
