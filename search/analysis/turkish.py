"""Turkish: light stemming without marks.

Snowball needs the marks to follow vowel harmony, and people leave them out. What harmony says without them is
enough to cut the endings one after the other: a follows no e and e no a, t follows hard consonants, d the others.
"""

from search.analysis.endings import Endings
from search.analysis.normalise import ascii_fold

# a stands for a or e, i for i or u, d for d or t. The number is of letters that must remain.
_FORMS = """
2 lar lari lara larin larim larini larima larina larinda larindan larimiz larimizi larimiza larimizin larimizdan
2 da dan daki dir
3 nin nina
2 im imi imin ima imda imdan imiz imizi imizin imiza imizda imizdan
2 in ini ina inda indan inin iniz inizi inizin iniza inizda inizdan
5 si sini sina sinda sindan sinin ci cisi
3 ya yi yla la
4 m mi
4 iyor iyorum iyorsun iyoruz iyorlar iyorsunuz
4 dim dik dilar diniz mis misim mislar
4 mak makta acak
2 a i
"""
_VOWELS = frozenset("aeiou")
_HARD = frozenset("cfhkpst")
_AFTER_VOWEL = ("m", "n", "s", "y")  # possession and case put these between two vowels
_FREE = ("mi", "ma", "me", "mu")  # beginnings of verbs' endings, after anything
# softened between vowels: kitap, kitabı; ayrımcılık, ayrımcılığı; tehdit, tehdidi
_SOFTENED = Endings.parse("2 ag>ak eg>ek ig>ik og>ok ug>uk\n3 b>p d>t")


def _harmonised(table: str) -> dict[str, int]:
    """Every ending in the forms that harmony gives it."""
    rows: dict[str, int] = {}
    for line in table.strip().splitlines():
        keep, *endings = line.split()
        for ending in endings:
            for back in (ending, ending.replace("a", "e")):
                for round_ in (back, back.replace("i", "u")):
                    rows[round_] = int(keep)
                    if round_[0] == "d":
                        rows["t" + round_[1:]] = int(keep)
    return rows


# Their ends only look like endings; without them they would be glass and Arab.
_BASES = ("cami", "araba")
_ENDINGS = _harmonised(_FORMS)
_LONGEST = max(map(len, _ENDINGS))


def stem(word: str) -> str:
    word = ascii_fold(word)
    if word.startswith(_BASES):
        return next(base for base in _BASES if word.startswith(base))
    for _ in range(5):
        shorter = _shorter(word)
        if shorter == word:
            break
        word = shorter
    # arkadaş, arkadaşı: the possessive -sı leaves no trace of whose s it was
    if len(word) >= 6 and word[-1] == "s" and word[-2] in _VOWELS:
        word = _shorter(word[:-1])
    return _last_vowel(_SOFTENED.cut(word))


def _shorter(word: str) -> str:
    for size in range(min(_LONGEST, len(word) - 2), 0, -1):
        rest, ending = word[:-size], word[-size:]
        if len(rest) >= _ENDINGS.get(ending, len(word)) and _stands(rest) and _joins(rest, ending):
            return rest
    return word


def _stands(rest: str) -> bool:
    """ev and iş are nouns, the mo of moda is none."""
    if len(rest) == 2:
        return rest[0] in _VOWELS and rest[1] not in _VOWELS
    return not _VOWELS.isdisjoint(rest)


def _joins(rest: str, ending: str) -> bool:
    last, first = rest[-1], ending[0]
    if first in _VOWELS:
        fits = last not in _VOWELS
    elif first in "dt":
        fits = (first == "t") == (last in _HARD)
    elif ending in ("la", "le"):
        fits = last not in _VOWELS
    elif first in _AFTER_VOWEL and not (len(ending) > 2 and ending.startswith(_FREE)):
        fits = last in _VOWELS
    else:
        fits = True
    return fits and _in_harmony(rest, ending)


def _in_harmony(rest: str, ending: str) -> bool:
    before = next(char for char in reversed(rest) if char in _VOWELS)
    after = next((char for char in ending if char in _VOWELS), before)
    return {before, after} != {"a", "e"}


def _last_vowel(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in _VOWELS else word
