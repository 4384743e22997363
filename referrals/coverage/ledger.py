"""Counts the gaps that visitors met, where a city has switched it on: docs/decisions/0026."""

import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock, Timer

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from directory.vocabulary import home_area, terms
from referrals import checks
from referrals.bodies import Referral
from referrals.dimensions import Facts
from referrals.models import GapCount

logger = logging.getLogger(__name__)

SECONDS = 60  # what is counted waits in memory: no result waits for the database, no row tells the minute
LEAST = 5
KEPT = timedelta(days=400)


@dataclass(frozen=True)
class Combination:
    concern: str
    ground: str
    is_here: bool


@dataclass(frozen=True)
class Month:
    first: date
    numbers: Mapping[Combination, int]


class _Pending:
    def __init__(self) -> None:
        self.lock = Lock()
        self.counts: Counter[Combination] = Counter()

    def add(self, found: Combination) -> bool:
        """Whether it is the first: then somebody has to write them later."""
        with self.lock:
            self.counts[found] += 1
            return self.counts.total() == 1

    def take(self) -> Counter[Combination]:
        with self.lock:
            taken, self.counts = self.counts, Counter()
            return taken


_pending = _Pending()


def count(referral: Referral) -> None:
    """Never slows or breaks a result: whatever goes wrong, only its type is told."""
    if not settings.COUNT_GAPS:
        return
    try:
        found = combination(referral)
        if found and _pending.add(found):
            later()
    except Exception as problem:
        logger.warning("A gap was not counted (%s)", type(problem).__name__)


def combination(referral: Referral) -> Combination | None:
    if not any(notice.kind == "gap" for notice in referral.notices):
        return None
    situation = referral.situation
    is_here = situation.tree.contains(home_area(), situation.place)
    return Combination(_concern(situation.facts), _ground(situation.facts), is_here)


def _concern(facts: Facts) -> str:
    for slug, given in checks.concerns().items():
        said = {name: frozenset(values) for name, values in given.items() if name != "asker"}
        if said and all(facts.confirms(name, values) for name, values in said.items()):
            return slug
    return ""


def _ground(facts: Facts) -> str:
    """Of several the first of the vocabulary: together they would tell more about somebody."""
    return next((slug for slug in terms("grounds") if slug in facts.of_stated("ground")), "")


def later() -> None:
    timer = Timer(SECONDS, _write_alone)
    timer.daemon = True
    timer.start()


def _write_alone() -> None:
    """In a thread of its own, which has a connection of its own."""
    try:
        write()
    finally:
        connection.close()


def write() -> None:
    try:
        for found, number in _pending.take().items():
            _add(found, number, timezone.localdate())
    except Exception as problem:
        logger.warning("Gaps were not counted (%s)", type(problem).__name__)


def _add(found: Combination, number: int, day: date) -> None:
    where = {"day": day, "concern": found.concern, "ground": found.ground, "is_here": found.is_here}
    rows = GapCount.objects.filter(**where)
    if rows.update(number=F("number") + number):
        return
    try:
        with transaction.atomic():
            GapCount.objects.create(**where, number=number)
    except IntegrityError:  # another process was first
        rows.update(number=F("number") + number)


def months(today: date) -> Iterator[Month]:
    """Past months only, nothing below five and no totals: nothing can be worked out by subtracting."""
    found: dict[date, dict[Combination, int]] = {}
    for month, cell, number in _cells(_past(today)):
        if number >= LEAST:
            found.setdefault(month, {})[cell] = number
    return (Month(first, numbers) for first, numbers in sorted(found.items(), reverse=True))


def forget(today: date) -> None:
    """Of past months what may not be shown, and in the end everything."""
    GapCount.objects.filter(day__lt=today - KEPT).delete()
    for month, cell, number in list(_cells(_past(today))):
        if number < LEAST:
            of_month = GapCount.objects.filter(day__year=month.year, day__month=month.month)
            of_month.filter(concern=cell.concern, ground=cell.ground, is_here=cell.is_here).delete()


def _past(today: date) -> QuerySet[GapCount]:
    return GapCount.objects.filter(day__lt=today.replace(day=1))


def _cells(rows: QuerySet[GapCount]) -> Iterator[tuple[date, Combination, int]]:
    counted = (
        rows.order_by()
        .annotate(month=TruncMonth("day"))
        .values_list("month", "concern", "ground", "is_here")
        .annotate(sum=Sum("number"))
    )
    for month, concern, ground, is_here, number in counted:
        yield month, Combination(concern, ground, is_here), number
