"""Keeps the index in the cluster equal to the database, from as many hosts as like to at the same time.

Followers do not wait for each other. Each document carries the version of what it was read for, so an older one
never replaces a newer one; and the state is written last, by who knew the one before, so nobody passes over a
change whose documents are still on their way.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from directory import vocabulary
from directory.alone import alone
from search.analysis.chains import reading
from search.analysis.compounds import Splitter
from search.cluster import generations
from search.cluster.generations import Cluster, Generation, State, beyond, merged, version_of
from search.document import Record
from search.engines.elastic import ElasticEngine
from search.generations import Stamp
from search.indexing import (
    Difference,
    Progress,
    base_knowledge,
    changed_listings,
    counted,
    difference,
    is_behind_vocabulary,
    is_too_far,
    learnt,
    newest,
    public_slugs,
    silent,
    stamp_matches,
    step,
)
from search.library import Statistics, documents
from search.port import EngineError
from search.records import records


def follow(cluster: Cluster) -> bool:
    """Bring the index to where the database stands; False: a new one is due."""
    generation = generations.current(cluster)
    stamp: Stamp | None = generation.state().stamp
    if stamp and not stamp_matches(stamp, newest()):
        stamp = None if is_too_far(stamp) else level(generation)
    return stamp is not None and not is_behind_vocabulary(stamp)


def level(generation: Generation) -> Stamp | None:
    """Where it stands in the end; None: it cannot be brought there."""
    while True:
        state = generation.state()
        if _is_tomorrow(state.stamp):
            return state.stamp  # the clock of another host is ahead of ours: it follows
        target = step(state.stamp)
        if target is None:
            return None
        if stamp_matches(state.stamp, target):
            return state.stamp
        _advance(generation, state, target)


def rebuild(cluster: Cluster, progress: Progress = silent) -> bool:
    """Build beside the index in use and swap; False where another process is at it."""
    with alone("search-cluster") as mine:
        if mine:
            build(cluster, progress)
        return mine


def build(cluster: Cluster, progress: Progress = silent) -> None:
    """Two at once do no harm either, they only work for nothing."""
    stamp = newest()  # before reading the listings: what changes meanwhile is followed before the swap
    vocabulary.forget()  # nor may the vocabulary be older than that
    generation = generations.new(cluster)
    try:
        _fill(generation, replace(stamp, foundations=stamp.position), progress)
        if level(generation) is None:
            raise EngineError("the database was exchanged meanwhile")
        _compare(generation)
    except BaseException:
        with suppress(EngineError):
            generation.drop()
        raise
    generations.point_to(cluster, generation)


def check(cluster: Cluster) -> Difference:
    """Compare what the index holds with what is public."""
    try:
        generation = generations.current(cluster)
        state = generation.state()
        held = engine_of(generation).ids()
    except EngineError as error:
        return Difference(problem=str(error))
    return difference(held, state.stamp)


def held(cluster: Cluster) -> frozenset[str]:
    return engine_of(generations.current(cluster)).ids()


def engine_of(generation: Generation) -> ElasticEngine:
    return ElasticEngine(generation.client, generation.index)


def _is_tomorrow(stamp: Stamp) -> bool:
    return date.fromisoformat(stamp.day) - date.fromisoformat(newest().day) == timedelta(days=1)


def _advance(generation: Generation, state: State, target: Stamp) -> None:
    """The documents first, then the state. Who was overtaken meanwhile looks again, and nothing is lost."""
    changed = changed_listings(state.stamp, target)
    base = _learnt(generation)
    found = list(records(changed))
    statistics = merged(base, state.additions).with_records(found)
    if changed:
        gone = changed - {record.id for record in found}
        _update(generation, found, gone, target)
    generation.advance(state, target, beyond(base, statistics))


def _update(generation: Generation, found: Iterable[Record], gone: Iterable[str], stamp: Stamp) -> None:
    """Compounds are split as when it was built: to learn that anew takes seconds in a large directory."""
    knowledge = replace(base_knowledge(), splitter=_known[generation.index].splitter)
    engine_of(generation).update(documents(found, knowledge), gone, version=version_of(stamp))


def _fill(generation: Generation, stamp: Stamp, progress: Progress) -> None:
    found = list(records())
    with reading():
        statistics = learnt(found, base_knowledge())
    _remember(generation, statistics)
    _update(generation, counted(found, progress), (), stamp)
    with suppress(EngineError):  # it would only be slower; and what takes longer ends without us
        engine_of(generation).merge()
    generation.seal(stamp, statistics)


def _compare(generation: Generation) -> None:
    """It must hold what is public, but for what has changed since: that will be followed."""
    held, state = engine_of(generation).ids(), generation.state()
    different = (held ^ public_slugs()) - changed_listings(state.stamp, newest())
    if different:
        raise EngineError(f"{len(different)} documents of a new index are missing or too many")


@dataclass(frozen=True)
class _Learnt:
    statistics: Statistics

    @cached_property
    def splitter(self) -> Splitter:
        return self.statistics.splitter


def _learnt(generation: Generation) -> Statistics:
    """Read once; and the vocabulary may not be older than a generation that another host has built with it."""
    found = _known.get(generation.index)
    if found is None:
        statistics = generation.statistics()
        vocabulary.forget()
        found = _remember(generation, statistics)
    return found.statistics


def _remember(generation: Generation, statistics: Statistics) -> _Learnt:
    """Of two: while one is built, the other is followed."""
    for other in list(_known)[:-1]:
        _known.pop(other, None)
    _known[generation.index] = _Learnt(statistics)
    return _known[generation.index]


_known: dict[str, _Learnt] = {}
