"""What the commands of translations share: languages as options, numbered steps on standard error."""

from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand

from directory.languages import SHIPPED
from directory.translation_state import State


def language(code: str) -> str:
    if code not in SHIPPED:
        raise ArgumentTypeError(f"there is no language {code}; there are {', '.join(SHIPPED)}")
    return code


def states(names: str) -> frozenset[State]:
    known = {str(state) for state in State}
    chosen = {name.strip() for name in names.split(",") if name.strip()}
    if unknown := chosen - known:
        raise ArgumentTypeError(
            f"there is no state {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}"
        )
    return frozenset(State(name) for name in chosen)


class SteppedCommand(BaseCommand):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = 0

    def step(self, text: str) -> None:
        self.number += 1
        self.stderr.write(f"{self.number}. {text}")
