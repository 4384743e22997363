"""What views call: a visitor's query in, ordered listings and facets out, whatever happens to the engine."""

import logging
from collections.abc import Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from operator import itemgetter

from django.conf import settings

from search import open_now, reader
from search.coverage import Coverage
from search.highlighting import Analysis, sought_stems
from search.indexing import base_knowledge
from search.library import Library, Statistics, weights_of
from search.meanwhile import Database
from search.planning import plan
from search.port import EngineError, FacetCount, Found, Hit, Plan, Query, Results
from search.understanding import Knowledge, Understood, understand

logger = logging.getLogger(__name__)


def find(query: Query) -> Results:
    """Never raises for what a visitor typed or for what an engine does."""
    if settings.SEARCH_URL:
        try:
            with _cluster() as library:
                return answer(query, library)
        except EngineError:  # told there
            pass
        except (
            Exception
        ) as error:  # a fault of our own: the next engine may know better, but somebody must hear of it
            logger.warning("The search cluster could not be asked: %s", type(error).__name__)
    try:
        library = reader.library()
    except Exception as error:  # whatever is wrong with it, the page has an answer
        logger.warning("The search index does not open: %s", type(error).__name__)
        return _degraded(query)
    try:
        return answer(query, library)
    except Exception as error:
        logger.warning("The search index does not answer: %s", type(error).__name__)
        reader.distrust(library)
        return _degraded(query)


def answer(query: Query, library: Library, *, degraded: bool = False) -> Results:
    understood = understand(query.text, query.language, library.knowledge, verbatim=query.verbatim)
    planned = plan(query, understood, library.knowledge, library.weights)
    relaxed = []
    nothing = Results((), 0, _facets(query, {}), degraded=degraded)
    if query.text.strip() and not (planned.wanted or understood.place):
        return nothing
    found = open_now.search(library.engine, planned, query.at)
    if not found.hits and "areas" in planned.filters:  # nothing there: then what there is elsewhere
        planned = replace(planned, filters=_without_place(planned))
        found = open_now.search(library.engine, planned, query.at)
        relaxed += ["place"] if found.hits else []
    if found.hits and not (degraded or query.page > 1 or answers(planned, found, understood, library)):
        return replace(nothing, suggestion=understood.suggestion, place=understood.place, sought=understood.words)
    if found.hits and _covered(planned, found, understood) < 0.5:
        relaxed.append("words")
    return Results(
        hits=tuple(_hit(planned, found, slug, score) for slug, score in found.hits),
        total=found.total,
        facets=_facets(query, found.facets),
        correction=understood.correction if found.hits else "",
        suggestion=understood.suggestion,
        degraded=degraded,
        relaxed=tuple(relaxed),
        place=understood.place,
        sought=understood.words,
        stems=sought_stems(planned),
        hours_unknown=found.hours_unknown,
    )


def analysis() -> Analysis:
    """What texts are read with to mark them: of the index that answers, or of the vocabulary alone."""
    knowledge = _knowledge()
    if not _analysed or _analysed[0].knowledge is not knowledge:
        _analysed[:] = [Analysis(knowledge)]
    return _analysed[0]


_analysed: list[Analysis] = []


def _cluster() -> AbstractContextManager[Library]:
    from search.cluster import reader  # a second and 20 MB: not for an installation that has none

    return reader.asking()


def _knowledge() -> Knowledge:
    with suppress(Exception):  # told by `find`
        if settings.SEARCH_URL:
            with suppress(Exception), _cluster() as library:
                return library.knowledge
        return reader.library().knowledge
    return base_knowledge()


def answers(planned: Plan, found: Found, understood: Understood, library: Library) -> bool:
    return Coverage(planned, understood, library.knowledge, library.weights).suffices(found)


def _without_place(planned: Plan) -> dict[str, frozenset[str]]:
    return {name: values for name, values in planned.filters.items() if name != "areas"}


def _degraded(query: Query) -> Results:
    knowledge = base_knowledge()
    engine = Database(query.text, query.language, knowledge)
    statistics = Statistics({}, {}, total=engine.total)
    return answer(query, Library(engine, knowledge, weights_of(statistics), statistics), degraded=True)


def _hit(planned: Plan, found: Found, slug: str, score: float) -> Hit:
    matched = [planned.wanted[at] for at in found.matched.get(slug, ())]
    concepts = dict.fromkeys(concept for wanted in matched for concept in wanted.concepts)
    reasons = _reasons(planned, found, slug)
    return Hit(slug, score, tuple(reasons), tuple(concepts), reasons)


def _reasons(planned: Plan, found: Found, slug: str) -> dict[str, tuple[str, ...]]:
    """Concepts by their labels, and the words that no concept explains."""
    explained: set[int] = set()
    labels: dict[str, tuple[str, ...]] = {}
    for wanted in (planned.wanted[at] for at in found.matched.get(slug, ())):
        if wanted.label and not (wanted.words and wanted.words <= explained):
            labels[wanted.label] = wanted.concepts
        explained |= wanted.words
    return labels


def _covered(planned: Plan, found: Found, understood: Understood) -> float:
    """The share of the words that the best covered listing of the page answers."""
    said = {one: wanted.words for one, wanted in enumerate(planned.wanted) if wanted.label}
    asked = frozenset().union(*said.values())
    if not asked:
        return 1.0
    covered = ({at for one in matched for at in said.get(one, ())} for matched in found.matched.values())
    return max((len(words) for words in covered), default=0) / len(asked)


def _facets(query: Query, counts: Mapping[str, Mapping[str, int]]) -> dict[str, tuple[FacetCount, ...]]:
    """Chosen values stay in sight, also where they find nothing."""
    chosen = {name: values for name, values in query.filters.items() if values}
    facets = {}
    for name in dict.fromkeys((*counts, *chosen)):
        selected = chosen.get(name, frozenset())
        values = {**dict.fromkeys(sorted(selected), 0), **counts.get(name, {})}
        ordered = sorted(sorted(values.items()), key=itemgetter(1), reverse=True)  # equal counts by value
        facets[name] = tuple(FacetCount(value, count, value in selected) for value, count in ordered)
    return facets
