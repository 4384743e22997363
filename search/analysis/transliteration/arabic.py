"""Arabic in Latin letters: Arabizi with figures, and the spellings that French and English lend."""

from search.analysis import arabic
from search.analysis.transliteration.abjad import Abjad

_LETTERS = """
ا 0 [ae2]{1,3}
ب b b|p
ت t t
ث s th|s|t
ج j j|g|dj
ح h 7|h
خ K kh|5|x
د d d
ذ d th|z|dh|d
ر r r
ز z z
س s s|c
ش S sch|sh|ch
ص s s|9
ض d d|dh
ط t t|6
ظ z z|dh|th|d
ع 0 3?[aeiou]?
غ G gh|8|g|3
ف f f|v
ق q q|k|2|9|8|gh|g|c
ك k k|c
ل l l
م m m
ن n n
ه h h
و 0 [wouv2]{1,3}
ي 0 [iyej2]{1,3}
ء 0 2?
"""
# typed letters that may stand for several, or for none (0)
_TOKENS = {
    **dict.fromkeys("aeiouwy3", "0"),
    "p": "b", "6": "t", "th": "tsd", "dj": "j", "g": "jGq", "7": "h", "kh": "K", "5": "K", "x": "K", "dh": "dz",
    "z": "zd", "9": "sq", "c": "sk", "sh": "S", "ch": "S", "sch": "S", "zh": "j", "gh": "Gq", "8": "Gq", "v": "f0",
    "k": "kq", "2": "0q", "j": "j0",
}  # fmt: skip
_SUFFIX = "(?:[aeiouy]{0,3}(?:h|[tk][aeiy]?|(?:at|i?y?ee?|ou?|oo)?n[aei]?|ha|na|ni|[hk][ou]m|tna|iyy?[ae]h?)?)"

READER = Abjad(
    letters={
        letter: ("" if key == "0" else key, spelt)
        for letter, key, spelt in (line.split() for line in _LETTERS.strip().splitlines())
    },
    tokens=_TOKENS,
    suffix=_SUFFIX,
    stem=arabic.stem,
)
