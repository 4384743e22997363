"""How far an index in the cluster is behind the database."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.utils.timezone import localdate, make_aware, now

from directory.models import Change
from search.generations import Stamp


def lag(stamp: Stamp) -> timedelta | None:
    """For how long an edit or a new day waits to be followed; None: the index is of another database.

    Or of this one before a backup was played back.
    """
    rows = list(Change.of_public().filter(id__gte=stamp.position).order_by("id")[:2])
    if stamp.position:
        if not rows or (rows[0].id, str(rows[0].transaction)) != (stamp.position, stamp.transaction):
            return None
        del rows[0]
    waiting = [now() - since for since in (*(row.at for row in rows[:1]), *_midnight(stamp))]
    return max(waiting, default=timedelta())


def _midnight(stamp: Stamp) -> Iterator[datetime]:
    """What expired over night is to be taken out since then."""
    today = localdate()
    if stamp.day < today.isoformat():  # the clock of another host may be ahead of ours
        yield make_aware(datetime.combine(today, time.min))
