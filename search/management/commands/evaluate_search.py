import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.vocabulary import home_area
from search.document import Record
from search.evaluation import DEPTH, Asked, FileError, Judged, read_corpus, read_grades, read_queries, report
from search.indexing import base_knowledge, fill
from search.library import Library
from search.port import Query
from search.queries import answer
from search.records import records

TRAITS = ("lang", "class", "group", "persona")


class Command(BaseCommand):
    help = "Rank the queries of a file in a throw-away index and say how often the right listing comes first."

    def add_arguments(self, parser: CommandParser) -> None:
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("--listings", action="store_true", help="search the database's public listings")
        source.add_argument("--corpus", type=Path, metavar="FILE.jsonl", help="search the documents of a file")
        parser.add_argument("--queries", type=Path, required=True, metavar="FILE.jsonl")
        parser.add_argument("--qrels", type=Path, required=True, metavar="FILE.tsv")
        parser.add_argument("--engine", choices=["embedded"], default="embedded")
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
        except FileError as error:
            raise CommandError(str(error)) from error
        figures = report(self.judged(queries, grades, found, options["listings"]), by)
        self.stdout.write(json.dumps(figures, indent=2) if options["json"] else in_words(figures))

    def judged(
        self, queries: list[Asked], grades: dict[str, dict[str, int]], found: list[Record], listings: bool
    ) -> Iterator[Judged]:
        with tempfile.TemporaryDirectory(prefix="wegweiser-evaluation-") as folder:
            library = fill(Path(folder), found, base_knowledge())
            self.stderr.write(f"{len(found)} documents indexed.")
            home = home_area() if listings else ""
            for number, asked in enumerate(queries, start=1):
                if number % 100 == 0:
                    self.stderr.write(f"{number} of {len(queries)} queries")
                yield Judged(asked, grades.get(asked.id, {}), _ranked(asked, library, home))


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
