"""Wagtail's page saves by itself while somebody writes: drafts, and nothing that a reader would follow."""

from typing import Any

import pytest
from django.test import Client

from directory.models import Change, Listing
from search import indexing
from tests.integration.directory.making import find, listing, new_changes, organisation, stored, term
from tests.integration.editing.posting import form_on, shown, url

pytestmark = pytest.mark.django_db(transaction=True)

JSON = {"accept": "application/json"}


def autosave(client: Client, address: str, **typed: Any) -> dict[str, Any]:
    """As the page's own script sends it: the whole form, and JSON is asked for."""
    data = shown(form_on(address)) | typed
    answer: dict[str, Any] = client.post(address, data, headers=JSON).json()
    return answer


def test_many_saves_of_a_published_entry_are_one_draft_and_one_row(admin: Client) -> None:
    entry = listing()
    address = url("listing", "edit", entry.pk)
    with new_changes() as rows:
        first = autosave(admin, address, title_de="N")
        for typed in ("Ne", "Neu", "Neuer"):
            again = autosave(admin, address, title_de=typed, overwrite_revision_id=first["revision_id"])
            assert again["success"]
    assert rows == [("listing", "advice", "draft")]
    assert stored(entry).revisions.count() == 2
    history = admin.get(url("listing", "history", entry.pk)).context["object_list"]
    assert [(each.action, each.revision_id) for each in history] == [("wagtail.edit", first["revision_id"])]
    assert (stored(entry).title_de, stored(entry).get_latest_revision_as_object().title_de) == (
        "Beratung",
        "Neuer",
    )


def test_a_new_entry_is_made_once_and_then_written_over(admin: Client) -> None:
    house = organisation()
    needed = {"organisation": house.pk, "kind": "offer", "audience": "both", "source_language": "de"}
    with new_changes() as rows:
        made = autosave(admin, url("listing", "add"), **needed, title_de="Neues", slug="new")
        entry = find(Listing, "new")
        for typed in ("Neues Ang", "Neues Angebot"):
            overwriting = {"overwrite_revision_id": made["revision_id"]}
            assert autosave(admin, url("listing", "edit", entry.pk), title_de=typed, **overwriting)["success"]
    assert rows == [("listing", "new", "create"), ("listing", "new", "draft"), ("listing", "new", "draft")]
    assert stored(entry).title_de == "Neues Angebot"
    assert not stored(entry).live
    assert stored(entry).revisions.count() == 1


@pytest.mark.parametrize("model", ["listing", "term"])
def test_neither_index_nor_caches_move(admin: Client, model: str) -> None:
    entry: Any = listing() if model == "listing" else term("grounds", "racism")
    before, position = indexing.newest(), Change.public_position()
    field = "title_de" if model == "listing" else "label_de"
    first = autosave(admin, url(model, "edit", entry.pk), **{field: "N"})
    autosave(admin, url(model, "edit", entry.pk), **{field: "Neu", "overwrite_revision_id": first["revision_id"]})
    assert (indexing.newest(), Change.public_position()) == (before, position)


def test_a_colleagues_newer_draft_is_not_written_over(admin: Client) -> None:
    entry = listing()
    address = url("listing", "edit", entry.pk)
    first = autosave(admin, address, title_de="Neu")
    other = stored(entry).get_latest_revision_as_object()
    other.title_de = "Von anderswo"
    other.save_revision()
    refused = autosave(admin, address, title_de="Neuer", overwrite_revision_id=first["revision_id"])
    assert not refused["success"]
    assert stored(entry).get_latest_revision_as_object().title_de == "Von anderswo"


def test_what_is_not_complete_is_refused_in_words_and_leaves_nothing(admin: Client) -> None:
    entry = listing()
    with new_changes() as rows:
        answer = autosave(admin, url("listing", "edit", entry.pk), organisation="")
    assert not answer["success"]
    assert answer["error_message"]
    assert rows == []
