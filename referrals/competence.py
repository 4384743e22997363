"""Is a body responsible? One row, or one exclusion, held against one situation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from directory.areas import AreaTree
from referrals.dimensions import Facts

INCIDENT, RESIDENCE = "incident", "residence"
EITHER = frozenset({INCIDENT, RESIDENCE})
AREAS = "areas"  # the key under which all that is said of areas counts as one

HARD, PREFER_OTHER, PREFER_ALTERNATIVE = "hard", "prefer_other", "prefer_alternative"


@dataclass(frozen=True)
class Conditions:
    """A conjunction: every dimension that `needs` names, and the areas. What is not named is not restricted."""

    needs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    areas: tuple[str, ...] = ()
    outside_areas: tuple[str, ...] = ()
    basis: frozenset[str] = frozenset()  # empty: either
    unsettled: tuple[str, ...] = ()  # keys, or key=value, that the sources leave open


@dataclass(frozen=True)
class Row(Conditions):
    secondary: bool = False


@dataclass(frozen=True)
class Exclusion(Conditions):
    strength: str = HARD
    then_go_to: tuple[str, ...] = ()
    reason: Mapping[str, str] = field(default_factory=dict)  # by language


@dataclass(frozen=True)
class Situation:
    """The facts, put into the area of the installation."""

    facts: Facts
    tree: AreaTree
    home: str = ""

    @property
    def place(self) -> str:
        return self.facts.place or self.home

    @property
    def residence(self) -> str:
        return self.facts.residence

    @cached_property
    def _points(self) -> Mapping[frozenset[str], tuple[str, ...]]:
        here = (self.place,) if self.place else ()
        home = (self.residence,) if self.residence else ()
        by_basis = {frozenset({INCIDENT}): here, frozenset({RESIDENCE}): home, EITHER: (*here, *home)}
        return {**by_basis, frozenset(): by_basis[EITHER]}

    @cached_property
    def _held(self) -> dict[tuple[str, ...], frozenset[str]]:
        return {}

    def points(self, basis: frozenset[str]) -> tuple[str, ...]:
        """The known places that count."""
        return self._points.get(basis & EITHER, ())

    def within(self, areas: Iterable[str], points: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the areas that hold one of the points."""
        if points not in self._held:
            above = (slug for point in points for slug in self.tree.ancestors(point))
            self._held[points] = frozenset(above)
        holding = self._held[points]
        return tuple(area for area in areas if area in holding)

    def as_if_at_residence(self) -> "Situation":
        """The same, had it happened where the person lives."""
        return replace(self, facts=replace(self.facts, place=self.residence))


@dataclass(frozen=True)
class Match:
    """Which keys of a row the facts confirm, contradict or leave open."""

    confirmed: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    area: str = ""  # the smallest area of the row that holds the place

    @property
    def fits(self) -> bool:
        return not self.contradicted


def match(row: Row, situation: Situation) -> Match | None:
    """None: the row is left out, because its areas do not hold the place."""
    if not _holds_place(row, situation):
        return None
    meant = situation.facts.meant
    confirmed, contradicted, unknown = [], [], []
    for key, values in row.needs.items():
        known = meant.get(key)
        if not known:
            unknown.append(key)
        elif known & values:
            confirmed.append(key)
        else:
            contradicted.append(key)
    if row.areas:
        (confirmed if situation.points(row.basis) else unknown).append(AREAS)
    return Match(tuple(confirmed), tuple(contradicted), tuple(unknown), _smallest_area(row, situation))


def _holds_place(row: Row, situation: Situation) -> bool:
    points = situation.points(row.basis)
    # Only the residence counts and nobody stated it: the place stands in, so that a row of another city stays out.
    near = points or situation.points(EITHER)
    if row.outside_areas and situation.within(row.outside_areas, near):
        return False
    return not row.areas or not near or bool(situation.within(row.areas, near))


def _smallest_area(row: Row, situation: Situation) -> str:
    held = situation.within(row.areas, situation.points(row.basis)) or row.areas
    return max(held, key=situation.tree.smaller_rank, default="")


def hits(exclusion: Exclusion, situation: Situation, rows: Iterable[Row] = ()) -> bool:
    """Every key is confirmed: what nobody stated never excludes."""
    said = situation.facts.excluding
    if not all(said.get(key, frozenset()) & values for key, values in exclusion.needs.items()):
        return False
    if exclusion.areas and not situation.within(exclusion.areas, situation.points(exclusion.basis)):
        return False
    return not exclusion.outside_areas or _outside(exclusion, situation, rows)


def _outside(exclusion: Exclusion, situation: Situation, rows: Iterable[Row]) -> bool:
    """Outside means that nothing which counts lies inside; where the exclusion does not say what counts, what
    its rows go by does: "only for incidents here", "only if people from here are affected or it happened here".
    """
    basis = exclusion.basis or frozenset(name for row in rows for name in row.basis or EITHER)
    points = situation.points(basis)
    return bool(points) and not situation.within(exclusion.outside_areas, points)


def holds(conditions: Conditions, situation: Situation) -> bool:
    """Whether a deadline or a text belongs to a situation: every key is said, none only assumed.

    The law of the place where it happened applies, wherever the person lives.
    """
    facts = situation.facts
    if not all(facts.confirms(key, values) for key, values in conditions.needs.items()):
        return False
    points = situation.points(conditions.basis or frozenset({INCIDENT}))
    if conditions.areas and not situation.within(conditions.areas, points):
        return False
    return not conditions.outside_areas or not situation.within(conditions.outside_areas, points)


def excluded_by_area(exclusion: Exclusion) -> bool:
    return bool(exclusion.areas or exclusion.outside_areas)
