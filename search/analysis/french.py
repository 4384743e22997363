"""French: light stemming without marks (after Savoy 1999), which people leave out and Snowball needs."""

from search.analysis.endings import Endings
from search.analysis.normalise import ascii_fold

_PLURAL = Endings.parse("""
4 eaux>eau aux>al
3 s x
""")
_DERIVED = Endings.parse("""
3 isme>is iste>is
2 ive>if
4 euse>eur trice>teur iere>ier ere>er elle>el enne>en ette>et
4 ation ateur
6 ion
5 ement
4 oire>oir
""")
_LAST = Endings.parse("""
4 er ee ail>al
5 e
""")


# The political right is no law.
_WHOLE = frozenset({"droite"})


def stem(word: str) -> str:
    """Short words keep their e: port, porte; mer, mère."""
    word = _PLURAL.cut(ascii_fold(word).replace("œ", "oe"))
    return word if word in _WHOLE else _LAST.cut(_DERIVED.cut(word))
