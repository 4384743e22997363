"""The admin's pages: they open, in the editor's language, and call nobody outside."""

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.functional import Promise
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from wagtail.users.models import UserProfile

from directory.editing import panels
from directory.editing.searching import matching
from directory.languages import SHIPPED
from directory.models import Area, Configuration, Listing, Organisation, Term
from tests.integration.directory.making import area, find, listing, organisation, person, term
from tests.integration.editing.posting import url

pytestmark = pytest.mark.django_db


def everything() -> list[str]:
    """Addresses of every page of the directory's editing."""
    entry = listing(title_tr="Danışma", aliases=["Alias"])
    entry.contacts.create(kind="phone", value="110")
    draft = entry.save_revision()
    Configuration(pk=1).save()
    keys = {
        "listing": entry.pk,
        "organisation": entry.organisation.pk,
        "term": term("grounds", "racism").pk,
        "area": area("jena").pk,
    }
    names = ("edit", "delete", "history", "usage")
    single = [url(model, name, key) for model, key in keys.items() for name in names]
    lists = [url(model, "list") for model in keys]
    revisions = [
        url("listing", "unpublish", entry.pk),
        url("listing", "revisions_revert", entry.pk, draft.pk),
        url("listing", "revisions_compare", entry.pk, "live", "latest"),
        url("listing", "workflow_history", entry.pk),
        url("configuration", "edit", 1),
        url("configuration", "history", 1),
        bulk_url("listing", "confirm", [entry.pk]),
        bulk_url("listing", "delete", [entry.pk]),
        bulk_url("organisation", "delete", [entry.organisation.pk]),
    ]
    rest = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_account"),
        reverse("wagtailadmin_reports:site_history"),
    ]
    return [*lists, *[url(model, "add") for model in keys], *single, *revisions, *rest]


def bulk_url(model: str, action: str, keys: Iterable[int]) -> str:
    address = reverse("wagtail_bulk_action", args=["directory", model, action])
    return f"{address}?{'&'.join(f'id={key}' for key in keys)}"


class Requests(HTMLParser):
    """Addresses that a browser fetches by itself, links not among them."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        names = ("src", "srcset", "action", "poster", "data")
        wanted = [found.get(name) for name in names]
        if tag == "link":
            wanted.append(found.get("href"))
        self.addresses += [address for address in wanted if address]


def test_every_page_opens_and_calls_nobody_outside(admin: Client) -> None:
    for address in everything():
        response = admin.get(address)
        assert response.status_code == 200, address
        page = Requests()
        page.feed(response.content.decode())
        assert page.addresses
        assert [found for found in page.addresses if urlsplit(found).netloc] == [], address
        assert "gravatar" not in response.content.decode(), address


@pytest.mark.parametrize(("language", "words"), [("de", "Verzeichnis"), ("en", "Directory")])
def test_editors_read_german_or_english(admin: Client, chris: User, language: str, words: str) -> None:
    UserProfile.objects.filter(user=chris).update(preferred_language=language)
    page = admin.get(url("listing", "list")).content.decode()
    assert f'<html lang="{language}"' in page
    if language == "en":
        assert words in page


def headings(panel: Any) -> Iterator[Any]:
    yield panel.heading
    for child in getattr(panel, "children", ()):
        yield from headings(child)


def test_headings_are_translated_when_a_page_is_shown_and_not_when_the_program_starts() -> None:
    """A language's own name is the same for everybody."""
    own_names = {language.name for language in SHIPPED.values()}
    for layout in (panels.LISTING, panels.ORGANISATION, panels.TERM, panels.AREA, panels.CONFIGURATION):
        for heading in headings(layout):
            assert not heading or heading in own_names or isinstance(heading, Promise), heading


def test_one_menu_holds_everything(admin: Client) -> None:
    page = admin.get(reverse("wagtailadmin_home")).content.decode()
    for address in (
        url("listing", "list"),
        url("organisation", "list"),
        url("term", "list"),
        url("area", "list"),
    ):
        assert address in page
    assert url("configuration", "index") in page


@pytest.mark.parametrize("permissions", [(), ("access_admin",)])
def test_others_see_nothing(permissions: tuple[str, ...]) -> None:
    addresses = everything()
    client = Client()
    client.force_login(person("eve", *permissions))
    for address in addresses:
        if "/directory/" in address:
            assert client.get(address).status_code == 302, address


class TestLists:
    def names(self, client: Client, address: str, **query: Any) -> list[str]:
        response = client.get(address, query)
        assert response.status_code == 200
        return [str(entry) for entry in response.context["object_list"]]

    @pytest.fixture
    def entries(self, db: None) -> None:
        house = organisation()
        listing("one", organisation=house, title_de="Türkische Beratung", aliases=["SABRA"])
        listing("two", organisation=house, title_de="Zwei", title_ar="استشارة", kind="training", live=False)
        listing("three", organisation=house, title_de="Drei", audience="institutions", needs_check=True)

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("türkische", ["Türkische Beratung"]),
            ("TÜRKISCHE", ["Türkische Beratung"]),
            ("beratung türk", ["Türkische Beratung"]),
            ("sabra", ["Türkische Beratung"]),
            ("استشارة", ["Zwei"]),
            ("three", ["Drei"]),
            ("nothing like it", []),
            ("", ["Türkische Beratung", "Drei", "Zwei"]),
        ],
    )
    def test_words_in_any_language_and_in_aliases(
        self, admin: Client, entries: None, words: str, found: list[str]
    ) -> None:
        assert self.names(admin, url("listing", "list"), q=words) == found
        assert self.names(admin, url("listing", "list_results"), q=words) == found

    @pytest.mark.parametrize(
        ("chosen", "found"),
        [
            ({"kind": "training"}, ["Zwei"]),
            ({"audience": "institutions"}, ["Drei"]),
            ({"state": "draft"}, ["Zwei"]),
            ({"needs_check": "true"}, ["Drei"]),
            ({"needs_check": "true", "kind": "training"}, []),
            ({"kind": "nonsense"}, ["Türkische Beratung", "Drei", "Zwei"]),
        ],
    )
    def test_filters(self, admin: Client, entries: None, chosen: dict[str, str], found: list[str]) -> None:
        assert self.names(admin, url("listing", "list"), **chosen) == found

    def test_terms_areas_and_organisations(self, admin: Client) -> None:
        term("grounds", "racism", label_de="Rassismus", synonyms={"de": ["Fremdenhass"]})
        term("topics", "other")
        area("jena", aliases=["Lichtstadt"])
        organisation("house", aliases=["Haus"])
        assert self.names(admin, url("term", "list"), q="fremdenhass") == ["Rassismus"]
        assert self.names(admin, url("term", "list"), vocabulary="topics") == ["Other"]
        assert self.names(admin, url("area", "list"), q="lichtstadt") == ["Jena"]
        assert self.names(admin, url("organisation", "list"), q="haus") == ["Haus der Vielfalt"]

    def test_a_long_list_takes_as_many_queries_as_a_short_one(
        self, admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(30):
            listing(f"n{number}", organisation=organisation(f"o{number}"))
        self.names(admin, url("listing", "list"))
        with django_assert_max_num_queries(25):
            self.names(admin, url("listing", "list"))


WORDS = st.text(max_size=40) | st.sampled_from(["'", '"', "%", "_", "\\", "\x00", "a\x00b", "؟", "' OR 1=1 --"])


class TestStrangeWords:
    @pytest.mark.parametrize("model", ["listing", "organisation", "term", "area"])
    @pytest.mark.parametrize(
        "words", ['"', "'", "\x00", "a\x00b", "%", "\\", "x" * 10_000, "\u202e", "' OR 1=1 --"]
    )
    def test_no_list_fails_on_any_words(self, admin: Client, model: str, words: str) -> None:
        listing()
        assert admin.get(url(model, "list"), {"q": words}).status_code == 200

    @pytest.mark.parametrize(
        "name", ["p", "ordering", "kind", "live", "audience", "export", "locale", "needs_check"]
    )
    @pytest.mark.parametrize("value", ["-1", "x", '"', "a" * 1000, "__class__"])
    def test_no_list_fails_on_other_parameters(self, admin: Client, name: str, value: str) -> None:
        listing()
        assert admin.get(url("listing", "list"), {name: value}).status_code in (200, 404)

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(words=WORDS)
    @example(words="\ud800")
    def test_matching_takes_any_text(self, db: None, words: str) -> None:
        for model in (Listing, Organisation, Term, Area):
            assert matching(model, words) == []

    @settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(part=st.text("abcäöüßİıسا ", max_size=6))
    def test_an_entry_is_found_by_every_part_of_its_name(self, db: None, part: str) -> None:
        try:
            made = find(Organisation, "house")
        except Organisation.DoesNotExist:
            made = organisation()
        made.name_de = f"xx{part}yy"
        made.save()
        assert matching(Organisation, part) == [made.pk]
