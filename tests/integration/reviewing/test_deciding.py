"""Together, corrected, or with a remark: what becomes public is what the reviewer has read."""

import sys
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directory import listings
from directory.models import Listing
from tests.integration.directory.making import new_changes, stored
from tests.integration.reviewing.waiting import (
    QUEUE,
    decide,
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


@pytest.fixture(autouse=True)
def review() -> None:
    roles.install()


@pytest.fixture
def rosa() -> Client:
    return signed_in(reviewer())


def together(client: Client, *entries: Listing) -> Any:
    chosen = [f"{task_of(each).pk}:{seen(each)}" for each in entries]
    return client.post(f"{QUEUE}harmless/", {"chosen": chosen}, follow=True)


def typo(slug: str) -> Listing:
    return entry(slug, helps_with_de="Wir beratn Betroffene.")


def test_slips_pass_together_and_the_rest_stays(rosa: Client) -> None:
    first, second, other = typo("first"), typo("second"), entry("other")
    asel = member()
    for each in (first, second):
        submitted(each, asel, helps_with_de="Wir beraten Betroffene.")
    submitted(other, asel, phone="0211 8994321")
    text = rosa.get(QUEUE).content.decode()
    assert text.count('name="chosen"') == 2
    assert text.count("data-submission ") == 1
    assert "2 changes approved." in said(together(rosa, first, second))
    assert [stored(each).helps_with_de for each in (first, second)] == ["Wir beraten Betroffene."] * 2
    assert stored(other).workflow_in_progress


def test_contacts_never_pass_together(rosa: Client) -> None:
    """Whatever the browser sends."""
    other = entry()
    submitted(other, member(), phone="0211 8994321")
    assert "look again" in said(together(rosa, other))[0]
    assert stored(other).contacts.get().value == "0211 8991234"


def test_a_slip_that_became_something_else_stays(rosa: Client) -> None:
    first, second = typo("first"), typo("second")
    asel = member()
    for each in (first, second):
        submitted(each, asel, helps_with_de="Wir beraten Betroffene.")
    chosen = [f"{task_of(each).pk}:{seen(each)}" for each in (first, second)]
    listings.confirm(listing=stored(second), by=asel)
    response = rosa.post(f"{QUEUE}harmless/", {"chosen": chosen}, follow=True)
    assert "1 change approved." in said(response)
    assert stored(first).helps_with_de == "Wir beraten Betroffene."
    assert stored(second).workflow_in_progress


def test_nonsense_approves_nothing(rosa: Client) -> None:
    first = typo("first")
    submitted(first, member(), helps_with_de="Wir beraten Betroffene.")
    for chosen in ("", "x", f"{task_of(first).pk}", f"{task_of(first).pk}:x", ":", "999999:1"):
        rosa.post(f"{QUEUE}harmless/", {"chosen": [chosen]})
    assert stored(first).workflow_in_progress


def correct(client: Client, found: Listing, version: Any = None, **data: Any) -> Any:
    address = f"{QUEUE}{task_of(found).pk}/correct/"
    return client.post(address, {"seen": version or seen(found), "remark": "", **data}, follow=True)


def test_corrected_and_approved(rosa: Client) -> None:
    house = entry()
    submitted(house, member(), title_de="Neue Beratnug", phone="0211 8994321")
    form = rosa.get(f"{QUEUE}{task_of(house).pk}/correct/").content.decode()
    assert 'value="Neue Beratnug"' in form
    assert 'value="0211 8994321"' in form
    correct(rosa, house, title_de="Neue Beratung", **{"contact-0": "0211/8994322"})
    found = stored(house)
    assert (found.title_de, found.contacts.get().value) == ("Neue Beratung", "0211 8994322")
    assert not found.workflow_in_progress


@pytest.mark.django_db(transaction=True)
def test_one_row_for_the_click(rosa: Client) -> None:
    house = entry()
    submitted(house, member(), title_de="Neue Beratnug")
    with new_changes() as rows:
        correct(rosa, house, title_de="Neue Beratung")
    assert rows == [("listing", "advice", "update")]


def test_the_history_tells_both_versions_apart(rosa: Client) -> None:
    house = entry()
    submitted(house, member(), title_de="Neue Beratnug")
    correct(rosa, house, title_de="Neue Beratung")
    versions = stored(house).revisions.order_by("pk")
    told = [(str(each.user or ""), each.content["title_de"]) for each in versions]
    assert told == [("", "Beratung"), ("asel", "Neue Beratnug"), ("rosa", "Neue Beratung")]


def test_only_what_was_changed_can_be_corrected(rosa: Client) -> None:
    house = entry()
    submitted(house, member(), title_de="Neue Beratung")
    correct(rosa, house, title_de="Neue Beratung", helps_with_de="Fremd", slug="fremd", internal_only="on")
    found = stored(house)
    assert (found.slug, found.helps_with_de, found.internal_only) == ("advice", "Wir beraten Betroffene.", False)


@pytest.mark.parametrize(("field", "value"), [("contact-0", "12"), ("title_de", "x" * 300)])
def test_what_is_wrong_is_said_beside_the_field(rosa: Client, field: str, value: str) -> None:
    house = entry()
    submitted(house, member(), title_de="Neue Beratung", phone="0211 8994321")
    given = {"title_de": "Neue Beratung", "contact-0": "0211 8994321", field: value}
    response = correct(rosa, house, **given)
    assert response.context["form"].errors[field]
    assert f'value="{value}"' in response.content.decode()
    assert stored(house).title_de == "Beratung"


def test_a_title_taken_away_is_refused(rosa: Client) -> None:
    house = entry()
    submitted(house, member(), title_de="Neue Beratung")
    response = correct(rosa, house, title_de="")
    assert "Write the title" in response.content.decode()
    assert stored(house).title_de == "Beratung"


def test_corrects_nothing_that_has_changed_meanwhile(rosa: Client) -> None:
    house, asel = entry(), member()
    submitted(house, asel, title_de="Neue Beratung")
    old = seen(house)
    listings.withdraw(listing=stored(house), by=asel)
    submitted(house, asel, title_de="Ganz neu")
    assert "look again" in said(correct(rosa, house, version=old, title_de="Neue Beratung"))[0]
    assert stored(house).title_de == "Beratung"


def test_what_is_decided_is_told(rosa: Client) -> None:
    house = entry()
    task = submitted(house, member(), title_de="Neue Beratung")
    decide(rosa, task, seen=seen(house))
    assert "decided already" in said(rosa.get(f"{QUEUE}{task.pk}/correct/", follow=True))[0]
    assert "look again" in said(decide(rosa, task, seen=seen(house)))[0]
    assert "look again" in said(decide(rosa, task, send_back="1", remark="Nein"))[0]


def test_an_entry_deleted_meanwhile(rosa: Client) -> None:
    house = entry()
    task = submitted(house, member(), title_de="Neue Beratung")
    number = seen(house)
    stored(house).delete()
    response = rosa.post(f"{QUEUE}{task.pk}/decide/", {"seen": number})
    assert response.status_code in (302, 404)


def test_ten_mixed_submissions_in_at_most_25_clicks(rosa: Client, capsys: pytest.CaptureFixture[str]) -> None:
    """One click for each link, button and field that the reviewer has to choose."""
    clicks = 0
    slips = [typo(f"slip-{number}") for number in range(4)]
    phones = [entry(f"phone-{number}") for number in range(3)]
    texts, vague, wrong = entry("texts"), entry("vague"), entry("wrong")
    asel = member()
    for each in slips:
        submitted(each, asel, helps_with_de="Wir beraten Betroffene.")
    for each in phones:
        submitted(each, asel, phone="0211 8994321")
    submitted(texts, asel, description_de="Ein neuer Text.", title_ar="استشارة")
    submitted(vague, asel, helps_with_de="Alles.")
    submitted(wrong, asel, title_de="Neue Beratnug und mehr")
    clicks += 1  # Review, in the menu
    assert "10 submissions wait" in rosa.get(QUEUE).content.decode()
    together(rosa, *slips)
    clicks += 1
    for each in (*phones, texts):
        decide(rosa, task_of(each), seen=seen(each))
        clicks += 1
    decide(rosa, task_of(vague), send_back="1", remark="Bitte genauer.")
    clicks += 2  # Send back (the field has the focus then), Send back with this remark
    correct(rosa, wrong, title_de="Neue Beratung und mehr")
    clicks += 3  # Correct and approve, into the field, Approve it like this
    assert "0 submissions wait" in rosa.get(QUEUE).content.decode()
    with capsys.disabled():
        sys.stdout.write(f"\n10 mixed submissions: {clicks} clicks\n")
    assert clicks <= 25


def test_a_page_of_differences_stays_cheap(rosa: Client) -> None:
    one, other = entry("one"), entry("other")
    asel = member()
    submitted(one, asel, cost_note="neu")
    rosa.get(QUEUE)
    with CaptureQueriesContext(connection) as before:
        rosa.get(QUEUE)
    submitted(other, asel, cost_note="neu")
    with CaptureQueriesContext(connection) as after:
        rosa.get(QUEUE)
    assert len(after) - len(before) <= 24
