import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.vocabulary import area_tree, home_area
from referrals import cases, queries
from referrals.evaluation import Verdict, evaluate, figures
from referrals.showing import words
from referrals.stored_cases import stored_cases


class Command(BaseCommand):
    help = "Put cases through the referral and count where they lead."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", type=Path, metavar="FILE.yaml", help="without it: the cases of staff")
        parser.add_argument("--json", action="store_true", help="all figures and cases as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        tree = area_tree()
        try:
            found = cases.read(options["cases"], areas=tree.areas) if options["cases"] else stored_cases()
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
