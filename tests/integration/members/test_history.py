"""Who did what and when, in words: a sitting is one line, and the city's staff are the city."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import translation

from directory import listings
from directory.members.history import People, edits, events, last_edit
from directory.models import Change, Listing
from directory.permissions import ByLink
from tests.integration.directory.making import find, superuser
from tests.integration.members.making import changed, codes, complete, member, page, signed_in
from tests.integration.members.posting import Screen
from wegweiser import roles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def review() -> None:
    roles.install()
    codes()


@pytest.fixture
def asel() -> Client:
    return signed_in(member("house", language="en"))


def told() -> list[tuple[str, str]]:
    with translation.override("en"):
        return [(event.who, event.what) for event in events(find(Listing, "advice"))]


NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def saved(minute: int, by: str, summary: str = "title_de", action: str = "draft") -> Change:
    return Change(by=by, summary=summary, action=action, at=NOON + timedelta(minutes=minute))


def sittings(*changes: Change) -> list[tuple[str, str, str]]:
    with translation.override("en"):
        return [(event.who, event.what, event.more) for event in edits(changes, People())]


def test_many_saves_of_one_sitting_are_one_event() -> None:
    rows = [saved(0, "asel"), saved(50, "asel", "contacts title_de translation_state"), saved(100, "asel")]
    assert sittings(*rows) == [("asel", "Draft written", "Title (German), Contacts")]


def test_a_second_person_or_a_later_hour_is_another_event() -> None:
    rows = [saved(0, "asel"), saved(1, "ben"), saved(2, "asel"), saved(2 + 61, "asel")]
    assert [who for who, _what, _more in sittings(*rows)] == ["asel", "ben", "asel", "asel"]


def test_making_an_entry_is_told_apart_from_writing_it() -> None:
    rows = [saved(0, "asel", "", "create"), saved(1, "asel")]
    assert [what for _who, what, _more in sittings(*rows)] == ["Entry made", "Draft written"]


def test_few_names_and_the_number_of_the_others() -> None:
    names = "title_de helps_with_de description_de what_happens_de contacts places cost anonymous gone_field"
    ((_who, _what, more),) = sittings(saved(0, "asel", names))
    assert more.endswith("and 2 more")
    assert "gone_field" not in more


def test_an_edit_has_the_time_of_its_last_save() -> None:
    (event,) = edits([saved(0, "asel"), saved(30, "asel")], People())
    assert event.at == NOON + timedelta(minutes=30)


def test_what_nobody_signed_was_done_automatically() -> None:
    assert sittings(saved(0, ""))[0][0] == "automatically"


def test_members_see_names_and_of_staff_only_the_city() -> None:
    member("house")
    superuser("reviewer")
    with translation.override("en"):
        people = People()
        names = [people.name(by) for by in ("asel", "reviewer", "team@example.org")]
    assert names == ["asel@example.org", "the city", "team@example.org"]


def test_the_way_through_the_review_in_order(asel: Client) -> None:
    changed(complete("advice"), title_de="Neu")
    asel.post("/konto/eintrag/advice/absenden/")
    asel.post("/konto/eintrag/advice/zurueckholen/")
    asel.post("/konto/eintrag/advice/absenden/")
    entry = find(Listing, "advice")
    listings.approve(listing=entry, seen=entry.latest_revision_id, by=superuser("reviewer"))
    asel.post("/konto/eintrag/advice/stimmt/")
    newest_first = [what for _who, what in told()]
    assert newest_first[0] == "Confirmed as still correct"
    wanted = ["Approved", "Sent to the city to be checked", "Taken back", "Sent to the city to be checked"]
    assert [what for what in newest_first if what in wanted] == wanted
    assert ("the city", "Approved") in told()
    assert ("asel@example.org", "Taken back") in told()


def test_a_remark_of_the_city_is_kept(asel: Client) -> None:
    changed(complete("advice"), title_de="Neu")
    asel.post("/konto/eintrag/advice/absenden/")
    listings.send_back(listing=find(Listing, "advice"), by=superuser("reviewer"), remark="Bitte kürzer")
    shown = page(asel, "/konto/eintrag/advice/verlauf/")
    assert "Bitte kürzer" in shown
    assert "the city" in shown
    assert "reviewer" not in shown.replace("preview", "")


def test_who_came_by_a_mailed_link_is_named_by_its_address() -> None:
    member("house")
    entry = complete("advice")
    link = ByLink(entry.organisation_id, "team@example.org")
    draft = listings.draft_of(entry)
    draft.title_de = "Per Mail"
    listings.save_draft(draft=draft, seen=entry.latest_revision_id, by=link)
    listings.submit(listing=find(Listing, "advice"), by=link)
    assert {who for who, _what in told()} >= {"team@example.org"}
    assert ("team@example.org", "Sent to the city to be checked") in told()


def test_the_last_edit_is_the_newest_drafts() -> None:
    member("house")
    changed(complete("advice"), title_de="Neu")
    found = last_edit(find(Listing, "advice"))
    assert found is not None
    assert found.who == "asel@example.org"


def test_a_full_name_goes_before_an_address() -> None:
    user = member("house")
    user.first_name, user.last_name = "Asel", "Nur"
    user.save()
    assert People().name("asel") == "Asel Nur"


def test_no_contents_are_in_the_history(asel: Client) -> None:
    Screen(asel, complete("advice").slug, "text").save(description_de="ganz geheim")
    assert "ganz geheim" not in page(asel, "/konto/eintrag/advice/verlauf/")
