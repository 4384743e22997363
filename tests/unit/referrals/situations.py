"""A small country with two cities and a handful of invented bodies, for the tests of the referral."""

from collections.abc import Iterable, Mapping
from typing import Any

from directory.areas import AreaData, AreaTree
from referrals.bodies import Body, Referral, Rules
from referrals.competence import Exclusion, Row, Situation
from referrals.dimensions import Facts
from referrals.engine import refer

_levels = (
    ("germany", "country", ""),
    ("nordrhein-westfalen", "land", "germany"),
    ("thueringen", "land", "germany"),
    ("rheinland", "regierungsbezirk", "nordrhein-westfalen"),
    ("duesseldorf", "city", "rheinland"),
    ("duesseldorf-01", "district", "duesseldorf"),
    ("neuss", "city", "rheinland"),
    ("dortmund", "city", "nordrhein-westfalen"),
    ("jena", "city", "thueringen"),
    ("erfurt", "city", "thueringen"),
)
TREE = AreaTree({slug: AreaData(slug, level, parent) for slug, level, parent in _levels})
HOME = "duesseldorf"


def needs(**values: Any) -> dict[str, frozenset[str]]:
    return {key: frozenset(value.split()) for key, value in values.items()}


def row(
    areas: str = "",
    *,
    outside: str = "",
    basis: str = "",
    secondary: bool = False,
    unsettled: tuple[str, ...] = (),
    **values: Any,
) -> Row:
    return Row(
        needs=needs(**values),
        areas=tuple(areas.split()),
        outside_areas=tuple(outside.split()),
        basis=frozenset(basis.split()),
        unsettled=unsettled,
        secondary=secondary,
    )


def exclusion(
    strength: str = "hard",
    then: str = "",
    *,
    areas: str = "",
    outside: str = "",
    basis: str = "",
    reason: Mapping[str, str] | None = None,
    **values: str,
) -> Exclusion:
    return Exclusion(
        needs=needs(**values),
        areas=tuple(areas.split()),
        outside_areas=tuple(outside.split()),
        basis=frozenset(basis.split()),
        strength=strength,
        then_go_to=tuple(then.split()),
        reason=reason or {},
    )


def body(
    slug: str,
    *parts: Row | Exclusion,
    role: str = "general",
    reach: str = "website",
    languages: str = "",
    **more: Any,
) -> Body:
    return Body(
        slug=slug,
        name=more.pop("name", slug),
        role=role,
        rows=tuple(part for part in parts if isinstance(part, Row)),
        exclusions=tuple(part for part in parts if isinstance(part, Exclusion)),
        reach=frozenset(reach.split()),
        languages=frozenset(languages.split()),
        **more,
    )


def situation(home: str = HOME, **facts: Any) -> Situation:
    return Situation(Facts.of(facts, areas=TREE.areas), TREE, home)


def referral(
    bodies: Iterable[Body],
    *,
    home: str = HOME,
    open_at: str | None = None,
    rules: Rules | None = None,
    **facts: Any,
) -> Referral:
    known = Facts.of(facts, areas=TREE.areas)
    return refer(known, bodies, rules or Rules(), TREE, home, open_at=open_at)


def order(bodies: Iterable[Body], **facts: Any) -> list[str]:
    return [candidate.slug for candidate in referral(bodies, **facts).ordered]


def tokens(bodies: Iterable[Body], **facts: Any) -> list[str]:
    return [notice.token for notice in referral(bodies, **facts).notices]
