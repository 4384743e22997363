"""Claims and suggestions: nobody reads them before their sender has opened a mail, and nothing is public."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from directory import mail_links
from directory.by_hand import opened
from directory.models import Listing, MailLink, Membership, Organisation, Proposal, UnsentMail
from directory.proposals import budgets, policies
from tests.integration.directory.making import organisation, person
from tests.integration.directory.proposals.conftest import Send, link_of, only_proposal
from tests.integration.public.reading import Seen, read

pytestmark = pytest.mark.django_db
CLAIM, ORGANISATION, LISTING = "/en/stellen/house/eigene/", "/en/vorschlagen/stelle/", "/en/vorschlagen/angebot/"
CANARY = "Kanarie-7f3a"
ABOUT_ORGANISATION = {
    "name": f"Verein {CANARY}",
    "does": "Advises people.",
    "phone": "0211/4567890",
    "website": "www.verein.example.org",
    "language": "en",
    "email": "asel@verein.example.org",
}
ABOUT_LISTING = {
    "organisation": "Verein",
    "title": f"Training {CANARY}",
    "kind": "training",
    "audience": "institutions",
    "helps_with": "Talking about racism at work.",
    "mail": "training@verein.example.org",
    "language": "de",
    "email": "asel@verein.example.org",
    "own": "on",
}
FORMS: dict[str, dict[str, str]] = {
    CLAIM: {"email": "asel@verein.example.org", "task": "Office"},
    ORGANISATION: ABOUT_ORGANISATION,
    LISTING: ABOUT_LISTING,
}
every_form = pytest.mark.parametrize("path", FORMS)


@pytest.fixture(autouse=True)
def house(entry: Listing) -> Organisation:
    return entry.organisation


class TestTheWay:
    @every_form
    def test_it_waits_for_its_mail_and_then_for_staff(
        self, path: str, send: Send, press_link: Callable[[], Seen]
    ) -> None:
        page = send(path, **FORMS[path])
        assert "Look into your mail" in page.one("h1").text
        assert only_proposal().state == "unverified"
        assert "It has arrived" in press_link().text
        found = only_proposal()
        assert (found.state, found.email) == ("waiting", "asel@verein.example.org")
        assert (found.language, found.policy) == ("en", policies.current().version)

    @every_form
    def test_nothing_becomes_public(self, path: str, send: Send, press_link: Callable[[], Seen]) -> None:
        before = (Organisation.objects.count(), Listing.objects.count(), Membership.objects.count())
        send(path, **FORMS[path])
        press_link()
        assert (Organisation.objects.count(), Listing.objects.count(), Membership.objects.count()) == before

    def test_numbers_and_addresses_are_kept_as_people_read_them(self, send: Send) -> None:
        send(ORGANISATION, **ABOUT_ORGANISATION)
        fields = only_proposal().fields
        assert fields["phone"] == "0211 4567890"
        assert fields["website"] == "https://www.verein.example.org"
        assert not {"more", "since", "email", "remark"} & set(fields)

    def test_the_enter_key_within_a_sentence_writes_a_space(self, send: Send) -> None:
        send(LISTING, **ABOUT_LISTING | {"helps_with": "Talking about\r\nracism at work.\r\n"})
        assert only_proposal().fields["helps_with"] == ABOUT_LISTING["helps_with"]

    def test_an_offer_of_an_organisation_that_is_here(self, send: Send, house: Organisation) -> None:
        typed = {name: value for name, value in ABOUT_LISTING.items() if name != "organisation"}
        send("/en/stellen/house/angebot/", **typed)
        assert only_proposal().organisation == house

    def test_who_looks_after_it_already_invites_colleagues(self, house: Organisation, client: Client) -> None:
        Membership.objects.create(organisation=house, user=person("asel"))
        page = read(client.get(CLAIM))
        assert "Ask your colleagues to invite you" in page.text
        assert not page.all("input", name="email")
        client.post(CLAIM, FORMS[CLAIM] | {"send": "1", "since": opened(0)})
        assert not Proposal.objects.exists()

    def test_an_organisation_that_is_not_public_does_not_exist(self, client: Client) -> None:
        organisation("hidden", live=False)
        assert client.get("/en/stellen/hidden/eigene/").status_code == 404
        assert client.get("/en/stellen/hidden/angebot/").status_code == 404


class TestTheMail:
    def test_it_says_nothing_that_somebody_typed(self, send: Send) -> None:
        """Else the form would carry anybody's words into a stranger's mailbox."""
        send(ORGANISATION, **ABOUT_ORGANISATION, remark=CANARY)
        (found,) = mail.outbox
        assert CANARY not in f"{found.subject} {found.body}"
        assert found.to == ["asel@verein.example.org"]

    def test_german_first_and_then_as_the_form_was_read(self, send: Send) -> None:
        send(CLAIM.replace("/en/", "/ar/"), **FORMS[CLAIM])
        body = mail.outbox[0].body
        assert body.index("/de/vorschlagen/link/") < body.index("/ar/vorschlagen/link/")

    def test_opening_it_changes_nothing(self, send: Send, client: Client) -> None:
        send(CLAIM, **FORMS[CLAIM])
        page = read(client.get(link_of(mail.outbox[0].body)))
        assert len(page.within("button", inside="main")) == 1 or page.one("button", having="main")
        assert only_proposal().state == "unverified"

    def test_it_works_once(self, send: Send, press_link: Callable[[], Seen], client: Client) -> None:
        send(CLAIM, **FORMS[CLAIM])
        press_link()
        again = client.post(link_of(mail.outbox[0].body))
        assert again.status_code == 410
        assert b"has been used already" in again.content

    def test_it_expires_and_a_new_one_comes(
        self, send: Send, press_link: Callable[[], Seen], client: Client
    ) -> None:
        send(CLAIM, **FORMS[CLAIM])
        link = MailLink.objects.get()
        link.expires_at = timezone.now() - timedelta(minutes=1)
        link.save()
        page = client.get(link_of(mail.outbox[0].body))
        assert page.status_code == 410
        assert read(page).one("form", action="/en/vorschlagen/neuer-link/")
        send("/en/vorschlagen/neuer-link/", email="ASEL@verein.example.org")
        press_link()
        assert only_proposal().state == "waiting"

    @pytest.mark.parametrize("token", ["x", "x:y", "%00", "ä", "a" * 300])
    def test_what_was_never_a_link(self, client: Client, token: str) -> None:
        assert client.get(f"/en/vorschlagen/link/{token}/").status_code == 404
        assert client.post(f"/en/vorschlagen/link/{token}/").status_code == 404

    def test_a_link_of_another_purpose_does_nothing(self, client: Client, send: Send) -> None:
        send(CLAIM, **FORMS[CLAIM])
        token = mail_links.issue(
            purpose=mail_links.Purpose.SIGN_IN, valid_for=timedelta(days=1), about={"proposal": only_proposal().pk}
        )
        assert client.post(f"/en/vorschlagen/link/{token}/").status_code == 404
        assert only_proposal().state == "unverified"

    def test_an_address_that_sent_nothing_gets_the_same_answer(self, send: Send) -> None:
        send(CLAIM, **FORMS[CLAIM])
        known = send("/en/vorschlagen/neuer-link/", email="asel@verein.example.org").text
        assert send("/en/vorschlagen/neuer-link/", email="eve@example.com").text == known
        assert [each.to for each in mail.outbox] == [["asel@verein.example.org"]] * 2


class TestTrouble:
    @every_form
    def test_what_was_typed_stays(self, path: str, send: Send) -> None:
        page = send(path, **FORMS[path] | {"email": "no address"})
        error = page.one(id="id_email_error")
        assert error.above
        assert error.above.has("form-field")
        assert page.one("input", name="email").attributes["value"] == "no address"
        assert page.one("input", name="email").attributes["aria-invalid"] == "true"
        assert not Proposal.objects.exists()

    def test_nobody_could_be_reached(self, send: Send) -> None:
        without = {name: value for name, value in ABOUT_ORGANISATION.items() if name not in ("phone", "website")}
        page = send(ORGANISATION, **without)
        assert page.one(id="id_phone_error").text == "Write at least one: telephone, e-mail or website."

    @pytest.mark.parametrize(("name", "value"), [("phone", "1"), ("website", "no host"), ("mail", "x@")])
    def test_a_contact_that_is_none(self, send: Send, name: str, value: str) -> None:
        assert send(ORGANISATION, **ABOUT_ORGANISATION | {name: value}).one(id=f"id_{name}_error")
        assert not Proposal.objects.exists()

    @every_form
    def test_another_language_keeps_what_was_typed_and_judges_nothing(self, path: str, client: Client) -> None:
        typed = FORMS[path] | {"email": "no address yet", "since": opened(0)}
        page = read(client.post(path.replace("/en/", "/ar/"), typed))
        assert page.one("input", name="email").attributes["value"] == "no address yet"
        assert not page.all(having="wrong")
        assert page.one("html").attributes["dir"] == "rtl"

    def test_a_mail_that_cannot_be_sent_loses_nothing(self, send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_args: Any) -> int:
            raise ConnectionRefusedError

        monkeypatch.setattr(EmailBackend, "send_messages", broken)
        page = send(ORGANISATION, **ABOUT_ORGANISATION)
        assert "The mail could not be sent" in page.text
        assert page.one("input", name="name").attributes["value"] == ABOUT_ORGANISATION["name"]
        assert not Proposal.objects.exists()
        assert UnsentMail.objects.count() == 1

    @every_form
    def test_without_a_mail_server_it_says_whom_to_call(self, path: str, client: Client, settings: Any) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        page = client.get(path)
        assert page.status_code == 503
        assert b"cannot send mail now" in page.content

    def test_an_address_is_written_to_a_few_times_an_hour(self, send: Send) -> None:
        for _time in range(budgets.mails.each):
            send(CLAIM, **FORMS[CLAIM])
        send(CLAIM, status=429, **FORMS[CLAIM])
        assert len(mail.outbox) == budgets.mails.each


class TestTraces:
    @every_form
    def test_no_cookie_and_nothing_kept_on_the_way(self, path: str, client: Client, send: Send) -> None:
        for response in (client.get(path), send(path, **FORMS[path]).response):
            assert not response.cookies
            assert response.headers["Cache-Control"] == "no-store"
            assert 'content="noindex"' in response.content.decode()
        assert not client.cookies

    @every_form
    def test_it_can_be_filled_in_without_a_script(self, path: str, client: Client) -> None:
        page = read(client.get(path))
        form = page.one("form", id="proposal")
        assert form.attributes["method"] == "post"
        ids = {each.attributes["id"] for each in page.elements if "id" in each.attributes}
        for label in page.all("label"):
            assert label.attributes["for"] in ids


class TestPolicy:
    def test_each_language_has_its_own_text(self, client: Client) -> None:
        for language in ("de", "en", "tr", "ar", "uk"):
            page = read(client.get(f"/{language}/aufnahme/"))
            texts = [each for each in page.all("li") if each.lang == language]
            assert len(texts) > 10

    def test_a_version_keeps_its_address(self, client: Client) -> None:
        version = policies.current().version
        assert client.get(f"/en/aufnahme/{version}/").status_code == 200
        assert client.get("/en/aufnahme/1999-01/").status_code == 404

    def test_the_suggestions_lead_to_it(self, client: Client) -> None:
        for path in (*FORMS, "/en/vorschlagen/"):
            assert read(client.get(path)).all("a", href="/en/aufnahme/")
