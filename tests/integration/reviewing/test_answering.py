"""Whoever submitted a change is told once what was decided: in German and the own language, without our admin."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from directory import listings
from directory.models import MailLink, Membership, Upkeep
from directory.reviewing import answering
from tests.integration.directory.making import listing, person, stored
from tests.integration.reviewing.waiting import (
    QUEUE,
    by_link,
    decide,
    entry,
    member,
    reviewer,
    seen,
    signed_in,
    submitted,
    task_of,
)
from wegweiser import roles

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def review(settings: Any) -> None:
    roles.install()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PUBLIC_URL = "https://example.org"


@pytest.fixture
def rosa() -> Client:
    return signed_in(reviewer())


def mails_to(address: str) -> list[Any]:
    return [each for each in mail.outbox if each.to == [address]]


def only_mail_to(address: str) -> Any:
    (found,) = mails_to(address)
    return found


def test_a_member_is_told_that_it_is_public(rosa: Client) -> None:
    house = entry()
    task = submitted(house, member(language="ar"), title_de="Neue Beratung")
    assert mails_to("asel@example.org") == []
    decide(rosa, task, seen=seen(house), remark="")
    found = only_mail_to("asel@example.org")
    assert "Neue Beratung" in found.body
    assert "https://example.org/de/" in found.body
    assert "https://example.org/ar/" in found.body
    assert "/admin/" not in found.body
    assert "asel" not in found.subject


def test_a_member_reads_the_remark(rosa: Client) -> None:
    house = entry()
    task = submitted(house, member(), title_de="Neu")
    decide(rosa, task, send_back="1", remark="Bitte <ausführlicher> & genauer.")
    found = only_mail_to("asel@example.org")
    assert "Bitte <ausführlicher> & genauer." in found.body
    assert "https://example.org/konto/" in found.body
    assert "/admin/" not in found.body


def test_the_holder_of_a_link_gets_a_new_one(rosa: Client) -> None:
    house = entry()
    Upkeep.objects.create(organisation=house.organisation, email="info@example.org", language="tr")
    task = submitted(house, by_link(house), title_de="Neu")
    decide(rosa, task, send_back="1", remark="Bitte genauer.")
    found = only_mail_to("info@example.org")
    link = MailLink.objects.get(purpose="correct")
    assert (link.organisation, link.email) == (house.organisation, "info@example.org")
    assert found.body.count("https://example.org/de/eintrag/aendern/") == 1
    assert found.body.count("https://example.org/tr/eintrag/aendern/") == 1
    assert "/konto/" not in found.body


def test_approved_needs_no_link(rosa: Client) -> None:
    house = entry()
    task = submitted(house, by_link(house), title_de="Neue Beratung")
    decide(rosa, task, seen=seen(house))
    assert "Neue Beratung" in only_mail_to("info@example.org").body
    assert not MailLink.objects.exists()


def test_corrected_with_a_remark(rosa: Client) -> None:
    house = entry()
    task = submitted(house, member(), title_de="Neue Beratnug")
    data = {"seen": seen(house), "title_de": "Neue Beratung", "remark": "Ein Buchstabe war vertauscht."}
    rosa.post(f"{QUEUE}{task.pk}/correct/", data)
    assert "Ein Buchstabe war vertauscht." in only_mail_to("asel@example.org").body


def test_decided_in_wagtails_own_form(rosa: Client) -> None:
    """It mails nobody whom the workflow does not know; the next round of the clock does, once."""
    house, asel = entry(), member()
    task = submitted(house, asel, title_de="Neu")
    task.specific.reject(user=reviewer("dana"), comment="Bitte genauer.")
    assert mails_to("asel@example.org") == []
    assert [answering.answer_rest() for _round in range(3)] == [1, 0, 0]
    assert "Bitte genauer." in only_mail_to("asel@example.org").body


def test_the_clock_repeats_nothing(rosa: Client) -> None:
    house = entry()
    decide(rosa, submitted(house, member(), title_de="Neue Beratung"), seen=seen(house))
    assert answering.answer_rest() == 0
    assert len(mails_to("asel@example.org")) == 1


def test_each_round_of_the_same_submission_is_told(rosa: Client) -> None:
    house, asel = entry(), member()
    decide(rosa, submitted(house, asel, title_de="Neu"), send_back="1", remark="Erstens.")
    decide(rosa, submitted(house, asel, title_de="Neuer"), send_back="1", remark="Zweitens.")
    decide(rosa, submitted(house, asel, title_de="Neue Beratung"), seen=seen(house))
    bodies = [each.body for each in mails_to("asel@example.org")]
    assert ["Erstens." in bodies[0], "Zweitens." in bodies[1], "Zweitens." in bodies[2]] == [True, True, False]


def test_whoever_submitted_is_told_not_who_wrote_before(rosa: Client) -> None:
    house, asel = entry(), member()
    listings.withdraw(listing=stored(house), by=asel)
    submitted(house, by_link(house), title_de="Neu")
    listings.withdraw(listing=stored(house), by=asel)
    task = submitted(house, asel, title_de="Neue Beratung")
    decide(rosa, task, seen=seen(house))
    assert mails_to("info@example.org") == []
    assert len(mails_to("asel@example.org")) == 1


def test_staff_are_told_by_wagtail(rosa: Client) -> None:
    house = entry()
    editor = person("editor", "access_admin", "change_listing")
    task = submitted(house, editor, title_de="Neue Beratung")
    decide(rosa, task, seen=seen(house))
    assert answering.answer_rest() == 0
    assert len(mails_to("editor@example.org")) == 1


def test_a_mail_server_that_is_away_keeps_nothing_back(rosa: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    house = entry()
    task = submitted(house, member(), title_de="Neue Beratung")
    assert decide(rosa, task, seen=seen(house)).status_code == 200
    assert stored(house).title_de == "Neue Beratung"


def test_nothing_decided_nothing_told(rosa: Client) -> None:
    house = entry()
    task = submitted(house, member(), title_de="Neue Beratung")
    decide(rosa, task, seen=0)
    assert mails_to("asel@example.org") == []
    assert not answering.answer(task.pk)


def test_reviewers_are_told_what_waits() -> None:
    """By Wagtail, who knows them."""
    reviewer()
    submitted(entry(), member(), title_de="Neu")
    assert "Neu" in only_mail_to("rosa@example.org").subject


def test_a_new_entry_that_nobody_has_seen(rosa: Client) -> None:
    fresh = listing("fresh", live=False)
    asel = member()
    assert Membership.objects.get().user == asel
    submitted(fresh, asel, helps_with_de="Mit allem.")
    decide(rosa, task_of(fresh), seen=seen(fresh))
    assert "/angebote/fresh/" in only_mail_to("asel@example.org").body
