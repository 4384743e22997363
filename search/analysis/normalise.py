"""Text as people type it → plain words. Nothing here knows a language's grammar."""

import re
import unicodedata
from functools import lru_cache

# Inside words and worthless for finding: soft hyphen, tatweel, zero-width and bidirectional marks. The
# zero-width non-joiner parts Persian words and becomes a space.
_INVISIBLE = re.compile("[\u00ad\u0640\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ARABIC_VOWELS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670]")
_APOSTROPHE = re.compile("['’`´ʼʹ]")
_APOSTROPHES = re.compile(r"(?<=\w)['’`´](?=\w)|[ʼʹ]")
# l'école, d'identité, m'accompagner: French small words that lean on the next one
_ELIDED = re.compile(r"(?<!\w)(?:[cdjlmnst]|qu)['’](?=\w)", re.IGNORECASE)
# مسؤول and مسئول; لاجئ and لاجيء
_HAMZA = re.compile("[ؤئ](?=و)|ء(?!\\w)")
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")
_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ى": "ي", "ی": "ي", "ة": "ه", "ۀ": "ه",
        "ک": "ك", "ە": "ه", "ё": "е", "ґ": "г",
    }
)  # fmt: skip


def clean(text: str) -> str:
    """NFKC without invisible characters, lone surrogates and Arabic vowel marks; case is kept."""
    if text.isascii():
        return text
    text = text.encode("utf-8", "ignore").decode("utf-8")
    text = unicodedata.normalize("NFKC", text.replace("\u200c", " "))
    return _ARABIC_VOWELS.sub("", _INVISIBLE.sub("", text))


def lower(text: str, language: str = "") -> str:
    """Lower case; Turkish keeps its dotless i apart until `ascii_fold`."""
    if text.isascii() and language != "tr":
        return text.lower()
    text = text.replace("İ", "i")
    if language == "tr":
        text = text.replace("I", "ı")
    return _digits(_HAMZA.sub("", text.casefold()).translate(_LETTERS))


def _digits(text: str) -> str:
    return text if text.isascii() else _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.digit(digit[0])), text)


def words(text: str) -> list[str]:
    """The words of a text that is already clean; apostrophes join (об'єднання, jobcenter'de stay one word)."""
    if _APOSTROPHE.search(text):
        text = _APOSTROPHES.sub("", _ELIDED.sub("", text))
    return _WORD.findall(text)


def ascii_fold(word: str) -> str:
    """Latin, Greek and Cyrillic letters without their marks: ş → s, ć → c, ά → α, й → и."""
    if word.isascii():
        return word
    word = word.replace("ı", "i").replace("ł", "l").replace("ø", "o")
    plain = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
    return plain.replace("ς", "σ")


def script(word: str) -> str:
    """The script of a word by its first letter: latin, arabic, cyrillic, greek or other."""
    return next((_script(char) for char in word if char.isalpha()), "latin")


@lru_cache(2_000)
def _script(letter: str) -> str:
    name = unicodedata.name(letter, "").split(" ", 1)[0].lower()
    return name if name in ("latin", "arabic", "cyrillic", "greek") else "other"
