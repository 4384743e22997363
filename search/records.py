"""Listings of the database → plain records: what is public of them, and nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from directory.cards import opening_hours
from directory.models import CompetenceRow, Exclusion, Listing
from directory.text import translations
from directory.vocabulary import TermData, terms
from search.document import Record

# A dimension of the competence rows → the vocabulary of its values.
DIMENSIONS: Mapping[str, str] = {
    "what": "what", "who": "who", "life_area": "life_areas", "ground": "grounds", "asker": "asker", "wish": "wish",
    "target": "target_groups", "office": "office", "sector": "sectors",
}  # fmt: skip
CODED = ("grounds", "topics", "life_areas", "kinds_of_help", "target_groups", "sectors", "formats")
# An exclusion speaks for a concept only where it rests on that alone.
_ALONE = ("what", "ground", "who", "life_area", "office", "target")
_NOT_WORDS = ("time", "outside_areas")
TEXTS = ("helps_with", "description", "what_happens")
LIMITED, DANGER = "limited:target", "danger:now"


def records(slugs: Iterable[str] | None = None, *, titles_only: bool = False) -> Iterator[Record]:
    """The public listings, or those among `slugs` that are public, in order of their slugs."""
    found = Listing.objects.public().select_related("organisation").order_by("slug")
    found = found.prefetch_related("competence_rows", "exclusions", "languages", "contacts")
    if slugs is not None:
        found = found.filter(slug__in=list(slugs))
    concerns = terms("concerns")
    return (record(listing, concerns, titles_only=titles_only) for listing in found.iterator(chunk_size=500))


def record(listing: Listing, concerns: Mapping[str, TermData], *, titles_only: bool = False) -> Record:
    rows = list(listing.competence_rows.all())
    own = tuple(dict.fromkeys((*_coded(listing), *_of_rows(rows, secondary=False))))
    secondary = tuple(dict.fromkeys(_of_rows(rows, secondary=True)))
    return Record(
        id=listing.slug,
        texts=_texts(listing, () if titles_only else TEXTS),
        names=tuple(_names(listing)),
        concepts=own,
        secondary=secondary,
        declined=tuple(dict.fromkeys(_declined(listing.exclusions.all()))),
        facets=_facets(listing, frozenset((*own, *secondary)), concerns),
        areas=tuple(listing.areas_served),
    )


def _texts(listing: Listing, fields: tuple[str, ...]) -> dict[str, dict[str, str]]:
    titles = translations(listing, "title")
    texts = {field: translations(listing, field) for field in fields}
    languages = dict.fromkeys(chain(titles, *texts.values()))
    return {
        language: {
            "title": titles.get(language, ""),
            "text": "\n".join(found[language] for found in texts.values() if language in found),
        }
        for language in languages
    }


def _names(listing: Listing) -> Iterator[str]:
    yield from translations(listing.organisation, "name").values()
    yield from listing.organisation.aliases
    yield from listing.aliases


def _coded(listing: Listing) -> Iterator[str]:
    for field in CODED:
        yield from (f"{field}:{code}" for code in getattr(listing, field))
    yield f"kind:{listing.kind}"
    yield from (f"audience:{value}" for value in _audience(listing))
    if listing.role:
        yield f"roles:{listing.role}"
    if listing.organisation.type:
        yield f"operator_types:{listing.organisation.type}"
    rows = listing.competence_rows.all()
    if rows and all(row.target for row in rows):
        yield LIMITED


def _of_rows(rows: Iterable[CompetenceRow], *, secondary: bool) -> Iterator[str]:
    for row in rows:
        if (row.weight == CompetenceRow.Weight.SECONDARY) == secondary:
            yield from _conditions(row, DIMENSIONS)
            if row.danger_now:
                yield DANGER


def _declined(exclusions: Iterable[Exclusion]) -> Iterator[str]:
    """What the listing leaves to others, where one dimension alone says so."""
    for exclusion in exclusions:
        named = [dimension for dimension in DIMENSIONS if getattr(exclusion, dimension)]
        alone = (
            len(named) == 1 and named[0] in _ALONE and not any(getattr(exclusion, field) for field in _NOT_WORDS)
        )
        if alone and exclusion.strength != Exclusion.Strength.PREFER_ALTERNATIVE:
            yield from _conditions(exclusion, named)


def _conditions(row: Any, dimensions: Iterable[str]) -> Iterator[str]:
    for dimension in dimensions:
        yield from (f"{DIMENSIONS[dimension]}:{code}" for code in getattr(row, dimension))


def _audience(listing: Listing) -> tuple[str, ...]:
    """What is for both is found under either."""
    both = listing.audience == Listing.Audience.BOTH
    return (Listing.Audience.AFFECTED, Listing.Audience.INSTITUTIONS) if both else (listing.audience,)


def _facets(
    listing: Listing, concepts: frozenset[str], concerns: Mapping[str, TermData]
) -> dict[str, tuple[str, ...]]:
    return {
        "kind": (listing.kind,),
        "concern": tuple(slug for slug, term in concerns.items() if concepts & set(concepts_of(term))),
        "language": tuple(row.language for row in listing.languages.all()),
        "audience": _audience(listing),
        "sector": tuple(listing.sectors),
        "format": tuple(listing.formats),
        "open": (hours,) if (hours := opening_hours(listing).strip()) else (),
    }


def concepts_of(concern: TermData) -> tuple[str, ...]:
    """The facts of a concern as concepts: {"what": ["threat"]} → what:threat."""
    facts: Mapping[str, list[str]] = concern.extra.get("facts", {})
    return tuple(
        f"{DIMENSIONS[dimension]}:{code}"
        for dimension, codes in facts.items()
        if dimension in DIMENSIONS
        for code in codes
    )
