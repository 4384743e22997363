"""Keeps the embedded index equal to the database: builds it, follows the change log, checks and repairs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils.timezone import localdate

from directory import vocabulary
from directory.models import Change, Listing
from directory.vocabulary import Snapshot, snapshot
from search import checksums
from search.analysis.chains import reading
from search.document import Record
from search.engines.embedded import EmbeddedEngine
from search.generations import Generations, Stamp, read_stamp, seal, verify
from search.lexicon.parallel import Row, of_labels
from search.library import Library, Statistics, documents, knowledge_of, taught, weights_of
from search.places import area_names
from search.port import Engine, EngineError
from search.records import records
from search.understanding import Knowledge

BATCH = 500  # so many changed listings are followed one by one; beyond, building anew is cheaper
ROUNDS = 20  # of catching up, before the swap
PATIENCE = 30.0  # seconds that a new index waits for who is writing to the one in use
_LISTING, _ORGANISATION = "directory.listing", "directory.organisation"
# What every document rests on: its change means a new index.
_FOUNDATIONS = ("directory.term", "directory.area")

Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    pass


@dataclass(frozen=True)
class Difference:
    """What a check found."""

    missing: tuple[str, ...] = ()
    superfluous: tuple[str, ...] = ()
    problem: str = ""

    def __bool__(self) -> bool:
        return bool(self.missing or self.superfluous or self.problem)


def generations() -> Generations:
    return Generations(Path(settings.DATA_DIR) / "index")


def fill(
    folder: Path,
    found: Iterable[Record],
    knowledge: Knowledge,
    progress: Progress = silent,
    rows: Iterable[Row] = (),
) -> Library:
    """A new index of these records in an empty folder; `rows` teach the lexicon beside them."""
    found = list(found)
    with reading():
        statistics = learnt(found, knowledge, rows)
        knowledge = taught(knowledge, statistics)
    engine = EmbeddedEngine(folder)
    engine.update(documents(counted(found, progress), knowledge))
    return Library(engine, knowledge, weights_of(statistics), statistics)


def counted(found: Sequence[Record], progress: Progress) -> Iterator[Record]:
    for done, record in enumerate(found, start=1):
        progress(done, len(found))
        yield record


def learnt(found: Iterable[Record], knowledge: Knowledge, rows: Iterable[Row] = ()) -> Statistics:
    places = of_labels({slug: area_names(knowledge.tree, slug) for slug in knowledge.tree.areas})
    return Statistics.learn(found, knowledge.labels, (*places, *rows))


def rebuild(progress: Progress = silent) -> bool:
    """Build beside the index in use and swap; False where another process is at it."""
    store = generations()
    with store.building() as mine:
        if not mine:
            return False
        with store.writing() as free:
            if free:
                store.clear()  # what was left by the killed may be what fills the disk
        stamp = newest()  # before reading the listings: what changes meanwhile is followed before the swap
        vocabulary.forget()  # nor may the vocabulary be older than that
        with store.making() as folder:
            library = fill(folder, records(), base_knowledge(), progress)
            _swap(store, folder, library, replace(stamp, foundations=stamp.position))
        return True


def _swap(store: Generations, folder: Path, library: Library, stamp: Stamp) -> None:
    """Nobody follows while this does, so the new index is never behind the one it replaces."""
    stamp, statistics = _caught_up(library, stamp, library.statistics)
    with store.writing(PATIENCE) as mine:
        if not mine:
            raise EngineError("somebody else keeps the index")
        stamp, statistics = _caught_up(library, stamp, statistics)
        seal(folder, stamp, statistics)
        store.point_to(folder)


def _caught_up(library: Library, stamp: Stamp, statistics: Statistics) -> tuple[Stamp, Statistics]:
    for _round in range(ROUNDS):
        target = step(stamp)
        if target is None:
            raise EngineError("the database was exchanged meanwhile")
        if stamp_matches(stamp, target):
            return target, statistics
        statistics = _apply(library.engine, statistics, stamp, target)
        stamp = target
    raise EngineError("the directory changes faster than an index of it is built")


def newest() -> Stamp:
    """Where the database stands."""
    row = Change.of_public().order_by("-id").values_list("id", "transaction").first()
    position, transaction = row or (0, "")
    return Stamp.now(position, str(transaction), localdate())


def follow(patience: float = 0) -> bool:
    """Bring the index in use to where the database stands, or leave that to who is writing.

    False: only a new one will do.
    """
    store = generations()
    with store.writing(patience) as mine:
        if not mine:
            return True
        folder = store.current()
        stamp = read_stamp(folder)
        if is_too_far(stamp):
            return False
        while (target := step(stamp)) and not stamp_matches(stamp, target):
            statistics = verify(folder, stamp)
            with store.making(folder) as beside:
                statistics = _apply(EmbeddedEngine(beside), statistics, stamp, target)
                stamp = seal(beside, target, statistics)
                store.point_to(beside)
            folder = beside
    return target is not None and not is_behind_vocabulary(stamp)


def is_behind_vocabulary(stamp: Stamp) -> bool:
    return stamp.foundations < stamp.position


def _apply(engine: Engine, statistics: Statistics, stamp: Stamp, target: Stamp) -> Statistics:
    changed = changed_listings(stamp, target)
    found = list(records(changed))
    statistics = statistics.with_records(found)
    if changed:
        knowledge = replace(base_knowledge(), splitter=statistics.splitter)
        engine.update(documents(found, knowledge), gone=changed - {record.id for record in found})
    return statistics


def step(stamp: Stamp) -> Stamp | None:
    """Where to go from there, not further than so many changes at once. None: only a new index will do."""
    target = newest()
    if stamp.day > target.day or not _same_history(stamp):
        return None
    ahead = _ahead(stamp, target)
    last = ahead.values_list("id", "transaction")[BATCH - 1 : BATCH].first()
    if last:
        target = replace(target, position=last[0], transaction=str(last[1]))
    ahead = ahead.filter(id__lte=target.position, model__in=_FOUNDATIONS)
    rests = is_behind_vocabulary(stamp) or ahead.exists()
    return replace(target, foundations=stamp.foundations if rests else target.position)


def is_too_far(stamp: Stamp) -> bool:
    """So many edits teach new words: building anew is worth it."""
    behind = _ahead(stamp, newest()).count()
    return behind > BATCH and behind > Listing.objects.count() // 2


def changed_listings(stamp: Stamp, target: Stamp) -> frozenset[str]:
    touched = _ahead(stamp, target).values_list("model", "slug", "object_id")
    slugs = {slug for model, slug, _id in touched if model == _LISTING}
    organisations = {id for model, _slug, id in touched if model == _ORGANISATION}
    if organisations:
        slugs.update(Listing.objects.filter(organisation_id__in=organisations).values_list("slug", flat=True))
    if stamp.day != target.day:
        expired = Listing.objects.filter(valid_until__gte=stamp.day, valid_until__lt=target.day)
        slugs.update(expired.values_list("slug", flat=True))
    return frozenset(slugs)


def _ahead(stamp: Stamp, target: Stamp) -> QuerySet[Change]:
    return Change.of_public().filter(id__gt=stamp.position, id__lte=target.position).order_by("id")


def check() -> Difference:
    """Compare what the index holds with what is public."""
    checksums.forget()
    try:
        with generations().opening() as folder:
            stamp = read_stamp(folder)
            verify(folder, stamp)
            held = EmbeddedEngine(folder).ids()
    except EngineError as error:
        return Difference(problem=str(error))
    return difference(held, stamp)


def difference(held: frozenset[str], stamp: Stamp) -> Difference:
    """Between an index that holds these and the database."""
    public = public_slugs()
    behind = "" if stamp_matches(stamp, newest()) else "behind the change log"
    return Difference(tuple(sorted(public - held)), tuple(sorted(held - public)), behind)


def public_slugs() -> frozenset[str]:
    return frozenset(Listing.objects.public().values_list("slug", flat=True))


def is_usable() -> bool:
    """Whether there is one that this version may read, be it behind."""
    try:
        with generations().opening() as folder:
            verify(folder, read_stamp(folder))
    except EngineError:
        return False
    return True


def held() -> frozenset[str]:
    return EmbeddedEngine(generations().current()).ids()


def stamp_matches(stamp: Stamp, target: Stamp) -> bool:
    return (stamp.position, stamp.transaction, stamp.day) == (target.position, target.transaction, target.day)


def base_knowledge() -> Knowledge:
    """Compiled once per state of the vocabulary."""
    seen = snapshot()
    if id(seen) not in _known:
        _known.clear()
        _known[id(seen)] = (seen, fresh_knowledge())
    return _known[id(seen)][1]


def fresh_knowledge() -> Knowledge:
    seen = snapshot()
    return knowledge_of(seen.terms, seen.areas)


_known: dict[int, tuple[Snapshot, Knowledge]] = {}


def _same_history(stamp: Stamp) -> bool:
    """Not so after a restore: then the change at this position is another one, or none."""
    if not stamp.position:
        return True
    there = Change.objects.filter(id=stamp.position).values_list("transaction", flat=True).first()
    return str(there) == stamp.transaction
