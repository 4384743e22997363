"""Staff's way: take the table, bring it back, see what would change, write it."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from directory.editing import uploads
from directory.exchange import table_jobs
from directory.exchange.table_jobs import Stage
from directory.models import Listing, Pause
from tests.integration.directory.making import listing, person, stored, superuser
from tests.integration.exchange.tables import cells, change, give
from wegweiser import roles

pytestmark = pytest.mark.django_db
OVERVIEW = "/admin/exchange/"


@pytest.fixture(autouse=True)
def data_folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def path(admin: Client, tmp_path: Path) -> Path:
    listing()
    return fetched(admin, tmp_path)


def fetched(client: Client, folder: Path, kind: str = "csv") -> Path:
    response = client.get(reverse("exchange:download", args=["entries", kind]))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    file = folder / f"table.{kind}"
    file.write_bytes(response.content)
    return file


def sent(client: Client, path: Path) -> str:
    """The address of the page that shows what would change."""
    file = SimpleUploadedFile(path.name, path.read_bytes())
    response = client.post(OVERVIEW, {"file": file})
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def editor() -> Client:
    roles.install()
    user = person("edith")
    user.groups.add(Group.objects.get(name=roles.EDITOR))
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_untouched_nothing_changes(admin: Client, path: Path, tmp_path: Path, kind: str) -> None:
    shown = page(admin, sent(admin, fetched(admin, tmp_path, kind)))
    assert "Nothing changes" in shown
    assert "Write " not in shown


def test_what_would_change_is_shown_and_then_written(admin: Client, path: Path) -> None:
    address = sent(admin, change(path, "advice", title_de="Neu <b>"))
    shown = page(admin, address)
    assert "Neu &lt;b&gt;" in shown
    assert "Write 1 entry" in shown
    assert Listing.objects.get().title_de == "Beratung"
    assert admin.post(address)["Location"] == address
    assert "1 entries published" in page(admin, address)
    assert Listing.objects.get().title_de == "Neu <b>"


def test_it_is_written_once(admin: Client, path: Path) -> None:
    address = sent(admin, change(path, "advice", title_de="Neu"))
    admin.post(address)
    revisions = Listing.objects.get().revisions.count()
    admin.post(address)
    assert Listing.objects.get().revisions.count() == revisions


def test_mistakes_leave_nothing_to_write(admin: Client, path: Path) -> None:
    address = sent(admin, change(path, "advice", cost="freee", title_de="Neu"))
    shown = page(admin, address)
    assert "Row 2" in shown
    assert "Is “free” meant?" in shown
    admin.post(address)
    assert Listing.objects.get().title_de == "Beratung"
    report = admin.get(f"{address}report/").content.decode("utf-8-sig")
    assert "2,advice,wrong,cost" in report


def test_a_file_that_is_none(admin: Client, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"\x89PNG\0")
    assert "This file cannot be used" in page(admin, sent(admin, tmp_path / "x.csv"))
    assert "required" in admin.post(OVERVIEW, {}).content.decode()


def test_new_entries_become_drafts_or_are_published(admin: Client, path: Path) -> None:
    new = {"organisation": "house", "kind": "offer", "audience": "affected", "title_de": "Eins"}
    admin.post(sent(admin, give(path, [new])))
    admin.post(sent(admin, give(path, [{**new, "title_de": "Zwei"}])), {"publish": "on"})
    assert dict(Listing.objects.values_list("slug", "live")) == {"advice": True, "eins": False, "zwei": True}


def test_somebody_writes_while_it_is_looked_at(admin: Client, path: Path) -> None:
    address = sent(admin, change(path, "advice", title_de="Neu"))
    entry = Listing.objects.get()
    entry.title_de = "Von anderen"
    entry.save()
    admin.post(address)
    shown = page(admin, address)
    assert "meanwhile" in shown
    assert "Von anderen" in shown
    assert Listing.objects.get().title_de == "Von anderen"


def test_an_editors_changes_wait_for_review(path: Path) -> None:
    client = editor()
    address = sent(client, change(path, "advice", title_de="Neu"))
    assert "waits for review" in page(client, address)
    client.post(address, {"publish": "on"})
    entry = Listing.objects.get()
    assert (entry.title_de, entry.workflow_in_progress) == ("Beratung", True)
    listed = change(path, "advice", title_de="Noch neuer")
    assert "in review" in page(client, sent(client, listed))


def test_an_editors_new_entries_wait_too(path: Path) -> None:
    client = editor()
    new = {"organisation": "house", "kind": "offer", "audience": "affected", "title_de": "Eins"}
    client.post(sent(client, give(path, [new])), {"publish": "on"})
    entry = Listing.objects.get(slug="eins")
    assert (entry.live, entry.workflow_in_progress) == (False, True)


def test_more_than_an_account_may_publish_become_drafts(admin: Client, path: Path, settings: LazySettings) -> None:
    settings.PUBLISHES_AN_HOUR = 1
    listing("second")
    row = cells(path)[0]
    rows = [{"slug": slug, "title_de": "Neu"} for slug in ("advice", "second")]
    address = sent(admin, give(path, rows))
    assert row["slug"] == "advice"
    assert "more than 1 entries" in page(admin, address)
    admin.post(address, {"publish": "on"})
    assert {entry.title_de for entry in Listing.objects.all()} == {"Beratung"}
    assert Listing.objects.filter(has_unpublished_changes=True).count() == 2


def test_a_paused_account_writes_nothing_and_reads_why(admin: Client, chris: User, path: Path) -> None:
    address = sent(admin, change(path, "advice", title_de="Neu"))
    Pause.objects.create(account=chris)
    refused = admin.post(address)
    assert refused.status_code == 403
    assert "Your account is paused" in refused.content.decode()
    assert "Write 1 entry" in page(admin, address)
    assert Listing.objects.get().title_de == "Beratung"


@pytest.mark.parametrize(
    "permissions", [(), ("access_admin",), ("access_admin", "view_listing", "change_listing")]
)
def test_others_neither_take_nor_bring(permissions: tuple[str, ...]) -> None:
    listing(note="SECRET")
    client = Client()
    client.force_login(person("visitor", *permissions))
    for address in (OVERVIEW, "/admin/exchange/download/entries/csv/", "/admin/exchange/organisations/house/"):
        response = client.get(address)
        assert response.status_code in (302, 403, 404)
        assert b"SECRET" not in response.content
    assert client.post(OVERVIEW).status_code in (302, 403)


def test_an_upload_belongs_to_whoever_made_it(admin: Client, path: Path) -> None:
    address = sent(admin, change(path, "advice", title_de="Neu"))
    other = Client()
    other.force_login(superuser("other"))
    assert other.get(address)["Location"] == OVERVIEW
    other.post(address)
    assert Listing.objects.get().title_de == "Beratung"


@pytest.mark.parametrize("address", ["entries/pdf", "secrets/csv"])
def test_no_other_downloads(admin: Client, address: str) -> None:
    assert admin.get(f"/admin/exchange/download/{address}/").status_code == 404


def test_the_empty_table_has_all_columns(admin: Client, path: Path) -> None:
    empty = admin.get("/admin/exchange/download/template/csv/").content.decode("utf-8-sig").splitlines()
    assert empty[0] == path.read_text("utf-8-sig").splitlines()[0]
    assert len(empty) == 2


def test_everything_of_an_organisation(admin: Client, path: Path) -> None:
    entry = stored(Listing.objects.get())
    entry.note = "for staff"
    entry.save()
    assert "/admin/exchange/organisations/house/" in page(admin, "/admin/snippets/directory/organisation/")
    content = admin.get("/admin/exchange/organisations/house/").content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        (found,) = json.loads(archive.read("entries.json"))
    assert found["stored"]["note"] == "for staff"


class TestLarge:
    """A process of its own works on what a browser would not wait for."""

    @pytest.fixture(autouse=True)
    def started(self, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
        found: list[Path] = []
        monkeypatch.setattr(table_jobs, "SMALL_FILE", 0)
        monkeypatch.setattr(table_jobs, "_start", found.append)
        return found

    def test_from_the_upload_to_the_end(self, admin: Client, path: Path, started: list[Path]) -> None:
        address = sent(admin, change(path, "advice", title_de="Neu"))
        waiting = page(admin, address)
        assert 'http-equiv="refresh"' in waiting
        job = table_jobs.find(started[0])
        assert job is not None
        table_jobs._keep(started[0], replace(job, done=3, total=9))
        assert 'max="9" value="3"' in page(admin, address)
        table_jobs.run(started.pop())
        assert "Write 1 entry" in page(admin, address)
        admin.post(address)
        assert "being written" in page(admin, address)
        assert Listing.objects.get().title_de == "Beratung"
        table_jobs.run(started.pop())
        assert "1 entries published" in page(admin, address)
        assert Listing.objects.get().title_de == "Neu"

    def test_a_process_that_died(
        self, admin: Client, path: Path, started: list[Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        address = sent(admin, path)
        monkeypatch.setattr(table_jobs, "SILENT", -1.0)
        assert "has stopped" in page(admin, address)

    def test_a_process_that_fails(self, admin: Client, path: Path, started: list[Path]) -> None:
        address = sent(admin, path)
        Listing.objects.all().delete()
        User.objects.all().delete()
        with pytest.raises(User.DoesNotExist):
            table_jobs.run(started[0])
        found = table_jobs.find(started[0])
        assert found is not None
        assert found.stage is Stage.STOPPED
        assert address

    def test_how_far_it_is(self, path: Path, chris: User, monkeypatch: pytest.MonkeyPatch) -> None:
        token = uploads.keep([path.read_bytes()], owner="me")
        file = uploads.named(token, owner="me")
        assert file is not None
        seen = []
        keep = table_jobs._keep
        monkeypatch.setattr(table_jobs, "_keep", lambda path, job: seen.append(job) or keep(path, job))  # type: ignore[func-returns-value]
        monkeypatch.setattr(table_jobs, "_EVERY", -1)
        table_jobs.compare(file, table_jobs.Job(user=chris.pk))
        table_jobs.run(file)
        assert max(job.done for job in seen) == 1
        assert max(job.total for job in seen) >= 1


def test_nothing_to_run(tmp_path: Path) -> None:
    table_jobs.run(tmp_path / "nothing")
    found: Any = table_jobs.find(tmp_path / "nothing")
    assert found is None
