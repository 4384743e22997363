"""What came, changed and went: only what the public could see, newest first."""

from datetime import timedelta
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone, translation

from directory.models import Change, ContactPoint, Listing
from referrals.professionals.changes import DAYS, SHOWN_AT_MOST, Kind, News, news
from tests.integration.directory.making import listing, organisation, unsaved_listing

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
LONG_AGO = timezone.now() - timedelta(days=400)


@pytest.fixture(autouse=True)
def english() -> None:
    translation.activate("en")


def old(slug: str = "old", **fields: Any) -> Listing:
    """It was there long before, and nothing of it is in the log of these days."""
    made = listing(slug, **({"first_published_at": LONG_AGO} | fields))
    for row in Change.objects.filter(slug=slug):
        row.at, row.transaction = LONG_AGO, uuid4()  # all of a test is one transaction, which has one row
        row.save()
    return made


def edit(entry: Listing, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(entry, name, value)
    entry.save()


def told() -> list[tuple[str, str]]:
    return [(each.slug, each.kind.value) for each in news()]


def only() -> News:
    (found,) = news()
    return found


class TestAdded:
    def test_a_listing_that_was_published_these_days(self) -> None:
        listing("fresh", first_published_at=timezone.now())
        assert told() == [("fresh", "added")]

    def test_what_a_program_wrote_counts_from_its_first_row(self) -> None:
        listing("written")
        assert told() == [("written", "added")]

    def test_what_was_edited_since_is_still_new_and_told_once(self) -> None:
        edit(listing("fresh", first_published_at=timezone.now()), cost="free")
        assert told() == [("fresh", "added")]

    def test_a_draft_is_nobodys_news(self) -> None:
        listing("draft", live=False)
        assert told() == []

    @pytest.mark.parametrize("hidden", [{"internal_only": True}, {"live": False}])
    def test_what_the_public_does_not_see_is_not_told(self, hidden: dict[str, Any]) -> None:
        listing(
            "hidden",
            first_published_at=timezone.now(),
            internal_only=hidden.get("internal_only", False),
            live=hidden.get("live", True),
        )
        assert [slug for slug, kind in told() if kind != Kind.GONE] == []

    def test_of_a_house_that_is_not_public_nothing_is(self) -> None:
        house = organisation("closed", live=False)
        listing("inside", organisation=house, first_published_at=timezone.now())
        assert told() == []


class TestChanged:
    def test_it_names_the_kind_of_fact_and_no_content(self) -> None:
        edit(old(), cost="free", helps_with_de="Hilft")
        assert (only().kind, only().facts) == (Kind.CHANGED, ("description", "cost"))

    def test_rows_count_as_well(self) -> None:
        entry = old()
        entry.contacts.add(ContactPoint(kind="phone", value="0211 1"))
        entry.save()
        assert only().facts == ("contact",)

    def test_several_edits_are_one_entry(self) -> None:
        entry = old()
        edit(entry, cost="free")
        edit(entry, waiting_weeks=3)
        assert only().facts == ("waiting time", "cost")

    def test_what_is_among_colleagues_is_not_told(self) -> None:
        edit(old(), note="ask Chris", needs_check=True)
        assert told() == []

    def test_nobodys_name_is_told(self, client: Client) -> None:
        edit(old(), cost="free")
        for row in Change.objects.all():
            row.by = "Secret Editor"
            row.save()
        assert "Secret Editor" not in client.get("/en/fachkraefte/neues/").content.decode()

    def test_a_draft_of_a_public_listing_is_not_told(self) -> None:
        entry = old()
        entry.title_de = "Noch nicht"
        entry.save_revision()
        assert told() == []

    def test_what_is_older_than_a_month_is_not_told(self) -> None:
        edit(old(), cost="free")
        for row in Change.objects.filter(slug="old"):
            row.at = timezone.now() - timedelta(days=DAYS, hours=1)
            row.save()
        assert told() == []


class TestGone:
    def test_what_was_taken_off_the_site(self) -> None:
        edit(old(), live=False)
        assert told() == [("old", "gone")]
        assert not only().has_page

    def test_what_is_past_its_last_day(self) -> None:
        old(valid_until=timezone.localdate() - timedelta(days=3))
        assert told() == [("old", "gone")]
        assert timezone.localdate(only().at) == timezone.localdate() - timedelta(days=2)

    def test_what_ended_long_ago_is_not_told_again(self) -> None:
        old(valid_until=timezone.localdate() - timedelta(days=DAYS + 5))
        assert told() == []

    def test_what_was_internal_is_not_told(self) -> None:
        edit(old(internal_only=True), live=False)
        assert told() == []

    def test_what_was_never_public_is_not_told(self) -> None:
        made = unsaved_listing("never", live=False)
        made.save()
        made.save()
        assert told() == []

    def test_what_was_deleted_leaves_no_name(self) -> None:
        old().delete()
        assert told() == []


class TestPage:
    def test_the_newest_stands_first_under_its_day(self, client: Client) -> None:
        for days in (5, 1, 3):
            listing(f"days-{days}", first_published_at=timezone.now() - timedelta(days=days))
        assert [slug for slug, _kind in told()] == ["days-1", "days-3", "days-5"]
        page = client.get("/en/fachkraefte/neues/").content.decode()
        places = [page.index(f"/en/angebote/days-{days}/") for days in (1, 3, 5)]
        assert places == sorted(places)
        assert page.count("<h2>") == 3

    def test_what_is_gone_has_no_link(self, client: Client) -> None:
        edit(old(), live=False)
        page = client.get("/en/fachkraefte/neues/").content.decode()
        assert "No longer here:" in page
        assert "/angebote/old/" not in page

    def test_nothing_is_told_as_nothing(self, client: Client) -> None:
        assert "Nothing has changed." in client.get("/en/fachkraefte/neues/").content.decode()

    def test_there_is_an_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert SHOWN_AT_MOST < 1000
        monkeypatch.setattr("referrals.professionals.changes.SHOWN_AT_MOST", 2)
        for number in range(4):
            listing(f"one-{number}", first_published_at=timezone.now() - timedelta(days=number))
        assert [slug for slug, _kind in told()] == ["one-0", "one-1"]


class TestFeed:
    def read(self, client: Client) -> ElementTree.Element:
        answer = client.get("/en/fachkraefte/neues.xml")
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("application/atom+xml")
        assert not answer.cookies
        return ElementTree.fromstring(answer.content)

    def test_it_tells_the_same(self, client: Client) -> None:
        edit(old(), cost="free")
        listing("fresh", title_de="Ganz <neu>", first_published_at=timezone.now())
        entries = self.read(client).findall(f"{ATOM}entry")
        titles = {entry.findtext(f"{ATOM}title") for entry in entries}
        assert titles == {"New: Ganz <neu>", "Changed: Beratung"}
        assert {entry.findtext(f"{ATOM}summary") for entry in entries} >= {"cost"}

    def test_an_entry_has_an_address_and_a_name_of_its_own(self, client: Client) -> None:
        listing("fresh", first_published_at=timezone.now())
        edit(old(), live=False)
        entries = self.read(client).findall(f"{ATOM}entry")
        links = [entry.find(f"{ATOM}link").attrib["href"] for entry in entries]  # type: ignore[union-attr]
        assert {link.partition("testserver")[2] for link in links} == {
            "/en/angebote/fresh/",
            "/en/fachkraefte/neues/",
        }
        names = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(set(names)) == 2

    def test_it_can_be_empty(self, client: Client) -> None:
        assert self.read(client).findall(f"{ATOM}entry") == []

    def test_the_page_names_it(self, client: Client) -> None:
        assert 'type="application/atom+xml"' in client.get("/en/fachkraefte/neues/").content.decode()
