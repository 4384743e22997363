"""Pages without a list behind them: emergency, legal pages, organisations."""

import pytest
from django.test import Client

from directory.models import Configuration, Listing, Organisation, OrganisationContact, Site
from tests.integration.public.conftest import Get


class TestEmergency:
    def test_the_two_numbers_stand_above_all_lines(self, get: Get) -> None:
        page = get("/de/notruf/")
        calls = [link.attributes["href"] for link in page.within("a", inside="alarm")]
        assert calls == ["tel:110", "tel:112"]
        assert page.elements.index(page.one(having="alarm")) < page.elements.index(page.one("article"))

    def test_lines_around_the_clock_stand_first(self, get: Get) -> None:
        states = [state.text for state in get("/en/notruf/").within("span", inside="card", having="state")]
        always = [state == "Open around the clock" for state in states]
        assert True in always
        assert always == sorted(always, reverse=True)

    def test_each_line_can_be_called(self, get: Get) -> None:
        page = get("/de/notruf/")
        assert len(page.all("article")) == len(page.within("a", inside="card", having="call")) > 3


class TestPublisher:
    @pytest.fixture
    def published(self, demo: None) -> None:
        configuration = Configuration.load()
        configuration.publisher = "Stadt Düsseldorf"
        configuration.publisher_email = "rat@example.org"
        configuration.save()

    @pytest.mark.parametrize("path", ["impressum/", "datenschutz/", "barrierefreiheit/"])
    def test_a_demo_says_that_nobody_answers_for_it(self, get: Get, path: str) -> None:
        assert "it is a demonstration" in get(f"/en/{path}").text

    @pytest.mark.parametrize("path", ["impressum/", "datenschutz/", "barrierefreiheit/"])
    def test_a_publisher_is_named_and_can_be_written_to(self, get: Get, published: None, path: str) -> None:
        page = get(f"/ar/{path}")
        assert "Stadt Düsseldorf" in page.one("address").text
        assert page.one("address").attributes["lang"] == "de"
        assert page.one("a", href="mailto:rat@example.org")


class TestSafety:
    def test_it_names_what_it_cannot_do(self, get: Get) -> None:
        text = get("/en/sicherheit/").text
        for limit in ("Your browser remembers", "It does not delete the history", "phone bill", "sent again"):
            assert limit in text


class TestOrganisation:
    @pytest.fixture
    def house(self, demo: None) -> Organisation:
        found: Organisation = Listing.objects.get(slug="dus-obr").organisation
        return found

    def path(self, house: Organisation) -> str:
        return f"/en/stellen/{house.slug}/"

    def test_its_own_number_is_shown(self, get: Get, house: Organisation) -> None:
        house.contacts.set([OrganisationContact(kind="phone", value="0211 123456")])
        house.save()
        assert get(self.path(house)).one("a", href="tel:+49211123456").dir == "ltr"

    def test_a_number_for_professionals_is_not(self, get: Get, house: Organisation) -> None:
        house.contacts.set([OrganisationContact(kind="phone", value="0211 123456", audience="professionals")])
        house.save()
        assert "123456" not in get(self.path(house)).response.content.decode()

    @pytest.mark.parametrize(("visibility", "shown"), [("full", True), ("partial", False), ("hidden", False)])
    def test_its_address_is_shown_as_far_as_allowed(
        self, get: Get, house: Organisation, visibility: str, shown: bool
    ) -> None:
        house.sites.set([Site(address="Geheimweg 7, 40210 Düsseldorf", visibility=visibility)])
        house.save()
        page = get(self.path(house))
        assert ("Geheimweg" in page.response.content.decode()) is shown
        assert ("40210 Düsseldorf" in page.text) is (visibility != "hidden")

    def test_a_withdrawn_one_does_not_exist(self, client: Client, house: Organisation) -> None:
        house.live = False
        house.save()
        assert client.get(self.path(house)).status_code == 404
        assert client.get("/en/angebote/dus-obr/").status_code == 404

    def test_its_description_is_marked_where_it_is_german(self, get: Get, house: Organisation) -> None:
        house.description_de = "Ein Haus für alle."
        house.save()
        lead = get(f"/ar/stellen/{house.slug}/").one("p", having="lead")
        assert (lead.attributes["lang"], lead.attributes["dir"]) == ("de", "ltr")


class TestTrainings:
    def test_home_leads_professionals_there(self, get: Get) -> None:
        assert get("/de/").one("a", href="/de/angebote/?kind=training")

    def test_a_card_tells_the_sector(self, get: Get) -> None:
        page = get("/en/angebote/?kind=training")
        facts = [fact.text for fact in page.within("dt", inside="card")]
        assert "Sectors" in facts
        assert "Anonymous" not in facts
