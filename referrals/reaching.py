"""Who can be reached at this hour."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from directory.cards import Card
from referrals.bodies import Candidate
from referrals.shelf import Shelf


@dataclass(frozen=True)
class OpenNow:
    """None of the first bodies is open; this one is. `later` are those of the first that tell when they open."""

    card: Card
    later: tuple[Card, ...] = ()
    is_line: bool = False


def open_now(
    first: Sequence[Card], others: Iterable[Candidate], line: Card | None, shelf: Shelf
) -> OpenNow | None:
    """Rather a body that nothing speaks against; a line that answers day and night is the last resort."""
    if any(card.hours.is_open for card in first):
        return None
    later = tuple(card for card in first if card.hours.is_open is False)
    fitting = (each.slug for each in others if each.match.fits and not each.demotion)
    for card in shelf.cards(fitting):
        if card.hours.is_open and card.phone and card not in first:
            return OpenNow(card, later)
    return OpenNow(line, later, is_line=True) if line and line.phone and line not in first else None
