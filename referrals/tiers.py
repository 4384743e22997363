"""How far a body's area reaches, and where a result widens."""

from collections.abc import Iterable, Mapping

from directory.areas import LEVELS, AreaTree
from referrals.bodies import Candidate

LOCAL, LAND, COUNTRY = "tier-local", "tier-land", "tier-country"

_land = LEVELS.index("land")


def tier(candidate: Candidate, tree: AreaTree) -> str:
    rank = tree.smaller_rank(candidate.match.area)
    if not rank:
        return COUNTRY
    return LAND if rank == _land else LOCAL


def introductions(candidates: Iterable[Candidate], tree: AreaTree) -> Mapping[str, str]:
    """Slug → the tier that begins with it, each once. That the first ones are of the place needs no saying."""
    now, said, found = LOCAL, {LOCAL}, {}
    for candidate in candidates:
        level = tier(candidate, tree)
        if level != now and level not in said:
            found[candidate.slug] = level
        said.add(level)
        now = level
    return found
