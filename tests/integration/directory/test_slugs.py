"""Somebody else may take a slug between its choice and its writing: every way that leads to a new entry."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from directory import slugs
from directory.exchange import table_import, table_plan
from directory.exchange.table_lookup import Scope
from directory.members.adding import add
from directory.models import Listing, Organisation, Proposal
from directory.proposals import making
from tests.integration.directory.making import listing, organisation, superuser, unsaved_listing
from tests.integration.editing.posting import form_on, shown, url
from tests.integration.exchange.tables import give, mistakes, plan
from tests.integration.members.making import member
from wegweiser import roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def stale(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first look sees nothing of what somebody else is writing at that moment."""
    looks = iter([True])
    really = slugs.free
    monkeypatch.setattr(slugs, "free", lambda model, base: base if next(looks, False) else really(model, base))


@pytest.fixture
def kurs() -> Listing:
    roles.install()
    return listing("kurs", title_de="Anderer Kurs")


def begin(by: Any) -> Listing:
    return add(organisation=by.memberships.get().organisation, kind="training", title="Kurs", language="de", by=by)


@pytest.mark.usefixtures("stale")
def test_a_members_new_entry_gets_the_next_one(kurs: Listing) -> None:
    assert begin(member(kurs.organisation)).slug == "kurs-2"


@pytest.mark.usefixtures("stale")
def test_what_staff_accept_gets_the_next_one(kurs: Listing) -> None:
    by = superuser()
    told = Proposal.objects.create(kind="listing", fields={"title": "Kurs", "language": "de"})
    assert making.listing(told, kurs.organisation, by).slug == "kurs-2"


@pytest.mark.usefixtures("stale")
def test_an_organisation_gets_the_next_one() -> None:
    by = superuser()
    organisation("verein")
    told = Proposal.objects.create(kind="organisation", fields={"name": "Verein", "language": "de"})
    assert making.organisation(told, by).slug == "verein-2"


@pytest.mark.usefixtures("stale")
@pytest.mark.parametrize(
    ("headers", "words"), [({}, "Slug already exists"), ({"accept": "application/json"}, "validation_error")]
)
def test_staff_read_that_there_is_one(admin: Client, kurs: Listing, headers: dict[str, str], words: str) -> None:
    """Two saves of one new entry: Wagtail's page saves by itself."""
    address = url("listing", "add")
    typed = {"organisation": kurs.organisation_id, "kind": "offer", "audience": "both", "source_language": "de"}
    data = shown(form_on(address)) | typed | {"title_de": "Kurs"}
    response = admin.post(address, data, headers=headers)
    assert words in response.content.decode()
    assert Listing.objects.count() == 1
    assert admin.post(address, data, headers=headers).status_code < 400
    assert Listing.objects.filter(slug="kurs-2").exists()


NEW = {"slug": "kurs", "kind": "training", "audience": "institutions", "source_language": "de", "title_de": "Kurs"}
HOUSE = {"organisation": "neu", "organisation_name_de": "Neues Haus"}


@pytest.mark.parametrize("meanwhile", [partial(listing, "kurs"), partial(organisation, "neu")])
def test_a_table_is_told_that_it_was_overtaken(tmp_path: Path, meanwhile: Callable[[], Any]) -> None:
    made = plan(give(tmp_path / "table.csv", [NEW | HOUSE]))
    assert not mistakes(made)
    meanwhile()
    with pytest.raises(table_import.OvertakenError):
        table_plan.finished(table_import.carry_out(made, Scope()))
    assert Listing.objects.count() + Organisation.objects.count() <= 2


def test_what_is_wrong_otherwise_is_not_hidden(kurs: Listing) -> None:
    broken = unsaved_listing(organisation=kurs.organisation, kind="")
    with pytest.raises(IntegrityError):
        slugs.insert(broken, broken.save, base="broken")


def test_not_for_ever(kurs: Listing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slugs, "free", lambda _model, base: base)
    late = unsaved_listing(organisation=kurs.organisation)
    with pytest.raises(slugs.TakenError):
        slugs.insert(late, late.save, base="kurs")


@pytest.mark.parametrize(
    ("names", "slug"),
    [(["Größe & Mut e. V."], "groesse-mut-e-v"), (["جمعية", "Verein"], "verein"), (["جمعية", ""], "")],
)
def test_of_the_first_name_in_latin_letters(names: list[str], slug: str) -> None:
    assert slugs.made_of(names) == slug


def test_short_enough_for_its_column_with_a_number_behind_it() -> None:
    for model in (Listing, Organisation):
        base = slugs.made_of(["lang " * 100], slugs.longest(model))
        allowed = model._meta.get_field("slug").max_length or 0
        assert len(f"{base}-999") <= allowed
