"""What a query means → a plan that every engine can run.

The weights of concepts and places stand here, those of words in `wording`, those of who comes first in `leanings`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from directory.areas import AreaTree
from search.analysis.chains import chain
from search.leanings import BROADER, RELATED, asks_for_training, leanings, meant
from search.naming import by_name
from search.phrases import Match
from search.port import FACETS, Clause, Plan, Query, Value, Wanted, shows
from search.understanding import Knowledge, Understood
from search.wording import evidence, words

CONCEPT, SECONDARY_ROW, RELATED_CONCEPT, BROADER_CONCEPT = 5.0, 0.55, 0.45, 0.8
# "Ein Mann" in a story is seldom the one who asks.
TELLING = {"target_groups": 0.7, "kinds_of_help": 0.7, "target_groups:men": 0.35, "target_groups:women": 0.35}
# Whoever looks for a training says by this for whom it must be made.
FOR_A_TRADE = {"sectors": 2.0, "target_groups": 2.0, "education_stages": 2.0}
SAID_FIRST = ("what:", "grounds:")  # of what one word names, this tells a person most
REACH, NEARER = 14.0, 2.5
NEARER_NAMED = 6.0  # who names a place wants the body of that place
PLACED = frozenset({"place:named"})
ALSO, DECLINED = 0.2, 4.0

# Browsing without a word: what helps a person stands before what is on offer otherwise.
KINDS = (
    Wanted(
        (
            Value("kind", ("counselling",), 0.04),
            Value("kind", ("offer",), 0.03),
            Value("kind", ("empowerment",), 0.02),
        )
    ),
)


@dataclass(frozen=True)
class Weights:
    """How telling a concept is: one that half of all listings carry says little."""

    counts: Mapping[str, int]
    total: int

    def of(self, concept: str) -> float:
        rare = log(1 + self.total / (1 + self.counts.get(concept, 0)))
        return CONCEPT * (0.4 + 0.6 * rare / log(2 + self.total))


def plan(query: Query, understood: Understood, knowledge: Knowledge, weights: Weights) -> Plan:
    by_word = [frozenset(match.concept for match in some) for some in _by_words(understood.matches)]
    said = meant(understood.concepts, by_word) | (PLACED if understood.place else frozenset())
    place = "" if query.everywhere else understood.place
    nearer = reach(place, knowledge.tree, NEARER_NAMED) or reach(query.home_area, knowledge.tree)
    return Plan(
        wanted=tuple(_wanted(query, understood, said, knowledge, weights)),
        leanings=(*leanings(said), *_undeclined(said), *nearer) if understood.words else (*KINDS, *nearer),
        hints=tuple(evidence(understood, query.language, knowledge, _coded(understood, weights))),
        filters=filters(query, place, knowledge.tree),
        offset=(query.page - 1) * query.size,
        limit=query.size,
        facets=tuple(name for name in FACETS if shows(name, query.filters)),
    )


def filters(query: Query, place: str, tree: AreaTree) -> dict[str, frozenset[str]]:
    """A chosen area, or a place that was typed, also finds what serves a larger or a smaller one."""
    chosen = {name: frozenset(values) for name, values in query.filters.items() if values}
    if areas := chosen.get("area"):
        chosen["area"] = frozenset(near for area in areas for near in (area, *_around(area, tree)))
    if place:
        chosen["areas"] = frozenset(_around(place, tree))
    if query.group:
        chosen["group"] = frozenset({query.group})
    return chosen


def reach(area: str, tree: AreaTree, nearest: float = NEARER) -> tuple[Wanted, ...]:
    """What serves the place of the person comes first, the smaller its own area the earlier."""
    if area not in tree.areas:
        return ()
    around = tree.ancestors(area)
    steps = {slug: nearest * (len(around) - at) / len(around) for at, slug in enumerate(around)}
    inside = tuple(slug for slug in tree.within(area) if slug != area)
    values = [Value("areas", (slug,), REACH + nearer) for slug, nearer in steps.items()]
    return (Wanted((*values, *((Value("areas", inside, REACH + nearest / 2),) if inside else ()))),)


def _around(area: str, tree: AreaTree) -> Iterable[str]:
    return (*tree.ancestors(area), *tree.within(area))


def _wanted(
    query: Query, understood: Understood, said: frozenset[str], knowledge: Knowledge, weights: Weights
) -> Iterable[Wanted]:
    for matches in _by_words(match for match in understood.matches if match.concept in said):
        telling = max(matches, key=lambda match: (match.concept.startswith(SAID_FIRST), weights.of(match.concept)))
        stress = FOR_A_TRADE if asks_for_training(said) else {}
        yield _concepts(matches, weights, knowledge.label(telling.concept, query.language), stress)
    explained = understood.place_words | _told_by_small_words(understood, query.language, weights)
    yield from words(understood, query.language, knowledge, explained, coded=_coded(understood, weights))
    yield from leanings(said, finds=True)
    yield from by_name(understood.words, understood.place_words)


def _coded(understood: Understood, weights: Weights) -> frozenset[int]:
    """Words for concepts that listings carry: a concept that none carries explains no word."""
    carried = (match.words for match in understood.matches if weights.counts.get(match.concept))
    return frozenset().union(*carried)


def _undeclined(said: frozenset[str]) -> Iterable[Wanted]:
    """What says itself that others come first for this stands after them."""
    if said:
        yield Wanted((Value("declined", tuple(sorted(said)), DECLINED, absent=True),))


def _by_words(matches: Iterable[Match]) -> Iterable[list[Match]]:
    """One word that names four concepts is still one word; the parts of a compound are several."""
    found: dict[tuple[frozenset[int], str], list[Match]] = {}
    for match in matches:
        found.setdefault((match.words, match.part), []).append(match)
    return found.values()


def _concepts(matches: Sequence[Match], weights: Weights, label: str, stress: Mapping[str, float]) -> Wanted:
    clauses = [clause for match in matches for clause in _concept(match, weights, stress)]
    concepts = tuple(match.concept for match in matches)
    return Wanted(tuple(clauses), label, ALSO, matches[0].words, concepts)


def _concept(match: Match, weights: Weights, stress: Mapping[str, float]) -> Iterable[Clause]:
    vocabulary = match.concept.partition(":")[0]
    telling = stress.get(vocabulary) or TELLING.get(match.concept, TELLING.get(vocabulary, 1.0))
    weight = weights.of(match.concept) * match.weight * telling
    yield Value("concepts", (match.concept,), weight)
    yield Value("secondary", (match.concept,), weight * SECONDARY_ROW)
    if related := RELATED.get(match.concept):
        yield Value("concepts", related, weight * RELATED_CONCEPT)
    if broader := BROADER.get(match.concept):
        yield Value("concepts", broader, weight * BROADER_CONCEPT)


def _told_by_small_words(understood: Understood, language: str, weights: Weights) -> frozenset[int]:
    """ "mein Mann" is not "Mann": where a small word makes the meaning, the other must not be looked for alone.

    Unless no listing carries that meaning: then the words are all there is to go by.
    """
    stops = chain(language).stops
    phrases = (
        match.words for match in understood.matches if len(match.words) > 1 and weights.counts.get(match.concept)
    )
    return frozenset().union(*(at for at in phrases if any(understood.words[one] in stops for one in at)))
