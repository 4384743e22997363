"""Which words of two languages mean the same, learnt from texts that say the same in both.

IBM model 1 from either side, each round keeping what both sides believe (Liang, Taskar and Klein 2006), with a
nobody that words without a partner go to. The order of words is left out: bags of stems have none.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log1p

Bag = tuple[str, ...]  # the stems of a text, each once
Pair = tuple[Bag, Bag]  # the same said twice: foreign, German
Cell = tuple[str, str]  # a foreign and a German stem

ROUNDS = 5
NOTHING = ""  # the partner of small words, which the other text says in its own way
CANDIDATES = 12  # partners that a word is given to choose from; the others are noise and cost the time
NOBODY = 0.05  # how readily a word stands for nothing in the other text
WIDEST = 60  # a text of more stems says too little of each
# 10,000 entries must not cost a minute: so many cells are two seconds. The learning curve is flat long before.
MOST_CELLS = 600_000
_NEVER = 1e-3


def align(pairs: Iterable[Pair]) -> dict[Cell, float]:
    """How often each two stems were said for one another, or one for NOTHING: the same in any order."""
    weights = _weights(pairs)
    belief = _candidates(weights)
    links = [
        (weight, [(f, g) for f in foreign for g in german if (f, g) in belief])
        for (foreign, german), weight in weights.items()
    ]
    for _round in range(ROUNDS):
        belief = _believed(links, belief)
    return belief | _alone(weights, belief)


def _weights(pairs: Iterable[Pair]) -> dict[Pair, float]:
    """Short ones first, as they tell most, and only so many; what is repeated tells little more."""
    counts: dict[Pair, int] = defaultdict(int)
    for foreign, german in pairs:
        if 0 < len(foreign) <= WIDEST and 0 < len(german) <= WIDEST:
            counts[foreign, german] += 1
    weights: dict[Pair, float] = {}
    cells = 0
    for pair in sorted(counts, key=lambda pair: (len(pair[0]) * len(pair[1]), pair)):
        cells += len(pair[0]) * len(pair[1])
        if cells > MOST_CELLS:
            break
        weights[pair] = 1 + log1p(counts[pair] - 1)
    return weights


def _candidates(weights: Mapping[Pair, float]) -> dict[Cell, float]:
    """The likeliest partners of each word by Dice's coefficient."""
    together: dict[Cell, float] = defaultdict(float)
    ours: dict[str, float] = defaultdict(float)
    theirs: dict[str, float] = defaultdict(float)
    for (foreign, german), weight in weights.items():
        for f in foreign:
            ours[f] += weight
            for g in german:
                together[f, g] += weight
        for g in german:
            theirs[g] += weight
    dice = {(f, g): 2 * both / (ours[f] + theirs[g]) for (f, g), both in together.items()}
    return {cell: dice[cell] for side in (0, 1) for cell in _best(dice, side)}


def _best(scores: Mapping[Cell, float], side: int) -> Iterable[Cell]:
    by: dict[str, list[Cell]] = defaultdict(list)
    for cell in scores:
        by[cell[side]].append(cell)
    for some in by.values():
        yield from sorted(some, key=lambda cell: (-scores[cell], cell))[:CANDIDATES]


def _believed(links: Sequence[tuple[float, Sequence[Cell]]], belief: Mapping[Cell, float]) -> dict[Cell, float]:
    to_german, to_foreign = likely(belief, 0), likely(belief, 1)
    found: dict[Cell, float] = defaultdict(float)
    for weight, cells in links:
        some = [(cell, to_german[cell], to_foreign[cell]) for cell in cells if cell in belief]
        of_german: dict[str, float] = {}
        of_foreign: dict[str, float] = {}
        for (f, g), onwards, back in some:
            of_german[g] = of_german.get(g, NOBODY) + onwards
            of_foreign[f] = of_foreign.get(f, NOBODY) + back
        for cell, onwards, back in some:
            found[cell] += weight * (onwards / of_german[cell[1]]) * (back / of_foreign[cell[0]])
    return {cell: count for cell, count in found.items() if count > _NEVER}


def _alone(weights: Mapping[Pair, float], belief: Mapping[Cell, float]) -> dict[Cell, float]:
    """How often each word went without a partner: it lowers what its accidental partners are believed."""
    left: dict[Cell, float] = defaultdict(float)
    for (foreign, german), weight in weights.items():
        for f in foreign:
            left[f, NOTHING] += weight
        for g in german:
            left[NOTHING, g] += weight
    for (f, g), count in belief.items():
        left[f, NOTHING] -= count
        left[NOTHING, g] -= count
    return {cell: count for cell, count in left.items() if count > _NEVER}


def likely(counts: Mapping[Cell, float], side: int) -> dict[Cell, float]:
    """The share of each cell among all of its foreign (side 0) or German (side 1) stem."""
    sums: dict[str, float] = defaultdict(float)
    for cell, count in counts.items():
        sums[cell[side]] += count
    return {cell: count / sums[cell[side]] for cell, count in counts.items()}
