"""Reporting a mistake: without account or mail, queued and marked; by the organisation itself hidden at once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils.timezone import localtime

from directory import listings
from directory.cards import card
from directory.models import Change, Configuration, ContactPoint, Listing, MailLink, Proposal
from directory.permissions import ByLink
from directory.proposals import budgets, entries
from tests.integration.directory.making import listing, organisation, stored
from tests.integration.directory.proposals.conftest import HOUSE_MAIL, NUMBER, Send, link_of, only_proposal
from tests.integration.public.reading import Seen, read

pytestmark = pytest.mark.django_db
PATH = "/en/angebote/advice/fehler/"


def wrong_number(entry: Listing) -> str:
    return f"contact-{ContactPoint.objects.get(listing=entry, kind='phone').pk}"


def number(entry: Listing) -> str:
    shown = card(stored(entry), at=localtime()).phone
    return shown.shown if shown else ""


class TestByAnybody:
    def test_it_waits_for_staff_and_names_nobody(self, entry: Listing, send: Send) -> None:
        page = send(PATH, wrong=[wrong_number(entry), "hours"], remark="Closed on Mondays")
        assert "Your report has arrived" in page.text
        found = only_proposal()
        assert (found.kind, found.state, found.listing) == ("error", "waiting", entry)
        assert (found.remark, found.email, found.fields["wrong"]) == ("Closed on Mondays", "", ["hours"])
        assert found.fields["contacts"][0]["value"] == NUMBER
        assert not mail.outbox

    def test_the_number_stays_until_staff_decide(self, entry: Listing, send: Send) -> None:
        send(PATH, wrong=[wrong_number(entry)])
        assert number(entry) == NUMBER

    def test_the_listing_is_marked_for_staff(self, entry: Listing, send: Send) -> None:
        send(PATH, wrong=["ended"])
        assert stored(entry).needs_check
        newest = Change.objects.order_by("-id").first()
        assert newest
        assert newest.by == "error report"

    def test_somebody_who_writes_a_draft_meets_no_conflict(self, entry: Listing, send: Send) -> None:
        by = ByLink(entry.organisation_id, HOUSE_MAIL)
        listings.save_draft(draft=listings.draft_of(entry), seen=entry.latest_revision_id, by=by)
        seen = stored(entry).latest_revision_id
        send(PATH, wrong=["ended"])
        assert stored(entry).latest_revision_id == seen
        assert Proposal.objects.count() == 1

    def test_a_remark_alone_is_enough(self, entry: Listing, send: Send) -> None:
        send(PATH, remark="The door is around the corner.")
        assert only_proposal().remark == "The door is around the corner."

    def test_nothing_at_all_is_not(self, entry: Listing, send: Send) -> None:
        page = send(PATH)
        assert page.one(id="id_wrong_error").text == "Choose what is wrong, or write it below."
        assert page.one(id="id_wrong").attributes["aria-describedby"] == "id_wrong_error"
        assert not Proposal.objects.exists()

    def test_a_contact_of_another_listing_cannot_be_named(self, entry: Listing, send: Send) -> None:
        other = listing("other")
        row = ContactPoint(listing=other, kind="phone", value="110")
        row.save()
        send(PATH, wrong=[f"contact-{row.pk}"])
        assert not Proposal.objects.exists()

    @pytest.mark.parametrize("hidden", [{"live": False}, {"internal_only": True}])
    def test_what_is_not_public_does_not_exist(self, client: Client, hidden: dict[str, Any]) -> None:
        listing(**hidden)
        assert client.get(PATH).status_code == 404
        assert client.post("/en/fehler/", {"entry": entries.code_of("advice")}).status_code == 404


class TestByTheOrganisation:
    def test_its_own_address_hides_the_number_at_once(
        self, entry: Listing, send: Send, press_link: Callable[[], Seen]
    ) -> None:
        send(PATH, wrong=[wrong_number(entry)], email=HOUSE_MAIL.upper())
        assert number(entry) == NUMBER
        assert "is hidden from now on" in press_link().text
        assert number(entry) == ""
        assert only_proposal().fields["hidden"]

    def test_another_address_hides_nothing(
        self, entry: Listing, send: Send, press_link: Callable[[], Seen]
    ) -> None:
        send(PATH, wrong=[wrong_number(entry)], email="eve@example.com")
        assert "The editors check it" in press_link().text
        assert number(entry) == NUMBER
        assert only_proposal().fields["verified"]

    def test_the_address_of_another_organisation_hides_nothing(
        self, entry: Listing, send: Send, press_link: Callable[[], Seen]
    ) -> None:
        other = listing("other", organisation=organisation("other"))
        ContactPoint(listing=other, kind="email", value="other@example.com").save()
        send(PATH, wrong=[wrong_number(entry)], email="other@example.com")
        press_link()
        assert number(entry) == NUMBER

    def test_both_answers_look_alike_before_the_mail_is_open(self, entry: Listing, send: Send) -> None:
        own = send(PATH, wrong=["hours"], email=HOUSE_MAIL).text.replace(HOUSE_MAIL, "x")
        foreign = send(PATH, wrong=["hours"], email="eve@example.com").text.replace("eve@example.com", "x")
        assert own == foreign
        assert len(mail.outbox) == 2

    def test_opening_the_link_changes_nothing(self, entry: Listing, send: Send, client: Client) -> None:
        send(PATH, wrong=[wrong_number(entry)], email=HOUSE_MAIL)
        for _scanner in range(3):
            assert client.get(link_of(mail.outbox[-1].body)).status_code == 200
        assert number(entry) == NUMBER
        assert MailLink.objects.get().used_at is None

    def test_a_number_that_was_corrected_meanwhile_stays(
        self, entry: Listing, send: Send, press_link: Callable[[], Seen]
    ) -> None:
        send(PATH, wrong=[wrong_number(entry)], email=HOUSE_MAIL)
        row = ContactPoint.objects.get(listing=entry, kind="phone")
        row.value = "0211 4567890"
        row.save()
        press_link()
        assert number(entry) == "0211 4567890"

    def test_nothing_is_hidden_while_everything_is_frozen(
        self, entry: Listing, send: Send, press_link: Callable[[], Seen]
    ) -> None:
        send(PATH, wrong=[wrong_number(entry)], email=HOUSE_MAIL)
        Configuration(pk=1, frozen=True).save()
        press_link()
        assert number(entry) == NUMBER
        assert only_proposal().state == "waiting"


class TestFromAResult:
    """Its address is in the browser's history, so it names nobody."""

    def test_by_code(self, entry: Listing, client: Client) -> None:
        page = read(client.post("/en/fehler/", {"entry": entries.code_of("advice")}))
        assert "Beratung" in page.text
        assert "advice" not in page.one("form", id="proposal").attributes["action"]

    def test_the_answers_come_along_and_lead_back(self, entry: Listing, client: Client) -> None:
        answers = {"0123456789": "abcdef0123"}
        typed = {"text": "Kanarie", "0123456780": "no code"}
        page = read(client.post("/en/fehler/", answers | typed | {"entry": entries.code_of("advice")}))
        (back,) = page.all("form", action="/en/w/")
        kept = [each for each in page.all("input", name="0123456789") if each.above is back]
        assert [each.attributes["value"] for each in kept] == ["abcdef0123"]
        assert "Kanarie" not in page.response.content.decode()

    def test_walking_there_by_hand_leads_home(self, client: Client, db: None) -> None:
        response = client.get("/en/fehler/")
        assert (response.status_code, response.headers["Location"]) == (302, "/en/")

    @pytest.mark.parametrize("code", ["", "x", "0" * 12, "\x00" * 12, "ä" * 12])
    def test_a_code_that_is_none(self, entry: Listing, client: Client, code: str) -> None:
        assert client.post("/en/fehler/", {"entry": code}).status_code in (302, 404)


class TestTooMuch:
    def test_a_listing_is_reported_a_few_times_an_hour(self, entry: Listing, send: Send) -> None:
        for _time in range(budgets.reports.each):
            send(PATH, wrong=["hours"])
        page = send(PATH, status=429, wrong=["hours"], remark="Typed with care")
        assert "Too much has been sent here just now" in page.text
        assert page.one("textarea").text == "Typed with care"
        assert Proposal.objects.count() == budgets.reports.each

    def test_nobodys_mailbox_is_filled(self, entry: Listing, send: Send) -> None:
        for _time in range(budgets.mails.each):
            send(PATH, wrong=["hours"], email="victim@example.com")
        send(PATH, status=429, wrong=["hours"], email="Victim@example.com")
        assert len(mail.outbox) == budgets.mails.each
        send(PATH, wrong=["hours"])  # without a mail it can still be reported

    def test_one_network_does_not_use_it_up_for_everybody(self, send: Send, client: Client) -> None:
        for number in range(budgets.shares.each + 1):
            listing(f"advice-{number}")
        for number in range(budgets.shares.each):
            send(f"/en/angebote/advice-{number}/fehler/", wrong=["hours"])
        last = f"/en/angebote/advice-{budgets.shares.each}/fehler/"
        send(last, status=429, wrong=["hours"])
        client.defaults["REMOTE_ADDR"] = "203.0.113.9"
        send(last, wrong=["hours"])

    def test_what_was_refused_costs_nothing(self, entry: Listing, send: Send) -> None:
        for _time in range(budgets.mails.each + 2):
            budgets.mails.take("victim@example.com")
        for _time in range(budgets.reports.each + 2):
            send(PATH, status=429, wrong=["hours"], email="victim@example.com")
        send(PATH, wrong=["hours"])


class TestSpam:
    @pytest.mark.parametrize("typed", [{"more": "x"}, {"since": "made up"}, {"since": ""}])
    def test_programs_are_asked_to_send_again(self, entry: Listing, send: Send, typed: dict[str, str]) -> None:
        page = send(PATH, wrong=["hours"], **typed)
        assert "Please read it once more" in page.text
        assert not Proposal.objects.exists()

    def test_what_is_full_of_links(self, entry: Listing, send: Send) -> None:
        page = send(PATH, remark="http://a.example www.b.example HTTPS://c.example")
        assert page.one(id="id_remark_error")
        assert not Proposal.objects.exists()

    def test_a_form_on_another_site(self, entry: Listing, client: Client) -> None:
        response = client.post(PATH, {"send": "1", "wrong": "hours"}, headers={"sec-fetch-site": "cross-site"})
        assert response.status_code == 403
        assert not Proposal.objects.exists()
