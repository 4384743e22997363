"""The ways somebody can go, kept apart: talking is no report, a report no complaint, a complaint no charge."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from referrals.bodies import Candidate, Referral
from referrals.competence import Row, Situation, match

BODIES_PER_WAY = 2
# A body that is there for little or few, where nobody has said whether that is so, tells for what or whom.
_for_some = ("target", "ground", "life_area", "who")
_FEW = 3


@dataclass(frozen=True)
class Doer:
    candidate: Candidate
    only_for: tuple[tuple[str, str], ...] = ()  # (dimension, value)


@dataclass(frozen=True)
class Way:
    slug: str
    doers: tuple[Doer, ...] = ()


@dataclass(frozen=True)
class _Kind:
    wish: str = ""  # empty: the role alone decides
    roles: frozenset[str] = frozenset()  # these do it rather than others
    unnamed: bool = False  # they do it as well where a row names no wish


KINDS: Mapping[str, _Kind] = {
    "talk": _Kind("talk", frozenset({"specialised", "general", "crisis_line"}), unnamed=True),
    "report": _Kind("report", frozenset({"reporting_office"}), unnamed=True),
    "complaint": _Kind("complaint", frozenset({"complaint_body"}), unnamed=True),
    "charge": _Kind("", frozenset({"criminal_complaint"})),
    "money": _Kind("money", frozenset({"money"}), unnamed=True),
    "therapy": _Kind("therapy"),
    "group": _Kind("group", frozenset({"self_organisation"})),
}


def ways(referral: Referral) -> tuple[Way, ...]:
    """All of them, those too that nobody here is known for. In danger only one is left: the emergency call."""
    if referral.situation.facts.in_danger:
        return ()
    return tuple(Way(slug, _doers(kind, referral)) for slug, kind in KINDS.items())


def _doers(kind: _Kind, referral: Referral) -> tuple[Doer, ...]:
    found = (doer for each in referral.ordered if (doer := _doer(kind, each, referral.situation)))
    # Sorting is stable: within each group the order of the result stays.
    ranked = sorted(found, key=lambda doer: (bool(doer.only_for), _is_another(kind, doer.candidate)))
    return tuple(ranked[:BODIES_PER_WAY])


def _is_another(kind: _Kind, candidate: Candidate) -> bool:
    return bool(kind.roles) and candidate.body.role not in kind.roles


def _doer(kind: _Kind, candidate: Candidate, situation: Situation) -> Doer | None:
    fitting = [only for row in _rows(kind, candidate) if (only := _only_for(row, situation)) is not None]
    return Doer(candidate, min(fitting, key=len)) if fitting else None


def _rows(kind: _Kind, candidate: Candidate) -> Iterator[Row]:
    does_it_anyway = candidate.body.role in kind.roles and (kind.unnamed or not kind.wish)
    for row in candidate.body.rows:
        wishes = row.needs.get("wish")
        if (wishes and kind.wish in wishes) or (does_it_anyway and not (wishes and kind.wish)):
            yield row


def _only_for(row: Row, situation: Situation) -> tuple[tuple[str, str], ...] | None:
    """None: it does not fit, whatever the person wishes."""
    found = match(row, situation)
    if found is None or set(found.contradicted) - {"wish"}:
        return None
    return tuple(_open(row, (key for key in _for_some if key in found.unknown)))


def _open(row: Row, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    for key in keys:
        if key == "target" or len(row.needs[key]) <= _FEW:
            yield from ((key, value) for value in sorted(row.needs[key]))
