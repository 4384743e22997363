"""Keeps the embedded index equal to the database: builds it, follows the change log, checks and repairs."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.timezone import localdate

from directory.models import Change, Listing
from directory.vocabulary import Snapshot, snapshot
from search.document import Record
from search.engines.embedded import EmbeddedEngine
from search.generations import Generations, Stamp, read_stamp, seal, verify
from search.library import Lexicon, Library, documents, knowledge_of, taught, weights_of
from search.port import EngineError
from search.records import records
from search.understanding import Knowledge

BATCH = 500  # so many changed listings are followed one by one; beyond, building anew is cheaper
_LISTING, _ORGANISATION = "directory.listing", "directory.organisation"
# What every document rests on: its change means a new index.
_FOUNDATIONS = ("directory.term", "directory.area")

Progress = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
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


def fill(folder: Path, found: Iterable[Record], knowledge: Knowledge, progress: Progress = _silent) -> Library:
    """A new index of these records in an empty folder."""
    found = list(found)
    lexicon = Lexicon.learn(found, knowledge.labels)
    knowledge = taught(knowledge, lexicon)
    engine = EmbeddedEngine(folder)

    def counted() -> Iterable[Record]:
        for done, record in enumerate(found, start=1):
            progress(done, len(found))
            yield record

    engine.update(documents(counted(), knowledge))
    return Library(engine, knowledge, weights_of(lexicon), lexicon)


def rebuild(progress: Progress = _silent) -> bool:
    """Build beside the index in use and swap; False where another process is at it."""
    store = generations()
    with store.writing() as mine:
        if not mine:
            return False
        stamp = newest()  # before reading the listings: what changes meanwhile is followed afterwards
        folder = store.new()
        try:
            library = fill(folder, records(), base_knowledge(), progress)
            seal(folder, stamp, library.lexicon)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        store.point_to(folder)
        return True


def newest() -> Stamp:
    """Where the database stands."""
    row = Change.objects.order_by("-id").values_list("id", "transaction").first()
    position, transaction = row or (0, "")
    return Stamp.now(position, str(transaction), localdate())


def follow(folder: Path, stamp: Stamp, target: Stamp) -> bool:
    """Bring the index in `folder` to `target`, or leave it to who is writing; False: only a new one will do."""
    changed = changed_slugs(stamp, target)
    if changed is None:
        return False
    with generations().writing() as mine:
        if not mine or read_stamp(folder).position != stamp.position:
            return True
        lexicon = verify(folder, stamp)
        found = list(records(changed))
        lexicon = lexicon.with_records(found)
        engine = EmbeddedEngine(folder)
        knowledge = taught(base_knowledge(), lexicon)
        engine.update(documents(found, knowledge), gone=changed - {record.id for record in found})
        seal(folder, target, lexicon)
    return True


def changed_slugs(stamp: Stamp, target: Stamp) -> frozenset[str] | None:
    """The listings to look at again, or nothing where the index must be built anew."""
    if stamp.position and not _same_history(stamp):
        return None
    rows = Change.objects.filter(id__gt=stamp.position, id__lte=target.position)
    touched = set(rows.values_list("model", "slug", "object_id").distinct()[: BATCH + 1])
    if len(touched) > BATCH or any(model in _FOUNDATIONS for model, _slug, _id in touched):
        return None
    slugs = {slug for model, slug, _id in touched if model == _LISTING}
    organisations = [id for model, _slug, id in touched if model == _ORGANISATION]
    if organisations:
        slugs.update(Listing.objects.filter(organisation_id__in=organisations).values_list("slug", flat=True))
    if stamp.day != target.day:
        expired = Listing.objects.filter(valid_until__gte=stamp.day, valid_until__lt=target.day)
        slugs.update(expired.values_list("slug", flat=True))
    return frozenset(slugs)


def check() -> Difference:
    """Compare what the index holds with what is public."""
    public = frozenset(Listing.objects.public().values_list("slug", flat=True))
    try:
        folder = generations().current()
        stamp = read_stamp(folder)
        verify(folder, stamp)
        held = EmbeddedEngine(folder).ids()
    except EngineError as error:
        return Difference(problem=str(error))
    behind = "" if stamp_matches(stamp, newest()) else "behind the change log"
    return Difference(tuple(sorted(public - held)), tuple(sorted(held - public)), behind)


def held() -> frozenset[str]:
    return EmbeddedEngine(generations().current()).ids()


def stamp_matches(stamp: Stamp, target: Stamp) -> bool:
    return (stamp.position, stamp.transaction, stamp.day) == (target.position, target.transaction, target.day)


def base_knowledge() -> Knowledge:
    """Compiled once per state of the vocabulary."""
    seen = snapshot()
    if id(seen) not in _known:
        _known.clear()
        _known[id(seen)] = (seen, knowledge_of(seen.terms, seen.areas))
    return _known[id(seen)][1]


_known: dict[int, tuple[Snapshot, Knowledge]] = {}


def _same_history(stamp: Stamp) -> bool:
    """Not so after a restore: then the change at this position is another one, or none."""
    there = Change.objects.filter(id=stamp.position).values_list("transaction", flat=True).first()
    return str(there) == stamp.transaction
