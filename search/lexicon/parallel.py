"""Where the same is said in several languages: the vocabulary's labels, names of places, texts of entries."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from search.analysis.chains import chain
from search.analysis.compounds import Splitter
from search.document import TEXT_LANGUAGES, Labels, Record
from search.lexicon.alignment import Bag, Pair

Row = Mapping[str, str]  # language → the text in it
GERMAN = "de"
FOREIGN = tuple(code for code in TEXT_LANGUAGES if code != GERMAN)
MOST_RECORDS = 2_000  # of a larger directory every second one is read, or third …: memory, and little is gained
_SENTENCES = re.compile(r"(?<=[.!?؟;])\s+")


def of_labels(labels: Labels) -> Iterator[Row]:
    """A concept's labels, and its synonyms beside the German label: those of two languages do not correspond."""
    for pairs in labels.values():
        row: dict[str, str] = {}
        for language, label in pairs:
            if row.setdefault(language, label) != label and GERMAN in row:
                yield {GERMAN: row[GERMAN], language: label}
        yield row


def of_records(records: Iterable[Record]) -> Iterator[Row]:
    """Titles, and texts piece by piece where their translation has as many."""
    translated = [record for record in records if GERMAN in record.texts and len(record.texts) > 1]
    for record in translated[:: len(translated) // MOST_RECORDS + 1]:
        german = record.texts[GERMAN]
        for language in record.texts.keys() & set(FOREIGN):
            foreign = record.texts[language]
            yield {GERMAN: german.get("title", ""), language: foreign.get("title", "")}
            for ours, theirs in _pieces(german.get("text", ""), foreign.get("text", "")):
                yield {GERMAN: ours, language: theirs}


def written_in(records: Iterable[Record]) -> frozenset[str]:
    return frozenset(language for record in records for language in record.texts)


def only_foreign(records: Iterable[Record]) -> frozenset[str]:
    """The languages of those that say nothing in German."""
    foreign = (record.texts for record in records if not {GERMAN, "de-simple"} & record.texts.keys())
    return frozenset(language for texts in foreign for language in texts if language in FOREIGN)


def _pieces(german: str, foreign: str) -> Iterator[tuple[str, str]]:
    for ours, theirs in _side_by_side(german.splitlines(), foreign.splitlines()):
        yield from _side_by_side(_SENTENCES.split(ours), _SENTENCES.split(theirs))


def _side_by_side(german: Sequence[str], foreign: Sequence[str]) -> Iterable[tuple[str, str]]:
    if len(german) == len(foreign):
        return zip(german, foreign, strict=True)
    return [("\n".join(german), "\n".join(foreign))]


def pairs(rows: Iterable[Row], splitter: Splitter) -> dict[str, list[Pair]]:
    """By foreign language: the stems of what was said in it beside those of the German."""
    found: dict[str, list[Pair]] = {}
    read: dict[str, Bag] = {}  # the German of a concept stands beside each of its synonyms
    for row in rows:
        text = row.get(GERMAN, "")
        german = read[text] if text in read else read.setdefault(text, _german(text, splitter))
        for language in row if german else ():
            if language in FOREIGN and (foreign := _bag(chain(language).stems(row[language]))):
                found.setdefault(language, []).append((foreign, german))
    return found


def _german(text: str, splitter: Splitter) -> Bag:
    """A compound stands beside its parts: two words of the other language are often one of ours."""
    reader = chain(GERMAN)
    tokens = reader.tokens(text)
    parts = [reader.stem(part) for token in tokens for part in splitter.split(token.surface)]
    return _bag([*(token.stem for token in tokens), *parts])


def _bag(stems: Iterable[str]) -> Bag:
    return tuple(sorted(set(stems)))
