"""What the seed is learnt from: the words that are shipped, in all languages that they are shipped in."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

from directory.vocabulary_files import ShippedTerm, Vocabulary
from search.analysis.chains import surfaces
from search.analysis.compounds import Splitter
from search.lexicon.parallel import GERMAN, Row, of_labels
from search.lexicon.translations import Lexicon

WRITTEN_IN = "en"  # the texts in the code
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|</?\w+[^>]*>|https?://\S+")


def learn(rows: Iterable[Row]) -> Lexicon:
    rows = list(rows)
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        for word in surfaces(row.get(GERMAN, "")):
            counts[word] += 1
    return Lexicon.learn(rows, Splitter.learn(counts))


def of_vocabularies(vocabularies: Iterable[Vocabulary]) -> Iterator[Row]:
    terms = (term for vocabulary in vocabularies for term in vocabulary.values())
    return of_labels({f"{term.vocabulary}:{term.slug}": _words(term) for term in terms})


def _words(term: ShippedTerm) -> tuple[tuple[str, str], ...]:
    synonyms = ((language, word) for language, words in term.synonyms.items() for word in words)
    return (*term.labels.items(), *synonyms)


def of_catalogs(folder: Path) -> Iterator[Row]:
    """Each text of the interface beside its translations."""
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for path in sorted(folder.glob("*/LC_MESSAGES/django.po")):
        language = path.parts[-3].replace("_", "-").lower()
        for entry in polib.pofile(str(path)):
            text = entry.msgstr or entry.msgstr_plural.get(0, "")
            row = found[entry.msgctxt or "", entry.msgid]
            row.setdefault(WRITTEN_IN, _plain(entry.msgid))
            if text:
                row[language] = _plain(text)
    yield from found.values()


def _plain(text: str) -> str:
    return _PLACEHOLDER.sub(" ", text)
