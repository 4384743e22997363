"""Text in the reader's language, or honestly marked as a fallback (WCAG 3.1.2)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils.translation import get_language

from directory.languages import MAIN, column, direction, preference
from directory.translation_state import is_machine_made, is_public


@dataclass(frozen=True)
class Text:
    text: str
    lang: str
    dir: str
    is_fallback: bool
    is_machine: bool = False  # a machine wrote it, and nobody has checked it

    def __bool__(self) -> bool:
        return bool(self.text)

    def __hash__(self) -> int:
        """Of the words alone, which keep theirs: marking a page looks some thousand texts up."""
        return hash(self.text)

    def __str__(self) -> str:
        return self.text


class Texts(dict[str, str]):
    """A text by language, with the languages in which a machine wrote it and nobody has checked it."""

    def __init__(self, found: Mapping[str, str], machine: Collection[str]) -> None:
        super().__init__(found)
        self.machine = frozenset(machine)


def choose(texts: Mapping[str, str], language: str | None = None) -> Text:
    """The text in `language` (default: the active one), else in the best other language, else empty."""
    wanted = language or get_language() or MAIN
    machine = texts.machine if isinstance(texts, Texts) else ()
    for code in preference(wanted):
        if text := texts.get(code):
            return Text(text, code, direction(code), is_fallback=code != wanted, is_machine=code in machine)
    return Text("", wanted, direction(wanted), is_fallback=False)


def written(obj: Model, field: str) -> dict[str, str]:
    """All filled translations of a field, for staff. NULL and '' mean the same."""
    columns = obj.__dict__
    found = ((code, columns.get(column(field, code))) for code in preference(MAIN))
    return {code: text for code, text in found if text}


def published(obj: Model, field: str, *, of: Model | None = None) -> Texts:
    """What may leave the house, in languages switched off too: for exports, and for words that people search with.

    A child row (`of` an entry) is shown in the languages of its entry.
    """
    entry = of or obj
    public = {code: text for code, text in written(obj, field).items() if is_public(entry, code)}
    return Texts(public, [code for code in public if is_machine_made(entry, code)])


def translations(obj: Model, field: str, *, of: Model | None = None) -> Texts:
    """What readers see: in the languages switched on, or, rather than nothing, in those that there are."""
    public = published(obj, field, of=of)
    shown = {code: text for code, text in public.items() if code in dict(settings.LANGUAGES)}
    return Texts(shown or public, public.machine)


def translated(obj: Model, field: str, language: str | None = None, *, of: Model | None = None) -> Text:
    """Read a translated field. Code never reads `obj.title`: that virtual column does not tell its language."""
    wanted = language or get_language() or MAIN
    entry, switched_on = of or obj, dict(settings.LANGUAGES)
    for code in preference(wanted):
        text = obj.__dict__.get(column(field, code)) if code in switched_on else ""
        if text and is_public(entry, code):
            machine = is_machine_made(entry, code)
            return Text(text, code, direction(code), is_fallback=code != wanted, is_machine=machine)
    return choose(published(obj, field, of=of), wanted)


def by_machine(shown: Any) -> bool:
    """Whether anything of what is shown together was written by a machine only: it carries one mark."""
    if isinstance(shown, Text):
        return bool(shown) and shown.is_machine
    if isinstance(shown, list | tuple):
        return any(map(by_machine, shown))
    return is_dataclass(shown) and any(by_machine(getattr(shown, each.name)) for each in fields(shown))
