"""Contacts for professionals: seen by whoever has signed in, on one address, and in no public output at all."""

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver

from directory.management.commands.export_listings import FORMATS
from directory.models import ContactPoint, Listing
from tests.integration.directory.making import find, person
from tests.integration.public.conftest import Get, Post
from tests.integration.referrals.professionals.asking import PAGE, asked
from tests.integration.staff.world import LETTERS, member
from wegweiser import roles

SECRET = "0211 4711470"
SECRET_MAIL = "colleagues-only@example.org"
TELLING = ("4711470", "colleagues-only")
SIGNED_IN = "/admin/fachkraefte/de/"


@pytest.fixture
def obr(demo: None) -> Listing:
    """A body with a number that only colleagues may have, and so has its house."""
    entry: Listing = find(Listing, "dus-obr")
    entry.contacts.create(kind="phone", value=SECRET, audience="professionals", label="Durchwahl")
    entry.save()
    entry.organisation.contacts.create(kind="email", value=SECRET_MAIL, audience="professionals")
    entry.organisation.save()
    assert ContactPoint.objects.filter(value=SECRET).exists()
    return entry


@pytest.fixture
def partner(demo: None) -> Client:
    roles.install()
    client = Client()
    client.force_login(member(roles.PARTNER))
    return client


def told(content: bytes) -> list[str]:
    text = content.decode()
    return [each for each in TELLING if each in text]


class TestSignedIn:
    def test_a_partner_sees_them_beside_the_body(self, obr: Listing, partner: Client) -> None:
        answer = partner.post(SIGNED_IN, asked(what="violence"))
        assert answer.status_code == 200
        assert told(answer.content) == list(TELLING)
        assert "Durchwahl" in answer.content.decode()

    def test_and_beside_the_one_that_was_looked_up(self, obr: Listing, partner: Client) -> None:
        answer = partner.post(SIGNED_IN, asked(body="dus-obr", place="jena"))
        assert told(answer.content) == list(TELLING)

    def test_no_cache_keeps_that_page(self, obr: Listing, partner: Client) -> None:
        for answer in (partner.get(SIGNED_IN), partner.post(SIGNED_IN, asked(what="violence"))):
            assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].replace(" ", "").split(","))
            assert "Cookie" in answer.headers["Vary"]

    def test_it_is_no_page_for_search_engines(self, obr: Listing, partner: Client) -> None:
        page = partner.get(SIGNED_IN).content.decode()
        assert '<meta name="robots" content="noindex">' in page
        assert 'rel="canonical"' not in page

    def test_they_are_not_in_the_text_that_is_passed_on(self, obr: Listing, partner: Client) -> None:
        page = partner.post(SIGNED_IN, asked(what="violence", text="ar")).content.decode()
        texts = [part.partition("</textarea>")[0] for part in page.split("<textarea")[1:]]
        assert len(texts) == 2
        assert told("".join(texts).encode()) == []

    @pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
    def test_it_speaks_every_language_of_the_site(self, obr: Listing, partner: Client, language: str) -> None:
        page = partner.get(f"/admin/fachkraefte/{language}/").content.decode()
        assert f'<html lang="{language}"' in page
        for other, _name in settings.LANGUAGES:
            assert f'formaction="/admin/fachkraefte/{other}/"' in page

    def test_of_no_other_language(self, partner: Client) -> None:
        assert partner.get("/admin/fachkraefte/xx/").status_code == 404

    @pytest.mark.parametrize("letter", [letter for letter in LETTERS if letter in "ARETP"])
    def test_every_role_of_staff_may_see_them(self, obr: Listing, letter: str) -> None:
        roles.install()
        client = Client()
        client.force_login(member(LETTERS[letter] or ""))
        assert told(client.post(SIGNED_IN, asked(what="violence")).content) == list(TELLING)

    def test_who_has_an_account_but_no_role_does_not(self, obr: Listing) -> None:
        client = Client()
        client.force_login(person("stranger"))
        answer = client.post(SIGNED_IN, asked(what="violence"))
        assert answer.status_code == 302
        assert told(answer.content) == []


class TestAnonymous:
    def test_there_is_a_way_in(self, get: Get) -> None:
        link = get(PAGE).one("a", href=SIGNED_IN)
        assert "nofollow" in link.attributes["rel"]

    def test_which_asks_who_is_there(self, client: Client, obr: Listing) -> None:
        for answer in (client.get(SIGNED_IN), client.post(SIGNED_IN, asked(what="violence"))):
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith("/admin/login/")

    def test_the_public_page_tells_nothing(self, obr: Listing, post: Post) -> None:
        page = post(PAGE, asked(what="violence", body="dus-obr", text="en"))
        assert told(page.response.content) == []
        assert not page.response.cookies

    def test_not_even_to_staff_because_it_never_asks(self, obr: Listing, partner: Client) -> None:
        answer = partner.post(PAGE, asked(what="violence", body="dus-obr"))
        assert told(answer.content) == []
        assert "Cookie" not in answer.headers.get("Vary", "")


class TestNowhereElse:
    """The number is in none of the other outputs."""

    @pytest.mark.parametrize("language", ["de", "ar"])
    def test_no_public_page(self, obr: Listing, client: Client, language: str) -> None:
        found = {}
        for path in (*public_paths(), "angebote/dus-obr/", f"stellen/{obr.organisation.slug}/", "w/violence/"):
            answer = client.get(f"/{language}/{path}", follow=True)
            assert answer.status_code == 200, path
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
            if telling := told(content):
                found[path] = telling
        assert found == {}

    @pytest.mark.parametrize("text", ["Opferberatung", SECRET, SECRET_MAIL, "Durchwahl"])
    def test_no_search(self, obr: Listing, client: Client, text: str) -> None:
        page = client.post(
            "/de/suche/", {"text": text}, headers={"sec-fetch-site": "same-origin"}
        ).content.decode()
        assert told(page.replace(f'value="{text}"', "").encode()) == []

    def test_no_posted_page(self, obr: Listing, client: Client) -> None:
        for path in ("w/", "w/zettel/", "fachkraefte/"):
            answer = client.post(f"/de/{path}", asked(what="violence", body="dus-obr"))
            assert told(answer.content) == []

    @pytest.mark.parametrize("form", sorted(FORMATS))
    def test_no_export(self, obr: Listing, form: str, tmp_path_factory: pytest.TempPathFactory) -> None:
        out = tmp_path_factory.mktemp(form)
        call_command("export_listings", format=form, out=out, stdout=io.StringIO())
        (path,) = out.iterdir()
        assert b"dus-obr" in path.read_bytes() or form != "csv"
        assert [each for each in TELLING if each in unpacked(path)] == []


def unpacked(path: Path) -> str:
    """A workbook is a packed folder, in which no word stands as it is."""
    if not zipfile.is_zipfile(path):
        return path.read_text()
    with zipfile.ZipFile(path) as packed:
        return "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())


def public_paths() -> list[str]:
    """Every public address without a parameter, whatever room it belongs to."""
    found: set[str] = set()

    def walk(patterns: list[object], before: str) -> None:
        for each in patterns:
            route = before + str(each.pattern)  # type: ignore[attr-defined]
            if hasattr(each, "url_patterns"):
                walk(each.url_patterns, route)
            elif "<" not in route and "^" not in route:
                found.add(route)

    walk([each for each in get_resolver().url_patterns if hasattr(each, "url_patterns")], "")
    own = {path.partition("/")[2] for path in found if path.startswith("de/")}
    assert {"fachkraefte/", "fachkraefte/neues.xml", "w/", "rechte/"} <= own
    return sorted(own)
