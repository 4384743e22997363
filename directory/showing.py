"""Listings with all rows that a page of them needs, in a fixed number of queries."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from directory.cards import Card, card
from directory.models import Listing

CARD_ROWS = ("contacts", "languages")
DETAIL_ROWS = (*CARD_ROWS, "places", "dates", "exclusions")


def public_listings(*rows: str) -> QuerySet[Listing]:
    found: QuerySet[Listing] = Listing.objects.public().select_related("organisation")
    return found.prefetch_related(*rows)


def in_order(slugs: Iterable[str], *rows: str) -> list[Listing]:
    """The public ones among them, as the search or the referral ordered them."""
    wanted = list(slugs)
    found = {listing.slug: listing for listing in public_listings(*rows).filter(slug__in=wanted)}
    return [found[slug] for slug in wanted if slug in found]


def cards(slugs: Iterable[str], *, at: datetime, why: dict[str, tuple[str, ...]] | None = None) -> list[Card]:
    reasons = why or {}
    return [card(each, at=at, why=reasons.get(each.slug, ())) for each in in_order(slugs, *CARD_ROWS)]
