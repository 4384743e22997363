"""Greek in Latin letters, by sound (voithia, scholio) and by looks (voh8eia, sxoleio)."""

import re

from search.analysis.normalise import ascii_fold


def _rules(*rules: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), instead) for pattern, instead in rules)


_LETTERS = str.maketrans("αβγδεζηθικλμνξοπρστυφχψω", "avgdezi8iklmnXoprstivhPo")
_NATIVE = _rules(("ου", "u"), ("(?<=[αε])υ", "v"), ("μπ", "v"), ("γ[κγ]", "g"))
_BOTH = _rules(("U", "u"), ("n[td]", "d"), ("P", "ps"), ("ai", "e"), ("[eo]i", "i"), (r"(.)\1+", r"\1"))
_DIGRAPHS = (("ou", "U"), ("(?<=[ae])u", "v"), ("mp|mb|b|f", "v"), ("gk|gg|ng", "g"), ("dh", "d"), ("[cq]", "k"))
_SOUND = _rules(
    ("th|[89]", "8"), ("ph", "f"), ("ch|kh", "h"), ("ks|x|3", "X"), *_DIGRAPHS, ("gh", "g"), ("y", "i"),
    ("w", "o"), ("j", "z"),
)  # fmt: skip
_LOOKS = _rules(
    ("o[uy]", "U"), ("(?<=[ae])y", "v"),
    ("[89]", "8"), ("ks|3", "X"), ("ps", "P"), *_DIGRAPHS, ("h", "i"), ("x", "h"), ("[yu]", "i"),
    ("w", "o"),
)  # fmt: skip
_ENDINGS = """
a as e es i is o os on u us ia ias ies ion iu io eos eon un ume ete
""".split()  # noqa: SIM905 – a list of endings reads better as words


weight = 1


def typed(word: str) -> frozenset[str]:
    return frozenset(key for rules in (_SOUND, _LOOKS) for key in _with_bases(_applied(word, (*rules, *_BOTH))))


def native(word: str) -> frozenset[str]:
    latin = _applied(ascii_fold(word), _NATIVE).translate(_LETTERS)
    return frozenset(_with_bases(_applied(latin, _BOTH)))


def roman(word: str) -> str:
    return ascii_fold(word).translate(_LETTERS)


def fits(_typed: str, _native: str, *, whole: bool = False) -> bool:
    return True


def _applied(word: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, instead in rules:
        word = pattern.sub(instead, word)
    return word


def _with_bases(key: str) -> list[str]:
    cut = [key[: -len(ending)] for ending in _ENDINGS if key.endswith(ending) and len(key) - len(ending) >= 3]
    return [key, f"{key}-", *(f"{base}-" for base in cut)]
