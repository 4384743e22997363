"""Greek: light stemming without tonos. Snowball leaves αστυνομία and αστυνομίας, παιδί and παιδιά apart."""

from search.analysis.endings import Endings
from search.analysis.normalise import ascii_fold

_ENDINGS = Endings.parse("""
3 οσ ου οι ο ουσ ων ε α ασ εσ η ησ εισ εωσ εων ι υ
4 ια ιασ ιεσ ιων ιου ιο ιουσ
4 ω ει ουν ουνε ουμε ετε ονται εται
5 ματα ματοσ ματων
""")
_DERIVED = Endings.parse("""
3 ισμ>ισ ιστ>ισ ιστικ>ισ ιστρι>ισ
5 ικ
""")
_SHORT = Endings.parse("2 σ")  # βία, βίας


def stem(word: str) -> str:
    word = ascii_fold(word)
    found = _ENDINGS.cut(word)
    return _SHORT.cut(word) if found == word else _DERIVED.cut(found)
