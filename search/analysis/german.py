"""German: gender forms, umlauts typed as two letters, and a light stemmer of our own.

Snowball's German stemmer keeps Diskriminierung, diskriminiert and diskriminieren apart; they are what people
type. This one cuts inflection and the few endings of derivation that matter here, and nothing else.
"""

import re
from functools import lru_cache

_GENDER_STAR = re.compile(r"(?<=\w)(?:[*·•_](?=\w)|:(?=(?:in|innen|n|r|s|e)\b)|/-?(?=(?:in|innen)\b))")
_GENDER_BRACKET = re.compile(r"(?<=\w)\((in|innen)\)")
_INNER_I = re.compile(r"(?<=[a-zäöüß])I(?=n(?:nen)?\b)")
_DIGRAPH = re.compile(r"(?<![aeiouq])ue|ae|oe")
_UMLAUTS = str.maketrans("äöüéèêáàç", "aoueeeaac")

# longest first; (ending, letters that must remain, what takes its place)
_FEMININE = (("innen", 4, ""), ("in", 4, ""))
_DERIVED = (
    ("ierungen", 3, "ier"), ("ierung", 3, "ier"), ("ieren", 3, "ier"), ("ierend", 3, "ier"), ("iert", 3, "ier"),
    ("istisch", 3, "ism"), ("ismus", 3, "ism"), ("ist", 4, "ism"), ("keit", 5, ""), ("heit", 5, ""),
    ("ung", 3, ""),
)  # fmt: skip
_INFLECTED = ("ern", "end", "em", "en", "er", "es", "e", "n", "s")
# -ung would make it a school
_EXCEPTIONS = {"schulung": "schulung", "schulungen": "schulung"}
_ZU = re.compile(r"^(ab|an|auf|aus|bei|ein|fest|her|hin|los|mit|nach|um|vor|weg|zu|zusammen)zu(?=\w{3,}en$)")
_STRONG = ("er", "en", "em", "es", "e")


def plain_gender(text: str) -> str:
    """Berater*innen, Berater:innen, Berater/-innen, Berater(innen), BeraterInnen → Beraterinnen."""
    text = _GENDER_BRACKET.sub(r"\1", _GENDER_STAR.sub("", text))
    return _INNER_I.sub("i", text)


def fold(word: str) -> str:
    """Führer, Fuehrer and Fuhrer become one; Maße and Masse too."""
    return _DIGRAPH.sub(lambda match: match[0][0], word.translate(_UMLAUTS).replace("ß", "ss"))


@lru_cache(50_000)
def stem(word: str) -> str:
    """The stem of a word that is in lower case."""
    word = _ZU.sub(r"\1", fold(word))
    if len(word) < 4 or not word.isalpha() or word in _EXCEPTIONS:
        return _EXCEPTIONS.get(word, word)
    word = _replace(word, _FEMININE)
    for candidate in (word, _cut(word, _STRONG, keep=5)):
        derived = _replace(candidate, _DERIVED)
        if derived != candidate:
            return derived
    return _participle(_cut(_cut(word, _INFLECTED), _STRONG))


def _replace(word: str, endings: tuple[tuple[str, int, str], ...]) -> str:
    for ending, keep, instead in endings:
        if word.endswith(ending) and len(word) - len(ending) >= keep:
            return word[: -len(ending)] + instead
    return word


def _cut(word: str, endings: tuple[str, ...], keep: int = 3) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= keep and not _belongs(word, ending):
            return word[: -len(ending)]
    return word


def _belongs(word: str, ending: str) -> bool:
    """Mann, Sohn, Kuss: n is an ending only after e, l and r, and s never after s."""
    return (ending == "n" and word[-2] not in "elr") or (ending == "s" and word[-2] == "s")


def _participle(word: str) -> str:
    """geflüchtet → geflücht, beleidigt → beleidig; a t after a vowel belongs to the stem (Beirat, Rat)."""
    if len(word) > 6 and word.endswith(("tet", "det")):
        word = word[:-2]
    if len(word) > 4 and word.endswith("t") and word[-2] not in "aeiou":
        return word[:-1]
    return word
