"""The staff's queue: what somebody wrote, whether it is here already, and one click for a decision."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from directory.models import ContactPoint, Listing, Proposal
from directory.proposals import correcting
from tests.integration.directory.making import organisation, person, stored
from tests.integration.directory.proposals.conftest import HOUSE_MAIL, NUMBER
from tests.integration.public.reading import Seen, read

pytestmark = pytest.mark.django_db
QUEUE = "/admin/proposals/"


def proposal(kind: str = "organisation", **fields: Any) -> Proposal:
    made = Proposal(kind=kind, **({"fields": {"name": "Verein für Mut"}, "email": "a@example.org"} | fields))
    made.save()
    return made


def page(client: Client, path: str) -> Seen:
    response = client.get(path)
    assert response.status_code == 200
    return read(response)


def url(found: Proposal) -> str:
    return f"{QUEUE}{found.pk}/"


class TestQueue:
    def test_what_waits_leads_to_its_page(self, admin: Client) -> None:
        found = proposal()
        shown = page(admin, QUEUE)
        assert shown.one("a", href=url(found))
        assert "Verein für Mut" in shown.text

    def test_what_nobody_confirmed_is_only_counted(self, admin: Client) -> None:
        found = proposal(state="unverified")
        shown = page(admin, QUEUE)
        assert not shown.all("a", href=url(found))
        assert "1 more has an address that is not confirmed yet" in shown.text

    def test_the_start_page_counts_it(self, admin: Client) -> None:
        proposal()
        assert page(admin, "/admin/").one("a", href=QUEUE)

    @pytest.mark.parametrize(
        ("permissions", "status"),
        [
            (("add_listing",), 200),
            (("publish_listing",), 200),
            (("view_listing",), 302),
            (("translate_listing",), 302),
        ],
    )
    def test_who_may_read_it(self, client: Client, permissions: tuple[str, ...], status: int) -> None:
        client.force_login(person("ed", "access_admin", *permissions))
        for path in (QUEUE, url(proposal())):
            assert client.get(path).status_code == status


class TestProposal:
    def test_everything_that_was_written_in_the_words_of_the_form(self, admin: Client) -> None:
        found = proposal(
            "listing",
            fields={"title": "Training", "kind": "training", "audience": "both", "own": True, "language": "ar"},
            remark="<b>by heart</b>",
        )
        shown = page(admin, url(found))
        rows = {
            row.text: value.text for row, value in zip(shown.all("th", scope="row"), shown.all("td"), strict=False)
        }
        assert rows["Name of the offer"] == "Training"
        assert rows["What is it?"] == "Training"
        assert rows["I work there and want to look after the entry."] == "yes"
        assert rows["I have written this in"] == "العربية"
        assert rows["Remark"] == "<b>by heart</b>"

    def test_a_letter_writes_other_fields(self, admin: Client) -> None:
        found = proposal(
            "claim", organisation=organisation(), fields={"by": "letter", "hours": "Mo 9-12"}, email=""
        )
        text = page(admin, url(found)).text
        assert "Mo 9-12" in text
        assert "Came without an e-mail address" in text

    def test_what_is_here_already_is_named(self, admin: Client) -> None:
        organisation("mut", name_de="Verein für Mut e. V.")
        assert "Verein für Mut e. V." in page(admin, url(proposal())).text

    def test_by_its_website_too(self, admin: Client) -> None:
        organisation("other", name_de="Ganz anders", website="https://mut.example.org/de/")
        found = proposal(fields={"name": "Verein für Mut", "website": "https://www.mut.example.org"})
        assert "Ganz anders" in page(admin, url(found)).text

    @pytest.mark.parametrize(
        ("email", "sign"),
        [
            (HOUSE_MAIL, "one that we know"),
            ("new@house.example.com", "at the organisation's own website"),
            ("eve@example.net", "We do not know this address"),
        ],
    )
    def test_who_might_be_behind_it(self, admin: Client, entry: Listing, email: str, sign: str) -> None:
        house = entry.organisation
        house.website = "https://www.house.example.com/"
        house.save()
        assert sign in page(admin, url(proposal("claim", organisation=house, email=email))).text


class TestDeciding:
    def test_accepting_leads_to_the_draft(self, admin: Client) -> None:
        response = admin.post(url(proposal()), {"accept": "1", "answer": ""})
        assert response.headers["Location"].startswith("/admin/snippets/directory/organisation/edit/")

    def test_refusing_leads_to_the_queue(self, admin: Client) -> None:
        found = proposal()
        response = admin.post(url(found), {"refuse": "1", "answer": "No.", "reason": "twice"})
        assert response.headers["Location"] == QUEUE
        after = stored(found)
        assert (after.state, after.answer, after.fields["reason"]) == ("refused", "No.", "twice")

    def test_an_offer_names_its_organisation(self, admin: Client) -> None:
        house = organisation("mut", name_de="Verein für Mut")
        found = proposal("listing", fields={"title": "Training", "organisation": "Verein für Mut e.V."})
        chosen = page(admin, url(found)).one("select", name="organisation")
        shown = page(admin, url(found))
        assert chosen
        assert any("selected" in each.attributes for each in shown.all("option", value=str(house.pk)))
        admin.post(url(found), {"accept": "1", "organisation": house.pk})
        assert Listing.objects.get().organisation == house

    def test_an_offer_of_nobody_is_not_made(self, admin: Client) -> None:
        found = proposal("listing", fields={"title": "Training", "organisation": "?"})
        response = admin.post(url(found), {"accept": "1"}, follow=True)
        assert "Choose the organisation of the new offer" in read(response).text
        assert stored(found).state == "waiting"

    def test_who_was_slower_is_told(self, admin: Client) -> None:
        found = proposal()
        admin.post(url(found), {"refuse": "1"})
        response = admin.post(url(found), {"accept": "1"}, follow=True)
        assert "Somebody else has decided this" in read(response).text

    @pytest.mark.parametrize(
        "data", [{}, {"accept": "1", "reason": "nonsense"}, {"accept": "1", "answer": "a" * 2001}]
    )
    def test_what_is_no_decision_decides_nothing(self, admin: Client, data: dict[str, str]) -> None:
        found = proposal()
        admin.post(url(found), data)
        assert stored(found).state == "waiting"

    def test_an_editor_reads_and_decides_nothing(self, client: Client) -> None:
        client.force_login(person("ed", "access_admin", "add_listing", "change_listing"))
        found = proposal()
        assert not page(client, url(found)).all("button", name="accept")
        client.post(url(found), {"accept": "1"})
        assert stored(found).state == "waiting"


class TestHiding:
    def test_staff_hide_what_somebody_reported(self, admin: Client, entry: Listing, chris: User) -> None:
        row = ContactPoint.objects.get(listing=entry, kind="phone")
        found = proposal(
            "error", listing=entry, fields={"contacts": [{"id": row.pk, "kind": "phone", "value": NUMBER}]}
        )
        admin.post(url(found), {"hide": "1"})
        assert NUMBER not in [each.value for each in correcting.public_contacts(stored(entry))]
        assert stored(found).state == "waiting"
        assert not page(admin, url(found)).all("button", name="hide")
