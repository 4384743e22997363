"""Which words of a German text are no nouns, as far as its capital letters tell."""

import re

from search.analysis.chains import surfaces

_LETTER = re.compile(r"[^\W_]")


def small_words(text: str, language: str) -> frozenset[str]:
    """Nothing where all is typed small: that tells of no word."""
    pieces = text.split()
    large = [_is_large(piece) for piece in pieces]
    if not any(large[1:]):  # telephones write the first letter large by themselves
        return frozenset()
    found = [frozenset(surfaces(piece, language)) for piece in pieces]
    nouns = frozenset().union(*(words for words, one in zip(found, large, strict=True) if one))
    return frozenset().union(*found) - nouns


def _is_large(piece: str) -> bool:
    """Figures too: 1. and § are no small words."""
    first = _LETTER.search(piece)
    return first is not None and not first[0].islower()
