"""Arabic and Persian: light stemming on letters that `normalise` has already made one.

The article and the clitics before it go, then the endings of number, gender and possession. Roots are not
looked for: a light stemmer that does too little finds more than one that does too much.
"""

_ARTICLES = ("وبال", "وال", "بال", "كال", "فال", "لل", "ال")
_CLITICS = ("و", "ب", "ل", "ف", "ك")
_ENDINGS = ("يين", "يون", "هما", "تين", "ات", "ون", "ين", "ان", "يه", "ها", "هم", "كم", "نا", "ني", "ه", "ي", "ا")
_PERSIAN_ENDINGS = ("هايي", "هاي", "ها", "ترين", "تر", "يان", "ان", "يي", "ام", "ات", "اش", "ي", "م", "ش")


def stem(word: str) -> str:
    return _without_ending(_without_article(word), _ENDINGS)


def stem_persian(word: str) -> str:
    return _without_ending(word, _PERSIAN_ENDINGS)


def _without_article(word: str) -> str:
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 3:
            return word[len(article) :]
    if len(word) >= 6 and word[0] in _CLITICS[:1]:
        return word[1:]
    return word


def _without_ending(word: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
