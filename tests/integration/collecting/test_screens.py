"""What staff see of the first collection, list by list."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from directory.collecting import letters, missing
from directory.models import Contact, ContactPoint, Listing, Organisation, PhoneCall, Place, Site
from tests.integration.collecting.making import give, signed_in, silent, staff
from tests.integration.directory.making import find

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(db: None) -> Client:
    return signed_in(staff("Reviewer"))


def shown(client: Client, path: str = "/admin/collecting/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def old(house: Organisation, **contacts: str) -> Organisation:
    """Its entries can be reached, and were confirmed long ago."""
    for entry in house.listings.all():
        entry.last_confirmed_on = timezone.localdate() - timedelta(days=400)
        entry.save()
        for kind, value in contacts.items():
            give(entry, kind, value)
    return house


class TestTheOverview:
    def test_the_picture_says_in_words_what_it_shows(self, reviewer: Client) -> None:
        silent("alpha", 3)
        text = shown(reviewer)
        assert "0 of 3 public entries can be reached (0 %)" in text
        picture = text.split('<svg role="img"')[1].split("</svg>")[0]
        assert "nobody has tried yet: 3" in picture
        assert 'width="600"' in picture

    def test_no_length_is_written_as_people_write_numbers(self, reviewer: Client) -> None:
        """1.024 would be one unit."""
        german = signed_in(staff("Editor"))
        german.get("/admin/", headers={"accept-language": "de"})
        silent("alpha")
        assert 'viewBox="0 0 600 24"' in shown(german)

    def test_the_button_leads_to_the_first_that_waits(self, reviewer: Client) -> None:
        alpha, beta = silent("alpha"), silent("beta")
        assert f'class="button" href="/admin/collecting/call/{alpha.pk}/"' in shown(reviewer)
        reviewer.post(f"/admin/collecting/call/{alpha.pk}/", {"outcome": "no_number"})
        assert f'class="button" href="/admin/collecting/call/{beta.pk}/"' in shown(reviewer)

    def test_it_says_what_happened_last_and_by_whom(self, reviewer: Client) -> None:
        alpha = silent("alpha")
        reviewer.post(f"/admin/collecting/call/{alpha.pk}/", {"outcome": "nobody"})
        row = shown(reviewer).split("<tbody>")[1]
        assert "nobody answered" in row
        assert "reviewer" in row
        assert "again on" in row

    def test_where_nobody_is_missing(self, reviewer: Client) -> None:
        text = shown(reviewer)
        assert "Nobody is on this list." in text
        assert "100 %" in text

    def test_each_box_says_whom_the_letter_goes_to(self, reviewer: Client) -> None:
        silent("alpha")
        assert 'aria-label="Letter to Alpha"' in shown(reviewer)

    def test_the_menu_leads_there(self, reviewer: Client) -> None:
        text = shown(reviewer, "/admin/")
        assert "/admin/collecting/" in text
        assert "/admin/dead-links/" in text


class TestWhoWasConfirmedLongAgo:
    def test_one_click_confirms_what_is_still_right(self, reviewer: Client) -> None:
        house = old(silent("alpha"), phone="0211 8991234")
        path = f"/admin/collecting/call/{house.pk}/?list=due"
        text = shown(reviewer, path)
        assert 'value="0211 8991234"' in text
        entry = house.listings.get()
        data: dict[str, Any] = {"phone": "0211 8991234", "on": timezone.localdate().isoformat()}
        reviewer.post(path, data | {"entries": [entry.pk], "seen": f"{entry.pk}:"})
        entry = house.listings.get()
        assert (entry.last_confirmed_on, entry.last_confirmed_by) == (timezone.localdate(), "reviewer")
        row = ContactPoint.objects.get()
        assert (row.value, row.confirmed_on) == ("0211 8991234", timezone.localdate())
        assert missing.rows(missing.DUE) == []

    def test_where_entries_differ_each_keeps_its_own_number(self, reviewer: Client) -> None:
        house = old(silent("alpha", 2), email="info@example.org")
        for number, slug in enumerate(("alpha-1", "alpha-2")):
            give(find(Listing, slug), Contact.Kind.PHONE, f"0211 899123{number}")
        path = f"/admin/collecting/call/{house.pk}/?list=due"
        entries = list(house.listings.order_by("slug"))
        seen = ",".join(f"{each.pk}:" for each in entries)
        data: dict[str, Any] = {"email": "info@example.org", "on": timezone.localdate().isoformat(), "seen": seen}
        reviewer.post(path, data | {"entries": [each.pk for each in entries]})
        numbers = ContactPoint.objects.filter(kind="phone").order_by("value").values_list("value", flat=True)
        assert list(numbers) == ["0211 8991230", "0211 8991231"]
        assert missing.rows(missing.DUE) == []

    def test_the_next_one_is_of_the_same_list(self, reviewer: Client) -> None:
        alpha, beta = old(silent("alpha"), phone="0211 8991234"), old(silent("beta"), phone="0211 8991235")
        response = reviewer.post(f"/admin/collecting/call/{alpha.pk}/?list=due", {"outcome": "nobody"})
        assert response["Location"] == f"/admin/collecting/call/{beta.pk}/?list=due"


class TestTheAddressOnTheEnvelope:
    def address(self, house: Organisation) -> tuple[str, ...]:
        (row,) = missing.rows(missing.MISSING, [house.pk])
        return letters.address(row.organisation, row.listings)

    def test_the_organisation_s_own_comes_before_that_of_an_entry(self) -> None:
        house = silent("alpha")
        Place(listing=house.listings.get(), address="Nebenstraße 2, 44137 Dortmund").save()
        assert self.address(house) == ("Nebenstraße 2", "44137 Dortmund")
        Site(organisation=house, address="Hauptstraße 1 , , 44137 Dortmund").save()
        assert self.address(house) == ("Hauptstraße 1", "44137 Dortmund")

    def test_one_without_a_street_is_no_reason_to_guess(self) -> None:
        house = silent("alpha")
        Site(organisation=house, name="Büro").save()
        assert self.address(house) == ()


def test_who_called_may_leave_and_the_call_stays(reviewer: Client) -> None:
    house = silent("alpha")
    reviewer.post(f"/admin/collecting/call/{house.pk}/", {"outcome": "nobody"})
    call = PhoneCall.objects.select_related("by").get()
    assert call.by
    call.by.delete()
    assert "nobody answered" in shown(signed_in(staff("Editor")))
