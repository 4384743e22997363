"""Ukrainian and Russian in Latin letters: national and older standards, passports, chats.

Nobody keeps to one standard, so both sides come down to a coarse key: школа, shkola, škola, schkola → Skola.
"""

import re
from itertools import chain

_ROMAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "ye", "ж": "zh", "з": "z", "и": "i",
    "і": "i", "ї": "yi", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y",
    "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_LETTERS = str.maketrans(_ROMAN)
# In this order; y, j and i before a vowel only soften it: policija, politsiia, policiya.
_COARSE = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        ("tsch|tch", "C"), ("shch|shh|sch|sh|š", "S"), ("ch|č|4", "C"), ("zh|ž", "Z"), ("kh|[xgh]", "h"),
        ("ts|tz|c", "c"), ("w", "v"), ("[yij]+(?=[aeou])", ""), ("[yij]+", "i"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
_ENDINGS = """
a e i o u ah am ami ov ev iv ei oi ou eu om em im imi ih oho eho omu emu ovi evi at it ut aut uut ait eit uit
ati iti uvati l li la lo al ali ala il ili ila av iv
""".split()  # noqa: SIM905 – a list of endings reads better as words


weight = 1


def typed(word: str) -> frozenset[str]:
    """j is й or ж, sh may be с and х, ё is written as е: policija, jenshina, shodiv, rebyonok."""
    spellings = {word}
    spellings |= {one.replace("j", "zh") for one in spellings if "j" in one}
    spellings |= {one.replace("sh", "skh") for one in spellings if "sh" in one}
    spellings |= {re.sub("[yji]o", "ye", one) for one in spellings}
    return frozenset(chain.from_iterable(_with_bases(_key(one)) for one in spellings))


def native(word: str) -> frozenset[str]:
    return frozenset(_with_bases(_key(roman(word))))


def roman(word: str) -> str:
    return word.translate(_LETTERS)


def fits(_typed: str, _native: str, *, whole: bool = False) -> bool:
    return True


def _key(latin: str) -> str:
    for pattern, instead in _COARSE:
        latin = pattern.sub(instead, latin)
    return latin


def _with_bases(key: str) -> list[str]:
    """The key, and what is left of it without each ending, marked as such."""
    cut = [key[: -len(ending)] for ending in _ENDINGS if key.endswith(ending) and len(key) - len(ending) >= 3]
    # ребенок, rebenka
    fleeting = [f"{key[:-2]}{key[-1]}"] if len(key) > 4 and key[-2:] in ("ok", "ek", "ec") else []
    return [key, f"{key}-", *(f"{base}-" for base in (*cut, *fleeting))]
