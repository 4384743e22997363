from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from directory.languages import SHIPPED
from search.analysis import examples
from search.analysis.chains import chain


class Command(BaseCommand):
    help = "Show what the search makes of words, or write its examples into docs/analysis.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("text", nargs="?", default="", help="a text; without it, the examples")
        parser.add_argument("--language", choices=SHIPPED, default="de")
        parser.add_argument("--page", type=Path, help="the page whose examples are made anew")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["text"]:
            for token in chain(options["language"]).tokens(options["text"]):
                self.stdout.write(f"{token.surface}\t{token.stem}")
        elif page := options["page"]:
            self._rewrite(page)
        else:
            self.stdout.write(examples.page())

    def _rewrite(self, page: Path) -> None:
        try:
            text = page.read_text(encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{page}: {error.strerror}") from error
        if examples.BEGIN not in text or examples.END not in text:
            raise CommandError(f"{page}: no marks between which the examples stand")
        page.write_text(examples.rewritten(text), encoding="utf-8")
