"""Two members, a reviewer, a tap on the phone and a scheduled publication at once on one entry: five processes.

Nobody's acknowledged edit is lost, and whoever comes too late is told.
"""

import time
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from directory import listings
from directory.members.adding import add
from directory.models import Change, Listing, Membership
from tests import houses
from tests.database import States
from tests.integration.directory.making import listing, person, superuser
from tests.reliability.killing import Acknowledge, Work, finish_all
from wegweiser import roles

pytestmark = [
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
    pytest.mark.timeout(300),
]
TURNS = 9
MEMBERS = ("asel", "berna")
LONGEST = 90  # seconds


@pytest.fixture
def house(tmp_path: Path, database_states: States, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    with django_db_blocker.unblock(), houses.house(database_states, tmp_path, state="empty"):
        roles.install()
        superuser("rania")
        home = listing("advice").organisation
        for name in MEMBERS:
            Membership.objects.create(organisation=home, user=person(name))
        yield tmp_path


def entry() -> Listing:
    found: Listing = Listing.objects.get(slug="advice")
    return found


def user(name: str) -> User:
    found: User = User.objects.get(username=name)
    return found


def write(name: str, done: Path, acknowledge: Acknowledge) -> None:
    """Each edit adds a word to the draft that was read; every third one is sent for review."""
    by, turn, until = user(name), 0, time.monotonic() + LONGEST
    while turn < TURNS and time.monotonic() < until:
        current = entry()
        draft, word = listings.draft_of(current), f"{name}-{turn}"
        draft.aliases = [*draft.aliases, word]
        try:
            listings.save_draft(draft=draft, seen=current.latest_revision_id, by=by)
            acknowledge(f"saved {word}")
            turn += 1
            if turn % 3 == 0:
                listings.submit(listing=draft, by=by)
                acknowledge(f"submitted {word}")
        except listings.ConflictError:
            acknowledge(f"conflict {word}")
        except listings.InReviewError:
            acknowledge(f"waits {word}")
            time.sleep(0.05)
    (done / name).touch()
    acknowledge(f"done {turn}")


def review(done: Path, acknowledge: Acknowledge) -> None:
    """Looks at what waits, thinks for a moment, and approves what was on the screen."""
    rania, until = user("rania"), time.monotonic() + LONGEST
    while time.monotonic() < until:
        is_last_look = all((done / name).exists() for name in MEMBERS)
        seen = entry()
        if not seen.workflow_in_progress:
            if is_last_look:
                return
            time.sleep(0.05)
            continue
        shown = listings.draft_of(seen).aliases
        time.sleep(0.01)
        try:
            listings.approve(listing=seen, seen=seen.latest_revision_id, by=rania)
            acknowledge(f"approved {shown[-1]}")
        except listings.ConflictError:
            acknowledge("conflict reviewer")


def tap(acknowledge: Acknowledge) -> None:
    asel = user("asel")
    for weeks in range(1, TURNS):
        listings.set_capacity(listing=entry(), capacity="waiting_list", waiting_weeks=weeks, by=asel)
        acknowledge(f"tapped {weeks}")
        time.sleep(0.05)


def schedule() -> None:
    """Wagtail's own, as staff plan it: this version goes out in a second, whatever happens meanwhile."""
    draft = listings.draft_of(entry())
    draft.title_de = "Geplant"
    draft.go_live_at = timezone.now() + timedelta(seconds=1)
    draft.save_revision(user=user("rania")).publish(user=user("rania"))


def publish_scheduled(acknowledge: Acknowledge) -> None:
    until = time.monotonic() + 3
    while time.monotonic() < until:
        call_command("publish_scheduled")
        if entry().title_de == "Geplant":
            acknowledge("scheduled")
            return
        time.sleep(0.1)


def of(kind: str, told: list[list[str]]) -> list[str]:
    return [line.split(maxsplit=1)[1] for lines in told for line in lines if line.startswith(f"{kind} ")]


def test_nobodys_edit_is_lost(house: Path) -> None:
    schedule()
    works: list[Work] = [*(partial(write, name, house) for name in MEMBERS), partial(review, house)]
    works += [tap, publish_scheduled]
    told = finish_all(works)
    saved, conflicts = of("saved", told), of("conflict", told)
    end = entry()
    assert of("done", told) == [f"{TURNS}", f"{TURNS}"], "somebody was kept waiting for ever"
    assert sorted(listings.draft_of(end).aliases) == sorted(saved), "an acknowledged edit is lost, or one is twice"
    assert conflicts, "nobody ever came too late: nothing was tried here"
    approved = of("approved", told)
    sent = {word for word in of("submitted", told) if word.split("-")[1] != f"{TURNS - 1}"}
    assert approved
    assert len(approved) == len(of("submitted", told)), "what was sent for review fell out of it"
    assert sent <= set(end.aliases)
    assert set(approved) <= set(end.aliases), "what was approved is not public"
    assert end.aliases == listings.draft_of(end).aliases[: len(end.aliases)], "something public was never written"
    assert (end.capacity, end.waiting_weeks) == ("waiting_list", TURNS - 1)
    assert listings.draft_of(end).waiting_weeks == TURNS - 1
    assert (end.title_de, listings.draft_of(end).title_de) == ("Geplant", "Geplant")
    assert not end.revisions.filter(approved_go_live_at__isnull=False).exists()
    numbers = list(
        Change.objects.filter(model="directory.listing").order_by("id").values_list("version", flat=True)
    )
    assert numbers == list(range(1, len(numbers) + 1)), "a change without its row, or two with one number"
    print(  # noqa: T201
        f"\nat once on {connection.vendor}: {len(saved)} edits saved, {len(conflicts)} conflicts told, "
        f"{len(of('waits', told))} waited for the review, {len(approved)} approved"
    )


def test_one_of_two_reviewers_decides(house: Path) -> None:
    superuser("omid")
    asel = user("asel")
    draft = listings.draft_of(entry())
    draft.title_de = "Neu"
    listings.save_draft(draft=draft, seen=None, by=asel)
    listings.submit(listing=draft, by=asel)

    def decide(name: str, acknowledge: Acknowledge) -> None:
        seen = entry()
        try:
            if name == "rania":
                listings.approve(listing=seen, seen=seen.latest_revision_id, by=user(name))
            else:
                listings.send_back(listing=seen, by=user(name), remark="Bitte kürzer.")
            acknowledge(f"decided {name}")
        except listings.ConflictError:
            acknowledge(f"late {name}")

    told = finish_all([partial(decide, "rania"), partial(decide, "omid")])
    assert len(of("decided", told)) == 1
    assert len(of("late", told)) == 1
    is_public = entry().title_de == "Neu"
    assert is_public == (of("decided", told) == ["rania"])


def test_only_one_of_two_submits(house: Path) -> None:
    draft = listings.draft_of(entry())
    draft.title_de = "Neu"
    listings.save_draft(draft=draft, seen=None, by=user("asel"))

    def submit(name: str, acknowledge: Acknowledge) -> None:
        try:
            listings.submit(listing=entry(), by=user(name))
            acknowledge(f"submitted {name}")
        except listings.InReviewError:
            acknowledge(f"late {name}")

    told = finish_all([partial(submit, name) for name in MEMBERS])
    assert (len(of("submitted", told)), len(of("late", told))) == (1, 1)
    assert entry().workflow_states.count() == 1


def test_new_entries_of_one_name_at_once(house: Path) -> None:
    """A double click of each member: no error, and one entry each."""

    def begin(name: str, acknowledge: Acknowledge) -> None:
        of = entry().organisation
        made = add(organisation=of, kind="training", title="Kurs", language="de", by=user(name))
        acknowledge(f"made {name}-{made.pk}")

    told = of("made", finish_all([partial(begin, name) for name in MEMBERS * 3]))
    assert len(told) == len(MEMBERS) * 3, "somebody got an error"
    assert len(set(told)) == len(MEMBERS), "a double click made two"
    slugs = Listing.objects.exclude(slug="advice").values_list("slug", flat=True)
    assert sorted(slugs) == ["kurs", "kurs-2"]
