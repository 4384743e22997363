"""Frozen: organisations change nothing. Paused: an account that runs away changes nothing, in whatever screen."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from directory import listings
from directory.models import Change, Configuration, Listing, Organisation, Pause, PausedError
from directory.reviewing import brakes
from tests.integration.directory.making import listing, person, stored, superuser
from tests.integration.editing.posting import post, url
from tests.integration.reviewing.waiting import (
    QUEUE,
    by_link,
    decide,
    entry,
    member,
    reviewer,
    said,
    seen,
    signed_in,
    submitted,
)
from wegweiser import roles

pytestmark = pytest.mark.django_db
ACCOUNTS = f"{QUEUE}accounts/"


@pytest.fixture(autouse=True)
def review() -> None:
    roles.install()


def frozen() -> None:
    boss = User.objects.filter(username="boss").first() or superuser("boss")
    brakes.freeze(frozen=True, by=boss)


VERBS: dict[str, Callable[[Listing, Any], object]] = {
    "save a draft": lambda house, by: listings.save_draft(
        draft=listings.draft_of(house), seen=house.latest_revision_id, by=by
    ),
    "submit": lambda house, by: listings.submit(listing=house, by=by),
    "withdraw": lambda house, by: listings.withdraw(listing=house, by=by),
    "confirm": lambda house, by: listings.confirm(listing=house, by=by),
    "say whether there is room": lambda house, by: listings.set_capacity(
        listing=house, capacity="full", waiting_weeks=None, by=by
    ),
    "ask for removal": lambda house, by: listings.request_removal(
        listing=house, remark="", email="a@example.org", language="de", by=by
    ),
}


@pytest.mark.parametrize("verb", VERBS)
def test_frozen_for_organisations(verb: str) -> None:
    house, asel = entry(), member()
    frozen()
    position = Change.position()
    for by in (asel, by_link(house)):
        with pytest.raises(brakes.FrozenError):
            VERBS[verb](house, by)
    assert Change.position() == position


@pytest.mark.parametrize("verb", VERBS)
def test_staff_go_on(verb: str) -> None:
    house, chris = entry(), superuser()
    VERBS["save a draft"](house, chris)
    frozen()
    VERBS[verb](stored(house), chris)


@pytest.mark.parametrize("verb", VERBS)
def test_a_paused_account_changes_nothing(verb: str) -> None:
    house, asel = entry(), member()
    brakes.pause(asel)
    with pytest.raises(PausedError):
        VERBS[verb](house, asel)


def test_frozen_and_let_go_again_with_a_click() -> None:
    house, asel, rosa = entry(), member(), signed_in(reviewer())
    response = rosa.post(f"{QUEUE}freeze/", {"frozen": "1"}, follow=True)
    assert "Organisations change nothing" in said(response)[0]
    assert Configuration.load().frozen
    assert "somebody has frozen the entries" in rosa.get(QUEUE).content.decode()
    with pytest.raises(brakes.FrozenError):
        submitted(house, asel, title_de="Neu")
    rosa.post(f"{QUEUE}freeze/", {"frozen": "0"})
    submitted(house, asel, title_de="Neu")


def test_freezing_is_noted_and_keeps_the_rest_of_the_configuration() -> None:
    Configuration(pk=1, publisher="Stadt Jena", demo=True).save()
    frozen()
    frozen()
    found = Configuration.load()
    assert (found.publisher, found.demo, found.frozen) == ("Stadt Jena", True, True)
    assert [each.action for each in ModelLogEntry.objects.all()] == ["wegweiser.freeze"]
    assert Change.objects.latest("pk").by == "boss"


def test_members_do_not_thaw() -> None:
    entry()
    frozen()
    with pytest.raises(PermissionDenied):
        brakes.freeze(frozen=False, by=member())


# --- who does too much ---------------------------------------------------------------------------


@pytest.fixture
def few(settings: Any) -> int:
    settings.PUBLISHES_AN_HOUR = 3
    return 3


def many(number: int, **fields: Any) -> list[Listing]:
    return [listing(f"entry-{each}", **fields) for each in range(number)]


def bulk(client: Client, action: str, entries: list[Any]) -> Any:
    keys = "&".join(f"id={each.pk}" for each in entries)
    model = entries[0]._meta.model_name
    return client.post(f"/admin/bulk/directory/{model}/{action}/?{keys}", follow=True)


@pytest.mark.parametrize(("action", "live"), [("publish", False), ("unpublish", True), ("delete", True)])
def test_all_at_once_is_refused_and_pauses(few: int, action: str, live: bool) -> None:
    """Nothing of it is done, and the account does nothing more."""
    rita = reviewer("rita")
    entries = many(few + 1, live=live)
    bulk(signed_in(rita), action, entries)
    assert [each.live for each in Listing.objects.all()] == [live] * (few + 1)
    assert Pause.objects.get().account == rita
    bulk(signed_in(rita), action, entries[:1])
    assert stored(entries[0]).live is live


@pytest.mark.parametrize(("action", "live"), [("publish", False), ("unpublish", True), ("delete", True)])
def test_one_after_the_other_comes_to_the_same(few: int, action: str, live: bool) -> None:
    client = signed_in(reviewer("rita"))
    entries = many(few + 1, live=live)
    for each in entries:
        bulk(client, action, [each])
    left = Listing.objects.filter(live=live)
    assert [each.pk for each in left] == [entries[-1].pk]
    assert Pause.objects.count() == 1


def test_as_much_as_is_allowed_is_no_reason(few: int) -> None:
    client = signed_in(reviewer("rita"))
    bulk(client, "publish", many(few, live=False))
    assert Listing.objects.filter(live=True).count() == few
    assert not Pause.objects.exists()


def test_each_kind_of_act_counts_together(few: int) -> None:
    client = signed_in(reviewer("rita"))
    entries = many(few + 1)
    bulk(client, "unpublish", entries[:2])
    client.post(url("listing", "delete", entries[2].pk))
    client.post(url("listing", "delete", entries[3].pk))
    assert Listing.objects.filter(pk=entries[3].pk).exists()
    assert Pause.objects.count() == 1


def test_approving_counts_too(few: int) -> None:
    rosa = signed_in(reviewer())
    entries = [entry(f"entry-{number}") for number in range(few + 1)]
    asel = member()
    for each in entries:
        response = decide(rosa, submitted(each, asel, title_de="Neu"), seen=seen(each))
    assert [stored(each).title_de for each in entries] == ["Neu"] * few + ["Beratung"]
    assert "more than one account" in said(response)[0]
    assert decide(rosa, stored(entries[-1]).current_workflow_task_state, seen=seen(each)).status_code == 403


def test_wagtails_own_form_is_counted(few: int) -> None:
    client = signed_in(reviewer("rita"))
    entries = many(few + 1, live=False)
    for each in entries:
        post(client, url("listing", "edit", each.pk), "publish")
    assert not stored(entries[-1]).live
    assert Pause.objects.count() == 1


def test_yesterday_does_not_count(few: int) -> None:
    rita = reviewer("rita")
    entries = many(few + 1, live=False)
    bulk(signed_in(rita), "publish", entries[:few])
    for each in ModelLogEntry.objects.all():
        each.timestamp = timezone.now() - timedelta(hours=2)
        each.save()
    bulk(signed_in(rita), "publish", entries[few:])
    assert Listing.objects.filter(live=True).count() == few + 1


def test_others_are_not_held_up(few: int) -> None:
    entries = many(few + 1)
    bulk(signed_in(reviewer("rita")), "unpublish", entries)
    bulk(signed_in(reviewer("dana")), "unpublish", entries[:1])
    assert not stored(entries[0]).live


def test_lifted_by_somebody_else_and_counted_anew(few: int) -> None:
    rita, entries = reviewer("rita"), many(few + 2)
    client = signed_in(rita)
    for each in entries[: few + 1]:
        bulk(client, "unpublish", [each])
    pause = Pause.objects.get()
    response = client.post(f"{ACCOUNTS}{pause.pk}/lift/")
    assert response.status_code == 403
    assert "Your account is paused" in response.content.decode()
    assert Pause.objects.get().lifted_at is None
    page = signed_in(reviewer("dana")).get(ACCOUNTS).content.decode()
    assert f"{ACCOUNTS}{pause.pk}/lift/" in page
    signed_in(User.objects.get(username="dana")).post(f"{ACCOUNTS}{pause.pk}/lift/")
    assert Pause.objects.get().lifted_by == User.objects.get(username="dana")
    bulk(client, "unpublish", [entries[few]])
    assert not stored(entries[few]).live


def test_from_the_command_line_where_nobody_else_is_left(few: int, capsys: pytest.CaptureFixture[str]) -> None:
    rita = reviewer("rita")
    brakes.pause(rita)
    call_command("lift_pause", "rita")
    assert "rita" in capsys.readouterr().out
    assert Pause.objects.get().lifted_at
    call_command("lift_pause", "rita")
    assert "not paused" in capsys.readouterr().out


def test_paused_by_hand() -> None:
    rosa, rita = signed_in(reviewer()), reviewer("rita")
    rosa.post(f"{ACCOUNTS}pause/", {"account": rita.pk})
    rosa.post(f"{ACCOUNTS}pause/", {"account": rita.pk})
    assert [each.account for each in Pause.objects.all()] == [rita]
    assert rosa.post(f"{ACCOUNTS}pause/", {"account": "x"}).status_code == 404


def test_a_paused_account_pauses_and_frees_nobody() -> None:
    rita, dana = reviewer("rita"), reviewer("dana")
    brakes.pause(rita)
    brakes.pause(dana)
    client = signed_in(rita)
    client.post(f"{ACCOUNTS}{Pause.objects.get(account=dana).pk}/lift/")
    client.post(f"{ACCOUNTS}pause/", {"account": reviewer("rosa").pk})
    assert Pause.objects.filter(lifted_at=None).count() == 2


def test_loaders_and_the_clock_have_no_account_to_pause(few: int) -> None:
    for each in many(few + 2, live=False):
        each.save_revision().publish()
    for each in Organisation.objects.all():
        assert not each.listings.filter(live=False).exists()
    assert not Pause.objects.exists()


def test_a_translator_who_is_paused_saves_no_draft() -> None:
    house, found = entry(), person("editor", "access_admin", "change_listing")
    brakes.pause(found)
    post(signed_in(found), url("listing", "edit", house.pk), title_de="Neu")
    assert listings.draft_of(stored(house)).title_de == "Beratung"


def test_a_paused_account_does_nothing_else_in_the_admin() -> None:
    chris, other = superuser(), superuser("other")
    brakes.pause(chris)
    client = signed_in(chris)
    assert client.post("/admin/users/new/", {}).status_code == 403
    assert client.post("/admin/configuration/edit/1/", {"publisher": "Andere Stadt"}).status_code == 403
    assert client.get(ACCOUNTS).status_code == 200
    assert "Somebody else has to lift it." in client.get(ACCOUNTS).content.decode()
    assert client.post("/admin/logout/").status_code == 302
    assert signed_in(other).post("/admin/users/new/", {}).status_code == 200


def test_nobody_lifts_the_own_pause_by_the_verb() -> None:
    chris = superuser()
    brakes.pause(chris)
    with pytest.raises(PermissionDenied):
        brakes.lift(pause=Pause.objects.get(), by=chris)
