"""What is open now: engines hold opening hours as they are written, and each text is asked when it may change.

Slots of the week in the index would be wrong on every public holiday. So would be a guess: where nobody knows the
hours, or they make no sense, a listing is not open, and it is said how many such listings fit.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

from directory import opening
from search.port import Engine, Found, Plan

FACET, NOW = "open", "now"
KEPT = 50_000  # texts, each until it opens or closes
_NEVER = "never"  # no opening hours read like this: the filter that nothing passes


@dataclass
class Moment:
    """Which opening hours were asked at this minute, and what they said: a large directory has thousands."""

    minute: datetime
    asked: set[str] = field(default_factory=set)
    open: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)

    def look(self, hours: Set[str]) -> None:
        for text in hours - self.asked:
            state = is_open(text, self.minute)
            if state is None:
                self.unknown.add(text)
            elif state:
                self.open.add(text)
            self.asked.add(text)


@dataclass(frozen=True)
class Span:
    """From when to when a text says the same, by the clock on the wall."""

    begin: datetime
    end: datetime | None
    is_open: bool

    def holds(self, at: datetime) -> bool:
        return self.begin <= at and (self.end is None or at < self.end)


def search(engine: Engine, plan: Plan, at: datetime | None) -> Found:
    """As the engine does, with "open now" for its facet of opening hours."""
    if at is None:
        found = engine.search(plan)
        return replace(found, facets={**found.facets, FACET: {}}, hours_unknown=0)
    moment = _moment(at.replace(second=0, microsecond=0))
    if FACET not in plan.filters:
        found = engine.search(plan)
        return _told(found, found.facets.get(FACET, {}), moment)
    free = {name: values for name, values in plan.filters.items() if name != FACET}
    anytime = engine.search(replace(plan, filters=free, limit=0))
    hours = anytime.facets.get(FACET, {})
    moment.look(hours.keys())
    now = frozenset(hours.keys() & moment.open or {_NEVER})
    found = engine.search(replace(plan, filters={**free, FACET: now}))
    known = sum(hours[text] for text in hours.keys() - moment.unknown)
    return _told(found, hours, moment, anytime.total - known)


def is_open(text: str, at: datetime) -> bool | None:
    local = at.astimezone(opening.ZONE).replace(tzinfo=None)
    span = _spans.get(text)
    if span and span.holds(local):
        return span.is_open
    state = opening.state(text, at)
    if state.is_open is not None:
        if len(_spans) >= KEPT:
            _spans.clear()
        _spans[text] = Span(local, state.until, state.is_open)
    return state.is_open


_spans: dict[str, Span] = {}


@lru_cache(2)
def _moment(minute: datetime) -> Moment:
    return Moment(minute)


def _told(found: Found, hours: Mapping[str, int], moment: Moment, unknown: int = 0) -> Found:
    moment.look(hours.keys())
    count = sum(hours[text] for text in hours.keys() & moment.open)
    return replace(found, facets={**found.facets, FACET: {NOW: count} if count else {}}, hours_unknown=unknown)
