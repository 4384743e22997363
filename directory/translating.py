"""Puts translations into entries, whoever made them: a person with a spreadsheet or a machine.

Each goes into the newest draft, and only there: a column written past a draft is lost when that is published.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from wagtail.log_actions import log

from directory import translation_state
from directory.models import acting
from directory.permissions import may_publish_entries, may_translate
from directory.translatable import Piece, comparable, draft, entry_of, pieces, rows, text_hash
from directory.translation_state import State

ON_THE_MACHINE = "wegweiser"  # who acts where nobody is signed in: the operator's command
_WEAKEST_FIRST = (State.MACHINE, State.HUMAN, State.CHECKED)


@dataclass(frozen=True)
class Given:
    """A translation that came in, and what there was when it was made: Piece.stamp and the translation then."""

    key: str
    text: str
    stamp: str
    before: str = ""  # text_hash
    state: State = State.HUMAN


class Fate(StrEnum):
    SAME = "same"
    NEW = "new"
    CHANGED = "changed"
    CHECKED = "checked"  # the same text, and somebody says that it is right
    OVERTAKEN = "overtaken"  # somebody else wrote here since: theirs stays


WRITES = frozenset({Fate.NEW, Fate.CHANGED, Fate.CHECKED})


@dataclass
class Outcome:
    """Keys of the entries."""

    published: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)  # locked, gone, or not this user's to translate

    def add(self, other: "Outcome") -> None:
        for mine, more in zip(vars(self).values(), vars(other).values(), strict=True):
            mine.extend(more)


@transaction.atomic
def apply(*, given: Iterable[Given], language: str, by: AbstractBaseUser | None, made_by: str = "") -> Outcome:
    """All of it or nothing. `by` is None for the operator; `made_by` names a machine."""
    outcome = Outcome()
    with acting(by or ON_THE_MACHINE):
        for key, texts in _by_entry(given).items():
            row = _locked_row(key)
            if row is None or not may_write(row, by):
                outcome.refused.append(key)
                continue
            getattr(outcome, _apply_to(row, texts, language, by, made_by)).append(key)
    return outcome


def may_write(row: Any, by: AbstractBaseUser | None) -> bool:
    """As in the form: not what is locked, in somebody else's review, or scheduled."""
    lock = row.get_lock()
    if by is None:
        return lock is None
    return may_translate(by, type(row)) and not (lock and lock.for_user(by))


def fate(piece: Piece, given: Given, language: str) -> Fate:
    stored = comparable(piece.text(language))
    text = comparable(given.text)
    is_checked = given.state is State.CHECKED
    if text == stored:
        return Fate.CHECKED if is_checked else Fate.SAME
    if given.before == text_hash(text) and not is_checked:
        return Fate.SAME  # nobody touched it in the file, whatever others made of it here
    if given.before and given.before != text_hash(stored):
        return Fate.OVERTAKEN
    return Fate.CHANGED if stored else Fate.NEW


def is_newer(piece: Piece, given: Given) -> bool:
    """Is the source newer than what the translation was made from?"""
    return given.stamp.rpartition(".")[2] != piece.stamp.rpartition(".")[2]


def _by_entry(given: Iterable[Given]) -> dict[str, dict[str, Given]]:
    """In the order of their keys: two imports at once never wait for each other in a circle."""
    found: dict[str, dict[str, Given]] = {}
    for text in given:
        found.setdefault(entry_of(text.key), {})[text.key] = text
    return dict(sorted(found.items()))


def _locked_row(key: str) -> Any:
    found = rows(key)
    return found.select_for_update().first() if found is not None else None


def _apply_to(
    row: Any, given: Mapping[str, Given], language: str, by: AbstractBaseUser | None, made_by: str
) -> str:
    """How it ended, as the outcome calls it."""
    was_public = row.live and not row.has_unpublished_changes
    entry = draft(row)
    if not _write(entry, given, language, made_by or str(by or ON_THE_MACHINE)):
        return "unchanged"
    # clean=False: a draft may be incomplete, and what else is wrong with it is not the translator's to mend.
    revision = entry.save_revision(user=by, clean=False)
    details = {"language": language, "made_by": made_by}
    log(
        instance=entry,
        action="wegweiser.translate",
        user=by,
        revision=revision,
        data=details,
        content_changed=True,
    )
    if was_public and (by is None or may_publish_entries(by, type(row))):
        revision.publish(user=by)
        return "published"
    return "waiting"


def _write(entry: Any, given: Mapping[str, Given], language: str, by: str) -> bool:
    found = tuple(pieces(entry))
    writing = {
        piece.key: given[piece.key]
        for piece in found
        if piece.key in given and fate(piece, given[piece.key], language) in WRITES
    }
    state = _weakest(entry, found, writing, language)
    source = _source_of(entry, found, writing, language)
    changed = [piece for piece in found if piece.key in writing and _differs(piece, writing[piece.key], language)]
    noted = entry.translation_state.get(language, {})
    if not writing or not (changed or (noted.get("state"), noted.get("source")) != (state, source)):
        return False
    for piece in changed:
        piece.write(language, writing[piece.key].text)
    translation_state.note(entry, language, state=state, by=by)
    made = {**entry.translation_state[language], "source": source}
    entry.translation_state = {**entry.translation_state, language: made}
    return True


def _differs(piece: Piece, given: Given, language: str) -> bool:
    return comparable(given.text) != comparable(piece.text(language))


def _weakest(entry: Any, found: tuple[Piece, ...], writing: Mapping[str, Given], language: str) -> State:
    """One text that nobody has checked is enough: readers are told more rather than less."""
    before = State(entry.translation_state.get(language, {}).get("state", State.HUMAN))
    untouched = any(piece.text(language) for piece in found if piece.key not in writing)
    states = {given.state for given in writing.values()} | ({before} if untouched else set())
    return next((state for state in _WEAKEST_FIRST if state in states), before)


def _source_of(entry: Any, found: tuple[Piece, ...], writing: Mapping[str, Given], language: str) -> str:
    """The present source, unless some text was made from an older one."""
    now = translation_state.source_hash(entry)
    for piece in found:
        if piece.key in writing and is_newer(piece, writing[piece.key]):
            whole, _dot, own = writing[piece.key].stamp.rpartition(".")
            return whole if whole and whole != now else own  # a child's text is no part of the whole
    noted: str = entry.translation_state.get(language, {}).get("source", "")
    is_left = any(piece.text(language) for piece in found if piece.key not in writing)
    return noted if noted and is_left else now
