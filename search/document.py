"""A listing → what engines hold of it. Listings of the database and lines of a test corpus take the same way."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from directory.languages import SHIPPED
from search.analysis.chains import chain, grams, surfaces
from search.analysis.compounds import Splitter
from search.port import Document

TEXT_LANGUAGES = tuple(code for code in SHIPPED if code != "de-simple")
TEXT_FIELDS = (
    *(f"{part}_{code}" for code in TEXT_LANGUAGES for part in ("title", "text")),
    "names", "labels", "parts", "grams",
)  # fmt: skip
VALUE_FIELDS = (
    "concepts", "secondary", "declined", "areas", "group",
    "kind", "concern", "language", "area", "audience", "sector", "format",
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


_PIECES = re.compile(r"[(),/–|]| - ")
_SEEDS = Splitter()
Labels = Mapping[str, tuple[tuple[str, str], ...]]  # concept → (language, label or synonym)


def build(record: Record, labels: Labels, splitter: Splitter) -> Document:
    terms: dict[str, tuple[str, ...]] = {}
    for language, text in record.texts.items():
        for part in ("title", "text"):
            name = f"{part}_{'de' if language == 'de-simple' else language}"
            if name in TEXT_FIELDS and text.get(part):
                terms[name] = (*terms.get(name, ()), *chain(language).stems(text[part]))
    terms["names"] = tuple(stem for name in _all_names(record) for stem in chain("de").stems(name))
    terms["labels"] = tuple(_label_stems(record, labels))
    terms["parts"] = tuple(_parts(record, splitter))
    terms["grams"] = tuple(_grams(record))
    own = tuple(concept for concept in record.concepts if concept not in record.declined)
    values = {
        "concepts": own,
        "secondary": tuple(concept for concept in record.secondary if concept not in own),
        "declined": record.declined,
        "areas": record.areas,
        "group": (record.group,) if record.group else (),
        **{name: tuple(dict.fromkeys(found)) for name, found in record.facets.items()},
        "area": record.areas,
    }
    return Document(
        record.id,
        {name: found for name, found in terms.items() if found},
        {name: found for name, found in values.items() if found},
        order=" ".join(surfaces(_title(record))),
    )


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


def _all_names(record: Record) -> tuple[str, ...]:
    names = (*record.names, _title(record))
    return (*names, *(short for name in names for short in _initials(name)))


def _initials(name: str) -> Iterable[str]:
    """Mobile Beratung gegen Rechtsextremismus → mbr; Opferberatung Rheinland → obr."""
    for piece in _PIECES.split(name):
        words = [word for word in surfaces(piece) if word not in chain("de").stops]
        for parts in (words, [part for word in words for part in (_SEEDS.split(word) or (word,))]):
            if 3 <= len(parts) <= 6:
                yield "".join(part[0] for part in parts)


def _label_stems(record: Record, labels: Labels) -> Iterable[str]:
    for concept in record.concepts:
        for language, label in labels.get(concept, ()):
            yield from chain(language or "de").stems(label)


def _german(record: Record) -> str:
    return " ".join(
        f"{text.get('title', '')} {text.get('text', '')}"
        for language, text in record.texts.items()
        if language in ("de", "de-simple")
    )


def _parts(record: Record, splitter: Splitter) -> Iterable[str]:
    for token in chain("de").tokens(_german(record)):
        for part in splitter.split(token.surface):
            yield chain("de").stem(part)


def _grams(record: Record) -> Iterable[str]:
    for language, text in record.texts.items():
        for token in chain(language).tokens(f"{text.get('title', '')} {text.get('text', '')}"):
            yield from grams(token.surface)
