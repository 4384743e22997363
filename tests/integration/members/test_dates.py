"""Dates of trainings: written in plain choices, read back in words, public after a review, lost by nobody."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils.timezone import localtime

from directory import listings
from directory.models import EventDate, Listing
from tests.integration.directory.making import listing, organisation, superuser
from tests.integration.members.making import member, signed_in
from wegweiser import roles

pytestmark = pytest.mark.django_db
ADDRESS = "/konto/termine/course/"
BERLIN = ZoneInfo("Europe/Berlin")
NEXT = localtime().date() + timedelta(days=7)
ROW = {"day": f"{NEXT}", "begins": "18:00", "ends": "20:00", "repeats": "never"}


@pytest.fixture
def client(db: None) -> Client:
    roles.install()
    listing("course", kind="training", audience="institutions", title_de="Kurs")
    return signed_in(member("house", language="en"))


def entry() -> Listing:
    found: Listing = Listing.objects.get(slug="course")
    return found


def drafted() -> list[EventDate]:
    return list(listings.draft_of(entry()).dates.all())


def sent(*rows: dict[str, Any], seen: int | None = None, before: int = 0, **more: str) -> dict[str, Any]:
    data: dict[str, Any] = {"date-TOTAL_FORMS": len(rows), "date-INITIAL_FORMS": before, "seen": seen or ""}
    for number, row in enumerate(rows):
        data |= {f"date-{number}-{name}": value for name, value in row.items()}
    return data | more


def written(client: Client, *rows: dict[str, Any], **more: Any) -> str:
    return client.post(ADDRESS, sent(*rows, **more), follow=True).content.decode()


def key(row: EventDate) -> str:
    return f"{row.pk or ''}@{row.starts_at.timestamp():.0f}"


def at(hour: int, minute: int = 0, day: Any = NEXT) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN)


def test_a_date_becomes_a_draft_that_nobody_else_sees(client: Client) -> None:
    text = written(client, ROW)
    (row,) = drafted()
    assert (row.starts_at, row.ends_at, row.recurrence) == (at(18), at(20), "")
    assert "6 p.m. – 8 p.m." in text
    assert "Saved as a draft" in text
    assert not entry().dates.exists()


def test_one_that_comes_again_is_read_back_in_words(client: Client) -> None:
    text = written(client, ROW | {"repeats": "weekly", "note": "Raum 3"})
    assert "every week:" in text
    assert "– Raum 3" in text
    assert drafted()[0].recurrence.startswith("FREQ=WEEKLY;BYDAY=")


def test_sent_for_review_and_approved_it_is_public(client: Client) -> None:
    assert "Sent for review" in written(client, ROW | {"repeats": "weekly"}, submit="1")
    assert entry().workflow_in_progress
    listings.approve(listing=entry(), seen=entry().latest_revision_id, by=superuser())
    assert "every week:" in Client().get("/en/angebote/course/").content.decode()


def test_a_row_is_changed_or_removed_and_the_others_stay(client: Client) -> None:
    written(client, ROW, ROW | {"begins": "09:00", "ends": "10:00"})
    morning, evening = ({"row": key(row)} for row in drafted())
    seen = entry().latest_revision_id
    rows = (ROW | morning | {"DELETE": "on"}, ROW | evening | {"note": "Neu"})
    written(client, *rows, seen=seen, before=2)
    (left,) = drafted()
    assert (left.note, localtime(left.starts_at).hour) == ("Neu", 18)


def test_a_date_over_several_days_keeps_its_last_day(client: Client) -> None:
    last = NEXT + timedelta(days=2)
    written(client, ROW | {"last_day": f"{last}"})
    assert drafted()[0].ends_at == at(20, day=last)
    assert f'value="{last}"' in client.get(ADDRESS).content.decode()


def test_a_rule_that_staff_wrote_stays_as_it_is(client: Client) -> None:
    rule = "FREQ=WEEKLY;BYDAY=TU,TH"
    row = EventDate.objects.create(listing=entry(), starts_at=at(18), recurrence=rule)
    assert 'value="as_it_is" selected' in client.get(ADDRESS).content.decode()
    written(client, ROW | {"row": key(row), "repeats": "as_it_is", "note": "Neu"}, before=1)
    assert [(each.recurrence, each.note) for each in drafted()] == [(rule, "Neu")]


def test_nobody_invents_a_rule(client: Client) -> None:
    text = written(client, ROW | {"repeats": "as_it_is"})
    assert 'aria-invalid="true"' in text
    assert drafted() == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"ends": "17:00"}, "It would be over before it begins."),
        ({"repeats": "weekly", "until": "2020-01-01"}, "This is before the first day."),
        ({"until": f"{NEXT + timedelta(days=70)}"}, "choose how often it comes again"),
        ({"last_day": f"{NEXT}", "ends": ""}, "Say when it ends on the last day."),
        ({"day": "morgen"}, "date-0-day"),
        ({"begins": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_told_beside_it_and_stays(client: Client, wrong: dict[str, str], words: str) -> None:
    text = written(client, ROW | {"note": "bleibt stehen"} | wrong)
    assert words in text
    assert 'aria-invalid="true"' in text
    assert "bleibt stehen" in text
    assert drafted() == []


def test_the_same_date_twice_is_refused(client: Client) -> None:
    assert "The same day and time is there twice." in written(client, ROW, ROW)
    assert drafted() == []


def test_an_empty_row_is_no_date(client: Client) -> None:
    written(client, ROW, {"repeats": "never"})
    assert len(drafted()) == 1


def test_nobodys_dates_are_lost_when_two_write(client: Client) -> None:
    other = signed_in(member("house", "berna", language="en"))
    written(other, ROW | {"note": "von Berna"})
    mine = ROW | {"note": "von Asel", "begins": "10:00", "ends": "11:00"}
    text = written(client, mine, {"repeats": "never"})
    assert "Somebody else has saved this entry meanwhile" in text
    assert "von Berna" in text
    assert "von Asel" in text
    assert [row.note for row in drafted()] == ["von Berna"]
    seen = entry().latest_revision_id
    assert f'name="seen" value="{seen}"' in text
    written(client, mine, seen=seen)
    assert [row.note for row in drafted()] == ["von Asel"]


def test_what_is_in_review_does_not_change(client: Client) -> None:
    written(client, ROW, submit="1")
    assert "The entry is being reviewed" in client.get(ADDRESS).content.decode()
    text = written(client, ROW | {"begins": "10:00"}, seen=entry().latest_revision_id)
    assert "The entry is being reviewed" in text
    assert [localtime(row.starts_at).hour for row in drafted()] == [18]


def test_somebody_elses_entry_does_not_exist(client: Client) -> None:
    stranger = signed_in(member(organisation("elsewhere"), "berna"))
    assert stranger.get(ADDRESS).status_code == 404
    assert stranger.post(ADDRESS, sent(ROW)).status_code == 404
    assert drafted() == []


def test_a_row_of_another_entry_is_not_taken_over(client: Client) -> None:
    foreign = listing("foreign", organisation=organisation("elsewhere"))
    theirs = EventDate.objects.create(listing=foreign, starts_at=at(9), note="fremd")
    written(client, ROW | {"row": key(theirs)}, before=1, submit="1")
    listings.approve(listing=entry(), seen=entry().latest_revision_id, by=superuser())
    theirs.refresh_from_db()
    assert (theirs.listing, theirs.note) == (foreign, "fremd")
    assert entry().dates.count() == 1
