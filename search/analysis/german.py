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
_ANY_GENDER = re.compile(r"[*·•_:/(]|[a-zäöüß]In")  # most words have none of it
_INNER_I = re.compile(r"(?<=[a-zäöüß])I(?=n(?:nen)?\b)")
_DIGRAPH = re.compile(r"(?<![aeiouq])ue|ae|oe")
_UMLAUTS = str.maketrans("äöüéèêáàç", "aoueeeaac")

_SEPARABLE = "ab|an|auf|aus|bei|ein|fest|her|hin|los|mit|nach|um|vor|weg|zu|zusammen"
# What is put right before any ending is cut: an infinitive with zu, Rentner beside Rente, what is the most of its
# kind, Behandlung beside behandeln, and the s that links a noun to the rest of a compound. In front the letters
# without which no pattern need be tried.
_MADE_PLAIN = (
    ("zu", re.compile(rf"^({_SEPARABLE})zu(?=\w{{3,}}en$)"), r"\1"),
    ("ner", re.compile(r"(?<=\w\w[dt])(?<!part)(?<!ord)ner(?:n|s|in|innen)?$"), "e"),
    ("st", re.compile(r"(?<=ig|ch)st(?=(?:e[mnrs]?)?$)"), ""),
    ("lung", re.compile(r"(?<=[bdfgkmnpst])lung(?=(?:en|s)?$)"), "elung"),
    ("s", re.compile(r"(ung|heit|keit|zentrum|ium)s$"), r"\1"),
)
# longest first; (ending, letters that must remain, what takes its place)
_FEMININE = (("innen", 4, ""), ("in", 4, ""))
_NEUTER = ("ein", "min", "lin", "zin")  # Verein, Termin, Berlin, Medizin name no woman
_BEFORE_S = "bdfghklmnoptwy"  # Lucene's light stemmer has a like list: Kurs, Haus, Kreis keep theirs
_DERIVED = (
    ("ierungen", 3, "ier"), ("ierung", 3, "ier"), ("ieren", 3, "ier"), ("ierend", 3, "ier"), ("iert", 3, "ier"),
    ("ierst", 3, "ier"), ("iere", 3, "ier"), ("ier", 3, "ier"),  # Papier, Papiere
    ("istisch", 3, "ism"), ("ismus", 3, "ism"), ("ist", 4, "ism"),
    ("erung", 3, ""), ("ert", 3, ""), ("ung", 3, ""), ("end", 3, ""),  # Förderung, fördert: as fördern
    ("niss", 3, "nis"), ("ium", 3, "i"), ("zentrum", 0, "zentr"),  # Kenntnisse, Studien, Zentren
)  # fmt: skip
_ANY_DERIVED = tuple(ending for ending, _keep, _instead in _DERIVED)
# Verweist is no -ist, bewertet no -ern, a Spende and who spends it no participle.
_WHOLE = ("eist", "wert", "hundert", "wend", "send", "spend", "kalend")
_INFLECTED = ("ern", "em", "en", "er", "es", "e", "n", "s")
_RELATED = (("lich", 4), ("isch", 4), ("keit", 5), ("heit", 5))  # what is left is a word with endings of its own
# -ung would make it a school; -in leaves few letters of a woman
_EXCEPTIONS = {"schulung": "schulung", "schulungen": "schulung", "judin": "jud", "judinnen": "jud"}
_STRONG = ("er", "en", "em", "es", "e")
_AGAIN = ("er", "en", "em", "e")  # ausgewies-en-e, but ausgewies-en


def plain_gender(text: str) -> str:
    """Berater*innen, Berater:innen, Berater/-innen, Berater(innen), BeraterInnen → Beraterinnen."""
    if not _ANY_GENDER.search(text):
        return text
    text = _GENDER_BRACKET.sub(r"\1", _GENDER_STAR.sub("", _GENDER_PAIR.sub(r"\1 ", text)))
    return _INNER_I.sub("i", text)


def without_links(text: str) -> str:
    """Beratungs-Stelle, as Leichte Sprache writes it, is a Beratung and a Stelle."""
    return _LINK.sub(r"\1-", text) if "s-" in text else text


def fold(word: str) -> str:
    """Führer, Fuehrer and Fuhrer become one; Maße and Masse too."""
    return _DIGRAPH.sub(lambda match: match[0][0], word.translate(_UMLAUTS).replace("ß", "ss"))


@lru_cache(50_000)
def stem(word: str) -> str:
    """The stem of a word that is in lower case."""
    word = fold(f"{word}e" if word.endswith("ös") else word)  # religiös: no s that a plural has
    if len(word) < 4 or not word.isalpha() or word in _EXCEPTIONS:
        return _EXCEPTIONS.get(word, word)
    for sign, pattern, instead in _MADE_PLAIN:
        word = pattern.sub(instead, word) if sign in word else word
    word = word if word.endswith(_NEUTER) else _replaced(word, _FEMININE) or word
    for candidate in (word, _cut(word, _STRONG, keep=5)):
        is_derived = candidate.endswith(_ANY_DERIVED) and not candidate.endswith(_WHOLE)
        if is_derived and (derived := _replaced(candidate, _DERIVED)):
            return _participle(derived)
        for ending, keep in _RELATED:
            if candidate.endswith(ending) and len(candidate) - len(ending) >= keep:
                return stem(candidate[: -len(ending)])
    return _participle(_cut(_cut(word, _INFLECTED), _AGAIN))


def _replaced(word: str, endings: tuple[tuple[str, int, str], ...]) -> str:
    """Empty: it has none of them."""
    for ending, keep, instead in endings:
        if word.endswith(ending) and len(word) - len(ending) >= keep:
            return word[: -len(ending)] + instead
    return ""


def _cut(word: str, endings: tuple[str, ...], keep: int = 3) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= keep and not _belongs(word, ending):
            return word[: -len(ending)]
    return word


def _belongs(word: str, ending: str) -> bool:
    """Mann, Sohn, Kurs, Haus, kostenlos: n is an ending only after e and l, and s not after every letter."""
    if ending == "n":
        return word[-2] not in "el"
    return ending == "s" and (
        word.endswith("los") or (word[-2] not in _BEFORE_S and not word.endswith(("ers", "ars", "ors")))
    )


def _participle(word: str) -> str:
    """geflüchtet → geflücht, betreut → betreu; a t after another vowel belongs to the stem (Beirat, Rat)."""
    if len(word) > 5 and word.endswith(("tet", "det")):
        word = word[:-2]
    if len(word) > 4 and word.endswith("t") and (word[-2] not in "aeiou" or word.endswith("eut")):
        return word[:-1]
    return word
