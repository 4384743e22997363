"""Whoever is due gets one mail; whoever is interrupted goes on; nobody is written to twice."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from directory import vocabulary
from directory.models import Configuration, ContactPoint, Listing, MailLink, Membership, UnsentMail
from directory.upkeep import addresses, asking
from directory.upkeep.due import Step, standings
from tests.integration.directory.making import find, held_elsewhere, person
from tests.integration.upkeep.keeping import OFFICE, PHONE, days_ago, entry, house, keeps, links, press, visit


def run(*args: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("remind_owners", *args, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


class TestTheMail:
    def test_one_for_all_entries_with_what_is_to_be_checked(self) -> None:
        house(entries=3)
        run()
        (found,) = mail.outbox
        assert found.to == [OFFICE]
        assert found.body.count(PHONE) == 3
        assert set(links(found.body)) == {"richtig", "aendern", "weitergeben"}

    def test_in_german_and_in_their_language_with_links_to_pages_in_it(self) -> None:
        keeps(house(), language="ar")
        run()
        body = mail.outbox[0].body
        assert links(body).keys() == links(body, "ar").keys()
        assert body.index("/de/eintrag/") < body.index("– – –") < body.index("/ar/eintrag/")

    def test_what_only_professionals_or_staff_may_read_is_not_in_it(self) -> None:
        found = house()
        listing = find(Listing, "house-0")
        listing.contacts.add(ContactPoint(kind="phone", value="0211 999999", audience="professionals"))
        listing.note = "secret"
        listing.save()
        entry("hidden", found, internal_only=True, title_de="Intern")
        run()
        assert not {"0211 999999", "secret", "Intern"} & set(mail.outbox[0].body.replace("\n", " ").split(" "))
        assert "999999" not in mail.outbox[0].body

    def test_the_links_themselves_are_not_in_the_database(self) -> None:
        house()
        run()
        secrets = [address.split("/")[-2].partition(":")[0] for address in links(mail.outbox[0].body).values()]
        stored = str(list(MailLink.objects.values_list()))
        assert len(secrets) == 3
        assert not [each for each in secrets if each in stored]


class TestWho:
    def test_whoever_is_due_and_nobody_else(self) -> None:
        house("fresh", confirmed=10)
        house("old", confirmed=200)
        house("never")
        house("off", confirmed=400, live=False)
        keeps(house("rarely", confirmed=200), every_months=12)
        keeps(house("not-by-mail"), every_months=0)
        said = run()
        assert [line.partition(":")[0] for line in said.splitlines()[:-1]] == ["never", "old"]
        assert "2 asked" in said

    def test_an_organisation_is_as_fresh_as_its_oldest_entry(self) -> None:
        entry("old", house(confirmed=1), confirmed=300)
        assert [each.step for each in standings(timezone.localdate())] == [Step.ASK]

    def test_an_offer_that_has_ended_is_hidden_and_not_asked_about(self, client: Client) -> None:
        found = house(confirmed=1)
        entry("ended", found, confirmed=400, valid_until=days_ago(1))
        assert [each.step for each in standings(timezone.localdate())] == [Step.FRESH]
        assert client.get("/de/angebote/ended/").status_code == 404

    def test_the_address_that_was_written_down_then_a_roles_then_any_then_a_members(self) -> None:
        found = house()
        listing = find(Listing, "house-0")
        listing.contacts.set([ContactPoint(kind="email", value="asel@haus.example.org")])
        listing.save()
        Membership.objects.create(organisation=found, user=person("chris"))
        expected = ["asel@haus.example.org", "chris@example.org"]
        assert addresses.addresses([found.pk])[found.pk] == expected
        listing.contacts.add(ContactPoint(kind="email", value=OFFICE))
        listing.save()
        assert addresses.address_of(found) == OFFICE
        keeps(found, email="buero@haus.example.org")
        assert addresses.address_of(found) == "buero@haus.example.org"

    def test_without_an_address_it_is_told(self) -> None:
        found = house()
        find(Listing, "house-0").contacts.all().delete()
        assert f"{found.slug}: no address" in run()
        assert mail.outbox == []


class TestAgainAndAgain:
    def test_asked_reminded_and_then_left_to_staff(self, client: Client) -> None:
        found = house(confirmed=400)
        for wait, said in (
            (0, "asked"),
            (0, "Nobody"),
            (20, "Nobody"),
            (1, "reminded"),
            (20, "Nobody"),
            (1, "silent"),
        ):
            upkeep = keeps(found)
            for name in ("asked_on", "reminded_on"):
                if getattr(upkeep, name):
                    setattr(upkeep, name, getattr(upkeep, name) - timedelta(days=wait))
            upkeep.save()
            assert said in run()
        assert len(mail.outbox) == 2
        day = f"{days_ago(400):%-d}"
        assert f" {day}. " in visit(client, "/de/angebote/house-0/").text

    def test_the_card_says_that_nobody_has_answered(self, client: Client) -> None:
        found = house(confirmed=400)
        before = visit(client, "/en/angebote/house-0/").text
        keeps(found, asked_on=days_ago(60), reminded_on=days_ago(30))
        after = visit(client, "/en/angebote/house-0/").text
        assert ("Last confirmed on" in before, "Not confirmed since" in after) == (True, True)

    def test_the_reminder_says_so(self) -> None:
        keeps(house(), asked_on=days_ago(21))
        run()
        assert mail.outbox[0].subject.startswith(("Erinnerung", "Reminder"))

    def test_interrupted_it_goes_on_where_it_stopped(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for number in range(5):
            house(f"house{number}")
        real = EmailBackend.send_messages
        sent: list[Any] = []

        def dies_at_the_third(self: EmailBackend, messages: Any) -> int:
            if len(sent) == 2:
                raise KeyboardInterrupt
            sent.extend(messages)
            return real(self, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", dies_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            run()
        monkeypatch.setattr(EmailBackend, "send_messages", real)
        assert "3 asked" in run()
        assert len(mail.outbox) == 5
        assert run() == "Nobody is due.\n"

    def test_what_the_server_does_not_take_is_told_to_staff_and_tried_again(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = house()
        with monkeypatch.context() as broken:
            broken.setattr(EmailBackend, "send_messages", _refuses)
            assert "house: not sent" in run()
        assert (UnsentMail.objects.get().to, keeps(found).asked_on) == (OFFICE, None)
        assert "house: asked" in run()
        assert not UnsentMail.objects.exists()

    def test_two_at_once_write_once(self) -> None:
        house()
        with held_elsewhere("remind_owners"):
            assert run() == "Nobody is due.\n"
        assert "asked" in run()

    def test_no_more_than_asked_for_and_only_those_named(self) -> None:
        for slug in ("a", "b", "c"):
            house(slug)
        assert run("--at-most", "1").startswith("a: asked")
        assert run("c").startswith("c: asked")
        assert "b: asked" in run()


class TestWhereNobodyIsWrittenTo:
    def test_a_dry_run_writes_nothing(self) -> None:
        found = house()
        assert "house: would be asked, 1 entries" in run("--dry-run")
        assert (mail.outbox, keeps(found).asked_on, MailLink.objects.count()) == ([], None, 0)

    @pytest.mark.parametrize("name", ["demo", "frozen"])
    def test_demo_data_and_frozen_entries(self, name: str) -> None:
        found = house()
        configuration = Configuration.load()
        setattr(configuration, name, True)
        configuration.save()
        vocabulary.forget()
        with pytest.raises(CommandError):
            run()
        assert list(asking.remind_owners()) == []
        assert "would be asked" in run("--dry-run")
        assert (mail.outbox, keeps(found).asked_on) == ([], None)

    def test_without_a_mail_server(self, settings: Any) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        house()
        with pytest.raises(CommandError, match="EMAIL_URL"):
            run()


class TestNewLinks:
    def test_the_answer_is_the_same_whether_the_address_is_known_or_not(self, client: Client) -> None:
        house()
        pages = [
            press(client, "/de/eintrag/neuer-link/", {"email": each}).one("main").text
            for each in (OFFICE, "stranger@example.org", OFFICE.upper())
        ]
        assert len(set(pages)) == 1
        assert mail.outbox == []  # how long an answer takes tells nothing either

    def test_a_minute_later_there_is_a_mail_with_links_that_work(self, client: Client) -> None:
        house()
        press(client, "/de/eintrag/neuer-link/", {"email": "Info@Haus.example.org"})
        assert asking.send_links() == 1
        press(client, links(mail.outbox[0].body)["richtig"])
        assert find(Listing, "house-0").last_confirmed_on == timezone.localdate()
        assert asking.send_links() == 0
        assert len(mail.outbox) == 1

    def test_what_a_stranger_types_is_written_nowhere(self, client: Client) -> None:
        house()
        press(client, "/de/eintrag/neuer-link/", {"email": "stranger@example.org"})
        assert not UnsentMail.objects.exists()
        assert asking.send_links() == 0

    def test_an_address_that_is_known_no_more_gets_nothing(self, client: Client) -> None:
        house()
        press(client, "/de/eintrag/neuer-link/", {"email": OFFICE})
        find(Listing, "house-0").contacts.all().delete()
        assert asking.send_links() == 0
        assert not UnsentMail.objects.exists()

    def test_a_mail_server_that_is_away_is_tried_three_times_and_then_staff_see_it(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        house()
        press(client, "/de/eintrag/neuer-link/", {"email": OFFICE})
        monkeypatch.setattr(EmailBackend, "send_messages", _refuses)
        for _minute in range(5):
            asking.send_links()
        assert UnsentMail.objects.get().tries == 3

    def test_a_mailbox_is_not_flooded(self, client: Client) -> None:
        house()
        for _time in range(3):
            press(client, "/de/eintrag/neuer-link/", {"email": OFFICE})
        page = press(client, "/de/eintrag/neuer-link/", {"email": OFFICE}, status=429)
        assert page.one("input", name="email").attributes["value"] == OFFICE

    @pytest.mark.parametrize("typed", ["", "nobody", "a@b", "x" * 300 + "@example.org"])
    def test_what_is_no_address_is_said(self, client: Client, typed: str) -> None:
        assert press(client, "/de/eintrag/neuer-link/", {"email": typed}).all("p", having="wrong")


def _refuses(*_args: Any) -> int:
    raise OSError
