"""Names that are typed alone: the body that is called so comes first, by its own door.

A name counts where it is all that was typed, beside the place: "Polizei" within a story names nobody. The names of
a listing are its title, its organisation, their aliases, the pieces of all these between dashes and brackets, and
their initials; each with and without the words of the area it serves.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from search.analysis.chains import chain, kept, surfaces
from search.analysis.compounds import Splitter
from search.port import Value, Wanted

CALLED, NEARLY = 20.0, 8.0  # nearly: without the words of the area, as the same body elsewhere is called
SMALL = 2  # so many small words stand in a name; more make a sentence
# Who types a name wants the body's own advice sooner than what else it offers.
DOORS = {"counselling": 6.0, "offer": 4.0, "empowerment": 3.0}
_PIECES = re.compile(r"[(),/–|„“]| - ")
_LEGAL_FORMS = frozenset(("ev", "e", "v", "ggmbh", "gmbh"))
_ANY_BODY = _LEGAL_FORMS | {"verein", "association", "organisation", "organization"}
_ACRONYM = re.compile(r"\b[A-ZÄÖÜ]{2,}[A-Za-zÄÖÜäöü]{0,5}\b")  # DINA NRW is DINA
_NOT_SAID = chain("de").stops | _LEGAL_FORMS
_SEEDS = Splitter()
NAMES = 5_000  # are kept as they were read: a body's name stands on all its listings


@lru_cache(NAMES)
def initials(name: str) -> tuple[str, ...]:
    """Mobile Beratung gegen Rechtsextremismus → mbr; Opferberatung Rheinland → obr."""
    return tuple(_initials(name))


def _initials(name: str) -> Iterator[str]:
    for piece in _PIECES.split(name):
        words = [word for word in surfaces(piece) if word not in _NOT_SAID]
        for parts in (words, [part for word in words for part in (_SEEDS.split(word) or (word,))]):
            if 3 <= len(parts) <= 6:
                yield "".join(part[0] for part in parts)


def called(names: Iterable[str], areas: Iterable[str], kind: str) -> tuple[str, ...]:
    """The names as exact values, and each again with the kind of the listing; "~": without the area's words."""
    local = {stem for area in areas for stem in chain("de").stems(area.replace("-", " "))}
    found: dict[str, None] = {}
    for name in names:
        for stems in _ways(name):
            found |= dict.fromkeys(filter(None, (_key(stems), "~" * bool(stems - local) + _key(stems - local))))
    return tuple(one for name in found for one in (name, f"{name}|{kind}"))


def by_name(words: Sequence[str], place_words: frozenset[int]) -> Iterable[Wanted]:
    """All that was typed as one name, with the place in it and without."""
    if len(place_words) == len(words) or sum(word in chain("de").stops for word in words) > SMALL:
        return
    without = " ".join(word for at, word in enumerate(words) if at not in place_words)
    names = tuple(dict.fromkeys(filter(None, (_key(_stems(" ".join(words))), _key(_stems(without))))))
    all_words = frozenset(range(len(words)))
    if not names:
        return
    yield Wanted((*_doors(names, CALLED), *_doors(tuple(f"~{name}" for name in names), NEARLY)), words=all_words)


def _doors(names: tuple[str, ...], weight: float) -> Iterator[Value]:
    yield Value("called", names, weight)
    for kind, more in DOORS.items():
        yield Value("called", tuple(f"{name}|{kind}" for name in names), weight + more)


@kept(NAMES)
def _ways(name: str) -> tuple[frozenset[str], ...]:
    """The name itself, its pieces, and its initials."""
    return tuple(map(_stems, (name, *_PIECES.split(name), *initials(name), *_ACRONYM.findall(name))))


def _stems(name: str) -> frozenset[str]:
    return frozenset(token.stem for token in chain("de").tokens(name) if token.surface not in _ANY_BODY)


def _key(stems: frozenset[str]) -> str:
    return " ".join(sorted(stems))
