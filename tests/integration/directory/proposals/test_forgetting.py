"""Nothing of a person stays longer than it is needed."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from directory.models import Proposal
from directory.proposals import forgetting
from directory.proposals.forgetting import DECIDED_FOR, UNVERIFIED_FOR, forget
from tests.integration.directory.making import stored

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = timedelta(days=1)


def proposal(**fields: Any) -> Proposal:
    given = {"kind": "organisation", "email": "a@example.org", "remark": "R", "fields": {"name": "N"}}
    made = Proposal(**(given | fields))
    made.save()
    return made


def decided(before: timedelta) -> Proposal:
    return proposal(state="refused", decided_at=NOW - before, policy="2026-11")


def test_what_nobody_confirmed_is_deleted_after_some_days() -> None:
    proposal(state="unverified")
    assert forget(NOW + UNVERIFIED_FOR - DAY) == 0
    assert forget(NOW + UNVERIFIED_FOR + DAY) == 1
    assert not Proposal.objects.exists()


def test_what_waits_for_staff_waits() -> None:
    found = proposal()
    assert forget(NOW + 400 * DAY) == 0
    assert stored(found).email == "a@example.org"


def test_of_a_decision_the_decision_stays() -> None:
    found = decided(DECIDED_FOR + DAY)
    assert forget(NOW) == 1
    after = stored(found)
    assert (after.email, after.remark, after.fields) == ("", "", {})
    assert (after.state, after.policy) == ("refused", "2026-11")
    assert forget(NOW) == 0


def test_not_before_somebody_could_ask() -> None:
    found = decided(DECIDED_FOR - DAY)
    assert forget(NOW) == 0
    assert stored(found).remark == "R"


def test_it_happens_at_night(monkeypatch: pytest.MonkeyPatch) -> None:
    from wegweiser import nightly

    called: list[None] = []
    monkeypatch.setattr(forgetting, "forget", lambda: called.append(None))
    monkeypatch.setattr("referrals.proofs.examine", lambda: None)
    monkeypatch.setattr("referrals.proofs.as_data", lambda _found: {"ok": True})
    nightly.run()
    assert called == [None]
