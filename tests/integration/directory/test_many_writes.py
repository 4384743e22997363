"""A transaction that writes many entries: what one more of them costs does not depend on how many there were."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from directory.models import ContactPoint, Listing, Organisation
from directory.models.change import uncommitted
from tests.integration.directory.making import listing, organisation, undone, unsaved_listing

pytestmark = pytest.mark.django_db(transaction=True)
BOTH = [model._meta.label_lower for model in (Listing, Organisation)]


class Hooks(list[Any]):
    """Counts how many of them somebody has read."""

    read = 0

    def __iter__(self) -> Any:
        self.read += len(self)
        return super().__iter__()

    def __getitem__(self, key: Any) -> Any:
        found = super().__getitem__(key)
        self.read += len(found) if isinstance(key, slice) else 1
        return found


def read_while_writing(entry: Listing, times: int) -> int:
    with transaction.atomic():
        connection.run_on_commit = hooks = Hooks()
        for _time in range(times):
            entry.save()
    return hooks.read


def test_the_commit_hooks_are_not_read_anew_for_each_write() -> None:
    entry = listing()
    assert read_while_writing(entry, 30) <= 2 * 30  # the newest, and whether the one before is still there


def test_each_write_is_told_from_the_one_before() -> None:
    house = organisation()
    assert uncommitted(BOTH) == ()
    with transaction.atomic():
        one = listing("one", organisation=house)
        first = uncommitted(BOTH)
        assert [write.model for write in first] == ["directory.listing"]
        house.save()
        assert [write.model for write in uncommitted(BOTH)] == BOTH
        assert uncommitted(BOTH[:1]) == first
        one.save()
        assert uncommitted(BOTH[:1]) != first
    assert uncommitted(BOTH) == ()


def test_a_savepoint_that_is_rolled_back_takes_its_writes_along() -> None:
    house = organisation()
    with transaction.atomic():
        one = listing("one", organisation=house)
        before = uncommitted(BOTH)
        with undone():
            one.save()
            house.save()
            within = uncommitted(BOTH)
        assert uncommitted(BOTH) == before
        house.save()
        one.save()
        assert uncommitted(BOTH[:1]) not in (before, within[:1])


def test_as_many_hooks_after_a_rollback_as_before_are_not_the_same() -> None:
    entry = listing()
    with transaction.atomic():
        with undone():
            entry.save()
            assert uncommitted(BOTH)
        transaction.on_commit(lambda: None)
        assert uncommitted(BOTH) == ()


def test_a_child_that_the_database_refuses_takes_its_entry_along() -> None:
    organisation()
    entry = unsaved_listing()
    refused = ContactPoint(kind="phone")
    refused.value = None  # type: ignore[assignment]
    entry.contacts.add(refused)
    with transaction.atomic():
        with pytest.raises(IntegrityError):
            entry.save()
        assert not Listing.objects.exists()
        listing()
    assert Listing.objects.count() == 1
