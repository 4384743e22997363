"""How rows name themselves in lists, logs and refusals: never empty, never an object's address in memory."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import translation

from directory.models import (
    Area,
    Change,
    CompetenceRow,
    Configuration,
    ContactPoint,
    EventDate,
    Exclusion,
    Place,
    SpokenLanguage,
    Term,
)

ROWS: list[tuple[Any, str]] = [
    (CompetenceRow(what=["insult", "threat"], office=["school"]), "what: insult/threat, office: school"),
    (CompetenceRow(), "–"),
    (Exclusion(wish=["talk"]), "wish: talk"),
    (ContactPoint(kind="phone", value="110"), "phone 110"),
    (Place(name="Laden", address="Weg 1"), "Laden"),
    (Place(address="Weg 1"), "Weg 1"),
    (SpokenLanguage(language="tr"), "tr"),
    (EventDate(starts_at=datetime(2026, 11, 21, 9, 30, tzinfo=UTC)), "2026-11-21 09:30"),
    (Area(slug="jena", name_en="Jena!"), "Jena!"),
    (Area(slug="jena"), "jena"),
    (Term(slug="racism", label_ar="العنصرية"), "العنصرية"),
    (Term(slug="racism"), "racism"),
    (Configuration(), "Configuration"),
    (Change(id=7, model="directory.term", slug="racism", action="update"), "7 directory.term racism update"),
    (
        Change(id=8, model="directory.configuration", object_id="1", action="create"),
        "8 directory.configuration 1 create",
    ),
]


@pytest.mark.parametrize(("row", "name"), ROWS, ids=[name for _row, name in ROWS])
def test_names(row: Any, name: str) -> None:
    with translation.override("en"):
        assert str(row) == name


@pytest.mark.parametrize("active", [None, "de", "en", "ar"])
def test_a_name_does_not_depend_on_who_reads_it(active: str | None) -> None:
    with translation.override(active):
        assert str(Area(slug="x", name_de="Köln", name_en="Cologne", name_ar="كولونيا")) == "Köln"
        assert str(Term(slug="x", label_de="Rassismus", label_en="Racism")) == "Rassismus"
