"""The list of whom staff have to ask, and how far they are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.collecting import missing
from directory.collecting.progress import progress
from directory.mail_links import Purpose, issue
from directory.models import Contact, Listing, PhoneCall
from tests.integration.collecting.making import give, silent
from tests.integration.directory.making import find, listing, organisation

pytestmark = pytest.mark.django_db


def names(which: str = missing.MISSING) -> list[str]:
    return [row.organisation.slug for row in missing.rows(which)]


def test_one_row_per_organisation_the_most_entries_first() -> None:
    silent("beta"), silent("alpha"), silent("many", 3)
    rows = missing.rows(missing.MISSING)
    assert [(row.organisation.slug, len(row.listings)) for row in rows] == [("many", 3), ("alpha", 1), ("beta", 1)]


def test_who_can_be_reached_is_not_on_it() -> None:
    silent("a"), silent("b"), silent("c"), silent("d", website="https://d.example.org")
    give(find(Listing, "a-1"), Contact.Kind.PHONE, "0211 8991234")
    give(find(Listing, "b-1"), Contact.Kind.PHONE, "0211 8991234", audience=Contact.Audience.PROFESSIONALS)
    assert names() == ["b", "c"]


def test_what_is_not_public_is_asked_of_nobody() -> None:
    house = organisation("closed", live=False)
    listing("hidden", organisation=house)
    listing("draft", organisation=organisation("open"), live=False)
    listing("past", organisation=find(type(house), "open"), valid_until=timezone.localdate() - timedelta(days=1))
    assert names() == []


def test_the_other_list_is_of_those_confirmed_long_ago() -> None:
    old, fresh = silent("old"), silent("fresh")
    for house, days in ((old, 181), (fresh, 3)):
        entry = house.listings.get()
        entry.last_confirmed_on = timezone.localdate() - timedelta(days=days)
        entry.save()
    silent("never")
    assert names(missing.DUE) == ["never", "old"]


def test_the_last_call_and_the_last_letter_count() -> None:
    house = silent("house")
    for outcome in ("nobody", "no_number"):
        PhoneCall.objects.create(organisation=house, outcome=outcome)
    issue(purpose=Purpose.CLAIM, valid_for=timedelta(days=1), organisation=house, typed=True)
    issue(purpose=Purpose.CLAIM, valid_for=timedelta(days=1), organisation=house, email="a@example.org")
    issue(purpose=Purpose.STILL_CORRECT, valid_for=timedelta(days=1), organisation=house)
    (row,) = missing.rows(missing.MISSING)
    assert row.call
    assert row.call.outcome == "no_number"
    assert row.letter
    assert (row.letter.purpose, row.letter.email, row.letter_is_out) == ("claim", "", True)


def test_one_page_costs_as_many_queries_for_fifty_as_for_two() -> None:
    counted = []
    for number in range(2):
        for each in range(8 * number + 2):
            silent(f"house-{number}-{each}", 2)
        with CaptureQueriesContext(connection) as asked:
            progress(missing.rows(missing.MISSING))
        counted.append(len(asked))
    assert counted[0] == counted[1]


class TestProgress:
    def numbers(self) -> dict[str, int]:
        return {piece.name: piece.number for piece in progress(missing.rows(missing.MISSING)).pieces}

    def test_every_public_entry_is_counted_once(self) -> None:
        silent("open", 2)
        called = silent("called")
        PhoneCall.objects.create(organisation=called, outcome="nobody")
        give(listing("fine", organisation=organisation("fine")), Contact.Kind.EMAIL, "info@example.org")
        assert self.numbers() == {"reachable": 1, "review": 0, "tried": 1, "open": 2}

    def test_the_bar_is_as_wide_as_all_of_it(self) -> None:
        silent("open", 3)
        found = progress(missing.rows(missing.MISSING))
        assert sum(piece.width for piece in found.pieces) == found.width
        assert (found.reachable, found.total, found.percent) == (0, 3, 0)

    def test_without_entries_there_is_nothing_to_do(self) -> None:
        found = progress([])
        assert (found.percent, [piece.width for piece in found.pieces]) == (100, [0, 0, 0, 0])

    def test_calls_and_letters_are_counted(self) -> None:
        house = silent("house")
        PhoneCall.objects.create(organisation=house, outcome="heard")
        issue(purpose=Purpose.CLAIM, valid_for=timedelta(days=1), organisation=house, typed=True)
        assert [number for _words, number in progress([]).numbers] == [1, 1, 0, 1, 0]
