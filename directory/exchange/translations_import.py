"""What a workbook of translations would change; nothing is written before somebody has seen that."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory import translating
from directory.exchange.translations_file import Line, Problem, Sheet, read
from directory.languages import SHIPPED
from directory.models import Published
from directory.translatable import Piece, entry_key, entry_of, latest, model_of, pieces
from directory.translating import Fate, Given, Outcome, fate, is_newer, may_write
from directory.translation_state import State, source_language


@dataclass
class Plan:
    language: str
    given: list[Given] = field(default_factory=list)
    counts: Counter[Fate] = field(default_factory=Counter)
    from_older: int = 0  # made from a source that has changed since
    left_out: list[str] = field(default_factory=list)  # names of entries that cannot be written now
    problems: list[Problem] = field(default_factory=list)

    @property
    def writes(self) -> int:
        return sum(self.counts[fate] for fate in translating.WRITES)


def plan(file: Path, *, language: str, by: AbstractBaseUser | None) -> Plan:
    sheet = read(file)
    made = Plan(language or sheet.language, problems=sheet.problems)
    if sheet.language and sheet.language != made.language:
        message = _("This file holds translations into %(found)s, not into %(wanted)s.")
        names = {"found": SHIPPED[sheet.language].name, "wanted": SHIPPED[made.language].name}
        made.problems.insert(0, Problem(message % names))
    elif sheet.language:
        _look_up(sheet, made, by)
    made.problems.sort(key=lambda problem: problem.row or 0)
    return made


def carry_out(plan: Plan, *, by: AbstractBaseUser | None) -> Outcome:
    """All of it or nothing. A plan with problems is never carried out."""
    if plan.problems:
        raise ValueError("a plan with problems")
    return translating.apply(given=plan.given, language=plan.language, by=by)


def _look_up(sheet: Sheet, made: Plan, by: AbstractBaseUser | None) -> None:
    known = _Known(by)
    for line in sheet.lines:
        entry = known.entry(line.key)
        piece = known.pieces.get(line.key)
        if problem := _problem(line, entry, piece, made.language):
            made.problems.append(Problem(problem, line.number))
        elif piece is not None and line.translation.strip():
            _add(made, piece, line, may_be_written=known.may_write(entry))


def _problem(line: Line, entry: Any, piece: Piece | None, language: str) -> str:
    if entry is None:
        return _("there is no entry “%(key)s” any more.") % {"key": line.key}
    if piece is None:
        return _("there is no text “%(key)s” any more.") % {"key": line.key}
    if source_language(entry) == language:
        return _("this entry was written in the language of the file: it is no translation.")
    if piece.longest and len(line.translation) > piece.longest:
        words = _("the translation has %(length)d characters; %(longest)d fit.")
        return words % {"length": len(line.translation), "longest": piece.longest}
    return ""


def _add(made: Plan, piece: Piece, line: Line, *, may_be_written: bool) -> None:
    state = State.CHECKED if line.is_checked else State.HUMAN
    given = Given(line.key, line.translation, line.stamp, line.before, state)
    how = fate(piece, given, made.language)
    if how in translating.WRITES and not may_be_written:
        name = str(piece.entry)
        made.left_out += [name] if name not in made.left_out else []
        return
    made.counts[how] += 1
    if how in translating.WRITES:
        made.from_older += is_newer(piece, given)
        made.given.append(given)


class _Known:
    """The entries of the models that the file names, each read once."""

    def __init__(self, by: AbstractBaseUser | None) -> None:
        self.by = by
        self.models: set[type[Published]] = set()
        self.entries: dict[str, Any] = {}
        self.pieces: dict[str, Piece] = {}
        self.writable: dict[str, bool] = {}

    def entry(self, key: str) -> Any:
        model = model_of(key)
        if model is not None and model not in self.models:
            self.models.add(model)
            for entry in latest(model):
                self.entries[entry_key(entry)] = entry
                self.pieces |= {piece.key: piece for piece in pieces(entry)}
        return self.entries.get(entry_of(key))

    def may_write(self, entry: Any) -> bool:
        key = entry_key(entry)
        if key not in self.writable:
            self.writable[key] = may_write(entry, self.by)
        return self.writable[key]


def lines(made: Plan) -> Iterator[str]:
    """What would happen, for people."""
    yield _("%(count)d new") % {"count": made.counts[Fate.NEW]}
    yield _("%(count)d changed") % {"count": made.counts[Fate.CHANGED]}
    yield _("%(count)d checked, text unchanged") % {"count": made.counts[Fate.CHECKED]}
    yield _("%(count)d unchanged") % {"count": made.counts[Fate.SAME]}
    if made.from_older:
        yield _("%(count)d made from an older source: they will count as outdated") % {"count": made.from_older}
    if count := made.counts[Fate.OVERTAKEN]:
        yield _("%(count)d left out: somebody else changed the translation since the export") % {"count": count}
    if made.left_out:
        names = ", ".join(f"“{name}”" for name in made.left_out[:10])
        names += ", …" if len(made.left_out) > 10 else ""
        yield _("left out, because locked, in review, scheduled or not yours to translate: %(names)s") % {
            "names": names
        }


def told(outcome: Outcome) -> Iterator[str]:
    """What happened, for people."""
    count = len(outcome.published)
    yield ngettext("%(count)d entry published", "%(count)d entries published", count) % {"count": count}
    count = len(outcome.waiting)
    yield ngettext("%(count)d entry waits for review", "%(count)d entries wait for review", count) % {
        "count": count
    }
    if count := len(outcome.refused):
        words = ngettext("%(count)d entry could not be written", "%(count)d entries could not be written", count)
        yield words % {"count": count}
