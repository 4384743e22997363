"""Generations of the index in a cluster: which one answers, what it was built with, how far it has followed.

A generation is an index of the listings and a small one beside it, `<index>-state`, of two entries: what was
learnt from the listings when it was built, and the state. As on disk, nothing in here is worth keeping.
"""

import hashlib
import json
import re
import uuid
import zlib
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from elasticsearch import ApiError, ConflictError, Elasticsearch, NotFoundError, TransportError

from search.engines.elastic import definition
from search.generations import Stamp, schema_hash
from search.lexicon.translations import Lexicon
from search.library import Statistics
from search.port import EngineError

# Raise when what lies in the small index is written in another way.
FORMAT = 1
STATE, LEARNT = "state", "statistics"
BESIDE = "-state"
_FIRST_DAY = 730_000  # an ordinal in 1999: what is left of the days until 2178 fits into sixteen bits
_SETTINGS = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}


class NoIndexError(EngineError):
    """The cluster is well, but no index of ours is in it, or a damaged one: building one mends that."""


@contextmanager
def guard() -> Iterator[None]:
    """Whatever a cluster answers becomes an `EngineError` that names no address and no credentials."""
    try:
        yield
    except NotFoundError:
        raise NoIndexError("no index in the cluster, or not the whole of it") from None
    except ApiError as error:
        raise EngineError(f"the cluster answers {error.status_code}") from None
    except TransportError as error:
        raise EngineError(f"the cluster does not answer: {type(error).__name__}") from None
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error) as error:
        raise NoIndexError(f"the cluster holds something else: {type(error).__name__}") from None


@dataclass(frozen=True)
class Cluster:
    client: Elasticsearch
    prefix: str = "wegweiser"

    @property
    def alias(self) -> str:
        """Of this version and this choice of languages: another one finds no index of ours, and builds its own."""
        return f"{self.prefix}-{schema()}"


def schema() -> str:
    parts = json.dumps([FORMAT, schema_hash(), _defined()])
    return hashlib.sha256(parts.encode()).hexdigest()[:12]


@cache
def _defined() -> str:
    """Built once: pages ask for the alias twice a second."""
    return json.dumps(definition(), sort_keys=True)


@dataclass(frozen=True)
class State:
    """What a generation holds: everything up to this change, as it was visible on this day."""

    stamp: Stamp
    additions: Statistics = field(default_factory=lambda: Statistics({}, {}))  # learnt since it was built
    written: tuple[int, int] = (0, 0)  # sequence number and primary term: who knows them may write the next one

    @property
    def version(self) -> int:
        return version_of(self.stamp)


def version_of(stamp: Stamp) -> int:
    """Of the documents that were read for this stamp. A listing that expires over night gets a greater one too."""
    return (stamp.position << 16) + date.fromisoformat(stamp.day).toordinal() - _FIRST_DAY


@dataclass(frozen=True)
class Generation:
    client: Elasticsearch
    index: str

    def state(self) -> State:
        with guard():
            found = self.client.get(index=self.index + BESIDE, id=STATE)
            plain = dict(found["_source"])
            additions = Statistics.from_json(_unpacked(plain.pop("additions")), Lexicon())
            return State(Stamp(**plain), additions, (found["_seq_no"], found["_primary_term"]))

    def statistics(self) -> Statistics:
        """What was learnt when the generation was built. It never changes, and may be large."""
        with guard():
            found = self.client.get(index=self.index + BESIDE, id=LEARNT)["_source"]
            return Statistics.from_json(_unpacked(found["words"]), Lexicon.from_json(_unpacked(found["lexicon"])))

    def seal(self, stamp: Stamp, statistics: Statistics) -> State:
        """Written when all documents are there: what is not sealed is not used."""
        beside = self.index + BESIDE
        with guard():
            self.client.indices.create(index=beside, settings=_SETTINGS, mappings={"dynamic": False})
            learnt = {"words": _packed(statistics.to_json()), "lexicon": _packed(statistics.lexicon.to_json())}
            self.client.index(index=beside, id=LEARNT, document=learnt)
            self.client.create(index=beside, id=STATE, document=_plain(State(stamp)))
        return self.state()

    def advance(self, before: State, stamp: Stamp, additions: Statistics) -> bool:
        """Say what the documents hold now; False where another follower was here since `before` was read."""
        number, term = before.written
        document = _plain(State(stamp, additions))
        with guard():
            try:
                self.client.index(
                    index=self.index + BESIDE,
                    id=STATE,
                    document=document,
                    if_seq_no=number,
                    if_primary_term=term,
                )
            except ConflictError:
                return False
        return True

    def drop(self) -> None:
        drop(self.client, (self.index, self.index + BESIDE))


def merged(base: Statistics, additions: Statistics) -> Statistics:
    """What is known now: learnt at first, and since."""
    return replace(
        base,
        words={**additions.words, **base.words},
        spellings=base.spellings | additions.spellings,
        written=base.written | additions.written,
        untranslated=base.untranslated | additions.untranslated,
    )


def beyond(base: Statistics, statistics: Statistics) -> Statistics:
    """The other way round: what of it was not learnt at first."""
    return Statistics(
        words={word: count for word, count in statistics.words.items() if word not in base.words},
        concepts={},
        spellings=statistics.spellings - base.spellings,
        written=statistics.written - base.written,
        untranslated=statistics.untranslated - base.untranslated,
    )


# --- which of them ------------------------------------------------------------------------------------------


def current(cluster: Cluster) -> Generation:
    """The one behind the alias. Two there, swapped in at the same moment, are both whole: the newer one."""
    with guard():
        return Generation(cluster.client, max(cluster.client.indices.get_alias(name=cluster.alias)))


def new(cluster: Cluster) -> Generation:
    """An empty one, which answers nobody yet."""
    now = datetime.now(UTC).strftime("%Y%m%d%H%M%S%f")
    index = f"{cluster.alias}-{now}-{uuid.uuid4().hex[:8]}"
    with guard():
        cluster.client.indices.create(index=index, **definition())
    return Generation(cluster.client, index)


def point_to(cluster: Cluster, generation: Generation) -> None:
    """Swap at once and whole. What answered until now stays for whoever still reads it; the older ones go."""
    with guard():
        indices = cluster.client.indices
        found = all_of(cluster)
        before = [name for name, aliases in found.items() if cluster.alias in aliases]
        actions: list[dict[str, Any]] = [
            {"remove": _named(name, cluster) | {"must_exist": False}} for name in before
        ]
        if not before and indices.exists(index=cluster.alias):
            actions.append({"remove_index": {"index": cluster.alias}})  # an index of this name, made by hand
        indices.update_aliases(actions=[*actions, {"add": _named(generation.index, cluster)}])
    drop(cluster.client, _outlived(cluster, found, min([generation.index, *before])))


def all_of(cluster: Cluster) -> dict[str, frozenset[str]]:
    """Every index that generations of this prefix are made of, and its aliases."""
    shape = re.compile(rf"{re.escape(cluster.prefix)}-[0-9a-f]{{12}}-[0-9]{{20}}-[0-9a-f]{{8}}({BESIDE})?")
    with guard():
        found = cluster.client.indices.get_alias(index=f"{cluster.prefix}-*")
    return {name: frozenset(found[name]["aliases"]) for name in sorted(found) if shape.fullmatch(name)}


def drop(client: Elasticsearch, names: Iterable[str]) -> None:
    with guard():
        for name in names:
            client.indices.delete(index=name, ignore_unavailable=True)


def _named(index: str, cluster: Cluster) -> dict[str, Any]:
    return {"index": index, "alias": cluster.alias}


def _outlived(cluster: Cluster, found: Mapping[str, Collection[str]], oldest: str) -> Iterator[str]:
    """Of this schema what is older than `oldest`, of others what is older than the newest that answers.

    Younger ones are left alone: somebody may be building them.
    """
    made = len(cluster.alias)  # from here on: when
    answering = [name[made:] for name, aliases in found.items() if aliases and not _is_ours(name, cluster)]
    for name in found:
        limit = oldest[made:] if _is_ours(name, cluster) else max(answering, default="")
        if name[made:] < limit:
            yield name


def _is_ours(name: str, cluster: Cluster) -> bool:
    return name.startswith(f"{cluster.alias}-")


def _plain(state: State) -> dict[str, Any]:
    stamp = asdict(state.stamp)
    del stamp["files"]
    return stamp | {"additions": _packed(state.additions.to_json())}


def _packed(text: str) -> str:
    return b64encode(zlib.compress(text.encode())).decode()


def _unpacked(content: str) -> str:
    return zlib.decompress(b64decode(content)).decode()
