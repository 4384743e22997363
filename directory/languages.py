"""The languages that Wegweiser ships. An operator enables some through LANGUAGES, which makes no migration."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

MAIN = "de"


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    direction: str = "ltr"
    fallbacks: tuple[str, ...] = (MAIN, "en")


# Own table, because Django calls de-simple "Deutsch" and would list German twice. No order of fallbacks is
# politically neutral: Ukrainian falls back to German and English, never to Russian.
SHIPPED: Mapping[str, Language] = {
    language.code: language
    for language in (
        Language("de", "Deutsch", fallbacks=("de-simple", "en")),
        Language("en", "English"),
        Language("tr", "Türkçe"),
        Language("ar", "العربية", direction="rtl"),
        Language("uk", "Українська"),
        Language("ru", "Русский"),
        Language("pl", "Polski"),
        Language("fa", "فارسی", direction="rtl"),
        Language("fr", "Français"),
        Language("es", "Español"),
        Language("el", "Ελληνικά"),
        Language("de-simple", "Deutsch (Leichte Sprache)"),
    )
}


def direction(code: str) -> str:
    language = SHIPPED.get(code)
    return language.direction if language else "ltr"


@cache
def column(field: str, code: str) -> str:
    """The database column that holds `field` in a language: ("title", "de-simple") → "title_de_simple"."""
    return f"{field}_{code.replace('-', '_')}"


@lru_cache(100)  # codes come from visitors too
def preference(code: str) -> tuple[str, ...]:
    """Every shipped language, the given one first, then its fallbacks, then all others: no text is ever lost."""
    first = (code, *(SHIPPED[code].fallbacks if code in SHIPPED else (MAIN, "en")), MAIN)
    return tuple(dict.fromkeys((*first, *SHIPPED)))
