import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from referrals.proofs import Outcome, as_data, examine


class Command(BaseCommand):
    help = "Prove that the referral is whole: texts, law, cases, and that every situation leads to somebody."
    # These would tell the quick ones twice.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="what was found as JSON")
        parser.add_argument(
            "--quick", action="store_true", help="without the proofs that take longer than a second"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        outcomes = tuple(self._progress(quick=options["quick"]))
        found = as_data(outcomes)
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(line for outcome in outcomes for line in lines(outcome)))
        if not found["ok"]:
            sys.exit(1)

    def _progress(self, *, quick: bool) -> Iterator[Outcome]:
        for number, outcome in enumerate(examine(quick=quick), start=1):
            said = f"{len(outcome.found)} found" if outcome.found else "holds"
            self.stderr.write(f"{number}. {outcome.proof.heading}: {said} ({outcome.seconds} s)")
            yield outcome


def lines(outcome: Outcome) -> Iterator[str]:
    level = "ok" if not outcome.found else "error" if outcome.fails else "warning"
    yield f"{level:8} {outcome.proof.heading}"
    yield from (f"{'':9}{sentence}" for sentence in outcome.found)
