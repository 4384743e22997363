"""Where does a way end? A body may send on, and whoever is sent on must come to one that does not."""

from collections.abc import Iterable, Iterator, Mapping

from referrals.bodies import Body
from referrals.competence import HARD, PREFER_OTHER, Exclusion, Situation, hits, match

SENDING = frozenset({HARD, PREFER_OTHER})


def sending(body: Body, situation: Situation) -> tuple[Exclusion, ...]:
    """The exclusions by which the body sends on whoever comes with this."""
    return tuple(each for each in body.exclusions if each.strength in SENDING and hits(each, situation, body.rows))


def helps(body: Body, situation: Situation) -> bool:
    """It can be reached, sends nobody on, and serves the place; one without rows is not asked for more."""
    if not body.is_reachable or sending(body, situation):
        return False
    return not body.rows or any(match(row, situation) is not None for row in body.rows)


def way(start: str, situation: Situation, bodies: Mapping[str, Body]) -> tuple[str, ...]:
    """All bodies that somebody can come to from here, nearest first."""
    met: list[str] = [start]
    for slug in met:  # grows while it is walked
        body = bodies.get(slug)
        if body is not None:
            met += [each for each in _onwards(body, situation) if each not in met]
    return tuple(met)


def _onwards(body: Body, situation: Situation) -> Iterator[str]:
    yield from dict.fromkeys(slug for rule in sending(body, situation) for slug in rule.then_go_to)


def circle(start: str, situation: Situation, bodies: Mapping[str, Body]) -> tuple[str, ...]:
    """The way from here, where everybody on it sends on; empty where it ends. One who is not public ends it, too:
    that is for the one who publishes it to find out.
    """
    met = way(start, situation, bodies)
    ends = (slug not in bodies or not any(_onwards(bodies[slug], situation)) for slug in met)
    return () if any(ends) else met


def nobody_helps(first: Iterable[str], situation: Situation, bodies: Mapping[str, Body]) -> bool:
    """Every way from the first bodies ends at bodies that send on or cannot be reached."""
    return not any(_somebody_helps(way(slug, situation, bodies), situation, bodies) for slug in first)


def _somebody_helps(met: Iterable[str], situation: Situation, bodies: Mapping[str, Body]) -> bool:
    return any(helps(bodies[slug], situation) for slug in met if slug in bodies)
