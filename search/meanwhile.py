"""Who answers while no index does: the database, about those few listings that a plain look into it finds.

To weigh all of a large directory would take minutes. So names are looked for as they are written, and codes as
they stand in the rows; what is found so is weighed like everything else. How much there is beyond, nobody counts.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from itertools import chain
from operator import add, or_

from django.db.models import Case, IntegerField, Q, QuerySet, When
from modeltranslation.utils import get_translation_fields

from directory.models import CompetenceRow, Listing, SpokenLanguage
from directory.vocabulary import terms
from search.analysis.chains import surfaces
from search.engines.database import DatabaseEngine
from search.library import documents
from search.places import is_small
from search.port import Document, Found, Plan, Value
from search.records import CODED, DIMENSIONS, concepts_of, records
from search.understanding import Knowledge

FEW = 150  # so many are all weighed
KEPT = 60
WORDS, CONCEPTS = 4, 12  # so many are looked for
_FIRST = ("counselling", "offer", "empowerment")  # as planning.KINDS has it
_ROWS: Mapping[str, str] = {vocabulary: dimension for dimension, vocabulary in DIMENSIONS.items()}
_OWN: Mapping[str, str] = {"kind": "kind", "roles": "role", "operator_types": "organisation__type"}


class Database:
    """An engine that holds nothing: every question goes to the database."""

    def __init__(self, text: str, language: str, knowledge: Knowledge) -> None:
        words = {word for word in surfaces(text, language) if not is_small(word)}
        self.words = sorted(words, key=lambda word: (-len(word), word))[:WORDS]
        self.knowledge = knowledge
        self.total = Listing.objects.count()
        self.read: dict[str, Document] = {}

    def search(self, plan: Plan) -> Found:
        if self.total > FEW:
            self._read([slug for slug in candidates(plan, self.words) if slug not in self.read])
        elif not self.read:
            self._read(None)
        return DatabaseEngine(self.read.values()).search(plan)

    def update(self, documents: Iterable[Document], gone: Iterable[str] = ()) -> None:
        """Nothing to do: what is written there is found there."""

    def ids(self) -> frozenset[str]:
        return frozenset(self.read)

    def _read(self, slugs: Sequence[str] | None) -> None:
        found = records(slugs, titles_only=True)
        self.read |= {document.id: document for document in documents(found, self.knowledge)}


def candidates(plan: Plan, words: Iterable[str]) -> list[str]:
    """The slugs of those that most of what was asked for is seen in."""
    fitting: QuerySet[Listing] = Listing.objects.public()
    for name, values in plan.filters.items():
        if name in _FILTERS:
            fitting = fitting.filter(_FILTERS[name](sorted(values)))
    asked = (*map(_named, words), *map(carries, _concepts(plan)))
    if not asked:
        asked = tuple(Q(kind__in=_FIRST[:count]) for count in range(1, len(_FIRST) + 1))
    seen = reduce(add, (Case(When(one, then=1), default=0, output_field=IntegerField()) for one in asked))
    found = fitting.annotate(seen=seen).order_by("-seen", "title_de", "slug")
    if plan.wanted:
        found = found.filter(seen__gt=0)
    return list(found.values_list("slug", flat=True)[: max(KEPT, plan.offset + plan.limit)])


def carries(concept: str) -> Q:
    """Whether the listing or one of its rows has the code."""
    vocabulary, _, code = concept.partition(":")
    if vocabulary == "audience":
        return _for([code])
    if vocabulary in _OWN:
        return Q(**{_OWN[vocabulary]: code})
    found = _holds(vocabulary, [code]) if vocabulary in CODED else Q(pk__in=[])
    if vocabulary in _ROWS:
        rows = CompetenceRow.objects.filter(_holds(_ROWS[vocabulary], [code]))
        found |= Q(pk__in=rows.values("listing_id"))
    return found


def _concepts(plan: Plan) -> list[str]:
    clauses = chain.from_iterable(wanted.clauses for wanted in plan.wanted)
    found = (one.values for one in clauses if isinstance(one, Value) and one.field == "concepts")
    return list(dict.fromkeys(chain.from_iterable(found)))[:CONCEPTS]


def _named(word: str) -> Q:
    """SQLite knows capitals of ASCII only, so another first letter is left open; so is an ending."""
    piece = word[0 if word[0].isascii() else 1 : max(4, len(word) - 2)]
    columns = (*get_translation_fields("title"), *_house_names(), "aliases", "organisation__aliases")
    return reduce(or_, (Q(**{f"{column}__icontains": piece}) for column in columns))


def _house_names() -> Iterable[str]:
    return (f"organisation__{name}" for name in get_translation_fields("name"))


def _holds(field: str, codes: Iterable[str]) -> Q:
    return reduce(or_, (Q(**{f"{field}__icontains": f'"{code}"'}) for code in codes), Q(pk__in=[]))


def _for(values: Iterable[str]) -> Q:
    return Q(audience__in=[*values, Listing.Audience.BOTH])


def _of_concerns(slugs: Iterable[str]) -> Q:
    known = terms("concerns")
    concepts = chain.from_iterable(concepts_of(known[slug]) for slug in slugs if slug in known)
    return reduce(or_, map(carries, concepts), Q(pk__in=[]))


_FILTERS: Mapping[str, Callable[[list[str]], Q]] = {
    "kind": lambda values: Q(kind__in=values),
    "audience": _for,
    "area": lambda values: _holds("areas_served", values),
    "areas": lambda values: _holds("areas_served", values),
    "sector": lambda values: _holds("sectors", values),
    "format": lambda values: _holds("formats", values),
    "concern": _of_concerns,
    "language": lambda values: Q(pk__in=SpokenLanguage.objects.filter(language__in=values).values("listing_id")),
}
