"""Dead links: asked again ever more rarely, listed after three failures, and gone from the list once they work."""

import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from directory.collecting.links import checking
from directory.collecting.links import nightly as links_at_night
from directory.collecting.links.asking import Answer, Outcome
from directory.collecting.links.checking import check_links, dead, note
from directory.collecting.links.used import by_url
from directory.models import Configuration, Contact, LinkCheck, OrganisationContact
from tests.integration.collecting.making import give, signed_in, silent, staff
from tests.integration.directory.making import held_elsewhere, listing, organisation

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
WORKS, MISSING, NO_ANSWER = Answer(Outcome.WORKS, 200), Answer(Outcome.MISSING, 404), Answer(Outcome.NO_ANSWER)


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    monkeypatch.setattr(checking, "PAUSE", 0)
    settings.DATA_DIR = tmp_path


def named(*urls: str) -> None:
    for number, url in enumerate(urls):
        organisation(f"house-{number}", website=url)


def answering(answers: Mapping[str, Answer], otherwise: Answer = WORKS) -> Callable[[str], Answer]:
    return lambda url: answers.get(url, otherwise)


def check(url: str = "https://a.example.org", **fields: Any) -> LinkCheck:
    return LinkCheck.objects.create(**{"url": url, "checked_at": NOW, "next_at": NOW, "outcome": "works"} | fields)


class TestWhichAreAsked:
    def test_those_that_visitors_may_follow(self) -> None:
        house = silent("house", 2, website="https://house.example.org")
        entry = house.listings.order_by("slug")[0]
        give(entry, Contact.Kind.WEBSITE, "https://entry.example.org")
        give(entry, Contact.Kind.CHAT, "https://chat.example.org")
        give(entry, Contact.Kind.EMAIL, "info@example.org")
        OrganisationContact(organisation=house, kind="website", value="https://contact.example.org").save()
        hidden = listing("hidden", organisation=organisation("off", live=False, website="https://off.example.org"))
        give(hidden, Contact.Kind.WEBSITE, "https://hidden.example.org")
        assert sorted(by_url()) == [
            f"https://{name}.example.org" for name in ("chat", "contact", "entry", "house")
        ]

    def test_one_question_for_an_address_that_many_name(self) -> None:
        named("https://a.example.org", "https://a.example.org")
        asked: list[str] = []
        check_links(asker=lambda url: asked.append(url) or WORKS)  # type: ignore[func-returns-value]
        assert asked == ["https://a.example.org"]
        assert len(by_url()["https://a.example.org"]) == 2

    def test_what_no_entry_names_any_more_is_forgotten(self) -> None:
        check("https://gone.example.org", failures=9)
        check_links(asker=answering({}))
        assert not LinkCheck.objects.exists()

    def test_not_before_it_is_due_unless_somebody_wants_all(self) -> None:
        named("https://a.example.org")
        check(next_at=timezone.now() + timedelta(days=1))
        assert check_links(asker=answering({})).asked == 0
        assert check_links(asker=answering({}), everything=True).asked == 1

    def test_at_most_so_many_and_the_new_ones_first(self) -> None:
        named("https://a.example.org", "https://b.example.org")
        check("https://a.example.org")
        found = check_links(asker=answering({}), at_most=1)
        assert (found.asked, found.left) == (1, 1)
        assert LinkCheck.objects.filter(url="https://b.example.org").exists()

    def test_nothing_more_when_the_time_is_over(self) -> None:
        named("https://a.example.org/1", "https://a.example.org/2")
        assert check_links(asker=answering({}), seconds=1e-9).asked == 0

    def test_one_host_is_asked_one_thing_at_a_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        named(*(f"https://a.example.org/{number}" for number in range(5)))
        running, most, lock = [0], [0], threading.Lock()

        def asker(url: str) -> Answer:
            with lock:
                running[0] += 1
                most[0] = max(most[0], running[0])
            threading.Event().wait(0.01)
            with lock:
                running[0] -= 1
            return WORKS

        pauses: list[float] = []
        monkeypatch.setattr(time, "sleep", pauses.append)
        monkeypatch.setattr(checking, "PAUSE", 1.0)
        assert check_links(asker=asker).asked == 5
        assert (most[0], pauses) == (1, [1.0] * 4)


class TestBackOff:
    def after(self, *answers: Answer) -> LinkCheck:
        found = LinkCheck(url="https://a.example.org", next_at=NOW)
        for answer in answers:
            note(found, answer, NOW)
        return found

    @pytest.mark.parametrize(("failures", "days"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 30), (50, 30)])
    def test_the_longer_it_fails_the_more_rarely_it_is_asked(self, failures: int, days: int) -> None:
        found = self.after(*[MISSING] * failures)
        assert (found.failures, found.next_at - NOW) == (failures, timedelta(days=days))

    def test_once_it_works_all_is_forgotten(self) -> None:
        found = self.after(MISSING, MISSING, MISSING, WORKS)
        assert (found.failures, found.failing_since, found.outcome) == (0, None, "works")
        assert timedelta(days=30) <= found.next_at - NOW <= timedelta(days=33)

    def test_a_server_that_is_busy_says_nothing_about_the_page(self) -> None:
        found = self.after(MISSING, MISSING, Answer(Outcome.BUSY, 429, 10))
        assert (found.failures, found.next_at - NOW) == (2, timedelta(days=7))

    def test_it_is_given_the_time_that_it_asks_for_within_reason(self) -> None:
        assert self.after(Answer(Outcome.BUSY, 503, 20 * 86400)).next_at - NOW == timedelta(days=20)
        assert self.after(Answer(Outcome.BUSY, 503, 10**8)).next_at - NOW == timedelta(days=30)

    @given(st.lists(st.sampled_from([WORKS, MISSING, NO_ANSWER, Answer(Outcome.BUSY, 503, 5)]), max_size=30))
    def test_it_is_always_asked_again_and_dead_means_three_in_a_row(self, answers: list[Answer]) -> None:
        found = self.after(*answers)
        if answers:
            assert timedelta(days=1) <= found.next_at - NOW <= timedelta(days=33)
        telling = [each for each in answers if each.outcome != Outcome.BUSY]
        row = next((at for at, each in enumerate(reversed(telling)) if each == WORKS), len(telling))
        assert found.failures == row
        assert (found.failing_since is None) is (row == 0)


class TestWhoIsOffTheNet:
    URLS = ("https://a.example.org", "https://b.example.org", "https://c.example.org")

    def test_nobody_is_blamed_where_nobody_answers(self) -> None:
        named(*self.URLS)
        found = check_links(asker=answering({}, NO_ANSWER))
        assert found.is_offline
        assert not LinkCheck.objects.exists()

    def test_one_answer_is_enough_to_believe_the_others(self) -> None:
        named(*self.URLS)
        found = check_links(asker=answering({self.URLS[1]: MISSING}, NO_ANSWER))
        assert (found.is_offline, found.asked, found.failed) == (False, 3, 3)

    def test_where_only_dead_ones_are_due_one_that_worked_tells(self) -> None:
        named(*self.URLS, "https://fine.example.org")
        check("https://fine.example.org", next_at=timezone.now() + timedelta(days=9))
        found = check_links(asker=answering({"https://fine.example.org": WORKS}, NO_ANSWER))
        assert (found.is_offline, found.failed) == (False, 3)
        assert check_links(asker=answering({}, NO_ANSWER), everything=True).is_offline

    def test_two_hosts_are_too_few_to_tell(self) -> None:
        named(*self.URLS[:2])
        assert check_links(asker=answering({}, NO_ANSWER)).failed == 2


def test_what_was_asked_before_it_was_stopped_is_noted() -> None:
    named(*(f"https://{number}.example.org" for number in range(20)))

    def stop(done: int, total: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_links(asker=answering({}), report=stop)
    assert LinkCheck.objects.count() == 4
    assert check_links(asker=answering({})).asked == 16


class TestTheCommand:
    def run(self, *args: str) -> tuple[str, str]:
        out, progress = StringIO(), StringIO()
        call_command("check_links", *args, stdout=out, stderr=progress)
        return out.getvalue(), progress.getvalue()

    @pytest.fixture(autouse=True)
    def asker(self, monkeypatch: pytest.MonkeyPatch) -> None:
        answers = answering(
            {"https://dead.example.org": MISSING, "https://busy.example.org": Answer(Outcome.BUSY)}
        )
        real = checking.check_links
        target = "directory.management.commands.check_links.check_links"
        monkeypatch.setattr(target, lambda **given: real(**given, asker=answers))

    def test_it_says_what_it_did_and_how_far_it_is(self) -> None:
        named("https://dead.example.org", "https://busy.example.org", "https://fine.example.org")
        check("https://dead.example.org", failures=2)
        out, progress = self.run("--all")
        assert "3 links asked: 1 work, 1 failed; 1 are on the list of dead links, 0 are still due." in out
        assert "https://dead.example.org" in out
        assert progress.splitlines()[-1].strip() == "3 of 3"

    def test_once_more_asks_nothing(self) -> None:
        named("https://fine.example.org")
        self.run()
        assert "0 links asked" in self.run()[0]

    def test_at_most(self) -> None:
        named("https://a.example.org", "https://b.example.org")
        assert "1 links asked" in self.run("--at-most", "1")[0]

    def test_two_at_once_do_not_ask_twice(self) -> None:
        with held_elsewhere("links"), pytest.raises(CommandError, match="Another process"):
            self.run()


class TestAtNight:
    @pytest.fixture
    def asked(self, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []

        def checked(**given: Any) -> checking.Result:
            found.append(given)
            return checking.Result()

        monkeypatch.setattr(links_at_night, "check_links", checked)
        return found

    @pytest.mark.parametrize(("wanted", "demo", "times"), [(True, False, 1), (False, False, 0), (True, True, 0)])
    def test_only_where_a_city_runs_it_and_wants_it(
        self, settings: Settings, asked: list[Any], wanted: bool, demo: bool, times: int
    ) -> None:
        Configuration(pk=1, demo=demo).save()
        settings.CHECK_LINKS = wanted
        links_at_night.attempt()
        assert len(asked) == times

    def test_never_for_so_long_that_other_work_waits(self, settings: Settings, asked: list[Any]) -> None:
        settings.CHECK_LINKS = True
        links_at_night.attempt()
        assert asked == [{"at_most": 300, "seconds": 240}]

    def test_what_breaks_is_told_and_breaks_nothing_else(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def broken(**given: Any) -> None:
            raise RuntimeError

        settings.CHECK_LINKS = True
        monkeypatch.setattr(links_at_night, "check_links", broken)
        links_at_night.attempt()
        assert "The check of links failed" in caplog.text

    def test_an_offline_night_is_told(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        settings.CHECK_LINKS = True
        monkeypatch.setattr(links_at_night, "check_links", lambda **given: checking.Result(is_offline=True))
        links_at_night.attempt()
        assert "No web address answered" in caplog.text


class TestTheList:
    @pytest.fixture
    def reviewer(self) -> Client:
        return signed_in(staff("Reviewer"))

    def dead_one(self, failures: int = 3) -> LinkCheck:
        organisation("house", website="https://dead.example.org")
        at = timezone.now()
        later = at + timedelta(days=4)
        return check(
            "https://dead.example.org",
            failures=failures,
            failing_since=at,
            next_at=later,
            outcome="missing",
            status=404,
        )

    def test_it_leads_to_the_entries_that_name_the_address(self, reviewer: Client) -> None:
        self.dead_one()
        text = reviewer.get("/admin/dead-links/").content.decode()
        assert "the page is not there any more (404)" in text
        assert "/admin/snippets/directory/organisation/edit/" in text
        assert 'rel="noreferrer' in text

    def test_after_two_failures_nobody_is_bothered(self, reviewer: Client) -> None:
        self.dead_one(failures=2)
        assert "No link is dead." in reviewer.get("/admin/dead-links/").content.decode()

    def test_asked_again_tonight(self, reviewer: Client) -> None:
        one = self.dead_one()
        response = reviewer.post("/admin/dead-links/again/", {"link": [one.pk, "x", "²"]}, follow=True)
        one.refresh_from_db()
        assert one.next_at <= timezone.now()
        assert "is asked again tonight" in response.content.decode()

    def test_one_that_was_mended_is_gone_from_it(self, reviewer: Client) -> None:
        self.dead_one()
        check_links(asker=answering({}), everything=True)
        assert not dead().exists()
        assert "No link is dead." in reviewer.get("/admin/dead-links/").content.decode()

    def test_the_desk_counts_them(self, reviewer: Client) -> None:
        self.dead_one()
        assert 'href="/admin/dead-links/"' in reviewer.get("/admin/").content.decode().split("<main")[1]

    @pytest.mark.parametrize("role", ["Translator", "Partner"])
    def test_others_do_not_see_it(self, role: str) -> None:
        client = signed_in(staff(role))
        assert client.get("/admin/dead-links/").status_code in (302, 403)
        assert "dead-links" not in client.get("/admin/").content.decode()
