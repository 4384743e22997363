"""A page reads its listings in a fixed number of queries, with the rows that the database has for each."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from directory.models import ContactPoint, EventDate, Exclusion, Listing, Place, SpokenLanguage
from directory.showing import CARD_ROWS, DETAIL_ROWS, in_order, public_listings, with_rows
from tests.integration.directory.making import listing, organisation

pytestmark = pytest.mark.django_db


def with_each_row(slug: str) -> Listing:
    """Two of each kind, the later ones first where they have an order of their own."""
    made, now = listing(slug), timezone.now()
    for number in (2, 1):
        ContactPoint(listing=made, kind="phone", value=f"{slug} {number}").save()
        SpokenLanguage(listing=made, language=("tr", "ar")[number - 1]).save()
        Place(listing=made, name=f"{slug} {number}").save()
        EventDate(listing=made, starts_at=now + timedelta(days=number), note=f"{slug} {number}").save()
        Exclusion(listing=made, reason_de=f"{slug} {number}").save()
    return made


def rows_of(found: Listing) -> dict[str, list[Any]]:
    return {relation: list(getattr(found, relation).all()) for relation in DETAIL_ROWS}


def test_each_listing_has_its_own_rows_in_their_order() -> None:
    slugs = [with_each_row(slug).slug for slug in ("a", "b", "c")] + [listing("bare").slug]
    for found in in_order(slugs, *DETAIL_ROWS):
        assert rows_of(found) == rows_of(Listing.objects.get(slug=found.slug))
        assert all(len(rows) == (0 if found.slug == "bare" else 2) for rows in rows_of(found).values())


def test_rows_know_their_listing_and_all_their_fields() -> None:
    with_each_row("a")
    (found,) = in_order(["a"], *DETAIL_ROWS)
    for relation, rows in rows_of(found).items():
        for row, stored in zip(rows, getattr(Listing.objects.get(slug="a"), relation).all(), strict=True):
            assert row.listing is found
            assert not row.get_deferred_fields()
            assert row.serializable_data() == stored.serializable_data()


@pytest.mark.parametrize("number", [1, 2, 5])
def test_the_number_of_queries_does_not_grow(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    slugs = [with_each_row(f"l{at}").slug for at in range(number)]
    in_order(slugs, *DETAIL_ROWS)
    with django_assert_num_queries(1 + len(DETAIL_ROWS)):
        found = in_order(slugs, *DETAIL_ROWS)
    with django_assert_num_queries(0):
        assert [each.organisation.slug for each in found] == ["house"] * number
        assert all(len(rows) == 2 for each in found for rows in rows_of(each).values())


def test_where_there_is_no_listing_nothing_else_is_asked(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        assert in_order(["nobody"], *DETAIL_ROWS) == []


def test_they_stand_as_they_were_asked_for() -> None:
    for slug in ("a", "b", "c"):
        listing(slug)
    assert [each.slug for each in in_order(["c", "gone", "a", "b"])] == ["c", "a", "b"]


def test_only_the_public_ones() -> None:
    closed = organisation("closed", live=False)
    listing("seen")
    listing("draft", live=False)
    listing("internal", internal_only=True)
    listing("of-nobody", organisation=closed)
    listing("past", valid_until=timezone.localdate() - timedelta(days=1))
    slugs = ["seen", "draft", "internal", "of-nobody", "past"]
    assert [each.slug for each in in_order(slugs, *CARD_ROWS)] == ["seen"]


def test_an_edit_is_seen_by_the_next_reading() -> None:
    made = with_each_row("a")
    (before,) = with_rows(public_listings(), *CARD_ROWS)
    ContactPoint(listing=made, kind="email", value="new@example.org").save()
    (after,) = with_rows(public_listings(), *CARD_ROWS)
    assert (len(before.contacts.all()), len(after.contacts.all())) == (2, 3)
