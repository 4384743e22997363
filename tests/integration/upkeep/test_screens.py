"""What staff see of upkeep, and do about it."""

from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from directory.models import Listing, Organisation, UnsentMail
from tests.integration.directory.making import find, person, superuser
from tests.integration.public.reading import Seen, read
from tests.integration.upkeep.keeping import OFFICE, a_demo, days_ago, house, keeps

URL = "/admin/upkeep/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(superuser())
    return client


def see(client: Client, url: str = URL) -> Seen:
    response = client.get(url, headers={"accept-language": "en"})
    assert response.status_code == 200
    return read(response)


def send(client: Client, name: str, key: int) -> Any:
    return client.post(reverse(f"upkeep:{name}", args=[key]), follow=True, headers={"accept-language": "en"})


def table(page: Seen) -> list[str]:
    return [each.above.text for each in page.all("td", having="title") if each.above]


class TestTheList:
    def test_each_organisation_stands_where_it_is(self, staff: Client) -> None:
        house("fresh", confirmed=1)
        house("due", confirmed=200)
        keeps(house("asked"), asked_on=days_ago(2))
        keeps(house("silent"), asked_on=days_ago(60), reminded_on=days_ago(30))
        keeps(house("off"), every_months=0)
        page = see(staff)
        tabs = [each.text for each in page.within("a", inside="upkeep-tabs")]
        assert [each.rpartition(" ")[2] for each in tabs] == ["1", "1", "1", "1", "1"]
        for name, slug in (("silent", "silent"), ("due", "due"), ("asked", "asked"), ("fresh", "fresh")):
            (row,) = table(see(staff, f"{URL}?show={name}"))[:1]
            assert OFFICE in row
            link = see(staff, f"{URL}?show={name}").one("td", having="title").text
            assert link == str(find(Organisation, slug))

    def test_it_opens_with_those_that_wait_for_a_decision(self, staff: Client) -> None:
        house("due")
        keeps(house("silent"), asked_on=days_ago(60), reminded_on=days_ago(30))
        assert see(staff).one("a", aria_current="page").attributes["href"] == "?show=silent"

    @pytest.mark.parametrize("query", ["?show=nonsense", "?page=99", "?page=x", "?show=fresh&page=-1"])
    def test_strange_addresses_show_something(self, staff: Client, query: str) -> None:
        house()
        assert see(staff, URL + query).one("h1")

    def test_fifty_on_a_page(self, staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("directory.upkeep.screens.ON_A_PAGE", 2)
        for number in range(3):
            house(f"house{number}")
        assert len(table(see(staff, f"{URL}?show=due"))) == 2
        assert see(staff, f"{URL}?show=due").one("a", href="?show=due&page=2")

    def test_as_many_queries_for_ten_as_for_one(self, staff: Client, django_assert_max_num_queries: Any) -> None:
        house("first")
        see(staff)
        with CaptureQueriesContext(connection) as one:
            see(staff)
        for number in range(9):
            house(f"house{number}")
        with django_assert_max_num_queries(len(one)):
            see(staff)

    def test_the_strip_is_there_as_picture_and_as_table(self, staff: Client) -> None:
        house(confirmed=1)
        page = see(staff)
        assert len(page.all("rect")) >= 1
        assert page.one("svg", role="img")

    def test_the_start_page_leads_there(self, staff: Client) -> None:
        keeps(house("silent"), asked_on=days_ago(60), reminded_on=days_ago(30))
        UnsentMail.objects.create(template="still_correct", to="info@example.org", tries=1)
        page = see(staff, "/admin/")
        assert page.one("a", href="/admin/upkeep/?show=silent").text.startswith("1")
        assert page.one("a", href="/admin/upkeep/#unsent").text.startswith("1")


class TestWriting:
    def test_at_once(self, staff: Client) -> None:
        found = house(confirmed=1)
        send(staff, "ask", found.pk)
        assert [each.to for each in mail.outbox] == [[OFFICE]]
        assert keeps(found).asked_on == timezone.localdate()

    def test_who_is_silent_is_asked_from_the_beginning(self, staff: Client) -> None:
        found = house(confirmed=400)
        keeps(found, asked_on=days_ago(60), reminded_on=days_ago(30))
        send(staff, "ask", found.pk)
        upkeep = keeps(found)
        assert (upkeep.asked_on, upkeep.reminded_on) == (timezone.localdate(), days_ago(30))
        assert see(staff).one("a", aria_current="page").attributes["href"] == "?show=asked"

    def test_who_is_due_for_a_reminder_gets_the_reminder(self, staff: Client) -> None:
        found = house()
        keeps(found, asked_on=days_ago(30))
        send(staff, "ask", found.pk)
        assert (keeps(found).asked_on, keeps(found).reminded_on) == (days_ago(30), timezone.localdate())

    def test_without_an_address_it_is_said(self, staff: Client) -> None:
        found = house()
        find(Listing, "house-0").contacts.all().delete()
        send(staff, "ask", found.pk)
        assert mail.outbox == []
        assert send(staff, "ask", 999_999).status_code == 404

    def test_demo_data_write_to_nobody(self, staff: Client) -> None:
        found = house()
        a_demo()
        assert not see(staff).all("form", action=f"/admin/upkeep/ask/{found.pk}/")
        send(staff, "ask", found.pk)
        assert (mail.outbox, keeps(found).asked_on) == ([], None)

    def test_what_did_not_get_out_stands_below_until_somebody_has_seen_it(
        self, staff: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = house()
        with monkeypatch.context() as broken:
            broken.setattr(EmailBackend, "send_messages", _refuses)
            send(staff, "ask", found.pk)
        (unsent,) = UnsentMail.objects.all()
        assert OFFICE in see(staff).one(id="unsent").text
        send(staff, "seen", unsent.pk)
        assert not UnsentMail.objects.exists()
        assert send(staff, "seen", unsent.pk).status_code == 200


class TestSettings:
    def test_schedule_address_and_language(self, staff: Client) -> None:
        found = house(confirmed=200)
        url = reverse("upkeep:settings", args=[found.pk])
        assert OFFICE in see(staff, url).one("main").text
        data = {"email": "buero@example.org", "language": "tr", "every_months": "12"}
        staff.post(url, data)
        upkeep = keeps(found)
        assert (upkeep.email, upkeep.language, upkeep.every_months) == ("buero@example.org", "tr", 12)
        staff.post(url, data | {"every_months": "0", "email": ""})
        assert (keeps(found).every_months, keeps(found).email) == (0, "")

    @pytest.mark.parametrize(
        "wrong", [{"email": "x"}, {"every_months": "-1"}, {"every_months": ""}, {"language": "xx"}]
    )
    def test_what_is_wrong_is_not_saved(self, staff: Client, wrong: dict[str, str]) -> None:
        found = house()
        url = reverse("upkeep:settings", args=[found.pk])
        data = {"email": "", "language": "de", "every_months": "12"} | wrong
        assert staff.post(url, data).status_code == 200
        assert keeps(found).every_months == 6


@pytest.mark.parametrize("permissions", [(), ("access_admin",), ("access_admin", "view_listing")])
def test_who_may_not_write_entries_writes_to_nobody(client: Client, permissions: tuple[str, ...]) -> None:
    found = house()
    client.force_login(person("partner", *permissions))
    for name in ("ask", "settings"):
        url = reverse(f"upkeep:{name}", args=[found.pk])
        assert client.post(url, {"every_months": "0", "language": "de"}).status_code in (302, 403, 404)
    assert (mail.outbox, keeps(found).every_months) == ([], 6)


def _refuses(*_args: Any) -> int:
    raise OSError
