import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.vocabulary import area_tree, home_area
from referrals import cases, queries
from referrals.evaluation import Verdict, evaluate, figures
from referrals.showing import words


class Command(BaseCommand):
    help = "Put cases through the referral and count where they lead."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", required=True, type=Path, metavar="FILE.yaml")
        parser.add_argument("--json", action="store_true", help="all figures and cases as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        tree = area_tree()
        try:
            found = cases.read(options["cases"], areas=tree.areas)
        except cases.CaseError as error:
            raise CommandError(str(error)) from error
        verdicts = evaluate(found, queries.bodies(), queries.rules(), tree, home_area(), on_case=self._report)
        result = figures(verdicts, words)
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(f"{key}: {value}" for key, value in result.items() if key != "cases"))

    def _report(self, verdict: Verdict) -> None:
        first = verdict.first or "nobody"
        self.stderr.write(f"{verdict.case.id}: {first}{'' if verdict.passes else ' (does not pass)'}")
