"""How far each translation of an entry is, told from what was noted when it was written."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils import timezone

from directory.columns import translated_fields
from directory.languages import MAIN, SHIPPED, column


class State(StrEnum):
    MISSING = "missing"
    MACHINE = "machine"  # nobody has checked it; readers are told
    HUMAN = "human"
    CHECKED = "checked"  # by a second person, against the source
    OUTDATED = "outdated"  # the source text has changed since


def source_language(entry: Any) -> str:
    return getattr(entry, "source_language", "") or MAIN


def texts(entry: Any, language: str) -> dict[str, str]:
    """Every translated field of the entry, '' where it is empty."""
    names = translated_fields(type(entry))
    return {name: getattr(entry, column(name, language)) or "" for name in names}


def source_hash(entry: Any) -> str:
    return text_hash(texts(entry, source_language(entry)))


def text_hash(written: Mapping[str, str]) -> str:
    """Empty where nothing is written: what was made from nothing is not outdated by the first source text."""
    if not any(written.values()):
        return ""
    return hashlib.sha256("\x1f".join(written.values()).encode()).hexdigest()[:16]


def noted(entry: Any, language: str) -> dict[str, Any]:
    """Nothing for what is no entry of its own, as a child row."""
    found: dict[str, Any] = getattr(entry, "translation_state", {}).get(language, {})
    return found


def state(entry: Any, language: str) -> State:
    if not any(texts(entry, language).values()):
        return State.MISSING
    found = noted(entry, language)
    if language == source_language(entry):
        return State(found.get("state", State.HUMAN))
    if found.get("source") and found["source"] != source_hash(entry):
        return State.OUTDATED
    return State(found.get("state", State.HUMAN))


def is_partial(entry: Any, language: str) -> bool:
    """Something of the source is not translated."""
    source, own = texts(entry, source_language(entry)), texts(entry, language)
    return any(own.values()) and any(source[field] and not own[field] for field in own)


def is_machine_made(entry: Any, language: str) -> bool:
    """Also where the source has changed since: readers need to know both."""
    found: str = noted(entry, language).get("state", "")
    return found == State.MACHINE


def is_public(entry: Any, language: str) -> bool:
    """The source always is: who does not want it to be read unpublishes the entry."""
    return language == source_language(entry) or bool(noted(entry, language).get("public", True))


def note(entry: Any, language: str, *, state: State, by: str, at: datetime | None = None) -> None:
    """Call after the texts were set: the translation counts as made from the source as it is now."""
    moment = (at or timezone.now()).isoformat(timespec="seconds")
    made = {"state": str(state), "source": source_hash(entry), "by": by, "at": moment}
    _put(entry, language, noted(entry, language) | made)


def show(entry: Any, language: str, *, public: bool) -> None:
    _put(entry, language, noted(entry, language) | {"public": public})


def _put(entry: Any, language: str, found: dict[str, Any]) -> None:
    """A new dictionary: the old one may belong to a revision."""
    others = {code: each for code, each in entry.translation_state.items() if code != language}
    entry.translation_state = others | ({language: found} if found else {})


@dataclass(frozen=True)
class Before:
    """The texts of an entry before somebody changes them, and what they rested on."""

    texts: Mapping[str, Mapping[str, str]]
    source_language: str
    outdated: frozenset[str]

    @classmethod
    def of(cls, entry: Any) -> "Before":
        outdated = frozenset(code for code in SHIPPED if state(entry, code) is State.OUTDATED)
        return cls({code: texts(entry, code) for code in SHIPPED}, source_language(entry), outdated)


def note_changes(entry: Any, before: Before, *, compared: Collection[str] = (), by: str) -> None:
    """After an edit: who wrote what, what was compared with the source, and what has no text any more."""
    for language in SHIPPED:
        now = texts(entry, language)
        if not any(now.values()):
            _forget(entry, language)
        elif language in compared:
            note(entry, language, state=State.CHECKED, by=by)
        elif now != before.texts[language] and not _is_machine_left(entry, language, now, before):
            note(entry, language, state=State.HUMAN, by=by)
        else:
            _keep_base(entry, before, language)


def _is_machine_left(entry: Any, language: str, now: Mapping[str, str], before: Before) -> bool:
    """One text that a machine wrote and nobody touched is enough: readers are told more rather than less."""
    untouched = (text and text == before.texts[language][name] for name, text in now.items())
    return is_machine_made(entry, language) and any(untouched)


def _forget(entry: Any, language: str) -> None:
    """All but the decision that readers do not get this language."""
    _put(entry, language, {} if is_public(entry, language) else {"public": False})


def _keep_base(entry: Any, before: Before, language: str) -> None:
    """Note of a text that nobody touched what it was made from, while that is still known.

    Imported texts come without a note, and would otherwise never be outdated. Where the entry is now written
    in another language, what was up to date rests on that one.
    """
    source = source_language(entry)
    base = text_hash(before.texts[source])
    moved = source != before.source_language
    known = noted(entry, language)
    fresh = language not in before.outdated if moved else "source" not in known
    if base and fresh and language != source and (moved or base != source_hash(entry)):
        _put(entry, language, {"state": str(State.HUMAN), "by": ""} | known | {"source": base})
