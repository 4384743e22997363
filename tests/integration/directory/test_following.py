"""Values derived from entries: kept in the process, read again only where something was edited."""

from typing import Any

import pytest
from django.db import transaction

from directory import following
from directory.following import Kept, Keys, Position
from directory.models import Area, Change, Listing, Organisation
from tests.integration.directory.making import area, listing, organisation, stored, undone

pytestmark = pytest.mark.django_db(transaction=True)


class Titles:
    """Derives the titles of listings, and notes what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[Keys] = []
        self.kept: Kept[str] = Kept(Listing, self.derive, {Organisation: self.of_organisations})

    def derive(self, keys: Keys) -> dict[int, str]:
        self.asked.append(keys)
        rows = Listing.objects.select_related("organisation")
        rows = rows if keys is None else rows.filter(pk__in=keys)
        return {row.pk: f"{row.title_de} ({row.organisation.name_de})" for row in rows}

    def of_organisations(self, keys: Any) -> list[int]:
        return list(Listing.objects.filter(organisation__in=keys).values_list("pk", flat=True))

    def now(self) -> list[str]:
        return sorted(self.kept.get().values())


@pytest.fixture
def titles() -> Titles:
    return Titles()


def test_an_empty_database_has_no_values(titles: Titles) -> None:
    assert titles.now() == []
    assert titles.kept.position == Position()


def test_without_an_edit_nothing_is_asked_again(titles: Titles) -> None:
    listing(title_de="A")
    assert titles.now() == titles.now() == ["A (Haus der Vielfalt)"]
    assert titles.asked == [None]


def test_a_new_a_changed_and_a_deleted_entry(titles: Titles) -> None:
    first = listing("first", title_de="A")
    titles.now()
    second = listing("second", title_de="B")
    assert titles.now() == ["A (Haus der Vielfalt)", "B (Haus der Vielfalt)"]
    first.title_de = "C"
    first.save()
    assert titles.now() == ["B (Haus der Vielfalt)", "C (Haus der Vielfalt)"]
    gone = second.pk
    second.delete()
    assert titles.now() == ["C (Haus der Vielfalt)"]
    assert titles.asked == [None, {gone}, {first.pk}, {gone}]


def test_an_entry_that_another_model_concerns(titles: Titles) -> None:
    made = listing()
    listing("other", organisation=organisation("other", name_de="Anderes"))
    titles.now()
    house = stored(made.organisation)
    house.name_de = "Neu"
    house.save()
    assert titles.now() == ["Beratung (Anderes)", "Beratung (Neu)"]
    assert titles.asked == [None, {made.pk}]


def test_a_model_that_does_not_matter(titles: Titles) -> None:
    listing()
    titles.now()
    area("jena")
    before = titles.kept.position
    titles.now()
    assert titles.asked == [None]
    assert titles.kept.position != before  # it need not be looked at again


def test_many_edits_are_read_as_a_whole(titles: Titles, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MANY", 2)
    listing("zero")
    titles.now()
    for number in range(3):
        listing(f"l{number}")
    assert len(titles.now()) == 4
    assert titles.asked == [None, None]


def test_a_transaction_sees_its_own_writes_and_keeps_them_from_others(titles: Titles) -> None:
    made = listing(title_de="A")
    titles.now()
    with undone():
        made.title_de = "B"
        made.save()
        assert titles.now() == ["B (Haus der Vielfalt)"]
    assert titles.now() == ["A (Haus der Vielfalt)"]
    assert list(titles.kept.values.values()) == ["A (Haus der Vielfalt)"]


def test_a_transaction_about_something_else_uses_what_is_kept(titles: Titles) -> None:
    listing()
    titles.now()
    with transaction.atomic():
        area("jena")
        titles.now()
    assert titles.asked == [None]


def test_what_was_handed_out_does_not_change(titles: Titles) -> None:
    made = listing(title_de="A")
    handed = titles.kept.get()
    made.title_de = "B"
    made.save()
    titles.now()
    assert list(handed.values()) == ["A (Haus der Vielfalt)"]


def test_an_exchanged_database_with_a_longer_log(titles: Titles) -> None:
    listing("gone", title_de="A")
    titles.now()
    Listing.objects.all().delete()
    Change.objects.all().delete()
    for number in range(5):
        listing(f"l{number}", title_de="B")
    assert titles.now() == ["B (Haus der Vielfalt)"] * 5


def test_an_exchanged_database_with_a_shorter_log(titles: Titles) -> None:
    made = listing(title_de="A")
    for _time in range(4):
        made.save()
    titles.now()
    Change.objects.order_by("-id")[0].delete()
    Change.objects.order_by("-id")[0].delete()
    titles.now()
    assert titles.asked == [None, None]


def test_the_same_number_of_another_transaction_is_another_database(titles: Titles) -> None:
    listing(title_de="A")
    titles.now()
    newest = Change.objects.order_by("-id")[0]
    newest.transaction = "00000000-0000-4000-8000-000000000000"
    newest.save()
    titles.now()
    assert titles.asked == [None, None]


def test_an_area_of_its_own() -> None:
    """Keys need no other model."""
    kept: Kept[str] = Kept(Area, lambda keys: dict(Area.objects.values_list("pk", "slug")))
    area("jena")
    assert list(kept.get().values()) == ["jena"]
