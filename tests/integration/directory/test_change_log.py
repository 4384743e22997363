"""Every write of an entry leaves exactly one row in its own transaction. Real transactions, hence slower."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.log_actions import LogContext, activate, deactivate

from directory import listings
from directory.models import (
    Area,
    Change,
    CompetenceRow,
    Configuration,
    ContactPoint,
    EventDate,
    Exclusion,
    Listing,
    Organisation,
    OrganisationContact,
    Place,
    Site,
    SpokenLanguage,
    Term,
    acting,
)
from tests.integration.directory.making import (
    area,
    let_an_hour_pass,
    listing,
    new_changes,
    organisation,
    stored,
    superuser,
    term,
    undone,
    unsaved_listing,
)

pytestmark = pytest.mark.django_db(transaction=True)

CHILDREN: list[tuple[str, Callable[[], Any]]] = [
    ("contacts", lambda: ContactPoint(kind="phone", value="110")),
    ("languages", lambda: SpokenLanguage(language="tr")),
    ("places", lambda: Place(name="Laden")),
    ("dates", lambda: EventDate(starts_at=timezone.now())),
    ("competence_rows", lambda: CompetenceRow(what=["insult"])),
    ("exclusions", lambda: Exclusion(strength="hard", what=["insult"])),
]
each_child = pytest.mark.parametrize(("relation", "make"), CHILDREN)


class TestSaving:
    def test_a_new_listing_is_one_row(self) -> None:
        organisation()
        with new_changes() as rows:
            listing()
        assert rows == [("listing", "advice", "create")]

    def test_a_new_listing_with_children_of_all_kinds_is_one_row(self) -> None:
        entry = unsaved_listing()
        for relation, make in CHILDREN:
            getattr(entry, relation).add(make())
        with new_changes() as rows:
            entry.save()
        assert rows == [("listing", "advice", "create")]
        assert all(getattr(stored(entry), relation).count() == 1 for relation, _make in CHILDREN)

    def test_children_do_not_write_the_row_again_and_again(self) -> None:
        entry = unsaved_listing()
        for relation, make in CHILDREN:
            getattr(entry, relation).add(make())
        with CaptureQueriesContext(connection) as queries:
            entry.save()
        assert sum("INTO" in query["sql"] and "directory_change" in query["sql"] for query in queries) == 1

    def test_an_edit_is_one_row(self) -> None:
        entry = listing()
        entry.title_de = "Neu"
        with new_changes() as rows:
            entry.save()
        assert rows == [("listing", "advice", "update")]

    def test_an_edit_of_some_columns_is_one_row(self) -> None:
        entry = listing()
        with new_changes() as rows:
            entry.save(update_fields=["needs_check"])
        assert rows == [("listing", "advice", "update")]

    def test_a_deletion_is_one_row(self) -> None:
        entry = listing()
        entry.contacts.add(ContactPoint(kind="phone", value="110"))
        entry.save()
        with new_changes() as rows:
            entry.delete()
        assert rows == [("listing", "advice", "delete")]
        assert not ContactPoint.objects.exists()

    def test_organisations_with_their_children(self) -> None:
        with new_changes() as rows:
            entry = Organisation(slug="house", name_de="Haus")
            entry.contacts.add(OrganisationContact(kind="phone", value="110"))
            entry.sites.add(Site(name="Laden"))
            entry.save()
        assert rows == [("organisation", "house", "create")]
        with new_changes() as rows:
            Site.objects.get().save()
        assert rows == [("organisation", "house", "update")]

    @pytest.mark.parametrize("make", [lambda: area("jena"), lambda: term("grounds", "racism")])
    def test_areas_and_terms(self, make: Callable[[], Area | Term]) -> None:
        with new_changes() as created:
            entry = make()
        with new_changes() as updated:
            entry.save()
        with new_changes() as deleted:
            entry.delete()
        actions = [action for rows in (created, updated, deleted) for _model, _slug, action in rows]
        assert actions == ["create", "update", "delete"]

    def test_the_configuration(self) -> None:
        with new_changes() as rows:
            Configuration(pk=1, home_area="jena").save()
        assert rows == [("configuration", "", "create")]


class TestChildren:
    """A child's change is its entry's change."""

    @each_child
    def test_saved_through_the_entry(self, relation: str, make: Callable[[], Any]) -> None:
        entry = listing()
        getattr(entry, relation).add(make())
        with new_changes() as rows:
            entry.save()
        assert rows == [("listing", "advice", "update")]

    @each_child
    def test_taken_out_through_the_entry(self, relation: str, make: Callable[[], Any]) -> None:
        entry = listing()
        getattr(entry, relation).add(make())
        entry.save()
        entry = stored(entry)
        setattr(entry, relation, [])
        with new_changes() as rows:
            entry.save()
        assert rows == [("listing", "advice", "update")]
        assert not getattr(stored(entry), relation).exists()

    @each_child
    def test_saved_and_deleted_by_itself(self, relation: str, make: Callable[[], Any]) -> None:
        entry, child = listing(), make()
        child.listing = entry
        with new_changes() as added:
            child.save()
        with new_changes() as changed:
            child.save()
        with new_changes() as deleted:
            child.delete()
        assert added == changed == deleted == [("listing", "advice", "update")]


class TestWagtailsOwnPaths:
    def test_a_draft(self) -> None:
        entry = listing()
        entry.title_de = "Entwurf"
        with new_changes() as rows:
            entry.save_revision()
        assert rows == [("listing", "advice", "draft")]
        assert stored(entry).title_de == "Beratung"

    def test_publishing_a_draft(self) -> None:
        entry = listing(live=False)
        entry.contacts.add(ContactPoint(kind="phone", value="110"))
        draft = entry.save_revision()
        with new_changes() as rows:
            draft.publish()
        assert rows == [("listing", "advice", "update")]
        assert stored(entry).live

    def test_publishing_a_draft_that_takes_a_child_away(self) -> None:
        entry = listing()
        entry.contacts.add(ContactPoint(kind="phone", value="110"))
        entry.save()
        entry = stored(entry)
        entry.contacts.set([])
        draft = entry.save_revision()
        with new_changes() as rows:
            draft.publish()
        assert rows == [("listing", "advice", "update")]
        assert not stored(entry).contacts.exists()

    def test_unpublishing(self) -> None:
        entry = listing()
        with new_changes() as rows:
            entry.unpublish()
        assert rows == [("listing", "advice", "update")]

    def test_going_back_to_an_older_revision(self) -> None:
        entry = listing()
        older = entry.save_revision()
        entry.title_de = "Neu"
        newer = entry.save_revision()
        newer.publish()
        with new_changes() as rows, transaction.atomic():
            older.as_object().save_revision(previous_revision=older).publish(previous_revision=older)
        assert rows == [("listing", "advice", "update")]
        assert stored(entry).title_de == "Beratung"

    def test_the_clock_publishes(self) -> None:
        entry = listing(live=False)
        entry.go_live_at = timezone.now() + timedelta(hours=1)
        entry.save_revision().publish()
        assert not stored(entry).live
        let_an_hour_pass()
        with new_changes() as rows:
            call_command("publish_scheduled")
        assert rows == [("listing", "advice", "update")]
        assert stored(entry).live

    def test_the_clock_unpublishes(self) -> None:
        entry = listing(expire_at=timezone.now() - timedelta(hours=1))
        with new_changes() as rows:
            call_command("publish_scheduled")
        assert rows == [("listing", "advice", "update")]
        assert not stored(entry).live

    def test_locking(self) -> None:
        entry = listing()
        entry.locked = True
        with new_changes() as rows:
            entry.save(update_fields=["locked"])
        assert rows == [("listing", "advice", "update")]

    def test_a_draft_that_is_published_at_once_is_two_transactions_and_so_two_rows(self) -> None:
        """Without a transaction around both; the staff's views have one (tests/integration/editing)."""
        entry = listing()
        with new_changes() as rows:
            entry.save_revision().publish()
        assert rows == [("listing", "advice", "draft"), ("listing", "advice", "update")]
        with new_changes() as together, transaction.atomic():
            entry.save_revision().publish()
        assert together == [("listing", "advice", "update")]


class TestVerbs:
    @pytest.mark.parametrize("verb", [listings.confirm, listings.publish, listings.archive])
    def test_each_is_one_row_that_names_who(self, verb: Callable[..., None]) -> None:
        entry, staff = listing(), superuser("asel")
        with new_changes() as rows:
            verb(listing=entry, by=staff)
        assert rows == [("listing", "advice", "update")]
        assert Change.objects.latest("id").by == "asel"

    def test_confirming_with_a_waiting_draft_is_still_one_row(self) -> None:
        entry, staff = listing(), superuser()
        entry.title_de = "Entwurf"
        entry.save_revision()
        with new_changes() as rows:
            listings.confirm(listing=stored(entry), by=staff)
        assert rows == [("listing", "advice", "update")]


class TestTransactions:
    def test_several_writes_in_one_transaction_are_one_row(self) -> None:
        entry = listing()
        with new_changes() as rows, transaction.atomic():
            entry.save()
            entry.save()
            SpokenLanguage(listing=entry, language="tr").save()
        assert rows == [("listing", "advice", "update")]

    def test_two_entries_in_one_transaction_are_a_row_each(self) -> None:
        house = organisation()
        with new_changes() as rows, transaction.atomic():
            listing("one", organisation=house)
            listing("two", organisation=house)
        assert rows == [("listing", "one", "create"), ("listing", "two", "create")]

    def test_made_and_changed_in_one_transaction_is_made(self) -> None:
        house = organisation()
        with new_changes() as rows, transaction.atomic():
            listing(organisation=house).save()
        assert rows == [("listing", "advice", "create")]

    def test_changed_and_deleted_in_one_transaction_is_deleted(self) -> None:
        entry = listing()
        with new_changes() as rows, transaction.atomic():
            entry.save()
            entry.delete()
        assert rows == [("listing", "advice", "delete")]

    def test_what_is_rolled_back_leaves_none(self) -> None:
        entry = listing()
        with new_changes() as rows, undone():
            entry.save()
        assert rows == []

    def test_what_the_database_refuses_leaves_none(self) -> None:
        organisation()
        with new_changes() as rows, pytest.raises(IntegrityError):
            listing(audience="")
        assert rows == []

    def test_a_savepoint_that_is_rolled_back_takes_its_rows_along(self) -> None:
        house = organisation()
        with new_changes() as rows, transaction.atomic():
            listing("kept", organisation=house)
            with undone():
                listing("undone", organisation=house)
        assert rows == [("listing", "kept", "create")]

    def test_a_savepoint_that_is_rolled_back_gives_back_the_row_from_before(self) -> None:
        entry = listing()
        with new_changes() as rows, transaction.atomic():
            entry.save()
            with undone():
                stored(entry).delete()
        assert rows == [("listing", "advice", "update")]

    def test_after_a_first_savepoint_was_rolled_back_the_transaction_still_writes_one_row(self) -> None:
        entry = listing()
        with new_changes() as rows, transaction.atomic():
            with undone():
                entry.save()
            entry.save()
            entry.save()
        assert rows == [("listing", "advice", "update")]

    def test_a_savepoint_within_a_savepoint(self) -> None:
        entry = listing()
        with new_changes() as rows, transaction.atomic():
            with undone(), transaction.atomic():
                entry.save()
            with transaction.atomic():
                entry.save()
            entry.save()
        assert rows == [("listing", "advice", "update")]

    def test_the_next_transaction_writes_its_own(self) -> None:
        entry = listing()
        with new_changes() as rows:
            for _time in range(3):
                with transaction.atomic():
                    entry.save()
        assert rows == [("listing", "advice", "update")] * 3


class TestWhatARowTells:
    def test_versions_count_without_a_gap_and_go_on_after_a_deletion(self) -> None:
        entry = listing()
        entry.save()
        with transaction.atomic():
            entry.save()
            entry.save()
        entry.delete()
        versions = Change.objects.filter(slug="advice").values_list("version", "action")
        assert list(versions) == [(1, "create"), (2, "update"), (3, "update"), (4, "delete")]

    def test_ids_only_grow_so_that_a_reader_by_position_skips_nothing(self) -> None:
        entry = listing()
        seen = Change.position()
        for _time in range(3):
            with transaction.atomic():
                entry.save()
                entry.save()
            assert Change.position() > seen
            seen = Change.position()

    def test_a_deleted_entry_can_still_be_named(self) -> None:
        entry = listing()
        key = entry.pk
        entry.delete()
        row = Change.objects.latest("id")
        assert (row.model, row.object_id, row.slug) == ("directory.listing", str(key), "advice")

    def test_who_by_name(self) -> None:
        with acting("import of 1 May"):
            organisation()
        organisation("other")
        assert list(Change.objects.values_list("by", flat=True)) == ["import of 1 May", ""]

    def test_who_by_wagtails_log_context(self) -> None:
        activate(LogContext(user=superuser("dana")))
        try:
            organisation()
        finally:
            deactivate()
        assert Change.objects.latest("id").by == "dana"

    def test_a_long_name_is_cut_and_not_refused(self) -> None:
        with acting("x" * 500):
            organisation()
        assert Change.objects.latest("id").by == "x" * 200


class TestQuerySets:
    def test_deleting_many_leaves_a_row_each(self) -> None:
        house = organisation()
        listing("one", organisation=house)
        listing("two", organisation=house)
        with new_changes() as rows:
            total, by_model = Listing.objects.filter(slug__in=["one", "two"]).delete()
        assert rows == [("listing", "one", "delete"), ("listing", "two", "delete")]
        assert (total, by_model["directory.Listing"]) == (2, 2)

    def test_deleting_many_is_all_or_nothing(self) -> None:
        listing()
        organisation("a-free-one")
        with new_changes() as rows, pytest.raises(IntegrityError):
            Organisation.objects.all().delete()
        assert rows == []
        assert Organisation.objects.count() == 2

    def test_deleting_child_rows_leaves_one_row_of_their_entry(self) -> None:
        entry = listing()
        SpokenLanguage(listing=entry, language="tr").save()
        SpokenLanguage(listing=entry, language="ar").save()
        with new_changes() as rows:
            SpokenLanguage.objects.all().delete()
        assert rows == [("listing", "advice", "update")]
