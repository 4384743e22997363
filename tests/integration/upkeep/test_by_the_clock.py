"""Each night, each minute, and whatever goes wrong stops nothing else."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail

from directory.mail_links import Purpose, issue
from directory.models import MailLink
from directory.upkeep import asking
from directory.upkeep import nightly as upkeep
from referrals import proofs
from tests.integration.upkeep.keeping import OFFICE, house, keeps
from wegweiser import nightly, timed


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA_DIR = tmp_path
    settings.CHECK_LINKS = False
    monkeypatch.setattr(proofs, "examine", list)


def test_at_night_whoever_is_due_is_written_to_and_old_links_are_forgotten() -> None:
    found = house()
    issue(purpose=Purpose.CLAIM, valid_for=timedelta(days=-40), organisation=found, email="old@example.org")
    nightly.run()
    assert [each.to for each in mail.outbox] == [[OFFICE]]
    assert not MailLink.objects.filter(email="old@example.org").exists()
    nightly.run()
    assert len(mail.outbox) == 1


def test_not_all_of_a_new_city_in_one_night(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "AT_MOST", 2)
    for number in range(3):
        house(f"house{number}")
    nightly.run()
    assert len(mail.outbox) == 2
    nightly.run()
    assert len(mail.outbox) == 3


def test_each_minute_whoever_asked_gets_links() -> None:
    keeps(house(confirmed=1))
    asking.want_links(OFFICE)
    (nightly._report()).touch()  # the night's work is done
    assert timed.once()
    assert [each.to for each in mail.outbox] == [[OFFICE]]


@pytest.mark.parametrize(("verb", "work"), [("remind_owners", upkeep.attempt), ("send_links", upkeep.send_links)])
def test_what_fails_is_told_and_stops_nothing(
    verb: str, work: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(**_given: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(asking, verb, fail)
    work()
    assert "failed" in caplog.text


def test_a_mail_server_that_is_away_is_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    found = house()
    monkeypatch.setattr("directory.mailing._delivered", lambda _message: False)
    upkeep.attempt()
    assert "1 organisations could not be written to" in caplog.text
    assert keeps(found).asked_on is None
