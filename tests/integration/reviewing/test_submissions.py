"""The reviewers' queue: what changes is on the page, and what is approved is what stood there."""

import re
from typing import Any

import pytest
from django.test import Client

from directory import listings
from directory.models import ContactPoint, Listing, Proposal
from directory.models.drafting import child_relations
from tests.integration.directory.making import listing, organisation, person, stored, superuser
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


def page(client: Client) -> str:
    response = client.get(QUEUE)
    assert response.status_code == 200
    return response.content.decode()


def cells(text: str) -> dict[str, str]:
    """The rows of all differences: label → what the cell says, without marks."""
    rows = re.findall(
        r'<th scope="row">((?:(?!<th).)*?)</th>\s*<td class="comparison">(.*?)</td>', text, re.DOTALL
    )
    return {plain(label): plain(cell) for label, cell in rows}


def plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_shows_what_changes_per_field_and_language(rosa: Client) -> None:
    house = entry()
    submitted(house, member(), title_de="Neue Beratung", title_ar="استشارة")
    text = page(rosa)
    found = cells(text)
    assert found["Title (German)"] == "Neue Beratung"
    assert found["Title (Arabic)"] == "استشارة"
    assert '<span class="addition">Neue </span>Beratung' in text
    assert 'lang="ar" dir="rtl"' in text
    assert "asel" in text


def test_contacts_come_first_and_are_marked(rosa: Client) -> None:
    submitted(entry(), member(), phone="0211 8994321", title_de="Neue Beratung")
    text = page(rosa)
    first, *_others = cells(text)
    assert "Contacts" in first
    assert "where people end up" in first
    assert '<span class="deletion">0211 8991234</span> <span class="addition">0211 8994321</span>' in text
    assert "would they still reach the right people" in text


def test_no_warning_where_contacts_stay(rosa: Client) -> None:
    submitted(entry(), member(), title_de="Neue Beratung")
    assert "would they still reach the right people" not in page(rosa)


def test_what_was_never_public_is_new_in_every_field(rosa: Client) -> None:
    fresh = listing("fresh", live=False, title_de="Frisch", cost="free")
    fresh.contacts = [ContactPoint(kind="email", value="post@example.org")]  # type: ignore[misc]
    fresh.save()
    submitted(fresh, member(), helps_with_de="Mit allem.")
    found, text = cells(page(rosa)), page(rosa)
    assert found["Title (German)"] == "Frisch"
    assert found["Helps with (one sentence) (German)"] == "Mit allem."
    assert "post@example.org" in text
    assert "new entry" in text


def test_approved_in_one_click(rosa: Client) -> None:
    house = entry()
    task = submitted(house, member(), title_de="Neue Beratung")
    response = decide(rosa, task, seen=seen(house))
    assert stored(house).title_de == "Neue Beratung"
    assert said(response) == ["“Beratung” is approved and public."]
    assert "0 submissions wait" in response.content.decode()


def test_approves_nothing_that_was_not_on_the_page(rosa: Client) -> None:
    house, asel = entry(), member()
    task = submitted(house, asel, title_de="Harmlos")
    old = seen(house)
    listings.withdraw(listing=stored(house), by=asel)
    newer = submitted(house, asel, title_de="Etwas ganz anderes")
    for each in (task, newer):
        assert "look again" in said(decide(rosa, each, seen=old))[0]
    assert stored(house).title_de == "Beratung"
    assert stored(house).workflow_in_progress


def test_confirming_meanwhile_takes_nothing_away(rosa: Client) -> None:
    """It makes a version of its own out of the waiting draft."""
    house = entry()
    task = submitted(house, member(), title_de="Neue Beratung")
    old = seen(house)
    listings.confirm(listing=stored(house), by=by_link(house))
    assert "look again" in said(decide(rosa, task, seen=old))[0]
    decide(rosa, task, seen=seen(house))
    found = stored(house)
    assert found.title_de == "Neue Beratung"
    assert found.last_confirmed_by == "info@example.org"


def test_sent_back_with_a_remark_and_mended(rosa: Client) -> None:
    house, asel = entry(), member()
    task = submitted(house, asel, title_de="Neu")
    response = decide(rosa, task, send_back="1", remark="Bitte ausführlicher.")
    assert "sent back" in said(response)[0]
    assert not stored(house).workflow_in_progress
    assert stored(house).title_de == "Beratung"
    again = submitted(house, asel, title_de="Neue Beratung für alle")
    decide(rosa, again, seen=seen(house))
    assert stored(house).title_de == "Neue Beratung für alle"


def test_not_sent_back_without_a_word(rosa: Client) -> None:
    house = entry()
    task = submitted(house, member(), title_de="Neu")
    assert "nothing was sent back" in said(decide(rosa, task, send_back="1", remark="  "))[0]
    assert stored(house).workflow_in_progress


def test_leads_on_to_the_next_one(rosa: Client) -> None:
    first, second = entry("first"), entry("second")
    asel = member()
    task, following = submitted(first, asel, cost_note="5 €"), submitted(second, asel, cost_note="6 €")
    assert f'name="next" value="{following.pk}"' in page(rosa)
    response = rosa.post(f"{QUEUE}{task.pk}/decide/", {"seen": seen(first), "next": following.pk})
    assert response.headers["Location"] == f"{QUEUE}#submission-{following.pk}"
    assert f'id="submission-{following.pk}"' in page(rosa)


def test_never_leads_elsewhere(rosa: Client) -> None:
    house = entry()
    task = submitted(house, member(), cost_note="5 €")
    response = rosa.post(f"{QUEUE}{task.pk}/decide/", {"seen": seen(house), "next": "https://evil.example/"})
    assert response.headers["Location"] == QUEUE


def test_other_entries_wait_here_too(rosa: Client) -> None:
    house = organisation("verein")
    house.name_de = "Verein für alle"
    house.save_revision(user=superuser())
    house.get_workflow().start(house, superuser("dana"))
    assert cells(page(rosa))["Name (German)"] == "Haus Verein der für Vielfalt alle"
    decide(rosa, house.current_workflow_task_state, seen=seen(house))
    assert stored(house).name_de == "Verein für alle"


def test_counts_what_waits_elsewhere(rosa: Client) -> None:
    Proposal.objects.create(kind="error")
    Proposal.objects.create(kind="error", state="unverified")
    assert "1 proposal from outside waits" in plain(page(rosa))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("where", ["", "harmless/", "freeze/", "accounts/", "accounts/undo/", "accounts/pause/"])
def test_only_who_may_publish(where: str, method: str) -> None:
    editor = signed_in(person("editor", "access_admin", "change_listing", "view_listing"))
    assert getattr(editor, method)(QUEUE + where).headers.get("Location", "") in ("/admin/", "/admin/login/")


def test_nobody_else_decides() -> None:
    house, asel = entry(), member()
    task = submitted(house, asel, title_de="Neu")
    for user in (asel, person("editor", "access_admin", "change_listing")):
        signed_in(user).post(f"{QUEUE}{task.pk}/decide/", {"seen": seen(house)})
        signed_in(user).post(f"{QUEUE}{task.pk}/correct/", {"seen": seen(house), "title_de": "Neu"})
    assert stored(house).title_de == "Beratung"
    assert task_of(house) == task


def test_a_decision_needs_a_task_of_an_entry(rosa: Client) -> None:
    assert rosa.post(f"{QUEUE}999999/decide/", {"seen": 1}).status_code == 404


def test_a_hundred_waiting_show_as_many_as_one_can_read(rosa: Client, django_assert_max_num_queries: Any) -> None:
    asel = None
    for number in range(28):
        each = entry(f"entry-{number}")
        asel = asel or member()
        submitted(each, asel, cost_note="neu")
    with django_assert_max_num_queries(25 * 22):
        text = page(rosa)
    assert text.count("data-submission ") == 25
    assert "3 more come" in text


def test_the_desk_leads_here(rosa: Client) -> None:
    house = entry()
    submitted(house, member(), title_de="Neu")
    assert f'href="{QUEUE}"' in rosa.get("/admin/").content.decode()


@pytest.mark.parametrize("name", [name for name in child_relations(Listing) if name])
def test_no_row_changes_unseen(rosa: Client, name: str) -> None:
    """The form of staff has a panel for each kind of row."""
    layout = Listing.snippet_viewset._edit_handler
    panel = layout.get_bound_panel(instance=listing(), request=None, form=None)
    fields = [each.args[0] for each in panel.get_comparison() if hasattr(each, "args")]
    assert name in {field.get_accessor_name() for field in fields if hasattr(field, "get_accessor_name")}


def test_what_no_form_shows_is_named_all_the_same(rosa: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    house = entry()
    submitted(house, member(), awards=["Preis"])
    monkeypatch.setattr("directory.editing.comparing_rows.with_rows_of_ours", lambda each: Unchanged)
    assert "no form shows this field" in page(rosa)


class Unchanged:
    """A comparison of a field that nobody has changed."""

    is_child_relation = False
    field = Listing._meta.get_field("slug")

    def __init__(self, before: Any, after: Any) -> None:
        pass

    def has_changed(self) -> bool:
        return False
