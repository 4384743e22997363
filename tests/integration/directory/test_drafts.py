"""What a draft leaves behind: its own kind of row, the names of what changed, and the version before it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from directory.models import Change, ContactPoint, Listing, OrganisationContact
from directory.vocabulary import label, snapshot
from search import indexing
from tests.integration.directory.making import (
    area,
    let_an_hour_pass,
    listing,
    new_changes,
    organisation,
    stored,
    superuser,
    term,
)

pytestmark = pytest.mark.django_db(transaction=True)


def told() -> str:
    """The newest row's summary."""
    return Change.objects.latest("id").summary


def draft_of(entry: Any, **values: Any) -> Any:
    draft = stored(entry).get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    return draft.save_revision()


class TestTheRow:
    def test_a_draft_of_what_is_public_is_one_of_a_draft(self) -> None:
        entry = listing()
        with new_changes() as rows:
            draft_of(entry, title_de="Neu")
        assert rows == [("listing", "advice", "draft")]

    def test_so_is_every_save_of_what_is_not_public_yet(self) -> None:
        entry = listing(live=False)
        entry.title_de = "Neu"
        with new_changes() as rows:
            entry.save()
        assert rows == [("listing", "advice", "draft")]

    @pytest.mark.parametrize(("before", "after"), [(True, False), (False, True), (True, True)])
    def test_what_the_public_sees_is_a_change(self, before: bool, after: bool) -> None:
        entry = listing(live=before)
        entry.live = after
        with new_changes() as rows:
            entry.save()
        assert rows == [("listing", "advice", "update")]

    def test_a_draft_and_its_publishing_in_one_transaction_are_a_change(self) -> None:
        entry = listing()
        with new_changes() as rows, transaction.atomic():
            draft_of(entry, title_de="Neu").publish()
        assert rows == [("listing", "advice", "update")]
        with new_changes() as rows, transaction.atomic():
            stored(entry).save()
            draft_of(entry, title_de="Neuer")
        assert rows == [("listing", "advice", "update")]

    def test_a_draft_written_over_by_the_same_hand_leaves_no_further_row(self) -> None:
        dana, entry = superuser("dana"), listing()
        first = entry.save_revision(user=dana)
        draft = first.as_object()
        draft.title_de = "Neu"
        with new_changes() as rows:
            draft.save_revision(user=dana, overwrite_revision=first)
        assert rows == []
        assert stored(entry).get_latest_revision_as_object().title_de == "Neu"


class TestReaders:
    def test_the_index_does_not_follow_a_draft(self) -> None:
        racism = term("grounds", "racism")
        entry = listing()
        before, seen = indexing.newest(), Change.position()
        draft_of(racism, label_de="Neu")
        draft_of(entry, title_de="Neu")
        assert Change.position() > seen
        assert indexing.newest() == before
        assert Change.public_position() == seen

    def test_the_vocabulary_is_not_read_again_for_a_draft(self) -> None:
        racism = term("grounds", "racism", label_de="Rassismus")
        before = snapshot()
        revision = draft_of(racism, label_de="Neu")
        assert snapshot() is before
        revision.publish()
        assert label("grounds", "racism", "de").text == "Neu"


class TestTheSummary:
    def test_names_of_the_fields_and_nothing_of_what_they_hold(self) -> None:
        entry = listing()
        entry.title_ar, entry.waiting_weeks = "سر", 3
        entry.save()
        assert told() == "title_ar waiting_weeks"

    def test_what_publishing_moves_by_itself_is_not_named(self) -> None:
        draft_of(listing(), title_de="Neu").publish()
        assert told() == "title_de"

    def test_a_save_that_changes_nothing_names_nothing(self) -> None:
        stored(listing(title_de="Beratung", grounds=[])).save()
        assert told() == ""

    @pytest.mark.parametrize("value", [None, ""])
    def test_null_and_empty_are_the_same(self, value: str | None) -> None:
        entry = listing(title_en=None)
        entry.title_en = value
        entry.save()
        assert told() == ""

    def test_a_draft_names_what_it_changes(self) -> None:
        entry = listing()
        draft_of(entry, title_ar="سر")
        assert told() == "title_ar"
        draft_of(entry, waiting_weeks=3)
        assert told() == "waiting_weeks"
        stored(entry).get_latest_revision().publish()
        assert told() == "title_ar waiting_weeks"

    def test_child_rows_by_their_relation(self) -> None:
        entry = listing()
        draft = stored(entry)
        draft.contacts.add(ContactPoint(kind="phone", value="110"))
        draft.save_revision().publish()
        assert told() == "contacts"

    def test_a_child_row_that_only_got_its_number_is_no_change(self) -> None:
        entry = listing()
        entry.contacts.add(ContactPoint(kind="phone", value="110"))
        first = entry.save_revision()
        first.publish()
        first.publish()
        assert told() == ""

    def test_a_child_row_saved_alone(self) -> None:
        OrganisationContact(organisation=organisation(), kind="phone", value="110").save()
        assert told() == "contacts"

    def test_a_save_of_some_fields(self) -> None:
        entry = listing()
        entry.needs_check = True
        entry.save(update_fields=["needs_check"])
        assert told() == "needs_check"

    def test_two_saves_in_one_transaction_name_what_both_changed(self) -> None:
        entry = listing()
        with transaction.atomic():
            entry.needs_check = True
            entry.save(update_fields=["needs_check"])
            entry.title_en = "Advice"
            entry.save(update_fields=["title_en"])
        assert told() == "needs_check title_en"

    def test_as_many_whole_names_as_fit(self) -> None:
        entry = listing()
        names = [field.name for field in Listing._meta.concrete_fields if field.name != "id"]
        entry.save(update_fields=names)
        longest = Change._meta.get_field("summary").max_length or 0
        assert 0 < len(told()) <= longest
        assert set(told().split()) <= set(names)

    def test_an_entry_of_another_kind_has_none_yet(self) -> None:
        area("jena")
        assert told() == ""


class TestWhatStoodThereBefore:
    def test_the_first_draft_keeps_what_a_loader_wrote(self) -> None:
        entry = listing(title_tr="Danışma")
        entry.contacts.add(ContactPoint(kind="phone", value="110"))
        entry.save()
        draft_of(entry, title_de="Neu")
        kept = stored(entry)
        first = kept.revisions.order_by("created_at", "id").first().as_object()
        assert (first.title_de, first.title_tr) == ("Beratung", "Danışma")
        assert [contact.value for contact in first.contacts.all()] == ["110"]
        assert kept.live_revision_id == kept.revisions.order_by("id").first().pk
        assert kept.get_latest_revision_as_object().title_de == "Neu"

    def test_what_was_never_public_has_nothing_to_keep(self) -> None:
        entry = listing(live=False)
        draft_of(entry, title_de="Neu")
        assert stored(entry).revisions.count() == 1

    def test_only_the_first_one(self) -> None:
        entry = listing()
        for title in ("Eins", "Zwei"):
            draft_of(entry, title_de=title)
        assert stored(entry).revisions.count() == 3

    def test_scheduling_the_next_version_leaves_the_loaded_one_where_it_is(self) -> None:
        entry = listing()
        draft_of(entry, title_de="Neu", go_live_at=timezone.now() + timedelta(hours=1)).publish()
        assert stored(entry).live
        assert stored(entry).title_de == "Beratung"
        let_an_hour_pass()
        call_command("publish_scheduled")
        assert stored(entry).title_de == "Neu"
