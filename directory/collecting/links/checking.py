"""Asks the links that are due, a few hosts at a time and each host slowly, and notes what came of it."""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.utils import timezone

from directory.collecting.links.asking import Answer, Outcome, ask
from directory.collecting.links.used import by_url
from directory.models import LinkCheck

DEAD_AFTER = 3  # failures in a row: servers are mended over night
AGAIN_WHEN_FINE = timedelta(days=30)
AGAIN_WHEN_BUSY = timedelta(days=7)
LONGEST_PAUSE = 30  # days
AT_ONCE = 8
PAUSE = 1.0  # seconds between two questions to one host
# Where nobody at all answers, it is this machine that is off the net.
NO_NETWORK = frozenset({Outcome.NO_NAME, Outcome.NO_ANSWER})
HOSTS_TO_BE_SURE = 3

Asker = Callable[[str], Answer]
Report = Callable[[int, int], None]


@dataclass(frozen=True)
class Result:
    asked: int = 0
    works: int = 0
    failed: int = 0
    dead: int = 0
    left: int = 0  # due, and not asked for want of time
    is_offline: bool = False


def dead() -> QuerySet[LinkCheck]:
    return LinkCheck.objects.filter(failures__gte=DEAD_AFTER).order_by("failing_since", "url")


def note(check: LinkCheck, answer: Answer, at: datetime) -> None:
    """When it is asked again: the longer it fails, the more rarely."""
    check.outcome, check.status, check.checked_at = answer.outcome, answer.status, at
    if answer.outcome == Outcome.WORKS:
        check.failures, check.failing_since = 0, None
        check.next_at = at + AGAIN_WHEN_FINE + _spread(check.url)
    elif answer.outcome == Outcome.BUSY:
        asked_for = timedelta(seconds=min(answer.wait, LONGEST_PAUSE * 86400))
        check.next_at = at + max(AGAIN_WHEN_BUSY, asked_for)
    else:
        check.failures = min(check.failures + 1, 1000)
        check.failing_since = check.failing_since or at
        check.next_at = at + timedelta(days=min(2 ** min(check.failures - 1, 8), LONGEST_PAUSE))


def _spread(url: str) -> timedelta:
    """So that not all come in the same night."""
    return timedelta(hours=sha256(url.encode()).digest()[0] % 72)


def due(at: datetime, *, everything: bool = False) -> list[LinkCheck]:
    """Those that were never asked first; what no entry names any more is forgotten."""
    used = by_url()
    known = {check.url: check for check in LinkCheck.objects.all()}
    LinkCheck.objects.filter(pk__in=[check.pk for url, check in known.items() if url not in used]).delete()
    longest = LinkCheck._meta.get_field("url").max_length or 0
    found = [known.get(url) or LinkCheck(url=url, next_at=at) for url in used if len(url) <= longest]
    wanted = [check for check in found if everything or check.next_at <= at]
    return sorted(wanted, key=lambda check: (check.pk is not None, check.next_at, check.url))


def check_links(
    *,
    everything: bool = False,
    at_most: int | None = None,
    seconds: float | None = None,
    asker: Asker = ask,
    report: Report = lambda done, total: None,
) -> Result:
    """Each answer is noted at once: who stops it goes on with the rest the next time."""
    until = time.monotonic() + seconds if seconds else None
    wanted = due(timezone.now(), everything=everything)
    chosen = wanted[:at_most]
    noted: list[LinkCheck] = []
    held: list[tuple[LinkCheck, Answer]] = []  # until somebody answers
    for check, answer in _answers(chosen, asker, until):
        held.append((check, answer))
        report(len(noted) + len(held), len(chosen))
        if noted or answer.outcome not in NO_NETWORK:
            noted += _noted(held)
            held = []
    if len({_host(check.url) for check, _answer in held}) >= HOSTS_TO_BE_SURE and not _is_online(asker):
        return Result(left=len(wanted), is_offline=True)
    noted += _noted(held)
    return _result(noted, len(wanted) - len(noted))


def _is_online(asker: Asker) -> bool:
    """Those that are due may be the dead ones alone, so it takes some that worked to tell."""
    worked = LinkCheck.objects.filter(outcome=Outcome.WORKS).order_by("-checked_at")[:HOSTS_TO_BE_SURE]
    return any(asker(check.url).outcome not in NO_NETWORK for check in worked)


def _noted(answers: Iterable[tuple[LinkCheck, Answer]]) -> list[LinkCheck]:
    found = []
    for check, answer in answers:
        note(check, answer, timezone.now())
        check.save()
        found.append(check)
    return found


def _result(noted: list[LinkCheck], left: int) -> Result:
    works = sum(check.outcome == Outcome.WORKS for check in noted)
    busy = sum(check.outcome == Outcome.BUSY for check in noted)
    return Result(len(noted), works, len(noted) - works - busy, dead().count(), left)


def _answers(checks: Iterable[LinkCheck], asker: Asker, until: float | None) -> Iterator[tuple[LinkCheck, Answer]]:
    by_host: dict[str, list[LinkCheck]] = {}
    for check in checks:
        by_host.setdefault(_host(check.url), []).append(check)
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="links") as pool:
        running = [pool.submit(_of_host, group, asker, until) for group in by_host.values()]
        for done in as_completed(running):
            yield from done.result()


def _of_host(checks: list[LinkCheck], asker: Asker, until: float | None) -> list[tuple[LinkCheck, Answer]]:
    found: list[tuple[LinkCheck, Answer]] = []
    for check in checks:
        if until and time.monotonic() > until:
            break
        if found:
            time.sleep(PAUSE)
        found.append((check, asker(check.url)))
    return found


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
