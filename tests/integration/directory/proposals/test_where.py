"""Every card leads to the report, and no address of a result names the listing."""

import pytest
from django.test import Client

from directory.models import Listing
from directory.proposals import entries
from directory.showing import public_listings
from referrals.codes import code, is_code
from tests.integration.directory.making import listing
from tests.integration.public.conftest import Get, Post
from tests.integration.public.conftest import get as get  # noqa: PLC0414 - fixtures of the public pages
from tests.integration.public.conftest import post as post  # noqa: PLC0414
from tests.integration.public.reading import Seen, read

pytestmark = pytest.mark.django_db


class TestCards:
    def test_in_a_list_by_a_link(self, get: Get) -> None:
        page = get("/en/angebote/")
        cards = page.all("article", having="card")
        links = [each for each in page.all("a") if each.attributes["href"].endswith("/fehler/")]
        assert len(links) == len(cards) > 3

    def test_the_entry_and_the_organisation_lead_on(self, get: Get) -> None:
        page = get("/en/angebote/dus-obr/")
        house = Listing.objects.get(slug="dus-obr").organisation.slug
        for path in ("angebote/dus-obr/fehler/", f"stellen/{house}/eigene/"):
            assert page.one("a", href=f"/en/{path}")
        page = get(f"/en/stellen/{house}/")
        for path in ("eigene", "angebot"):
            assert page.one("a", href=f"/en/stellen/{house}/{path}/")

    def test_the_foot_of_every_page_leads_to_the_suggestions(self, get: Get) -> None:
        assert get("/ar/").one("a", href="/ar/vorschlagen/")


def links(page: Seen) -> set[str]:
    return {each.attributes["href"] for each in page.all("a")}


class TestResults:
    def test_by_a_button_that_names_nobody(self, post: Post) -> None:
        page = post("/en/w/", {code("concern"): code("concern", "school")})
        buttons = page.all("button", name="entry")
        assert buttons
        slugs = set(public_listings().values_list("slug", flat=True))
        for button in buttons:
            assert button.attributes["formaction"] == "/en/fehler/"
            assert button.attributes["value"] not in slugs
            assert entries.named(button.attributes["value"]) in slugs
        unfolded = {
            slug for slug in slugs if page.all("article", id=slug) and f"/en/angebote/{slug}/" not in links(page)
        }
        assert unfolded
        assert not [slug for slug in unfolded if f"/en/angebote/{slug}/fehler/" in links(page)]

    def test_the_answers_go_along(self, post: Post, client: Client) -> None:
        page = post("/en/w/", {code("concern"): code("concern", "school")})
        button = page.one("button", name="entry")
        answers = {
            each.attributes["name"]: each.attributes["value"]
            for each in page.all("input", type="hidden")
            if is_code(each.attributes["name"])
        }
        assert answers
        sent = answers | {"entry": button.attributes["value"]}
        report = read(client.post(button.attributes["formaction"], sent))
        kept = {each.attributes["name"] for each in report.all("input", type="hidden")}
        assert set(answers) <= kept
        assert report.one("form", action="/en/w/")


class TestCodes:
    def test_they_change_with_the_secret(self, db: None, settings: object) -> None:
        before = entries.code_of("advice")
        settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
        assert entries.code_of("advice") != before

    def test_only_of_what_is_public(self, db: None) -> None:
        listing("shown")
        listing("hidden", live=False)
        assert entries.named(entries.code_of("shown")) == "shown"
        assert entries.named(entries.code_of("hidden")) == ""

    @pytest.mark.parametrize("text", ["", "x", "shown", "a" * 5000])
    def test_what_is_none(self, db: None, text: str) -> None:
        listing("shown")
        assert entries.named(text) == ""
