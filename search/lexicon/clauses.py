"""A word of the query in the words of other languages, as clauses beside its own."""

from collections.abc import Iterable, Iterator

from search.analysis.chains import chain, readers
from search.analysis.normalise import script
from search.lexicon.parallel import GERMAN
from search.lexicon.translations import Lexicon, Translations
from search.port import Term

TITLE, TEXT, PARTS = 1.2, 1.0, 0.5  # as `wording` weighs the same fields
BACK = 0.7  # where entries are written in the visitor's language, their own word comes first
MOST = 4  # translations of one word; a long query, whose words help each other, has fewer
ALL_WORDS = 24  # of all words together: each costs three terms
TRUST = 0.4  # a translation of half the probability is worth three quarters


def translated(word: str, language: str, lexicon: Lexicon, worth: float = 1.0, of: int = 1) -> Iterable[Term]:
    """`of`: so many words the query has."""
    if word in chain(language).stops:
        return
    most = max(1, min(MOST, ALL_WORDS // max(1, of)))
    worth *= BACK if language in lexicon.written else 1.0
    for code, stem in read(word, language, lexicon):
        german = lexicon.to_german(code, stem)[:most] if code != GERMAN else ((stem, 1.0),)
        if code != GERMAN:
            yield from _german(german, worth)
        for other in sorted(lexicon.untranslated - {code, language}):
            yield from _foreign(other, german[:2], lexicon, worth)


def read(word: str, language: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The language of the page reads it, or, where that does not know it, whichever does."""
    codes = [reader.language for reader in readers(script(word)) if word not in reader.stops]
    own = chain(language).language
    if own in codes and (own == GERMAN or lexicon.knows(own, chain(own).stem(word))):
        codes = [own]
    for code in codes:
        stem = chain(code).stem(word)
        if code == GERMAN or lexicon.knows(code, stem):
            yield code, stem


def _german(translations: Translations, worth: float) -> Iterator[Term]:
    for stem, probability in translations:
        trust = worth * probability**TRUST
        yield Term("title_de", stem, TITLE * trust)
        yield Term("text_de", stem, TEXT * trust)
        yield Term("parts", stem, PARTS * trust)


def _foreign(code: str, german: Translations, lexicon: Lexicon, worth: float) -> Iterator[Term]:
    """An entry without a German text is found in its own language."""
    for stem, probability in german:
        for other, back in lexicon.from_german(code, stem)[:2]:
            trust = worth * (probability * back) ** TRUST
            yield Term(f"title_{code}", other, TITLE * trust)
            yield Term(f"text_{code}", other, TEXT * trust)
