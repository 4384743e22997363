"""A large table: each of its rows costs as much as each of a small one, and leaves what any other write leaves."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ReferenceIndex

from directory.exchange import table_import
from directory.exchange.table_lookup import Scope
from directory.models import Listing
from tests.integration.directory.making import find, listing, organisation
from tests.integration.exchange.tables import bring, give, plan

pytestmark = pytest.mark.django_db
ROW = {"kind": "offer", "audience": "affected", "phone": "030 23125 001", "languages": "de; tr"}


def new(number: int, body: str = "house") -> Mapping[str, str]:
    return {**ROW, "organisation": body, "slug": f"n{body}{number}", "title_de": f"Neu {number}"}


def changed(number: int, **values: str) -> Mapping[str, str]:
    return {"slug": f"n{number}", "price": "free", "phone": "", **values}


def references() -> set[tuple[object, ...]]:
    names = [field.attname for field in ReferenceIndex._meta.concrete_fields if field.name != "id"]
    return set(ReferenceIndex.objects.values_list(*names))


def statements(path: Path) -> int:
    with CaptureQueriesContext(connection) as asked:
        bring(path, Scope(publish=True))
    return len(asked)


def test_a_new_row_costs_the_same_in_a_large_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_import, "STEP", 20)
    for body in ("first", "few", "more", "many"):
        organisation(body)
    path = tmp_path / "table.csv"
    bring(give(path, [new(0, "first")]), Scope(publish=True))  # reads what is then remembered
    few, more, many = (
        statements(give(path, [new(number, body) for number in range(count)]))
        for body, count in (("few", 20), ("more", 40), ("many", 60))
    )
    assert many - more == more - few
    assert more - few <= 20 * 18  # with three child rows; on PostgreSQL one of them waits for a lock


def test_a_changed_row_costs_the_same_in_a_large_table(tmp_path: Path) -> None:
    for number in range(31):
        listing(f"n{number}", title_de=f"Beratung {number}")
    path = tmp_path / "table.csv"
    bring(give(path, [changed(0, price="none")]), Scope(publish=True))
    few, more, many = (
        statements(give(path, [changed(number) for number in range(start, start + count)]))
        for start, count in ((1, 5), (6, 10), (16, 15))
    )
    assert many - more == more - few


def test_what_is_referred_to_is_noted_as_a_rebuild_would(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_import, "STEP", 2)
    organisation("other")
    for number in range(3):
        listing(f"n{number}", title_de=f"Beratung {number}")
    made = {"organisation_name_de": "Ganz neu", "organisation_type": ""}
    path = tmp_path / "table.csv"
    rows = [*(new(number) for number in range(3)), {**new(3, "made"), **made}]
    bring(give(path, rows), Scope(publish=True))
    rows = [changed(0, organisation="house"), changed(1, organisation="other"), changed(2, organisation="made")]
    bring(give(path, rows), Scope(publish=True))
    noted = references()
    assert len(noted) == Listing.objects.count() == 7
    call_command("rebuild_references_index", verbosity=0)
    assert noted == references()


def test_afterwards_each_save_notes_its_own_again(tmp_path: Path) -> None:
    other = organisation("other")
    entry = listing("n1")
    made = plan(give(tmp_path / "table.csv", [changed(1)]))
    entry.save_revision()
    with pytest.raises(table_import.OvertakenError):
        list(table_import.carry_out(made, Scope()))
    entry = find(Listing, "n1")
    entry.organisation = other
    entry.save()
    assert [row.to_object_id for row in ReferenceIndex.get_references_for_object(entry)] == [str(other.pk)]


def test_the_progress_is_told_within_and_ends_with_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_import, "STEP", 2)
    organisation()
    made = plan(give(tmp_path / "table.csv", [new(number) for number in range(5)]))
    assert list(table_import.carry_out(made, Scope())) == [(2, 5), (4, 5), (5, 5)]
