"""Which changes a reviewer may let pass together after one look: spelling, and what is out of date in a week.

Nothing here is approved unseen. The table says where a mistake that slips through costs least.
"""

import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import Any

from directory.editing.wording import STATES, restated
from directory.models.differences import changed


class Rule(Enum):
    SPELLING = auto()  # the same words, spelled otherwise
    ANY = auto()


# Whatever stands not in here is never harmless: contacts, areas, languages, costs, who is responsible for what …
HARMLESS: Mapping[str, Rule] = {
    "title": Rule.SPELLING,
    "helps_with": Rule.SPELLING,
    "description": Rule.SPELLING,
    "what_happens": Rule.SPELLING,
    "name": Rule.SPELLING,
    "capacity": Rule.ANY,
    "waiting_weeks": Rule.ANY,
}

ALIKE, LONG = 0.7, 4  # share of letters, and the shortest word in which a slip is told from another word
# Numbers, signs and addresses are meaning, not spelling: whatever stands in one piece with them stays as it is.
_exact = re.compile(r"""\d|_|\w[.:]\w|[^\w\s.,;:!?'"„“”‚‘’«»()،؛؟…–—-]""")
_word = re.compile(r"\w+")
_stops = ".,;:!?'\"„“”‚‘’«»()،؛؟…–—-"


def is_harmless(before: Mapping[str, Any], after: Mapping[str, Any], field_of: Callable[[str], str]) -> bool:
    """`field_of` names the field to which a column belongs: `title_ar` is a title."""
    names = changed(before, after)
    return bool(names) and all(_passes(name, field_of(name), before, after) for name in names)


def _passes(name: str, field: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    old, new = before.get(name), after.get(name)
    if name == STATES:  # moves with each text; whether readers see a translation is no spelling
        return not restated(old or {}, new or {})
    rule = HARMLESS.get(field)
    return rule is Rule.ANY or (rule is Rule.SPELLING and same_words(str(old or ""), str(new or "")))


def same_words(old: str, new: str) -> bool:
    """Word for word the same but for slips; between the words, blanks and stops may differ."""
    exact, words = _read(old)
    exactly, others = _read(new)
    if not words or exact != exactly or len(words) != len(others):
        return False
    return all(_alike(*pair) for pair in zip(words, others, strict=True))


def _read(text: str) -> tuple[list[str], list[str]]:
    """What has to stay to the letter, and the words. Marks above and below letters count as part of none."""
    pieces = "".join(each for each in text if not unicodedata.combining(each)).split()
    exact = [piece.strip(_stops) for piece in pieces if _exact.search(piece)]
    return exact, [word for piece in pieces if not _exact.search(piece) for word in _word.findall(piece)]


def _alike(word: str, other: str) -> bool:
    """The first letter stays: keine and eine, möglich and unmöglich are no slips of each other."""
    old, new = sorted((word.casefold(), other.casefold()))  # the comparison is not the same in both directions
    if old == new:
        return True
    if min(len(old), len(new)) < LONG or old[0] != new[0]:
        return False
    return difflib.SequenceMatcher(None, old, new, autojunk=False).ratio() >= ALIKE
