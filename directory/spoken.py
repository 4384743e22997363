"""Names of spoken languages in the reader's language. A body may speak far more than the site is written in."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language, gettext_lazy

from directory.languages import MAIN, SHIPPED

# Codes of ours, and languages that Babel's tables name in few languages only.
OWN_NAMES: Mapping[str, Callable[[], str]] = {
    "dgs": lambda: str(gettext_lazy("German Sign Language")),
    "de-simple": lambda: str(gettext_lazy("Easy-to-read German")),
    "prs": lambda: str(gettext_lazy("Dari")),
    "rom": lambda: str(gettext_lazy("Romani")),
}


def spoken_name(code: str, language: str | None = None) -> str:
    """ "tr" → "Türkisch" for a German reader; an unknown code stays readable as it is."""
    if own := OWN_NAMES.get(code):
        return own()
    found = _babel_name(code, language or get_language() or MAIN)
    return found or (SHIPPED[code].name if code in SHIPPED else code)


@lru_cache(maxsize=1024)
def _babel_name(code: str, language: str) -> str:
    try:
        reader = Locale.parse(language.partition("-")[0])
        base, _, region = code.replace("_", "-").partition("-")
        names = reader.languages
        return str(names.get(f"{base}_{region}") or names.get(base) or "")
    except (UnknownLocaleError, ValueError):
        return ""
