"""What a query means → a plan that every engine can run. All weights of the ranking stand here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from directory.areas import AreaTree
from search.analysis.chains import chain, grams, readers
from search.analysis.normalise import script
from search.document import TEXT_LANGUAGES
from search.leanings import BROADER, RELATED, leanings, meant
from search.phrases import Match
from search.port import Clause, Plan, Query, Term, Value, Wanted
from search.understanding import Knowledge, Understood

TITLE, TEXT, NAMES, LABELS, PARTS, GRAMS = 1.2, 1.0, 1.2, 0.5, 0.5, 0.06
CONCEPT, SECONDARY_ROW, RELATED_CONCEPT, BROADER_CONCEPT = 5.0, 0.55, 0.45, 0.8
# "Ein Mann" in a story is seldom the one who asks.
TELLING = {"target_groups": 0.7, "kinds_of_help": 0.7, "target_groups:men": 0.35, "target_groups:women": 0.35}
SAID_FIRST = ("what:", "grounds:")  # of what one word names, this tells a person most
REACH, NEARER = 14.0, 1.2
ALSO, ALSO_WORD, DECLINED = 0.2, 0.1, 4.0

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
    said = meant(understood.concepts)
    nearer = reach(understood.place or query.home_area, knowledge.tree)
    return Plan(
        wanted=tuple(_wanted(query, understood, said, knowledge, weights)),
        leanings=(*leanings(said), *_undeclined(said), *nearer) if understood.words else (*KINDS, *nearer),
        hints=tuple(_grams(understood)),
        filters=filters(query, understood.place, knowledge.tree),
        offset=(query.page - 1) * query.size,
        limit=query.size,
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


def reach(area: str, tree: AreaTree) -> tuple[Wanted, ...]:
    """What serves the place of the person comes first, the smaller its own area the earlier."""
    if area not in tree.areas:
        return ()
    around = tree.ancestors(area)
    steps = {slug: NEARER * (len(around) - at) / len(around) for at, slug in enumerate(around)}
    inside = tuple(slug for slug in tree.within(area) if slug != area)
    values = [Value("areas", (slug,), REACH + nearer) for slug, nearer in steps.items()]
    return (Wanted((*values, *((Value("areas", inside, REACH + NEARER / 2),) if inside else ()))),)


def _around(area: str, tree: AreaTree) -> Iterable[str]:
    return (*tree.ancestors(area), *tree.within(area))


def _wanted(
    query: Query, understood: Understood, said: frozenset[str], knowledge: Knowledge, weights: Weights
) -> Iterable[Wanted]:
    for matches in _by_words(match for match in understood.matches if match.concept in said):
        telling = max(matches, key=lambda match: (match.concept.startswith(SAID_FIRST), weights.of(match.concept)))
        yield _concepts(matches, weights, knowledge.label(telling.concept, query.language))
    yield from _words(understood, query.language, knowledge)
    yield from leanings(said, finds=True)


def _undeclined(said: frozenset[str]) -> Iterable[Wanted]:
    """What says itself that others come first for this stands after them."""
    if said:
        yield Wanted((Value("declined", tuple(sorted(said)), DECLINED, absent=True),))


def _by_words(matches: Iterable[Match]) -> Iterable[list[Match]]:
    """One word that names four concepts is still one word."""
    found: dict[frozenset[int], list[Match]] = {}
    for match in matches:
        found.setdefault(match.words, []).append(match)
    return found.values()


def _concepts(matches: Sequence[Match], weights: Weights, label: str) -> Wanted:
    clauses = [clause for match in matches for clause in _concept(match, weights)]
    return Wanted(tuple(clauses), label, ALSO, matches[0].words)


def _concept(match: Match, weights: Weights) -> Iterable[Clause]:
    telling = TELLING.get(match.concept, TELLING.get(match.concept.partition(":")[0], 1.0))
    weight = weights.of(match.concept) * match.weight * telling
    yield Value("concepts", (match.concept,), weight)
    yield Value("secondary", (match.concept,), weight * SECONDARY_ROW)
    if related := RELATED.get(match.concept):
        yield Value("concepts", related, weight * RELATED_CONCEPT)
    if broader := BROADER.get(match.concept):
        yield Value("concepts", broader, weight * BROADER_CONCEPT)


def _words(understood: Understood, language: str, knowledge: Knowledge) -> Iterable[Wanted]:
    explained = understood.place_words | _told_by_small_words(understood, language)
    for at, word in enumerate(understood.words):
        if at in explained:
            continue
        clauses = tuple(_clauses(word, language, knowledge))
        if clauses:
            yield Wanted(clauses, word, ALSO_WORD, frozenset({at}))


def _told_by_small_words(understood: Understood, language: str) -> frozenset[int]:
    """ "mein Mann" is not "Mann": where a small word makes the meaning, the other must not be looked for alone."""
    stops = chain(language).stops
    phrases = (match.words for match in understood.matches if len(match.words) > 1)
    return frozenset().union(*(at for at in phrases if any(understood.words[one] in stops for one in at)))


def _clauses(word: str, language: str, knowledge: Knowledge) -> Iterable[Clause]:
    if word in chain(language).stops or (len(word) == 1 and word.isalpha()):
        return
    codes = [reader.language for reader in readers(script(word))]
    stems = {code: chain(code).stem(word) for code in codes if word not in chain(code).stops}
    for code in dict.fromkeys((language, "de", "en")):
        if code in stems and code in TEXT_LANGUAGES:
            yield Term(f"title_{code}", stems[code], TITLE)
            yield Term(f"text_{code}", stems[code], TEXT)
    if "de" in stems:
        yield Term("names", stems["de"], NAMES)
        yield Term("parts", stems["de"], PARTS)
        for part in knowledge.splitter.split(word):
            yield Term("text_de", chain("de").stem(part), PARTS)
            yield Term("parts", chain("de").stem(part), PARTS)
    for stem in dict.fromkeys(stems.values()):
        yield Term("labels", stem, LABELS)


def _grams(understood: Understood) -> Sequence[Term]:
    return [Term("grams", gram, GRAMS) for word in understood.words if len(word) > 4 for gram in grams(word)]
