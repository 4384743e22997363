"""When a number was confirmed stands beside it where the entry's one date would not be true of it."""

from datetime import date

import pytest
from django.test import Client

from directory.models import ContactPoint
from tests.integration.directory.making import listing
from tests.integration.public.reading import read

pytestmark = pytest.mark.django_db
OCTOBER, MAY = date(2026, 10, 1), date(2026, 5, 2)
NEVER = "Not confirmed yet"


def told(client: Client, *days: date | None, entry: date | None = OCTOBER) -> list[str]:
    """What the details say about dates, one line of the list after another."""
    made = listing("advice", last_confirmed_on=entry)
    kinds = (("phone", "0211 8991234"), ("email", "info@example.org"), ("chat", "https://chat.example.org"))
    for day, (kind, value) in zip(days, kinds, strict=False):
        ContactPoint.objects.create(listing=made, kind=kind, value=value, confirmed_on=day)
    ContactPoint.objects.create(listing=made, kind="phone", value="0211 1", audience="nobody", confirmed_on=MAY)
    page = read(client.get("/en/angebote/advice/"))
    lines = [each.text for each in page.all("dd")]
    return [line for line in lines if "onfirmed" in line]


@pytest.mark.parametrize("days", [(OCTOBER, OCTOBER), (OCTOBER,), (None, None), ()])
def test_the_entrys_own_date_is_enough(client: Client, days: tuple[date | None, ...]) -> None:
    assert told(client, *days) == []
    assert "Last confirmed on Oct. 1, 2026" in client.get("/en/angebote/advice/").content.decode()


def test_one_line_for_all_where_they_share_another_date(client: Client) -> None:
    assert told(client, MAY, MAY) == ["Last confirmed on May 2, 2026"]


def test_each_says_its_own_where_they_differ(client: Client) -> None:
    phone, mail, chat = told(client, OCTOBER, MAY, None)
    assert phone.endswith("Last confirmed on Oct. 1, 2026")
    assert mail.endswith("Last confirmed on May 2, 2026")
    assert chat.endswith(NEVER)


def test_a_number_that_came_later_is_not_said_to_be_confirmed(client: Client) -> None:
    first, second = told(client, OCTOBER, None)
    assert not first.endswith(NEVER)
    assert second.endswith(NEVER)
