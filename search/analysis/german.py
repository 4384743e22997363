"""German: gender forms, umlauts typed as two letters, and a light stemmer of our own.

Snowball's German stemmer keeps Diskriminierung, diskriminiert and diskriminieren apart; they are what people
type. This one cuts inflection and the few endings of derivation that matter here, and nothing else.
"""

import re
from functools import lru_cache

_GENDER_STAR = re.compile(r"(?<=\w)(?:[*·•_](?=\w)|:(?=(?i:in|innen|n|r|s|e)\b)|/-?(?=(?i:in|innen)\b))")
# der*die, er:sie, seine_ihre: two small words, not one long one
_SMALL = r"(?:d(?:er|ie|as|en|em|es)|er|sie|ih[mnr]|(?:sein|ihr)(?:e[mnrs]?)?)"
_GENDER_PAIR = re.compile(rf"\b({_SMALL})[*:_/·•](?={_SMALL}\b)", re.IGNORECASE)
_LINK = re.compile(r"(ung|heit|keit|ion|schaft|tät)s-(?=\w)")
_GENDER_BRACKET = re.compile(r"(?<=\w)\(((?i:in|innen))\)")
_INNER_I = re.compile(r"(?<=[a-zäöüß])I(?=n(?:nen)?\b)")
_DIGRAPH = re.compile(r"(?<![aeiouq])ue|ae|oe")
_UMLAUTS = str.maketrans("äöüéèêáàç", "aoueeeaac")

# longest first; (ending, letters that must remain, what takes its place)
_FEMININE = (("innen", 4, ""), ("in", 4, ""))
_NEUTER = ("ein", "min", "lin", "zin")  # Verein, Termin, Berlin, Medizin name no woman
_BEFORE_S = "bdfghklmnoptwy"  # Lucene's light stemmer has a like list: Kurs, Haus, Kreis keep theirs
_DERIVED = (
    ("ierungen", 3, "ier"), ("ierung", 3, "ier"), ("ieren", 3, "ier"), ("ierend", 3, "ier"), ("iert", 3, "ier"),
    ("istisch", 3, "ism"), ("ismus", 3, "ism"), ("ist", 4, "ism"), ("ung", 3, ""),
)  # fmt: skip
_INFLECTED = ("ern", "end", "em", "en", "er", "es", "e", "n", "s")
_RELATED = (("lich", 4), ("isch", 4), ("keit", 5), ("heit", 5))  # what is left is a word with endings of its own
# -ung would make it a school; -in leaves few letters of a woman
_EXCEPTIONS = {"schulung": "schulung", "schulungen": "schulung", "judin": "jud", "judinnen": "jud"}
_ZU = re.compile(r"^(ab|an|auf|aus|bei|ein|fest|her|hin|los|mit|nach|um|vor|weg|zu|zusammen)zu(?=\w{3,}en$)")
_STRONG = ("er", "en", "em", "es", "e")


def plain_gender(text: str) -> str:
    """Berater*innen, Berater:innen, Berater/-innen, Berater(innen), BeraterInnen → Beraterinnen."""
    text = _GENDER_BRACKET.sub(r"\1", _GENDER_STAR.sub("", _GENDER_PAIR.sub(r"\1 ", text)))
    return _INNER_I.sub("i", text)


def without_links(text: str) -> str:
    """Beratungs-Stelle, as Leichte Sprache writes it, is a Beratung and a Stelle."""
    return _LINK.sub(r"\1-", text)


def fold(word: str) -> str:
    """Führer, Fuehrer and Fuhrer become one; Maße and Masse too."""
    return _DIGRAPH.sub(lambda match: match[0][0], word.translate(_UMLAUTS).replace("ß", "ss"))


@lru_cache(50_000)
def stem(word: str) -> str:
    """The stem of a word that is in lower case."""
    word = _ZU.sub(r"\1", fold(word))
    if len(word) < 4 or not word.isalpha() or word in _EXCEPTIONS:
        return _EXCEPTIONS.get(word, word)
    word = _replace(word, _FEMININE) if not word.endswith(_NEUTER) else word
    for candidate in (word, _cut(word, _STRONG, keep=5)):
        derived = _replace(candidate, _DERIVED)
        if derived != candidate:
            return derived
        for ending, keep in _RELATED:
            if candidate.endswith(ending) and len(candidate) - len(ending) >= keep:
                return stem(candidate[: -len(ending)])
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
    """Mann, Sohn, Kurs, Haus, kostenlos: n is an ending only after e, l and r, and s not after every letter."""
    if ending == "n":
        return word[-2] not in "elr"
    return ending == "s" and (word.endswith("los") or (word[-2] not in _BEFORE_S and not word.endswith("ers")))


def _participle(word: str) -> str:
    """geflüchtet → geflücht, beleidigt → beleidig; a t after a vowel belongs to the stem (Beirat, Rat)."""
    if len(word) > 6 and word.endswith(("tet", "det")):
        word = word[:-2]
    if len(word) > 4 and word.endswith("t") and word[-2] not in "aeiou":
        return word[:-1]
    return word
