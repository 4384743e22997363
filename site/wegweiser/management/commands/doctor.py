import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from wegweiser.doctor.checks import CHECKS
from wegweiser.doctor.finding import Finding, Level, examine, healthy


class Command(BaseCommand):
    help = "Look at the whole installation and say what to do."
    # It tells what these checks would stop at.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="findings as JSON")
        parser.add_argument("--data-dir", help="where database, index and media lie")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(examine(CHECKS))
        self.stdout.write(as_json(found) if options["json"] else in_words(found))
        if not healthy(found):
            sys.exit(1)


def as_json(found: Sequence[Finding]) -> str:
    return json.dumps({"ok": healthy(found), "findings": [asdict(each) for each in found]}, indent=2)


def in_words(found: Sequence[Finding]) -> str:
    return "\n".join(line for each in found for line in lines(each))


def lines(finding: Finding) -> list[str]:
    first = f"{finding.level:8} {finding.check}"
    if finding.level is Level.OK:
        return [f"{first}: {finding.what}" if finding.what else first]
    return [f"{first}: {finding.what}", f"{'':9}→ {finding.do}"]
