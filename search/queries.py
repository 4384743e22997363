"""What views call: a visitor's query in, ordered listings and facets out, whatever happens to the engine."""

import logging
from collections.abc import Mapping
from dataclasses import replace

from search import reader
from search.engines.database import DatabaseEngine
from search.indexing import base_knowledge
from search.library import Lexicon, Library, documents, weights_of
from search.planning import plan
from search.port import FacetCount, Found, Hit, Plan, Query, Results
from search.records import records
from search.understanding import Understood, understand

logger = logging.getLogger(__name__)


def find(query: Query) -> Results:
    """Never raises for what a visitor typed or for what an engine does."""
    try:
        library = reader.library()
    except Exception as error:  # whatever is wrong with it, the page has an answer
        logger.warning("The search index does not open: %s", type(error).__name__)
        return _degraded(query)
    try:
        return answer(query, library)
    except Exception as error:
        logger.warning("The search index does not answer: %s", type(error).__name__)
        reader.distrust()
        return _degraded(query)


def answer(query: Query, library: Library, *, degraded: bool = False) -> Results:
    understood = understand(query.text, query.language, library.knowledge)
    planned = plan(query, understood, library.knowledge, library.weights)
    if query.text.strip() and not (planned.wanted or understood.place):
        return Results((), 0, _facets(query, {}), degraded=degraded)
    found = library.engine.search(planned)
    if not found.hits and "areas" in planned.filters:  # nothing there: then what there is elsewhere
        planned = replace(planned, filters=_without_place(planned))
        found = library.engine.search(planned)
    return Results(
        hits=tuple(Hit(slug, score, _why(planned, found, slug)) for slug, score in found.hits),
        total=found.total,
        facets=_facets(query, found.facets),
        correction=understood.correction if found.hits else "",
        degraded=degraded,
        relaxed=bool(found.hits) and _covered(planned, found, understood) < 0.5,
        place=understood.place,
    )


def _without_place(planned: Plan) -> dict[str, frozenset[str]]:
    return {name: values for name, values in planned.filters.items() if name != "areas"}


def _degraded(query: Query) -> Results:
    knowledge = base_knowledge()
    engine = DatabaseEngine(documents(records(titles_only=True), knowledge))
    lexicon = Lexicon({}, {}, total=len(engine.documents))
    return answer(query, Library(engine, knowledge, weights_of(lexicon), lexicon), degraded=True)


def _why(planned: Plan, found: Found, slug: str) -> tuple[str, ...]:
    """Concepts by their labels, and the words that no concept explains."""
    explained: set[int] = set()
    labels: dict[str, None] = {}
    for wanted in (planned.wanted[at] for at in found.matched.get(slug, ())):
        if wanted.label and not (wanted.words and wanted.words <= explained):
            labels[wanted.label] = None
        explained |= wanted.words
    return tuple(labels)


def _covered(planned: Plan, found: Found, understood: Understood) -> float:
    """The share of the words that the best covered listing of the page answers."""
    asked = {at for wanted in planned.wanted for at in wanted.words}
    if not asked:
        return 1.0
    covered = ({at for one in matched for at in planned.wanted[one].words} for matched in found.matched.values())
    return max((len(words) for words in covered), default=0) / len(asked)


def _facets(query: Query, counts: Mapping[str, Mapping[str, int]]) -> dict[str, tuple[FacetCount, ...]]:
    """Chosen values stay in sight, also where they find nothing."""
    chosen = {name: values for name, values in query.filters.items() if values}
    facets = {}
    for name in dict.fromkeys((*counts, *chosen)):
        selected = chosen.get(name, frozenset())
        values = {**dict.fromkeys(sorted(selected), 0), **counts.get(name, {})}
        ordered = sorted(values.items(), key=lambda item: (-item[1], item[0]))
        facets[name] = tuple(FacetCount(value, count, value in selected) for value, count in ordered)
    return facets
