"""All listings that a result names, fetched at once."""

from collections.abc import Iterable
from datetime import datetime

from directory.cards import Card, card
from directory.details import Details, capacity, details
from directory.models import Listing
from directory.showing import CARD_ROWS, in_order
from directory.text import Text

# Exclusions are not read: the referral says them itself.
ROWS = (*CARD_ROWS, "places", "dates")


class Shelf:
    def __init__(self, slugs: Iterable[str], at: datetime) -> None:
        self.at = at
        self._listings = {each.slug: each for each in in_order(dict.fromkeys(slugs), *ROWS)}
        self._cards: dict[str, Card] = {}

    def __contains__(self, slug: str) -> bool:
        return slug in self._listings

    def listing(self, slug: str) -> Listing:
        return self._listings[slug]

    def card(self, slug: str) -> Card | None:
        """None: it was taken off since the referral was worked out."""
        if slug in self._listings and slug not in self._cards:
            self._cards[slug] = card(self._listings[slug], at=self.at)
        return self._cards.get(slug)

    def cards(self, slugs: Iterable[str]) -> tuple[Card, ...]:
        return tuple(found for slug in slugs if (found := self.card(slug)))

    def details(self, slug: str) -> Details:
        return details(self._listings[slug], at=self.at, exclusions=False)

    def waiting(self, slug: str) -> tuple[Text, ...]:
        """Whether the body takes on new people, and how long they wait."""
        return capacity(self._listings[slug]).values if slug in self._listings else ()
