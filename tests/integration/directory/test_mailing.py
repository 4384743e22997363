"""Mail to organisations: German first, plain text, and none that fails is lost."""

from typing import Any

import pytest
from django.conf import settings as configured
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.test import override_settings
from django.utils.translation import get_language

from directory import mailing
from directory.models import Configuration, UnsentMail

pytestmark = pytest.mark.django_db
TEMPLATE = "probe"
BODY = """{% extends "directory/mail/base.txt" %}{% load i18n %}
{% block subject %}{{ word }} ({{ language }}){% endblock %}
{% block body %}{{ word }} <{{ language }}> & more: {{ at }}{% url "home" %}


Yes.{% endblock %}"""


@pytest.fixture(autouse=True)
def probe() -> Any:
    engine: dict[str, Any] = configured.TEMPLATES[0]
    loaders = [
        ("django.template.loaders.locmem.Loader", {"directory/mail/probe.txt": BODY}),
        "django.template.loaders.app_directories.Loader",
    ]
    changed = engine | {"APP_DIRS": False, "OPTIONS": engine["OPTIONS"] | {"loaders": loaders}}
    with override_settings(TEMPLATES=[changed], PUBLIC_URL="https://example.org/"):
        yield


def sent(word: str = "Hallo", language: str = "de") -> EmailMessage:
    assert mailing.send("info@example.org", TEMPLATE, {"word": word}, language)
    (found,) = mail.outbox
    return found


def test_german_alone_for_who_reads_german() -> None:
    found = sent()
    assert found.subject == "Hallo (de)"
    assert found.body.count("https://example.org/de/\n") == 1
    assert "– – –" not in found.body
    assert found.to == ["info@example.org"]


def test_german_first_and_the_readers_language_below_it() -> None:
    found = sent(language="ar")
    german, own = found.body.split("\n– – –\n")
    assert "Hallo <de> & more: https://example.org/de/" in german
    assert "Hallo <ar> & more: https://example.org/ar/" in own
    assert found.subject == "Hallo (de) / Hallo (ar)"


def test_nothing_but_plain_text_that_asks_for_no_answer_by_machines() -> None:
    message = sent(language="tr").message()
    assert message.get_content_type() == "text/plain"
    assert not message.is_multipart()
    assert message["Auto-Submitted"] == "auto-generated"


def test_the_reader_may_write_back_to_the_publisher() -> None:
    configuration = Configuration.load()
    configuration.publisher_email, configuration.publisher = "stadt@example.org", "Stadt Beispiel"
    configuration.save()
    found = sent()
    assert found.reply_to == ["stadt@example.org"]
    assert "Stadt Beispiel, stadt@example.org" in found.body


def test_never_more_than_one_empty_line() -> None:
    assert "\n\n\n" not in sent().body


@pytest.mark.parametrize("language", ["", "xx", "zz-top"])
def test_a_language_that_nobody_has_is_german(language: str) -> None:
    assert "– – –" not in sent(language=language).body


def test_nobody_elses_language_changes() -> None:
    before = get_language()
    sent(language="tr")
    assert get_language() == before


def test_no_line_break_gets_into_the_subject() -> None:
    assert sent(word="Hallo\r\nBcc: all@example.org").subject == "Hallo"


@pytest.mark.parametrize("error", [OSError("info@example.org is full"), ValueError("bad header")])
def test_what_the_server_does_not_take_is_noted_and_not_written_to_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    def fail(*_args: Any) -> int:
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", fail)
    for _again in range(2):
        assert not mailing.send("info@example.org", TEMPLATE, {"word": "Geheim"}, "ar")
    (noted,) = UnsentMail.objects.all()
    assert (noted.template, noted.to, noted.language, noted.tries) == (TEMPLATE, "info@example.org", "ar", 2)
    assert "info@example.org" not in caplog.text
    assert "Geheim" not in str(UnsentMail.objects.values_list())


def test_a_later_success_takes_it_off_the_list() -> None:
    for to in ("info@example.org", "other@example.org"):
        UnsentMail.objects.create(template=TEMPLATE, to=to, tries=1)
    sent()
    assert [each.to for each in UnsentMail.objects.all()] == ["other@example.org"]


def test_without_a_mail_server_nothing_is_promised() -> None:
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        assert not mailing.can_be_sent()
        assert not mailing.send("info@example.org", TEMPLATE, {"word": "Hallo"}, "de")
    assert UnsentMail.objects.get().tries == 1
    assert configured.EMAIL_BACKEND.endswith("locmem.EmailBackend")


@pytest.mark.parametrize(
    ("given", "ordered"),
    [
        (["asel.aydin@example.org", "info@example.org"], ["info@example.org", "asel.aydin@example.org"]),
        (["b@example.org", "a@example.org", "b@example.org", ""], ["b@example.org", "a@example.org"]),
        (["Beratung-Nord@example.org", "info@example.org"], ["Beratung-Nord@example.org", "info@example.org"]),
        (["infante@example.org", "kontakt@example.org"], ["kontakt@example.org", "infante@example.org"]),
    ],
)
def test_a_roles_address_before_a_persons(given: list[str], ordered: list[str]) -> None:
    assert mailing.role_first(given) == ordered
