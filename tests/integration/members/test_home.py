"""The first page says what there is and what needs somebody, in words, and lets one click confirm everything."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from directory import listings
from directory.models import Listing, Membership, Upkeep
from tests.integration.directory.making import find, listing, organisation, superuser
from tests.integration.members.making import changed, codes, complete, member, page, signed_in
from wegweiser import roles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def review() -> None:
    roles.install()
    codes()


@pytest.fixture
def asel() -> Client:
    return signed_in(member("house", language="en"))


def test_all_is_well(asel: Client) -> None:
    complete("advice")
    assert "1 entry, all is well" in page(asel, "/konto/")


def test_three_entries_one_needs_you(asel: Client) -> None:
    for slug in ("one", "two", "three"):
        complete(slug)
    contacts: Any = find(Listing, "two").contacts
    contacts.all().delete()
    shown = page(asel, "/konto/")
    assert "3 entries, 1 needs you" in shown
    assert (
        shown.index('id="house-house"') < shown.index("/konto/eintrag/two/") < shown.index("/konto/eintrag/one/")
    )
    assert "Give a phone number, an e-mail address or a website" in shown


def test_no_entries_yet_invites_to_write_one(asel: Client) -> None:
    shown = page(asel, "/konto/")
    assert "No entries yet" in shown
    assert "/konto/stelle/house/neu/" in shown


def test_each_organisation_of_a_person_stands_for_itself(asel: Client) -> None:
    member("other", language="en")
    complete("advice")
    complete("course", organisation=find(type(organisation("third")), "other"))
    shown = page(asel, "/konto/")
    assert shown.index("house-house") < shown.index("eintrag/advice/") < shown.index("house-other")
    assert shown.index("house-other") < shown.index("eintrag/course/")
    assert "third" not in shown


def test_what_is_written_but_not_sent_needs_somebody(asel: Client) -> None:
    changed(complete("advice"), title_de="Neu")
    shown = page(asel, "/konto/")
    assert "You have written something that is not sent yet." in shown
    assert ">Neu<" in shown.replace("</span>", "<")


def test_what_is_in_review_needs_nobody(asel: Client) -> None:
    entry = changed(complete("advice"), title_de="Neu")
    listings.submit(listing=entry, by=Membership.objects.get().user)
    shown = page(asel, "/konto/")
    assert "The city is checking your changes." in shown
    assert "all is well" in shown


def test_what_was_sent_back_comes_first_and_says_so(asel: Client) -> None:
    complete("advice")
    entry = changed(complete("back"), title_de="Neu")
    listings.submit(listing=entry, by=Membership.objects.get().user)
    listings.send_back(listing=find(Listing, "back"), by=superuser(), remark="Welche Straße?")
    shown = page(asel, "/konto/")
    assert "Sent back by the city: please look at the remark." in shown
    assert shown.index("eintrag/back/") < shown.index("eintrag/advice/")
    assert "Welche Straße?" in page(asel, "/konto/eintrag/back/")


@pytest.mark.parametrize(
    ("days", "due"), [(None, True), (185, True), (180, False)], ids=["never", "long ago", "lately"]
)
def test_half_a_year_after_the_last_time_somebody_is_asked(asel: Client, days: int | None, due: bool) -> None:
    on = timezone.localdate() - timedelta(days=days) if days else None
    complete("advice", last_confirmed_on=on)
    assert ("Everything is still right" in page(asel, "/konto/")) is due


@pytest.mark.parametrize(("months", "due"), [(3, True), (4, False), (12, False), (0, False)])
def test_or_as_often_as_the_organisation_is_asked(asel: Client, months: int, due: bool) -> None:
    entry = complete("advice", last_confirmed_on=timezone.localdate() - timedelta(days=100))
    Upkeep.objects.create(organisation=entry.organisation, every_months=months)
    assert ("Everything is still right" in page(asel, "/konto/")) is due


def test_one_click_confirms_all_public_entries_of_one_organisation(asel: Client) -> None:
    complete("one", last_confirmed_on=None)
    complete("two", last_confirmed_on=None)
    complete("hidden", last_confirmed_on=None, live=False)
    complete("foreign", last_confirmed_on=None, organisation=organisation("other"))
    response = asel.post("/konto/stelle/house/stimmt/", follow=True)
    assert "2 entries are confirmed" in response.content.decode()
    confirmed = Listing.objects.filter(last_confirmed_on=timezone.localdate()).values_list("slug", flat=True)
    assert sorted(confirmed) == ["one", "two"]
    assert {find(Listing, "one").last_confirmed_by} == {"asel"}


def test_confirming_by_a_link_in_a_page_is_not_possible(asel: Client) -> None:
    complete("one", last_confirmed_on=None)
    assert asel.get("/konto/stelle/house/stimmt/").status_code == 405
    assert find(Listing, "one").last_confirmed_on is None


def test_an_entry_says_in_which_language_its_name_is(asel: Client) -> None:
    complete("advice", title_de="Beratung")
    assert '<span lang="de" dir="ltr">Beratung</span>' in page(asel, "/konto/")


def test_a_name_cannot_break_the_page(asel: Client) -> None:
    complete("advice", title_de="<script>alert(1)</script>")
    assert "<script>alert" not in page(asel, "/konto/")


def test_an_entry_confirmed_by_itself(asel: Client) -> None:
    complete("one", last_confirmed_on=None)
    complete("two", last_confirmed_on=None)
    asel.post("/konto/eintrag/one/stimmt/")
    assert find(Listing, "one").last_confirmed_on == timezone.localdate()
    assert find(Listing, "two").last_confirmed_on is None


def test_the_number_of_questions_to_the_database_does_not_grow_wildly(
    asel: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        complete(f"entry-{number}")
    page(asel, "/konto/")
    with django_assert_max_num_queries(12 * 8 + 25):
        page(asel, "/konto/")


def test_listings_of_the_slug_of_a_fixed_word_are_reachable(asel: Client) -> None:
    for slug in ("neu", "stimmt", "sprache"):
        listing(slug)
        assert asel.get(f"/konto/eintrag/{slug}/").status_code == 200
