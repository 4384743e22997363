"""Text in the reader's language, or honestly marked as a fallback (WCAG 3.1.2)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import get_language

from directory.languages import MAIN, column, direction, preference


@dataclass(frozen=True)
class Text:
    text: str
    lang: str
    dir: str
    is_fallback: bool

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


def choose(texts: Mapping[str, str], language: str | None = None) -> Text:
    """The text in `language` (default: the active one), else in the best other language, else empty."""
    wanted = language or get_language() or MAIN
    for code in preference(wanted):
        if text := texts.get(code):
            return Text(text, code, direction(code), is_fallback=code != wanted)
    return Text("", wanted, direction(wanted), is_fallback=False)


def translations(obj: Model, field: str) -> dict[str, str]:
    """All filled translations of a field. NULL and '' mean the same."""
    columns = obj.__dict__
    found = ((code, columns.get(column(field, code))) for code in preference(MAIN))
    return {code: text for code, text in found if text}


def translated(obj: Model, field: str, language: str | None = None) -> Text:
    """Read a translated field. Code never reads `obj.title`: that virtual column does not tell its language."""
    return choose(translations(obj, field), language)
