"""Persian in Latin letters, as people chat."""

from search.analysis.endings import Endings
from search.analysis.transliteration.abjad import Abjad

# Less than the stemmer cuts: what is left must be heard in what was typed.
_ENDINGS = Endings.parse("3 هايي هاي ها ان يي ي ه")

_LETTERS = """
ا 0 [aeo]{1,2}
ب b b
پ p p
ت t t
ث s s
ج j j
چ C ch
ح h h
خ K kh|x
د d d
ذ z z
ر r r
ز z z
ژ Z zh|j
س s s
ش S sh
ص s s
ض z z
ط t t
ظ z z
ع 0 [aei3]?
غ G gh|q|g
ف f f
ق G gh|q|g|k
ك k k|c
گ g g
ل l l
م m m
ن n n
ه h h
و 0 [vwou]{1,2}
ي 0 [iye]{1,2}
ء 0 e?
"""
_TOKENS = {
    **dict.fromkeys("aeiouwyv3", "0"),
    "kh": "K", "x": "K", "gh": "G", "q": "G", "g": "gG", "k": "kG", "j": "jZ", "zh": "Z", "ch": "C", "sh": "S",
    "c": "k",
}  # fmt: skip
_SUFFIX = "(?:[aeiouy]{0,3}|[aeiy]?(?:haa?y?[aei]?|[aeo]?n|[aei]?[mt]|[ae]sh|gi|gan|emo?u?n)[aeim]?)"

READER = Abjad(
    letters={
        letter: ("" if key == "0" else key, spelt)
        for letter, key, spelt in (line.split() for line in _LETTERS.strip().splitlines())
    },
    tokens=_TOKENS,
    suffix=_SUFFIX,
    stem=_ENDINGS.cut,
)
