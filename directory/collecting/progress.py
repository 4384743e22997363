"""How far the first collection is: in numbers, and as one bar."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.collecting import missing
from directory.mail_links import Purpose
from directory.models import ContactPoint, Listing, MailLink, PhoneCall

WIDTH = 600  # of the bar, in its own units
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Piece:
    """Of the bar and of its legend."""

    name: str
    words: str
    number: int
    x: int
    width: int


@dataclass(frozen=True)
class Progress:
    pieces: tuple[Piece, ...]
    numbers: tuple[tuple[str, int], ...]
    total: int
    reachable: int

    @property
    def percent(self) -> int:
        return self.reachable * 100 // self.total if self.total else 100

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def summary(self) -> str:
        return "; ".join(f"{piece.words}: {piece.number}" for piece in self.pieces)


def progress(rows: list[missing.Row]) -> Progress:
    """`rows` are those whose contacts are missing. What is in review counts as missing until it is public."""
    total: int = Listing.objects.public().count()
    without = Counter({"open": 0, "tried": 0, "review": 0})
    for row in rows:
        for listing in row.listings:
            without["review" if listing.in_review else "tried" if _tried(row) else "open"] += 1
    counted = {"reachable": total - without.total(), **without}
    return Progress(tuple(_pieces(counted, total)), tuple(_numbers()), total, counted["reachable"])


def _tried(row: missing.Row) -> bool:
    return bool(row.call or row.letter_is_out)


def _pieces(counted: dict[str, int], total: int) -> list[Piece]:
    words = {
        "reachable": _("can be reached"),
        "review": _("contact waits for review"),
        "tried": _("called or written to"),
        "open": _("nobody has tried yet"),
    }
    found, at = [], 0
    for name, text in words.items():
        width = round(counted[name] * WIDTH / total) if total else 0
        found.append(Piece(name, text, counted[name], at, min(width, WIDTH - at)))
        at += found[-1].width
    return found


def _numbers() -> list[tuple[str, int]]:
    since = timezone.now() - WEEK
    calls = PhoneCall.objects.filter(at__gte=since)
    letters = MailLink.objects.filter(purpose=Purpose.CLAIM, email="")
    confirmed = ContactPoint.objects.filter(confirmed_on__gte=timezone.localdate() - WEEK, listing__live=True)
    return [
        (_("calls in the last 7 days"), calls.count()),
        (_("of these, confirmed by phone"), calls.filter(outcome=PhoneCall.Outcome.HEARD).count()),
        (_("contacts confirmed in the last 7 days"), confirmed.count()),
        (_("letters printed"), letters.count()),
        (_("letters answered"), letters.exclude(used_at=None).count()),
    ]
