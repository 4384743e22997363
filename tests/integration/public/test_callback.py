"""Asking a body to call back: one mail, and no other trace."""

import io
import json
import logging
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import mail, serializers
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client

from directory import by_hand
from directory.budget import Budget
from directory.exchange.record import records
from directory.models import Change, Listing
from referrals.codes import code
from referrals.slips import budget
from referrals.slips.bodies import code_of
from tests.answers import said
from tests.integration.public.conftest import Get, Post
from tests.integration.public.reading import Element, Seen

ADDRESS = "rueckruf@obr.example.org"
OBR = {"body": code_of("dus-obr")}
PERSON = {"who": "Kanarie", "number": "0211 4567890", "mail": "kanarie@example.org", "agreed": "on"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = Budget(each=budget.PER_BODY, total=budget.IN_TOTAL)
    monkeypatch.setattr("referrals.slips.views.budget", fresh)


@pytest.fixture(autouse=True)
def quickly_filled_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_hand, "LEAST_SECONDS", 0)


@pytest.fixture
def agreed(demo: None) -> Listing:
    found: Listing = Listing.objects.get(slug="dus-obr")
    found.callback_email = ADDRESS
    found.save()
    return found


@pytest.fixture
def form(agreed: Listing, post: Post) -> Seen:
    return post("/de/w/rueckruf/", OBR)


def filled(form: Seen, **typed: str) -> dict[str, str]:
    """What the browser sends: hidden fields, first choices and what was typed."""
    fields = [each for each in form.all("input", type="hidden") if each.above and each.above.has("callback")]
    found = {each.attributes["name"]: each.attributes["value"] for each in fields}
    return found | PERSON | typed | {"send": "1"}


def errors(page: Seen) -> list[str]:
    return [each.attributes["id"] for each in page.all("p", having="wrong")]


def value(page: Seen, name: str) -> str:
    return page.one("input", name=name).attributes.get("value", "")


def chosen(page: Seen) -> list[str]:
    return [each.text for each in page.all("option") if "selected" in each.attributes]


class TestWhoCanBeAsked:
    def test_a_body_that_has_not_agreed_cannot_be(self, client: Client, demo: None) -> None:
        for data in (OBR, {}, {"body": "dus-obr"}, {"body": "x"}, OBR | PERSON | {"send": "1"}):
            assert client.post("/de/w/rueckruf/", data).status_code == 404
        assert mail.outbox == []

    def test_one_that_is_not_public_any_more_cannot_be(self, client: Client, agreed: Listing) -> None:
        assert client.post("/de/w/rueckruf/", OBR).status_code == 200
        agreed.live = False
        agreed.save()
        assert client.post("/de/w/rueckruf/", OBR).status_code == 404

    def test_where_no_mail_can_be_sent_nobody_is_promised_a_call(
        self, client: Client, get: Get, agreed: Listing, settings: Any
    ) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        assert client.post("/de/w/rueckruf/", OBR).status_code == 404
        assert get("/de/angebote/dus-obr/").all("button", name="body") == []

    def test_who_walks_forward_again_finds_the_questions(self, client: Client, demo: None) -> None:
        assert client.get("/de/w/rueckruf/").headers["Location"] == "/de/w/"

    def test_a_form_of_another_site_is_refused(self, client: Client, agreed: Listing) -> None:
        response = client.post("/de/w/rueckruf/", OBR, headers={"sec-fetch-site": "cross-site"})
        assert response.status_code == 403


class TestWays:
    def test_only_cards_of_bodies_that_agreed_offer_it(self, post: Post, agreed: Listing) -> None:
        page = post("/de/w/", said(what="violence"))
        (button,) = page.all("button", formaction="/de/w/rueckruf/")
        assert button.attributes["value"] == OBR["body"]
        assert button.attributes["form"] == "again"  # the answers come along

    def test_a_page_without_answers_offers_it_too(self, get: Get, post: Post, agreed: Listing) -> None:
        for path in ("/en/angebote/dus-obr/", "/en/w/violence/"):
            (button,) = get(path).all("button", name="body")
            page = post("/en/w/rueckruf/", {"body": button.attributes["value"]})
            assert page.one(having="lead").text == "Opferberatung Rheinland (OBR)"

    def test_without_agreement_there_is_no_button(self, get: Get, post: Post) -> None:
        assert post("/de/w/", said(what="violence")).all("button", formaction="/de/w/rueckruf/") == []
        assert get("/de/angebote/dus-obr/").all("button", name="body") == []

    def test_the_way_back_leads_to_the_same_result(self, post: Post, agreed: Listing) -> None:
        page = post("/de/w/rueckruf/", OBR | said(what="violence", place="jena"))
        back = [each for each in page.all("input", type="hidden") if is_below(each, "result")]
        assert {each.attributes["name"]: each.attributes["value"] for each in back} == said(
            what="violence", place="jena"
        )


def is_below(element: Element, name: str) -> bool:
    return element.above is not None and element.above.attributes.get("id") == name


class TestForm:
    def test_nothing_is_filled_in_or_agreed_to(self, form: Seen) -> None:
        assert [value(form, name) for name in ("who", "number", "mail")] == ["", "", ""]
        assert "checked" not in form.one("input", name="agreed").attributes
        assert chosen(form) == ["Deutsch"]

    def test_the_browser_is_told_to_remember_nothing(self, form: Seen) -> None:
        assert form.response.headers["Cache-Control"] == "no-store"
        assert {each.attributes["autocomplete"] for each in form.all("input", type="text")} == {"off"}
        assert {each.attributes["autocomplete"] for each in form.all("form")} == {"off"}

    def test_each_field_has_a_name_that_is_read_out(self, form: Seen) -> None:
        labels = {label.attributes["for"] for label in form.all("label")}
        for name in ("who", "number", "mail", "when", "language", "agreed"):
            assert form.one(name=name).attributes["id"] in labels

    @pytest.mark.parametrize(
        ("typed", "wrong"),
        [
            ({"agreed": ""}, "agreed-error"),
            ({"number": "12"}, "number-error"),
            ({"number": "call me"}, "number-error"),
            ({"mail": "nobody"}, "mail-error"),
            ({"number": "", "mail": ""}, "number-error"),
            ({"when": "tomorrow"}, "when-error"),
            ({"language": "xx"}, "language-error"),
            ({"who": "x" * 81}, "who-error"),
        ],
    )
    def test_errors_keep_what_was_typed(self, form: Seen, post: Post, typed: dict[str, str], wrong: str) -> None:
        sent = filled(form, **typed)
        page = post("/de/w/rueckruf/", sent)
        assert errors(page) == [wrong]
        assert [value(page, name) for name in ("who", "number", "mail")] == [
            sent[n] for n in ("who", "number", "mail")
        ]
        assert ("checked" in page.one("input", name="agreed").attributes) == bool(sent["agreed"])
        described = [e for e in page.elements if wrong in e.attributes.get("aria-describedby", "").split()]
        assert described
        assert mail.outbox == []

    def test_another_language_keeps_it_and_sends_nothing(self, form: Seen, post: Post) -> None:
        typed = filled(form, when=code("time", "evening"))
        del typed["send"]
        page = post("/tr/w/rueckruf/", typed)
        assert [value(page, name) for name in ("who", "number")] == [PERSON["who"], PERSON["number"]]
        assert errors(page) == []
        assert "checked" in page.one("input", name="agreed").attributes
        assert len(chosen(page)) == 2  # time and language
        assert mail.outbox == []

    @pytest.mark.parametrize("typed", [{"more": "buy"}, {"since": ""}, {"since": "1:x"}, {"since": "\0"}])
    def test_programs_are_not_served(self, form: Seen, post: Post, typed: dict[str, str]) -> None:
        post("/de/w/rueckruf/", filled(form, **typed))
        assert mail.outbox == []

    def test_nobody_is_that_fast(self, form: Seen, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(by_hand, "LEAST_SECONDS", 60)
        page = post("/de/w/rueckruf/", filled(form))
        assert mail.outbox == []
        assert value(page, "number") == PERSON["number"]
        monkeypatch.setattr(by_hand, "LEAST_SECONDS", 0)
        post("/de/w/rueckruf/", filled(page))
        assert len(mail.outbox) == 1


class TestMail:
    def test_it_goes_to_the_body_with_what_was_written(self, form: Seen, post: Post) -> None:
        post("/de/w/rueckruf/", filled(form, when=code("time", "evening"), language=code("speaks", "uk")))
        (sent,) = mail.outbox
        assert sent.to == [ADDRESS]
        assert sent.reply_to == [PERSON["mail"]]
        assert PERSON["who"] not in sent.subject
        for words in ("Kanarie", "0211 4567890", "kanarie@example.org", "Ukrainisch"):
            assert str(sent.body).count(words) == 1

    def test_it_says_the_same_in_the_language_of_the_person(self, agreed: Listing, post: Post) -> None:
        post("/ar/w/rueckruf/", filled(post("/ar/w/rueckruf/", OBR), language=code("speaks", "ar")))
        body = str(mail.outbox[0].body)
        assert body.count("0211 4567890") == 2
        assert "Arabisch" in body
        assert "العربية" in body

    def test_a_number_is_enough_and_so_is_an_address(self, form: Seen, post: Post) -> None:
        post("/de/w/rueckruf/", filled(form, who="", mail=""))
        post("/de/w/rueckruf/", filled(form, who="", number=""))
        first, second = mail.outbox
        assert (first.reply_to, second.reply_to) == ([], [PERSON["mail"]])
        assert "0211" not in str(second.body)

    def test_a_name_of_several_lines_stays_one(self, form: Seen, post: Post) -> None:
        post("/de/w/rueckruf/", filled(form, who="A\r\nBcc: all@example.org"))
        assert "A Bcc: all@example.org" in str(mail.outbox[0].body)
        assert mail.outbox[0].recipients() == [ADDRESS]

    def test_the_next_page_tells_what_happens_and_repeats_nothing(self, form: Seen, post: Post) -> None:
        page = post("/en/w/rueckruf/", filled(form))
        assert page.one("h2").text == "What happens next"
        assert "Kanarie" not in page.text
        assert "4567890" not in page.text
        assert [link for link in page.within("a", inside="wrap") if link.attributes["href"].startswith("tel:")]


class Broken(EmailBackend):
    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError(f"no server for {messages[0].body}")


class TestTrouble:
    def test_a_mail_that_could_not_be_sent_is_said_plainly(
        self, form: Seen, post: Post, settings: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        settings.EMAIL_BACKEND = f"{__name__}.Broken"
        with caplog.at_level(logging.DEBUG):
            page = post("/en/w/rueckruf/", filled(form))
        alarm = page.one(role="alert")
        assert "could not be sent" in alarm.text
        assert page.within("a", inside="alarm", having="call")
        assert value(page, "number") == PERSON["number"]
        assert [record.getMessage() for record in caplog.records] == [
            "The mail server took no request for a call-back."
        ]
        assert not any(record.exc_info for record in caplog.records)

    def test_what_failed_is_not_counted(self, form: Seen, post: Post, settings: Any) -> None:
        working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Broken"
        for _try in range(budget.PER_BODY + 1):
            post("/de/w/rueckruf/", filled(form))
        settings.EMAIL_BACKEND = working
        post("/de/w/rueckruf/", filled(form))
        assert len(mail.outbox) == 1

    def test_a_body_is_not_flooded(self, form: Seen, client: Client) -> None:
        for _request in range(budget.PER_BODY):
            assert client.post("/en/w/rueckruf/", filled(form)).status_code == 200
        refused = client.post("/en/w/rueckruf/", filled(form))
        assert refused.status_code == 429
        assert len(mail.outbox) == budget.PER_BODY
        assert "Kanarie" in refused.content.decode()
        assert "tel:" in refused.content.decode()


class TestTraces:
    @pytest.fixture
    def sent(self, form: Seen, post: Post, caplog: pytest.LogCaptureFixture) -> str:
        with caplog.at_level(logging.DEBUG):
            post("/de/w/rueckruf/", filled(form))
        assert len(mail.outbox) == 1
        return caplog.text

    def test_no_table_holds_any_of_it(self, sent: str) -> None:
        rows = (row for model in apps.get_models() for row in model._default_manager.all())
        held = serializers.serialize("json", rows)
        assert "dus-obr" in held
        assert "anarie" not in held
        assert "4567890" not in held

    def test_no_log_line_either(self, sent: str) -> None:
        assert "anarie" not in sent
        assert "4567890" not in sent
        assert ADDRESS not in sent


class TestTheAddressOfTheBody:
    def test_no_visitor_sees_it(self, get: Get, post: Post, form: Seen) -> None:
        pages = [
            form, post("/de/w/rueckruf/", filled(form)), post("/de/w/", said(what="violence")),
            get("/de/angebote/dus-obr/"), get("/de/w/violence/"), get("/de/angebote/"),
        ]  # fmt: skip
        assert not [page for page in pages if ADDRESS in page.response.content.decode()]

    def test_it_is_in_no_export(self, agreed: Listing, tmp_path: Path) -> None:
        assert ADDRESS not in str([record for record in records() if record.slug == "dus-obr"])
        call_command("export_listings", format="csv", out=tmp_path, stdout=io.StringIO())
        written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
        assert written
        assert not [each for each in written if ADDRESS.encode() in each]

    def test_the_change_log_follows_it_without_repeating_it(self, agreed: Listing) -> None:
        change = Change.objects.filter(model="directory.listing", slug="dus-obr").order_by("-id")[0]
        assert "callback_email" in change.summary
        assert ADDRESS not in json.dumps(change.summary)

    def test_staff_edit_it(self, agreed: Listing, admin: Client) -> None:
        page = admin.get(f"/admin/snippets/directory/listing/edit/{agreed.pk}/").content.decode()
        assert ADDRESS in page
