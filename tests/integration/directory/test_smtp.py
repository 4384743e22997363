"""Mail as a server on the other side gets it: a real SMTP conversation on loopback."""

import re
import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import Client, override_settings
from django.utils import timezone

from directory.models import Configuration, Listing, MailLink, OrganisationContact, UnsentMail, Upkeep
from directory.upkeep import asking
from tests.integration.directory.making import listing, stored

pytestmark = pytest.mark.django_db
SITE = "https://wegweiser.example.org"


class Mailbox:
    """Notes each mail with its envelope; `refuses` is what it says instead of taking it."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.to: list[str] = []
        self.said_hello: list[str] = []
        self.refuses = ""

    async def handle_EHLO(  # noqa: N802 - the library's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.said_hello.append(hostname)
        return responses

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.refuses:
            return self.refuses
        found: Any = message_from_bytes(envelope.original_content or b"", policy=default)
        self.mails.append(found)
        self.to += envelope.rcpt_tos
        return "250 Message accepted"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    found = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(found, hostname="127.0.0.1", port=port)
    server.start()
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
        PUBLIC_URL=SITE,
    ):
        yield found
    server.stop()


@pytest.fixture
def entry(db: None) -> Listing:
    Configuration(pk=1).save()
    made = listing("advice", title_de="Beratung", title_ar="استشارة")
    for address in ("petra.muster@example.org", "info@example.org"):
        OrganisationContact(organisation=made.organisation, kind="email", value=address).save()
    Upkeep.objects.create(organisation=made.organisation, language="ar")
    return made


def asked() -> list[str]:
    return [told.what for told in asking.remind_owners()]


def links(text: str) -> list[str]:
    return re.findall(rf"{SITE}(/\S+)", text)


def test_the_servers_side_of_the_conversation(mailbox: Mailbox, entry: Listing) -> None:
    assert asked() == ["asked"]
    assert mailbox.said_hello
    (mail,) = mailbox.mails
    assert mailbox.to == ["info@example.org"], "a role's address is preferred to a person's"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"]
    assert mail["Date"]
    assert "petra" not in mail.as_string().lower()


def test_plain_text_german_first_and_the_members_language(mailbox: Mailbox, entry: Listing) -> None:
    asked()
    (mail,) = mailbox.mails
    assert mail.get_content_type() == "text/plain"
    assert not mail.is_multipart()
    text = mail.get_content()
    german, arabic = text.split("– – –")
    assert "Beratung" in german
    assert "استشارة" in arabic
    assert "<" not in text, "no HTML"


def test_nothing_in_it_tells_who_reads_it(mailbox: Mailbox, entry: Listing) -> None:
    """No picture, no address of anybody else, no parameter: only our own pages, each a link to click."""
    asked()
    text = mailbox.mails[0].get_content()
    assert set(re.findall(r"https?://[\w.-]+\w", text)) == {SITE}
    assert not [path for path in links(text) if "?" in path or "#" in path]


def test_a_link_from_the_mail_confirms_once(mailbox: Mailbox, entry: Listing) -> None:
    asked()
    (confirm, *_more) = [path for path in links(mailbox.mails[0].get_content()) if "/richtig/" in path]
    visitor = Client()
    assert visitor.get(confirm).status_code == 200
    assert stored(entry).last_confirmed_on is None, "a mail scanner opens links and must confirm nothing"
    assert visitor.post(confirm).status_code == 200
    assert stored(entry).last_confirmed_on == timezone.localdate()
    assert visitor.post(confirm).status_code == 410
    assert not visitor.cookies


def test_the_secret_of_a_link_is_in_the_mail_only(mailbox: Mailbox, entry: Listing) -> None:
    asked()
    tokens = [path.rstrip("/").rpartition("/")[2] for path in links(mailbox.mails[0].get_content())]
    kept = str(list(MailLink.objects.values()))
    assert tokens
    assert not [token for token in tokens if token.partition(":")[0] in kept]


@pytest.mark.parametrize("refusal", ["550 No such user", "451 Try again later", "554 Spam"])
def test_what_the_server_refuses_is_told_to_staff_and_tried_again(
    mailbox: Mailbox, entry: Listing, refusal: str
) -> None:
    mailbox.refuses = refusal
    assert asked() == ["not sent"]
    assert UnsentMail.objects.get().to == "info@example.org"
    assert Upkeep.objects.get().asked_on is None
    mailbox.refuses = ""
    assert asked() == ["asked"]
    assert not UnsentMail.objects.exists()


def test_a_server_that_is_down_breaks_nothing(entry: Listing) -> None:
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=9,
        PUBLIC_URL=SITE,
    ):
        assert asked() == ["not sent"]
    assert UnsentMail.objects.get().tries == 1
