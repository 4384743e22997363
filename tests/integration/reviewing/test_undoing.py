"""What one account did between two moments is taken back: as new versions, and never over somebody else's work."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from directory import listings
from directory.models import Listing, Pause
from directory.reviewing import undoing
from directory.reviewing.undoing import Does, Span
from tests.integration.directory.making import listing, organisation, stored, superuser
from tests.integration.reviewing.waiting import (
    QUEUE,
    by_link,
    entry,
    member,
    reviewer,
    said,
    seen,
    signed_in,
    submitted,
    task_of,
)
from wegweiser import roles

pytestmark = pytest.mark.django_db
ACCOUNTS = f"{QUEUE}accounts/"


@pytest.fixture(autouse=True)
def review() -> None:
    roles.install()


@pytest.fixture
def rita() -> User:
    """Whose account was taken over."""
    return reviewer("rita")


@pytest.fixture
def boss() -> User:
    return superuser("boss")


def changed(found: Any, user: User, *, publish: bool = True, **values: Any) -> None:
    draft = stored(found).get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    revision = draft.save_revision(user=user)
    if publish:
        revision.publish(user=user)


def lately(user: User, minutes: int = 60) -> Span:
    now = timezone.now()
    return Span(user, now - timedelta(minutes=minutes), now + timedelta(minutes=1))


def an_hour_ago() -> None:
    """What has happened so far was before the account was taken over."""
    for revision in Revision.objects.all():
        revision.created_at -= timedelta(hours=2)
        revision.save()
    for row in ModelLogEntry.objects.all():
        row.timestamp -= timedelta(hours=2)
        row.save()


def planned(user: User) -> dict[str, Does]:
    return {step.entry.slug: step.does for step in undoing.steps(lately(user))}


def undone(user: User, by: User) -> list[Any]:
    return [stored(step.entry) for step in undoing.undo(lately(user), by=by)]


def versions(found: Any) -> list[str]:
    return [each.content["title_de"] for each in stored(found).revisions.order_by("pk")]


def test_what_was_public_is_public_again_as_a_new_version(rita: User, boss: User) -> None:
    house = entry()
    changed(house, rita, title_de="Gekapert")
    assert planned(rita) == {"advice": Does.RESTORE}
    (found,) = undone(rita, boss)
    assert (found.title_de, found.live, found.has_unpublished_changes) == ("Beratung", True, False)
    assert versions(house) == ["Beratung", "Gekapert", "Beratung"]
    assert found.latest_revision.user == boss


def test_contacts_come_back(rita: User, boss: User) -> None:
    house = entry()
    draft = stored(house).get_latest_revision_as_object()
    draft.contacts = []
    draft.save_revision(user=rita).publish(user=rita)
    assert not stored(house).contacts.exists()
    undone(rita, boss)
    assert [each.value for each in stored(house).contacts.all()] == ["0211 8991234"]


def test_several_versions_go_back_to_the_one_before_the_first(rita: User, boss: User) -> None:
    house = entry()
    changed(house, boss, title_de="Gut")
    an_hour_ago()
    for title in ("Schlecht", "Schlechter", "Am schlechtesten"):
        changed(house, rita, title_de=title)
    undone(rita, boss)
    assert stored(house).title_de == "Gut"


def test_a_draft_that_waited_is_there_again(rita: User, boss: User) -> None:
    """The public gets what it had, and the member's draft is not lost."""
    house, asel = entry(), member()
    submitted(house, asel, title_de="Entwurf")
    an_hour_ago()
    listings.approve(listing=stored(house), seen=seen(house), by=rita)
    assert stored(house).title_de == "Entwurf"
    undone(rita, boss)
    found = stored(house)
    assert (found.title_de, listings.draft_of(found).title_de) == ("Beratung", "Entwurf")
    assert found.has_unpublished_changes


def test_taken_off_comes_back(rita: User, boss: User) -> None:
    house, plain = entry(), listing("plain")
    changed(house, boss, title_de="Gut")
    an_hour_ago()
    for each in (house, plain):
        listings.archive(listing=stored(each), by=rita)
    assert planned(rita) == {"advice": Does.RESTORE, "plain": Does.RESTORE}
    undone(rita, boss)
    assert [(stored(each).live, stored(each).title_de) for each in (house, plain)] == [
        (True, "Gut"),
        (True, "Beratung"),
    ]


def test_what_was_never_public_is_taken_off(rita: User, boss: User) -> None:
    fresh = listing("fresh", live=False)
    changed(fresh, boss, publish=False, title_de="Entwurf")
    an_hour_ago()
    changed(fresh, rita, title_de="Reklame")
    assert planned(rita) == {"fresh": Does.TAKE_OFF}
    undone(rita, boss)
    found = stored(fresh)
    assert (found.live, listings.draft_of(found).title_de) == (False, "Entwurf")


def test_a_draft_goes_back_and_the_public_sees_nothing_of_it(rita: User, boss: User) -> None:
    house = entry()
    changed(house, boss, publish=False, title_de="Guter Entwurf")
    an_hour_ago()
    changed(house, rita, publish=False, title_de="Schlechter Entwurf")
    assert planned(rita) == {"advice": Does.DRAFT}
    undone(rita, boss)
    assert (stored(house).title_de, listings.draft_of(stored(house)).title_de) == ("Beratung", "Guter Entwurf")


def test_a_member_is_an_account_too(boss: User) -> None:
    house, asel = entry(), member()
    submitted(house, asel, title_de="Neu")
    assert planned(asel) == {"advice": Does.DRAFT}
    undone(asel, boss)
    assert not stored(house).workflow_in_progress
    assert listings.draft_of(stored(house)).title_de == "Beratung"


def test_confirmed_is_checked_again(rita: User, boss: User) -> None:
    house = entry()
    listings.confirm(listing=house, by=rita)
    assert planned(rita) == {"advice": Does.CHECK}
    assert undone(rita, boss)[0].needs_check


@pytest.mark.parametrize("who", ["staff", "link"])
def test_nobody_elses_later_work_is_touched(rita: User, boss: User, who: str) -> None:
    house = entry()
    changed(house, rita, title_de="Gekapert")
    if who == "staff":
        changed(house, reviewer("dana"), title_de="Repariert")
    else:
        submitted(house, by_link(house), title_de="Repariert")
    assert planned(rita) == {"advice": Does.LEAVE}
    before = versions(house)
    assert undone(rita, boss) == []
    assert versions(house) == before


def test_only_within_the_time(rita: User, boss: User) -> None:
    house = entry()
    changed(house, rita, title_de="Gut gemeint")
    an_hour_ago()
    assert planned(rita) == {}
    other = entry("other")
    changed(other, rita, title_de="Schlecht")
    assert planned(rita) == {"other": Does.RESTORE}
    undone(rita, boss)
    assert stored(house).title_de == "Gut gemeint"


def test_only_of_that_account(rita: User, boss: User) -> None:
    changed(entry(), reviewer("dana"), title_de="Gut")
    assert planned(rita) == {}


def test_other_kinds_of_entries_too(rita: User, boss: User) -> None:
    house = organisation("verein")
    changed(house, rita, website="https://evil.example/")
    assert planned(rita) == {"verein": Does.RESTORE}
    undone(rita, boss)
    assert stored(house).website == ""


def test_a_great_deal_pauses_nobody_who_puts_it_right(rita: User, boss: User, settings: Any) -> None:
    for number in range(5):
        changed(entry(f"entry-{number}"), rita, title_de="Schlecht")
    settings.PUBLISHES_AN_HOUR = 2
    undone(rita, boss)
    assert {each.title_de for each in Listing.objects.all()} == {"Beratung"}
    assert not Pause.objects.exists()


def test_twice_is_once(rita: User, boss: User) -> None:
    house = entry()
    changed(house, rita, title_de="Gekapert")
    undone(rita, boss)
    before = versions(house)
    assert planned(rita) == {"advice": Does.LEAVE}
    assert undone(rita, boss) == []
    assert versions(house) == before


def test_not_by_oneself_and_not_by_others(rita: User) -> None:
    changed(entry(), rita, title_de="Gekapert")
    for by in (rita, member()):
        with pytest.raises(PermissionDenied):
            undoing.undo(lately(rita), by=by)


def given(user: User) -> dict[str, Any]:
    def typed(at: datetime) -> str:
        return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")

    now = timezone.now()
    span = {"start": typed(now - timedelta(minutes=30)), "end": typed(now + timedelta(minutes=2))}
    return {"account": user.pk, **span}


@pytest.fixture
def client(boss: User) -> Client:
    return signed_in(boss)


def test_shown_before_anything_happens(rita: User, client: Client) -> None:
    house, gone = entry(), listing("gone")
    changed(house, rita, title_de="Gekapert")
    signed_in(rita).post(f"/admin/bulk/directory/listing/delete/?id={gone.pk}")
    text = client.get(ACCOUNTS, given(rita)).content.decode()
    assert "becomes public again as it was before" in text
    assert "come back from a backup only" in text
    assert "<li>gone</li>" in text
    assert stored(house).title_de == "Gekapert"


def test_done_with_a_click(rita: User, client: Client) -> None:
    house = entry()
    changed(house, rita, title_de="Gekapert")
    response = client.post(f"{ACCOUNTS}undo/", given(rita), follow=True)
    assert said(response) == ["1 entry is as it was."]
    assert stored(house).title_de == "Beratung"


def test_time_that_runs_backwards_is_said_beside_it(rita: User, client: Client) -> None:
    wrong = given(rita) | {"end": "2001-01-01T00:00"}
    assert "before the beginning" not in client.get(ACCOUNTS).content.decode()
    changed(entry(), rita, title_de="Gekapert")
    assert "before the beginning" in client.get(ACCOUNTS, wrong).content.decode()
    assert "Choose an account" in said(client.post(f"{ACCOUNTS}undo/", wrong, follow=True))[0]


def test_in_review_since_before_stays_whole(rita: User, boss: User) -> None:
    """Submitted only: nothing of it was this account's own."""
    house, asel = entry(), member()
    submitted(house, asel, title_de="Neu")
    listings.withdraw(listing=stored(house), by=asel)
    an_hour_ago()
    listings.submit(listing=stored(house), by=rita)
    assert planned(rita) == {"advice": Does.WITHDRAW}
    undone(rita, boss)
    assert task_of(house) is None
    assert listings.draft_of(stored(house)).title_de == "Neu"
