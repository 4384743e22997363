"""Vocabularies, areas and configuration as plain data, kept in the process and read again when they change."""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from threading import Lock, local
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from directory.areas import AreaData, AreaTree
from directory.languages import MAIN, SHIPPED, column
from directory.models import Area, Change, Configuration, Listing, Term
from directory.models.change import RESTORED, Written, last_write_here, uncommitted
from directory.text import Text, choose, published

# Another process's edit is seen after at most this long; one look-up per process and interval pays for it.
RECHECK_SECONDS = 1.0
AREAS = "areas"  # is asked for like a vocabulary
_FOLLOWED = [model._meta.label_lower for model in (Area, Term, Configuration)]
Position = tuple[int, str]  # of the newest change, and which one: a restored database has another one there


@dataclass(frozen=True)
class TermData:
    vocabulary: str
    slug: str
    labels: Mapping[str, str]
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parent: str = ""
    also_under: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Snapshot:
    position: Position
    terms: Mapping[str, Mapping[str, TermData]]
    areas: AreaTree
    configuration: Configuration
    shown: dict[tuple[str, str, str], Text] = field(default_factory=dict)  # what was chosen of the names already

    def name(self, vocabulary: str, slug: str, language: str) -> Text:
        """An unknown slug is shown as it is, because a gap must be seen."""
        if found := self.shown.get((vocabulary, slug, language)):
            return found
        found = choose(self._names(vocabulary, slug), language)
        if found and language in SHIPPED:
            self.shown[vocabulary, slug, language] = found
        return found or choose({MAIN: slug}, MAIN)

    def _names(self, vocabulary: str, slug: str) -> Mapping[str, str]:
        if vocabulary == AREAS:
            area = self.areas.areas.get(slug)
            return area.names if area else {}
        term = self.terms.get(vocabulary, {}).get(slug)
        return term.labels if term else {}


class _Unpublished(local):
    """What this thread reads after its own writes, until they are committed or rolled back."""

    writes: tuple[Written, ...] = ()
    snapshot: Snapshot | None = None

    def get(self, writes: tuple[Written, ...]) -> Snapshot:
        if self.snapshot is None or self.writes != writes:
            self.snapshot, self.writes = _load(_position()), writes
        return self.snapshot


class _Cache:
    def __init__(self) -> None:
        self.lock = Lock()
        self.unpublished = _Unpublished()
        self.snapshot: Snapshot | None = None
        self.checked_at = 0.0
        self.write_seen = 0

    def get(self) -> Snapshot:
        if writes := uncommitted(_FOLLOWED):
            return self.unpublished.get(writes)
        current = self.snapshot
        fresh = time.monotonic() - self.checked_at < RECHECK_SECONDS
        if current and fresh and self.write_seen == last_write_here():
            return current
        with self.lock:
            write_seen, position = last_write_here(), _position()
            if self.snapshot is None or self.snapshot.position != position:
                self.snapshot = _load(position)
            self.checked_at, self.write_seen = time.monotonic(), write_seen
            return self.snapshot

    def forget(self) -> None:
        self.snapshot = None
        self.unpublished = _Unpublished()


_cache = _Cache()


def snapshot() -> Snapshot:
    return _cache.get()


def forget() -> None:
    """Read everything again: for a database that was exchanged under the process, as by a restore."""
    _cache.forget()


def terms(vocabulary: str) -> Mapping[str, TermData]:
    return snapshot().terms.get(vocabulary, {})


def label(vocabulary: str, slug: str, language: str | None = None) -> Text:
    return snapshot().name(vocabulary, slug, language or get_language() or MAIN)


def labels(vocabulary: str, slugs: Collection[str]) -> tuple[Text, ...]:
    if not slugs:  # most fields are empty
        return ()
    current, language = snapshot(), get_language() or MAIN
    return tuple(current.name(vocabulary, slug, language) for slug in slugs)


def area_tree() -> AreaTree:
    return snapshot().areas


def area_name(slug: str, language: str | None = None) -> Text:
    return label(AREAS, slug, language)


def configuration() -> Configuration:
    return snapshot().configuration


def home_area() -> str:
    return configuration().home_area


def choices(vocabulary: str) -> list[tuple[str, str]]:
    """(slug, label in the editor's language) for forms and validation."""
    if vocabulary == AREAS:
        return [(slug, area_name(slug).text) for slug in area_tree().areas]
    if vocabulary == "listings":
        return [(slug, name or slug) for slug, name in Listing.objects.values_list("slug", column("title", MAIN))]
    return [(slug, label(vocabulary, slug).text) for slug in terms(vocabulary)]


def unpublished(vocabulary: str, slugs: Collection[str]) -> dict[str, str]:
    """Slug and name of those terms or areas that exist, but that the public does not see."""
    terms: QuerySet[Term] = Term.objects.all()
    found = Area.objects.all() if vocabulary == AREAS else terms.filter(vocabulary=vocabulary)
    return {each.slug: str(each) for each in found.filter(slug__in=slugs, live=False)}


def _position() -> Position:
    rows = Change.of_public().filter(model__in=[*_FOLLOWED, RESTORED]).order_by("-id")
    number, transaction = rows.values_list("id", "transaction").first() or (0, "")
    return number, str(transaction)


def _load(position: Position) -> Snapshot:
    vocabularies: dict[str, dict[str, TermData]] = {}
    for term in Term.objects.filter(live=True):
        vocabularies.setdefault(term.vocabulary, {})[term.slug] = _term(term)
    rows = list(Area.objects.filter(live=True))
    slugs = {area.pk: area.slug for area in rows}
    areas = {area.slug: _area(area, slugs.get(area.parent_id, "")) for area in rows}
    return Snapshot(position, vocabularies, AreaTree(areas), Configuration.load())


def _term(term: Term) -> TermData:
    return TermData(
        vocabulary=term.vocabulary,
        slug=term.slug,
        labels=published(term, "label"),
        synonyms={code: tuple(words) for code, words in term.synonyms.items()},
        parent=term.parent,
        also_under=tuple(term.also_under),
        extra=term.extra,
    )


def _area(area: Area, parent: str) -> AreaData:
    return AreaData(
        slug=area.slug,
        level=area.level,
        parent=parent,
        names=published(area, "name"),
        aliases=tuple(area.aliases),
        quarters=tuple(area.quarters),
        postcodes=tuple(area.postcodes),
    )
