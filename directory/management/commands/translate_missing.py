from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from directory import machine_translation as machine
from directory.management.translation_commands import SteppedCommand, language
from directory.translatable import translatable_models


class Command(SteppedCommand):
    help = "Let a machine translate public texts that have no translation; readers are told so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--language", type=language, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        code = options["language"]
        if not machine.is_on():
            raise CommandError("Machine translation is off. Set MACHINE_TRANSLATION, see .env.example.")
        if code in machine.NOT_BY_MACHINE:
            raise CommandError(f"No machine translates into {code}.")
        self.step(f"Looking for public texts without a translation into {code} …")
        wanted = [piece for model in translatable_models() for piece in machine.missing(model, code)]
        self.step(f"Translating {len(wanted)} texts …")
        result = machine.translate_missing(wanted=wanted, language=code, by=None, progress=self.progress)
        for reason in result.refused:
            self.stderr.write(f"   {reason}")
        if result.error:
            raise CommandError(f"{result.error} {result.texts} texts were translated before that.")
        self.stdout.write(f"{result.texts} texts translated, {len(result.refused)} answers refused.")

    def progress(self, done: int, total: int) -> None:
        self.stderr.write(f"   {done} of {total}")
