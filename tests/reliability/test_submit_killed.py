"""`kill -9` at any point of writing, sending for review and approving: each step is there whole, or not at all."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings
from wagtail.models import ModelLogEntry, TaskState, WorkflowState

from directory import listings
from directory.models import Change, Listing, Membership
from tests import houses
from tests.database import States
from tests.integration.directory.making import listing, person, superuser
from tests.reliability.killing import KILLS, SEED, Acknowledge, kill, pace
from wegweiser import roles

pytestmark = [
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
    pytest.mark.timeout(600),
]


@pytest.fixture
def house(
    tmp_path: Path, database_states: States, django_db_blocker: DjangoDbBlocker, settings: Settings
) -> Iterator[Path]:
    settings.PUBLISHES_AN_HOUR = sys.maxsize  # one account approves as fast as the machine can
    with django_db_blocker.unblock(), houses.house(database_states, tmp_path, state="empty"):
        roles.install()
        superuser("rania")
        Membership.objects.create(organisation=listing("advice", aliases=["0"]).organisation, user=person("asel"))
        yield tmp_path


def entry() -> Listing:
    found: Listing = Listing.objects.get(slug="advice")
    return found


def work(acknowledge: Acknowledge) -> None:
    asel, rania = (User.objects.get(username=name) for name in ("asel", "rania"))
    while True:
        current = entry()
        if not current.workflow_in_progress:
            draft = listings.draft_of(current)
            turn = int(draft.aliases[0]) + 1
            draft.aliases = [str(turn)]
            listings.save_draft(draft=draft, seen=current.latest_revision_id, by=asel)
            acknowledge(f"saved {turn}")
            listings.submit(listing=draft, by=asel)
            acknowledge(f"submitted {turn}")
        current = entry()
        turn = int(listings.draft_of(current).aliases[0])
        listings.approve(listing=current, seen=current.latest_revision_id, by=rania)
        acknowledge(f"approved {turn}")


def last(acknowledged: list[str], kind: str) -> int:
    return max((int(line.split()[1]) for line in acknowledged if line.startswith(f"{kind} ")), default=0)


def is_whole() -> None:
    """Every step leaves several rows in several tables: they are all there, or none is."""
    current = entry()
    drafted, public = int(listings.draft_of(current).aliases[0]), int(current.aliases[0])
    assert drafted >= public
    running = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    tasks = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    assert running.count() == tasks.count() <= 1
    if state := running.first():
        assert drafted > public
        assert state.current_task_state == tasks.get()
        assert tasks.get().revision_id == current.latest_revision_id
    approved = WorkflowState.objects.filter(status=WorkflowState.STATUS_APPROVED).count()
    assert approved == ModelLogEntry.objects.filter(action="wagtail.publish").count()
    assert ModelLogEntry.objects.filter(action="wegweiser.submit").count() == WorkflowState.objects.count()
    assert current.has_unpublished_changes == (drafted != public)
    numbers = list(
        Change.objects.filter(model="directory.listing").order_by("id").values_list("version", flat=True)
    )
    assert numbers == list(range(1, len(numbers) + 1))


def test_submit_and_approve(house: Path) -> None:
    within = pace(work, 6)
    steps = 0
    for _turn in range(KILLS):
        acknowledged = kill(work, within)
        steps += len(acknowledged)
        is_whole()
        current = entry()
        drafted, public = int(listings.draft_of(current).aliases[0]), int(current.aliases[0])
        assert drafted >= last(acknowledged, "saved"), "an acknowledged edit is lost"
        assert public >= last(acknowledged, "approved"), "an acknowledged approval is lost"
        if submitted := last(acknowledged, "submitted"):
            assert current.workflow_in_progress or public >= submitted, "an acknowledged submission is lost"
    assert steps, "killed before anything was done"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchall() == [("ok",)]
    connection.check_constraints()
    print(f"\nkilled {KILLS} times on {connection.vendor} with KILL_SEED={SEED}, {steps} steps acknowledged")  # noqa: T201
