"""A listing → what engines hold of it. Listings of the database and lines of a test corpus take the same way."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain as joined
from typing import TypeVar

from directory.languages import SHIPPED
from search.analysis.chains import WORDS, Token, chain, grams, kept, surfaces
from search.analysis.compounds import Splitter
from search.analysis.german import fold
from search.naming import called, initials
from search.port import Document

TEXT_LANGUAGES = tuple(code for code in SHIPPED if code != "de-simple")
TEXT_FIELDS = (
    *(f"{part}_{code}" for code in TEXT_LANGUAGES for part in ("title", "text")),
    "names", "labels", "parts", "whole", "heading", "lead", "pairs", "phrases", "turns", "grams",
)  # fmt: skip
VALUE_FIELDS = (
    "concepts", "secondary", "declined", "areas", "group", "called",
    "kind", "concern", "language", "area", "audience", "sector", "format", "open",
)  # fmt: skip


@dataclass(frozen=True)
class Record:
    """A listing as plain data, public part only."""

    id: str
    texts: Mapping[str, Mapping[str, str]]  # language → {"title", "text"}
    names: tuple[str, ...] = ()  # organisation, aliases, abbreviations
    concepts: tuple[str, ...] = ()  # "vocabulary:slug"
    secondary: tuple[str, ...] = ()  # the same, from rows that stand after better ones
    declined: tuple[str, ...] = ()  # the same, from what it leaves to others
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    areas: tuple[str, ...] = ()
    group: str = ""


PHRASES, TURNS = "phrases", "turns"  # three words in a row; of a turn only one carries a meaning
LEAD = 20  # so many words at the beginning, title included, say what a page is about
Item = TypeVar("Item")
PARTS_OF_TEXT = ("title", "text")
Read = Mapping[str, list[Token]]  # a part of a text → its words
flattened = joined.from_iterable
Labels = Mapping[str, tuple[tuple[str, str], ...]]  # concept → (language, label or synonym)


def build(record: Record, labels: Labels, splitter: Splitter) -> Document:
    said = {language: _said(text, language) for language, text in record.texts.items()}
    read = {
        language: {part: _carrying(words) for part, words in parts.items()} for language, parts in said.items()
    }
    terms = {
        **_text_terms(read),
        "names": tuple(stem for name in _all_names(record) for stem in chain("de").stems(name)),
        "labels": tuple(_label_stems(record, labels)),
        **dict(_german_terms(read, splitter)),
        **_phrases(said),
        "grams": tuple(_grams(read)),
    }
    own = tuple(concept for concept in record.concepts if concept not in record.declined)
    values = {
        "concepts": own,
        "secondary": tuple(concept for concept in record.secondary if concept not in own),
        "declined": record.declined,
        "areas": record.areas,
        "group": (record.group,) if record.group else (),
        "called": called((*record.names, *_titles(record)), record.areas, "".join(record.facets.get("kind", ()))),
        **{name: tuple(dict.fromkeys(found)) for name, found in record.facets.items()},
        "area": record.areas,
    }
    return Document(
        record.id,
        {name: found for name, found in terms.items() if found},
        {name: found for name, found in values.items() if found},
        order=" ".join(surfaces(_title(record))),
    )


def _said(text: Mapping[str, str], language: str) -> Read:
    reader = chain(language)
    return {part: reader.said(text.get(part) or "") for part in PARTS_OF_TEXT}


def _carrying(words: Iterable[Token]) -> list[Token]:
    """Without the small ones."""
    return [word for word in words if word.stem]


def _text_terms(read: Mapping[str, Read]) -> dict[str, tuple[str, ...]]:
    terms: dict[str, tuple[str, ...]] = {}
    for language, parts in read.items():
        for part, tokens in parts.items():
            name = f"{part}_{'de' if language == 'de-simple' else language}"
            if name in TEXT_FIELDS:
                terms[name] = (*terms.get(name, ()), *(token.stem for token in tokens))
    return terms


def surface_words(records: Iterable[Record], labels: Labels) -> Counter[str]:
    """Every word of the directory as it is written: what compounds are made of and typos are corrected to."""
    counts: Counter[str] = Counter()
    for record in records:
        for language, text in record.texts.items():
            counts.update(surfaces(f"{text.get('title', '')} {text.get('text', '')}", language))
        for name in record.names:
            counts.update(surfaces(name))
    for pairs in labels.values():
        for language, label in pairs:
            counts.update(surfaces(label, language or "de"))
    return counts


def spellings(records: Iterable[Record], labels: Labels) -> frozenset[str]:
    """The words that slips are corrected to: those of titles, names and labels, not of running text."""
    found: set[str] = set()
    for record in records:
        for language, text in record.texts.items():
            found.update(token.surface for token in chain(language).tokens(text.get("title", "")))
        for name in record.names:
            found.update(token.surface for token in chain("de").tokens(name))
    for pairs in labels.values():
        for language, label in pairs:
            found.update(token.surface for token in chain(language or "de").tokens(label))
    return frozenset(found)


def _title(record: Record) -> str:
    return next((text["title"] for text in record.texts.values() if text.get("title")), "")


def _titles(record: Record) -> tuple[str, ...]:
    return tuple(text["title"] for text in record.texts.values() if text.get("title"))


def _all_names(record: Record) -> tuple[str, ...]:
    names = (*record.names, _title(record))
    return (*names, *(short for name in names for short in initials(name)))


@kept(20_000)
def _stems(pairs: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Many listings carry the same few concepts, and each has a hundred labels and synonyms."""
    return tuple(stem for language, label in pairs for stem in chain(language or "de").stems(label))


def _label_stems(record: Record, labels: Labels) -> Iterable[str]:
    return flattened(_stems(labels[concept]) for concept in record.concepts if concept in labels)


def _german_terms(read: Mapping[str, Read], splitter: Splitter) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Compounds beside their parts, in fields of their own: parts in the place of a word would blur it."""
    title, text = (list(_german(read, part)) for part in PARTS_OF_TEXT)
    stems = [(token.stem, *parts_of(token, splitter)) for token in (*title, *text)]
    yield "heading", tuple(flattened(stems[: len(title)]))
    yield "whole", tuple(flattened(stems))
    yield "lead", tuple(flattened(stems[:LEAD]))
    yield "parts", tuple(part for some in stems for part in some[1:])
    yield "pairs", tuple(pair_of(*pair) for pair in near([some[0] for some in stems]))


def _phrases(said: Mapping[str, Read]) -> Mapping[str, tuple[str, ...]]:
    terms: dict[str, list[str]] = {PHRASES: [], TURNS: []}
    for part in PARTS_OF_TEXT:
        for name, term in phrases(list(_german(said, part))):
            terms[name].append(term)
    return {name: tuple(found) for name, found in terms.items()}


def _german(read: Mapping[str, Read], part: str) -> Iterable[Token]:
    return flattened(parts[part] for language, parts in read.items() if language in ("de", "de-simple"))


def parts_of(token: Token, splitter: Splitter) -> tuple[str, ...]:
    """The stems of a compound's parts."""
    stems = dict.fromkeys(chain("de").stem(part) for part in splitter.parts(token.surface))
    return tuple(stem for stem in stems if stem != token.stem)


def near(items: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """Those that stand together, with at most one between them."""
    for at, one in enumerate(items):
        for other in items[at + 1 : at + 3]:
            yield one, other


def pair_of(one: str, other: str) -> str:
    """In either order: Schule anmelden, Anmeldung der Schule."""
    return f"{min(one, other)}+{max(one, other)}"


def phrases(words: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Three words as they follow each other, small ones too, each with its field."""
    read = [word.stem or fold(word.surface) for word in words]
    carrying = [bool(word.stem) for word in words]
    for at in range(len(words) - 2):
        if count := sum(carrying[at : at + 3]):
            yield PHRASES if count > 1 else TURNS, "+".join(read[at : at + 3])


@lru_cache(WORDS)
def marked_grams(word: str) -> tuple[str, ...]:
    """Pieces that know where a word begins and ends."""
    return tuple(grams(f"^{word}$"))


def _grams(read: Mapping[str, Read]) -> Iterable[str]:
    tokens = flattened(flattened(parts.values()) for parts in read.values())
    return flattened(marked_grams(token.surface) for token in tokens)
