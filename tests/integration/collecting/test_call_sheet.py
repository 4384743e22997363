"""The call sheet: what somebody says on the phone is public at once, or waits for review, and nothing is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext, override
from pytest_django import Settings
from wagtail.models import ModelLogEntry

from directory import listings
from directory.collecting import calling
from directory.collecting.entering import Told
from directory.collecting.forms import seen_of
from directory.models import Change, Contact, ContactPoint, Listing, Organisation, PhoneCall
from tests.integration.collecting.making import contacts, give, signed_in, silent, staff
from tests.integration.directory.making import find, new_changes, stored

pytestmark = pytest.mark.django_db

NUMBER = "0211 8991234"


@pytest.fixture
def reviewer(db: None) -> Client:
    return signed_in(staff("Reviewer"))


def sheet(house: Organisation, **typed: Any) -> dict[str, Any]:
    """As a browser sends it: everything ticked."""
    found = list(house.listings.order_by("slug"))
    given = {"phone": "", "hours": "", "email": "", "website": "", "on": timezone.localdate().isoformat()}
    return given | {"entries": [each.pk for each in found], "seen": seen_of(found)} | typed


def address(house: Organisation) -> str:
    return f"/admin/collecting/call/{house.pk}/"


class TestByAReviewer:
    def test_it_is_public_for_all_entries_at_once(self, reviewer: Client) -> None:
        house = silent("house", 2)
        with new_changes() as changes:
            reviewer.post(address(house), sheet(house, phone="+49 211 8991234", email="info@example.org"))
        for entry in house.listings.all():
            assert contacts(entry) == {"phone": NUMBER, "email": "info@example.org"}
            assert (entry.last_confirmed_on, entry.last_confirmed_by) == (timezone.localdate(), "reviewer")
        assert sorted(slug for _model, slug, _action in changes) == ["house-1", "house-2"]

    def test_each_contact_says_who_confirmed_it_and_when(self, reviewer: Client) -> None:
        house = silent("house")
        day = timezone.localdate() - timedelta(days=2)
        reviewer.post(
            address(house), sheet(house, phone=NUMBER, hours=" Mo bis Mi,  9 bis 12 ", on=day.isoformat())
        )
        row = ContactPoint.objects.get()
        with override("de"):
            source = gettext("by phone")
        assert (row.confirmed_on, row.confirmed_by, row.source) == (day, "reviewer", source)
        assert row.opening_hours_note == "Mo bis Mi, 9 bis 12"
        assert PhoneCall.objects.get().outcome == "heard"
        assert ModelLogEntry.objects.filter(action="wegweiser.confirm").count() == 1

    def test_the_next_one_comes_by_itself_and_the_last_leads_to_the_list(self, reviewer: Client) -> None:
        first, second = silent("alpha"), silent("beta")
        response = reviewer.post(address(first), sheet(first, phone=NUMBER))
        assert response["Location"] == address(second)
        response = reviewer.post(address(second), sheet(second, phone=NUMBER), follow=True)
        assert response.redirect_chain[-1][0] == "/admin/collecting/"
        assert "last one for today" in response.content.decode()

    def test_only_the_ticked_entries(self, reviewer: Client) -> None:
        house = silent("house", 2)
        first = find(Listing, "house-1")
        reviewer.post(address(house), sheet(house, phone=NUMBER, entries=[first.pk]))
        assert [contacts(each) for each in house.listings.order_by("slug")] == [{"phone": NUMBER}, {}]

    def test_what_somebody_else_has_begun_stays_a_draft_with_the_number_in_it(self, reviewer: Client) -> None:
        house = silent("house")
        entry = house.listings.get()
        entry.title_de = "Noch nicht fertig"
        entry.save_revision()
        entry = stored(entry)
        reviewer.post(address(house), sheet(house, phone=NUMBER))
        after = stored(entry)
        draft = listings.draft_of(after)
        assert (after.title_de, contacts(after)) == ("Beratung house 1", {"phone": NUMBER})
        assert draft.title_de == "Noch nicht fertig"
        assert [row.value for row in draft.contacts.all()] == [NUMBER]
        assert draft.last_confirmed_on == timezone.localdate()

    def test_the_history_has_a_version_to_go_back_to(self, reviewer: Client) -> None:
        house = silent("house")
        reviewer.post(address(house), sheet(house, phone=NUMBER))
        assert house.listings.get().revisions.count() == 2

    def test_a_number_that_changed_takes_the_place_of_the_old_one(self, reviewer: Client) -> None:
        house = silent("house")
        entry = house.listings.get()
        give(entry, Contact.Kind.PHONE, "0211 8990000", label="Zentrale", source="https://old.example.org")
        give(entry, Contact.Kind.PHONE, "0211 8991111", audience=Contact.Audience.PROFESSIONALS)
        reviewer.post(f"{address(house)}?list=due", sheet(house, phone=NUMBER))
        rows = [(row.value, row.label, row.audience) for row in ContactPoint.objects.order_by("pk")]
        assert rows == [(NUMBER, "Zentrale", "public"), ("0211 8991111", "", "professionals")]
        assert ContactPoint.objects.order_by("pk")[0].source != "https://old.example.org"

    def test_what_is_still_the_same_is_confirmed_and_keeps_its_source(self, reviewer: Client) -> None:
        house = silent("house")
        give(house.listings.get(), Contact.Kind.PHONE, NUMBER, source="https://house.example.org")
        reviewer.post(f"{address(house)}?list=due", sheet(house, phone=NUMBER))
        row = ContactPoint.objects.get()
        assert (row.source, row.confirmed_by) == ("https://house.example.org", "reviewer")


class TestByAnEditor:
    def test_it_waits_for_review_and_the_public_sees_what_it_saw(self) -> None:
        house, editor = silent("house"), signed_in(staff("Editor"))
        response = editor.post(address(house), sheet(house, phone=NUMBER), follow=True)
        entry = house.listings.get()
        assert (contacts(entry), entry.workflow_in_progress, entry.last_confirmed_on) == ({}, True, None)
        draft = listings.draft_of(entry)
        assert [row.value for row in draft.contacts.all()] == [NUMBER]
        assert draft.last_confirmed_by == "editor"
        assert "1 entry waits for review" in response.content.decode()

    def test_once_approved_it_is_public_and_confirmed(self) -> None:
        house, editor = silent("house"), signed_in(staff("Editor"))
        editor.post(address(house), sheet(house, phone=NUMBER))
        entry = house.listings.get()
        listings.approve(listing=entry, seen=entry.latest_revision_id, by=staff("Reviewer"))
        assert contacts(entry) == {"phone": NUMBER}
        assert stored(entry).last_confirmed_on == timezone.localdate()

    def test_what_is_in_review_is_not_written_over_and_what_was_typed_stays(self) -> None:
        house, editor = silent("house"), signed_in(staff("Editor"))
        editor.post(address(house), sheet(house, phone=NUMBER))
        response = editor.post(address(house), sheet(house, phone="0211 8990000"))
        assert "in review just now" in response.content.decode()
        assert "0211 8990000" in response.content.decode()
        assert PhoneCall.objects.count() == 1


class TestNobodyLosesAnything:
    def test_two_at_one_sheet(self, reviewer: Client) -> None:
        house = silent("house", 2)
        old = sheet(house, phone="0211 8990000")
        entry = find(Listing, "house-1")
        entry.title_de = "Inzwischen anders"
        entry.save_revision().publish()
        response = reviewer.post(address(house), old)
        text = response.content.decode()
        assert "Somebody has changed an entry" in text
        assert "0211 8990000" in text
        assert [contacts(each) for each in house.listings.all()] == [{}, {}]
        assert not PhoneCall.objects.exists()
        again = old | {"seen": seen_of(house.listings.order_by("slug"))}
        assert again["seen"] in text
        reviewer.post(address(house), again)
        assert [contacts(each) for each in house.listings.all()] == [{"phone": "0211 8990000"}] * 2

    def test_contacts_that_somebody_else_entered_meanwhile_stay(self, reviewer: Client) -> None:
        house = silent("house")
        old = sheet(house, phone="0211 8990000")
        reviewer.post(address(house), sheet(house, phone=NUMBER))
        response = reviewer.post(address(house), old, follow=True)
        assert "Nothing was changed" in response.content.decode()
        assert contacts(house.listings.get()) == {"phone": NUMBER}

    @pytest.mark.parametrize("seen", ["", "x", "1", "1:2:3", "²:1", f"{10**30}:1"])
    def test_a_sheet_that_names_other_versions_changes_nothing(self, reviewer: Client, seen: str) -> None:
        house = silent("house")
        entry = house.listings.get()
        entry.save_revision().publish()
        response = reviewer.post(address(house), sheet(house, phone=NUMBER, seen=seen))
        assert response.status_code == 200
        assert contacts(entry) == {}

    def test_all_entries_or_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        house, by = silent("house", 2), staff("Reviewer")
        found = list(house.listings.order_by("slug"))
        seen: dict[int, int | None] = {found[0].pk: None, found[1].pk: 99}
        with pytest.raises(listings.ConflictError):
            calling.heard(
                organisation=house,
                chosen=found,
                told=Told(phone=NUMBER),
                seen=seen,
                on=timezone.localdate(),
                by=by,
            )
        assert [contacts(each) for each in found] == [{}, {}]


def test_an_account_that_is_stopped_loses_nothing_that_was_typed(reviewer: Client, settings: Settings) -> None:
    """Nobody calls as many in an hour as a stolen password could change."""
    house = silent("house")
    settings.PUBLISHES_AN_HOUR = 0
    text = reviewer.post(address(house), sheet(house, phone=NUMBER)).content.decode()
    assert "more than one account may publish" in text
    assert NUMBER in text
    assert contacts(house.listings.get()) == {}


class TestWhatIsRefusedInWords:
    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({}, "Write what you heard"),
            ({"phone": "Frau Müller"}, "This is not a phone number"),
            ({"email": "info(at)example.org"}, "valid email address"),
            ({"website": "https://name:word@example.org"}, "Leave the name and the password out"),
            ({"phone": NUMBER, "entries": []}, "Choose at least one entry"),
            ({"email": "info@example.org", "hours": "9 bis 12"}, "Write the number as well"),
            ({"phone": NUMBER, "entries": ["0"]}, "has changed meanwhile"),
            ({"phone": NUMBER, "on": "2999-01-01"}, "This day has not come yet"),
        ],
    )
    def test_and_what_was_typed_is_still_there(self, reviewer: Client, typed: dict[str, Any], words: str) -> None:
        house = silent("house")
        text = reviewer.post(address(house), sheet(house, **typed)).content.decode()
        assert words in text
        assert all(value in text for name, value in typed.items() if name in ("phone", "email", "website"))
        assert contacts(house.listings.get()) == {}


class TestWhatHappenedInstead:
    def outcome(self, reviewer: Client, house: Organisation, outcome: str, **more: str) -> PhoneCall:
        reviewer.post(address(house), {"outcome": outcome, **more})
        return PhoneCall.objects.get()

    def test_nobody_answered_so_it_comes_again_on_the_next_working_day(self, reviewer: Client) -> None:
        house = silent("house")
        call = self.outcome(reviewer, house, "nobody")
        assert call.again_on
        assert call.again_on > timezone.localdate()
        assert call.by
        assert call.by.username == "reviewer"

    def test_on_the_day_that_somebody_named(self, reviewer: Client) -> None:
        day = timezone.localdate() + timedelta(days=40)
        call = self.outcome(reviewer, silent("house"), "later", again_on=day.isoformat())
        assert call.again_on == day

    def test_without_a_number_it_is_for_a_letter(self, reviewer: Client) -> None:
        call = self.outcome(reviewer, silent("house"), "no_number")
        assert call.again_on is None
        assert "Nobody is left to be called today" in reviewer.get("/admin/collecting/").content.decode()

    def test_what_does_not_exist_any_more_is_put_on_the_list_of_what_is_to_be_checked(
        self, reviewer: Client
    ) -> None:
        house = silent("house", 2)
        self.outcome(reviewer, house, "gone")
        assert [each.needs_check for each in house.listings.all()] == [True, True]

    @pytest.mark.parametrize(
        "typed", [{"outcome": "heard"}, {"outcome": "x"}, {"outcome": "later", "again_on": "x"}]
    )
    def test_nonsense_notes_nothing(self, reviewer: Client, typed: dict[str, str]) -> None:
        house = silent("house")
        assert reviewer.post(address(house), typed).status_code == 200
        assert not PhoneCall.objects.exists()

    def test_it_goes_on_with_the_next_one(self, reviewer: Client) -> None:
        first, second = silent("alpha"), silent("beta")
        response = reviewer.post(address(first), {"outcome": "nobody"})
        assert response["Location"] == address(second)


class TestTheSheet:
    def test_it_shows_what_may_help_to_find_a_number(self, reviewer: Client) -> None:
        house = silent("house", sources=["https://where.example.org"])
        text = reviewer.get(address(house)).content.decode()
        assert 'href="https://where.example.org"' in text
        assert "Beratung house 1" in text

    def test_the_cursor_waits_in_the_field_of_the_number(self, reviewer: Client) -> None:
        text = reviewer.get(address(silent("house"))).content.decode()
        assert "autofocus" in text.split('name="phone"')[1].split(">")[0] or "autofocus" in text

    def test_it_is_filled_in_with_what_all_entries_say_alike(self) -> None:
        house = silent("house", 2)
        for slug, number in (("house-1", NUMBER), ("house-2", "0211 8990000")):
            give(find(Listing, slug), Contact.Kind.PHONE, number)
            give(find(Listing, slug), Contact.Kind.EMAIL, "info@example.org")
        told = calling.shared(list(house.listings.all()))
        assert (told.phone, told.email, told.website) == ("", "info@example.org", "")

    def test_where_nothing_is_missing_it_leads_to_the_list(self, reviewer: Client) -> None:
        house = silent("house")
        give(house.listings.get(), Contact.Kind.PHONE, NUMBER)
        assert reviewer.get(address(house))["Location"] == "/admin/collecting/"
        assert reviewer.get("/admin/collecting/call/0/")["Location"] == "/admin/collecting/"

    def test_a_list_that_is_none_is_not_found(self, reviewer: Client) -> None:
        assert reviewer.get("/admin/collecting/?list=x").status_code == 404

    @pytest.mark.parametrize("role", ["Translator", "Partner"])
    def test_others_call_nobody(self, role: str) -> None:
        house, client = silent("house"), signed_in(staff(role))
        client.post(address(house), sheet(house, phone=NUMBER))
        assert contacts(house.listings.get()) == {}
        assert not Change.objects.filter(slug="house-1", action="draft").exists()
