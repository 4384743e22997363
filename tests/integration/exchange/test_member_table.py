"""Members' way below /konto/: all own entries down, changed offline, up, looked at, submitted."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from directory import listings
from directory.models import Configuration, Listing, Organisation, Upkeep
from tests.integration.directory.making import find, listing, organisation, stored, superuser
from tests.integration.exchange.tables import cells, change, give
from tests.integration.members.making import contact, member, signed_in
from wegweiser import roles

pytestmark = pytest.mark.django_db
TABLE = "/konto/stelle/house/tabelle/"


@pytest.fixture(autouse=True)
def data_folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    roles.install()


@pytest.fixture
def asel() -> Client:
    """Of one house, beside which there is another."""
    listing(title_tr="Danışma", note="SECRET note", callback_email="SECRET@example.org")
    listing("foreign", organisation=organisation("other"), title_de="SECRET title")
    return signed_in(member("house", language="en"), **{"accept-language": "en"})


def fetched(client: Client, folder: Path, kind: str = "csv") -> Path:
    response = client.get(f"{TABLE}herunterladen/{kind}/")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    file = folder / f"table.{kind}"
    file.write_bytes(response.content)
    return file


def sent(client: Client, path: Path) -> str:
    response = client.post(TABLE, {"file": SimpleUploadedFile(path.name, path.read_bytes())})
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_only_what_is_theirs_and_nothing_of_the_citys(asel: Client, tmp_path: Path, kind: str) -> None:
    found = cells(fetched(asel, tmp_path, kind))
    assert [row["slug"] for row in found] == ["advice"]
    assert "SECRET" not in str(found)
    assert not {"note", "callback_email", "organisation", "role"} & found[0].keys()


def test_in_the_languages_that_they_write_in(asel: Client, tmp_path: Path) -> None:
    assert {name for name in cells(fetched(asel, tmp_path))[0] if name.startswith("title_")} == {"title_de"}
    membership = find(Organisation, "house").memberships.get()
    membership.writes_in = ["tr", "de"]
    membership.save()
    row = cells(fetched(asel, tmp_path))[0]
    assert {name for name in row if name.startswith("title_")} == {"title_de", "title_tr"}
    assert row["title_tr"] == "Danışma"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_untouched_nothing_changes(asel: Client, tmp_path: Path, kind: str) -> None:
    shown = page(asel, sent(asel, fetched(asel, tmp_path, kind)))
    assert "Nothing changes" in shown
    assert "Submit" not in shown


def test_changes_are_shown_submitted_and_public_after_approval(asel: Client, tmp_path: Path) -> None:
    contact(find(Listing, "advice"), "phone", "0211 8991234")
    path = change(fetched(asel, tmp_path, "xlsx"), "advice", phone="0211 8991235", title_de="Neu")
    address = sent(asel, path)
    shown = page(asel, address)
    assert "0211 8991235" in shown
    assert "Submit 1 entry" in shown
    asel.post(address)
    assert "The city looks at it" in page(asel, address)
    entry = find(Listing, "advice")
    assert (entry.title_de, entry.workflow_in_progress) == ("Beratung", True)
    listings.approve(listing=entry, seen=entry.latest_revision_id, by=superuser())
    after = find(Listing, "advice")
    assert (after.title_de, after.title_tr, after.note) == ("Neu", "Danışma", "SECRET note")
    assert [row.value for row in after.contacts.all()] == ["0211 8991235"]


def test_what_is_in_review_is_told(asel: Client, tmp_path: Path) -> None:
    path = fetched(asel, tmp_path)
    asel.post(sent(asel, change(path, "advice", title_de="Neu")))
    shown = page(asel, sent(asel, change(path, "advice", title_de="Neuer")))
    assert "in review" in shown


def test_a_new_entry(asel: Client, tmp_path: Path) -> None:
    row = {"slug": "", "kind": "offer", "audience": "affected", "title_de": "Sprachcafé"}
    address = sent(asel, give(tmp_path / "new.csv", [row]))
    assert "Sprachcafé" in page(asel, address)
    asel.post(address)
    entry = find(Listing, "sprachcafe")
    assert (entry.organisation.slug, entry.live, entry.workflow_in_progress) == ("house", False, True)


@pytest.mark.parametrize(
    "row",
    [
        {"slug": "foreign", "title_de": "Meins"},
        {"slug": "advice", "organisation": "other", "title_de": "Meins"},
        {"slug": "brand-new", "kind": "offer", "audience": "affected", "title_de": "Meins"},
    ],
)
def test_nothing_of_others_is_touched(asel: Client, tmp_path: Path, row: dict[str, str]) -> None:
    address = sent(asel, give(tmp_path / "t.csv", [row]))
    shown = page(asel, address)
    assert "has to be corrected" in shown
    assert "SECRET" not in shown
    asel.post(address)
    assert not Listing.objects.filter(title_de="Meins").exists()
    assert find(Listing, "foreign").title_de == "SECRET title"


def test_columns_of_the_city_are_left(asel: Client, tmp_path: Path) -> None:
    row = {"slug": "advice", "note": "mine", "internal_only": "yes", "role": "x", "title_de": "Neu"}
    address = sent(asel, give(tmp_path / "t.csv", [row]))
    assert page(asel, address).count("is not read here") == 3
    asel.post(address)
    draft = listings.draft_of(find(Listing, "advice"))
    assert (draft.title_de, draft.note, draft.internal_only) == ("Neu", "SECRET note", False)


def test_a_frozen_directory_takes_nothing_and_says_so(asel: Client, tmp_path: Path) -> None:
    address = sent(asel, change(fetched(asel, tmp_path), "advice", title_de="Neu"))
    configuration = Configuration.load()
    configuration.frozen = True
    configuration.save()
    asel.post(address)
    assert "cannot be changed at the moment" in page(asel, address)
    assert not find(Listing, "advice").has_unpublished_changes


def test_the_mistake_stands_beside_the_field(asel: Client) -> None:
    shown = asel.post(TABLE, {}).content.decode()
    assert 'aria-describedby="id_file_error"' in shown
    big = SimpleUploadedFile("t.csv", b"x" * 2_000_001)
    assert "too big" in asel.post(TABLE, {"file": big}).content.decode()


class TestOthers:
    def addresses(self, client: Client, folder: Path) -> list[str]:
        upload = sent(client, change(fetched(client, folder), "advice", title_de="SECRET draft"))
        files = [f"{TABLE}herunterladen/{kind}/" for kind in ("csv", "xlsx")]
        return [TABLE, *files, upload, f"{upload}aenderungen/", "/konto/stelle/house/alles/"]

    def test_members_of_another_house_find_nothing(self, asel: Client, tmp_path: Path) -> None:
        other = signed_in(member("other", "bo"))
        for address in self.addresses(asel, tmp_path):
            assert other.get(address).status_code == 404
            assert other.post(address).status_code in (404, 405)

    def test_visitors_sign_in_first(self, asel: Client, tmp_path: Path) -> None:
        for address in self.addresses(asel, tmp_path):
            response = Client().get(address)
            assert (response.status_code, b"SECRET" in response.content) == (302, False)

    def test_a_colleague_brings_a_file_of_their_own(self, asel: Client, tmp_path: Path) -> None:
        address = sent(asel, change(fetched(asel, tmp_path), "advice", title_de="Neu"))
        colleague = signed_in(member("house", "cem"))
        assert colleague.get(address).status_code == 404

    def test_who_left_meanwhile_writes_nothing(self, asel: Client, tmp_path: Path) -> None:
        address = sent(asel, change(fetched(asel, tmp_path), "advice", title_de="Neu"))
        find(Organisation, "house").memberships.all().delete()
        assert asel.post(address).status_code in (403, 404)
        assert not find(Listing, "advice").has_unpublished_changes

    def test_no_other_format(self, asel: Client) -> None:
        assert asel.get(f"{TABLE}herunterladen/pdf/").status_code == 404


class TestEverything:
    def files(self, client: Client) -> dict[str, str]:
        response = client.get("/konto/stelle/house/alles/")
        assert (response["Content-Type"], "no-store" in response["Cache-Control"]) == ("application/zip", True)
        with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
            return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}

    def test_entries_drafts_history_and_people(self, asel: Client, tmp_path: Path) -> None:
        Upkeep.objects.create(organisation=find(Organisation, "house"), email="info@example.org")
        asel.post(sent(asel, change(fetched(asel, tmp_path), "advice", title_de="Entwurf")))
        files = self.files(asel)
        (entry,) = json.loads(files["entries.json"])
        assert (entry["slug"], entry["stored"]["title_de"], entry["draft"]["title_de"]) == (
            "advice", "Beratung", "Entwurf",
        )  # fmt: skip
        assert json.loads(files["organisation.json"])["stored"]["name_de"] == "Haus der Vielfalt"
        assert json.loads(files["reminders.json"])["email"] == "info@example.org"
        assert [row["email"] for row in csv.DictReader(io.StringIO(files["members.csv"]))] == ["asel@example.org"]
        history = list(csv.DictReader(io.StringIO(files["history.csv"])))
        assert "asel" in {row["by"] for row in history if row["entry"] == "advice"}
        assert "Beratung" not in files["entries.csv"]
        assert "Entwurf" in files["entries.csv"]

    def test_nothing_of_others_and_no_name_of_the_citys_staff(self, asel: Client) -> None:
        chris = superuser("chris")
        listings.confirm(listing=find(Listing, "advice"), by=chris)
        files = self.files(asel)
        everything = "\n".join(files.values())
        assert "SECRET title" not in everything
        assert "SECRET note" not in everything
        assert "chris" not in everything
        (entry,) = json.loads(files["entries.json"])
        assert entry["stored"]["last_confirmed_by"] == "the city"

    def test_the_table_in_it_can_come_back(self, asel: Client, tmp_path: Path) -> None:
        file = tmp_path / "entries.csv"
        file.write_text(self.files(asel)["entries.csv"], "utf-8")
        assert "Nothing changes" in page(asel, sent(asel, file))


def test_the_dashboard_leads_here(asel: Client) -> None:
    assert TABLE in page(asel, "/konto/")


def test_the_draft_of_a_colleague_is_kept(asel: Client, tmp_path: Path) -> None:
    path = fetched(asel, tmp_path)
    entry: Any = find(Listing, "advice")
    draft = listings.draft_of(entry)
    draft.cost_note = "vom Kollegen"
    colleague = member("house", "cem")
    listings.save_draft(draft=draft, seen=entry.latest_revision_id, by=colleague)
    asel.post(sent(asel, change(path, "advice", title_de="Neu")))
    after = listings.draft_of(stored(entry))
    assert (after.title_de, after.cost_note) == ("Neu", "vom Kollegen")
