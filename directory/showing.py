"""Listings with all rows that a page of them needs, in a fixed number of queries."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from directory.models import Listing

CARD_ROWS = ("contacts", "languages")
DETAIL_ROWS = (*CARD_ROWS, "places", "dates", "exclusions")


def public_listings() -> QuerySet[Listing]:
    found: QuerySet[Listing] = Listing.objects.public().select_related("organisation__upkeep")
    return found


def in_order(slugs: Iterable[str], *relations: str) -> list[Listing]:
    """The public ones among them, as the search or the referral ordered them."""
    wanted = list(slugs)
    rows = public_listings().filter(slug__in=wanted).order_by()
    found = {listing.slug: listing for listing in with_rows(rows, *relations)}
    return [found[slug] for slug in wanted if slug in found]


def with_rows(listings: Iterable[Listing], *relations: str) -> list[Listing]:
    """For reading only. `prefetch_related` builds a query set per listing and relation, which takes longer."""
    found = list(listings)
    for relation in relations if found else ():
        _fill(found, relation)
    return found


def _fill(listings: list[Listing], relation: str) -> None:
    """The relation brings them into their order."""
    model: Any = Listing._meta.get_field(relation).related_model
    by_listing: dict[int, list[Any]] = {listing.pk: [] for listing in listings}
    for row in model.objects.raw(_rows_of(model, len(by_listing)), list(by_listing)):
        by_listing[row.listing_id].append(row)
    for listing in listings:
        getattr(listing, relation).set(by_listing[listing.pk])


@lru_cache(maxsize=256)
def _rows_of(model: Any, listings: int) -> str:
    """Django takes longer to write this SQL than the database to answer it, so it is written once."""
    rows = model.objects.filter(listing__in=range(listings)).order_by()
    sql, _listings = rows.query.sql_with_params()
    return str(sql)
