"""Opening hours as people type them in a hurry: "Mo–Fr 9–12 Uhr, Mittwoch 14.00 bis 18.00"."""

import re
from collections.abc import Mapping

from directory import opening

# German first: "do" is Thursday. English days as OSM and people write them.
DAYS: Mapping[str, str] = {
    "mo": "Mo", "mon": "Mo", "monday": "Mo", "montag": "Mo",
    "di": "Tu", "die": "Tu", "dienstag": "Tu", "tu": "Tu", "tue": "Tu", "tuesday": "Tu",
    "mi": "We", "mit": "We", "mittwoch": "We", "we": "We", "wed": "We", "wednesday": "We",
    "do": "Th", "don": "Th", "donnerstag": "Th", "th": "Th", "thu": "Th", "thursday": "Th",
    "fr": "Fr", "fri": "Fr", "freitag": "Fr", "friday": "Fr",
    "sa": "Sa", "sat": "Sa", "samstag": "Sa", "sonnabend": "Sa", "saturday": "Sa",
    "so": "Su", "son": "Su", "sonntag": "Su", "su": "Su", "sun": "Su", "sunday": "Su",
}  # fmt: skip
_OSM_DAYS = frozenset(DAYS.values())
_FILLING = {"von", "from", "uhr", "h", "jeden", "every"}
_BETWEEN = {"bis": "-", "to": "-", "und": ",", "and": ",", "sowie": ","}
_TOKEN = re.compile(
    r"(?P<time>\d{1,2}(?:[:.]\d{2})?)|(?P<word>[^\W\d_]+)\.?|(?P<sign>[-–—,;&+/:])|(?P<blank>\s+)|(?P<other>.)",
    re.DOTALL,
)
_SIGNS = {"–": "-", "—": "-", "&": ",", "+": ",", "/": ",", ";": ","}


def as_osm(typed: str) -> str:
    """Empty where not every word was understood: then they are shown as they were typed."""
    if opening.is_valid(typed):
        return " ".join(typed.split())
    if len(typed) > opening.LONGEST:
        return ""
    found = _joined(list(_tokens(typed)))
    return found if found and opening.is_valid(found) else ""


def _tokens(typed: str) -> list[str]:
    found: list[str] = []
    for each in _TOKEN.finditer(typed.casefold()):
        if each.lastgroup == "time":
            found.append(_clock(each["time"]))
        elif each.lastgroup == "word":
            if each["word"] not in _FILLING:
                found.append(_day(each["word"]))
        elif each.lastgroup == "sign" and each["sign"] != ":":  # as in "Montag: 9–12"
            found.append(_SIGNS.get(each["sign"], each["sign"]))
        elif each.lastgroup == "other":
            found.append("?")
    return found


def _day(word: str) -> str:
    singular = word.removesuffix("s") if word not in DAYS else word  # montags
    return DAYS.get(singular) or _BETWEEN.get(word, "?")


def _clock(shown: str) -> str:
    hour, _point, minute = shown.replace(".", ":").partition(":")
    return f"{int(hour):02}:{minute or '00'}" if int(hour) <= 24 else "?"


def _joined(tokens: list[str]) -> str:
    """Days, then spans of time; whatever follows a time and is a day begins the next rule."""
    if not tokens or tokens[0] not in _OSM_DAYS:
        return ""  # "9-5" may mean any day, and any half of it
    joined = ""
    for at, word in enumerate(tokens):
        before = tokens[at - 1] if at else ""
        if word == "?" or (word in "-," and (not before or before in "-,")):
            return ""
        if word == "," and at + 1 < len(tokens) and _is_time(before) and not _is_time(tokens[at + 1]):
            joined += ", "
        elif _is_time(before) and not _is_time(word) and word not in "-,":
            joined += f", {word}"
        elif _is_time(word) and before and not _is_time(before) and before not in "-,":
            joined += f" {word}"
        else:
            joined += word
    return joined


def _is_time(word: str) -> bool:
    return word[:1].isdigit()
