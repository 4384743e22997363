"""The indexes that are kept: that of this host, and before it that of the cluster where SEARCH_URL names one.

The client of a cluster takes a second to import, so only who has one does: docs/decisions/0008.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings

from search import indexing
from search.indexing import Difference, Progress
from search.port import EngineError

if TYPE_CHECKING:
    from search.cluster.generations import Cluster


@dataclass(frozen=True)
class Index:
    name: str
    follow: Callable[[], bool]  # False: a new one is due
    rebuild: Callable[[Progress], bool]  # False: another process is at it
    check: Callable[[], Difference]
    held: Callable[[], frozenset[str]]


def indexes() -> list[Index]:
    return [*_of_cluster(), _of_host()]


def _of_host() -> Index:
    return Index("The index of this host", _follow, indexing.rebuild, indexing.check, indexing.held)


def _of_cluster() -> list[Index]:
    where = there()
    if where is None:
        return []
    from search.cluster import following

    follow, rebuild = partial(_follow_cluster, where), partial(following.rebuild, where)
    check, held = partial(following.check, where), partial(following.held, where)
    return [Index("The index in the cluster", follow, rebuild, check, held)]


def there() -> "Cluster | None":
    """The cluster that the settings name, for work that may take its time."""
    if not settings.SEARCH_URL.strip():
        return None
    from search.cluster import connection

    where = connection.configured()
    return connection.cluster(where, patient=True) if where else None


def _follow_cluster(where: "Cluster") -> bool:
    from search.cluster import following
    from search.cluster.generations import NoIndexError

    try:
        return following.follow(where)
    except NoIndexError:
        return False


def _follow() -> bool:
    try:
        return indexing.follow()
    except EngineError:  # none, or a damaged one
        return False
