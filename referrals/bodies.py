"""The plain data that the engine works on: bodies in, a referral out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from referrals.competence import Conditions, Exclusion, Match, Row, Situation
from referrals.deadlines import Deadline

REACHABLE = frozenset({"phone", "email", "website"})
DIRECT = frozenset({"phone", "email"})


@dataclass(frozen=True)
class Body:
    """What the referral has to know of a listing."""

    slug: str
    name: str = ""  # in the main language, so that the order is the same for every reader
    role: str = ""
    belongs_to: str = ""
    belongs_to_area: str = ""
    rows: tuple[Row, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    languages: frozenset[str] = frozenset()
    opening_hours: str = ""  # OSM syntax
    reach: frozenset[str] = frozenset()  # the kinds of contact points that are known

    @property
    def is_reachable(self) -> bool:
        return bool(self.reach & REACHABLE)

    @property
    def has_direct_contact(self) -> bool:
        return bool(self.reach & DIRECT)


@dataclass(frozen=True)
class Candidate:
    """A body of the result, standing where its best row stands."""

    body: Body
    row: Row
    match: Match
    rank: tuple[Any, ...]
    demotion: int = 0
    deferred_by: tuple[Exclusion, ...] = ()  # others come first
    beside: tuple[Exclusion, ...] = ()  # an alternative stands beside it

    @property
    def slug(self) -> str:
        return self.body.slug


@dataclass(frozen=True)
class Pointer:
    """Not responsible, although somebody might think so; then go to …"""

    body: Body
    exclusion: Exclusion
    match: Match

    @property
    def then_go_to(self) -> tuple[str, ...]:
        return self.exclusion.then_go_to


@dataclass(frozen=True)
class Notice:
    kind: str
    value: str = ""  # of a deadline its id, of then_go_to the listing

    @property
    def token(self) -> str:
        if self.kind == "deadline":
            return f"deadline:{self.value}"
        return f"notice:{self.kind}:{self.value}" if self.value else f"notice:{self.kind}"


@dataclass(frozen=True)
class Referral:
    situation: Situation
    ordered: tuple[Candidate, ...] = ()
    pointers: tuple[Pointer, ...] = ()
    notices: tuple[Notice, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    notes: tuple["Note", ...] = ()  # all there are

    @property
    def by_slug(self) -> Mapping[str, Candidate]:
        return {candidate.slug: candidate for candidate in self.ordered}


@dataclass(frozen=True)
class Note:
    """A text that a result says beside its bodies; texts are by language, each line for itself."""

    slug: str
    kind: str  # notice, tier or keep
    heading: Mapping[str, str] = field(default_factory=dict)
    text: Mapping[str, str] = field(default_factory=dict)
    applies: Conditions = field(default_factory=Conditions)
    sources: tuple[str, ...] = ()
    check_by: date | None = None


@dataclass(frozen=True)
class Rules:
    """What is content beside the bodies: law and its deadlines, and what a result says."""

    deadlines: tuple[Deadline, ...] = ()
    notes: tuple[Note, ...] = ()
