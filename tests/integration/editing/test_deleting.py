"""What is still used stays, and the message names who uses it. Clicks that are not meant do no harm."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import translation

from directory.models import Exclusion, Listing
from tests.integration.directory.making import area, listing, new_changes, organisation, term
from tests.integration.editing.posting import url

pytestmark = pytest.mark.django_db


def told(response: Any) -> str:
    with translation.override("en"):
        return "\n".join(str(message) for message in get_messages(response.wsgi_request))


def delete(client: Client, model: str, entry: Any) -> str:
    with new_changes() as rows:
        response = client.post(url(model, "delete", entry.pk))
    assert response.status_code == 302
    assert rows == []
    assert type(entry).objects.filter(pk=entry.pk).exists()
    assert response.headers["Location"] == url(model, "edit", entry.pk)
    return told(response)


class TestOneByOne:
    def test_a_term_that_a_listing_names(self, admin: Client) -> None:
        racism = term("grounds", "racism", label_de="Rassismus")
        listing(grounds=["racism"])
        words = delete(admin, "term", racism)
        assert "Rassismus" in words
        assert "Beratung" in words

    def test_an_area_that_a_listing_serves(self, admin: Client) -> None:
        jena = area("jena")
        listing(areas_served=["jena"])
        assert "Beratung" in delete(admin, "area", jena)

    def test_an_area_with_areas_in_it(self, admin: Client) -> None:
        land = area("thueringen")
        area("jena", land)
        words = delete(admin, "area", land)
        assert "Thueringen" in words
        assert "Jena" in words

    def test_an_organisation_with_listings(self, admin: Client) -> None:
        words = delete(admin, "organisation", listing().organisation)
        assert "Haus der Vielfalt" in words
        assert "Beratung" in words

    def test_a_listing_that_another_one_sends_people_to(self, admin: Client) -> None:
        entry = listing()
        other = listing("other", organisation=entry.organisation, title_de="Anderswo")
        Exclusion(listing=other, strength="hard", then_go_to=["advice"]).save()
        assert "Anderswo" in delete(admin, "listing", entry)

    def test_a_listing_that_sends_people_to_itself_goes(self, admin: Client) -> None:
        entry = listing()
        Exclusion(listing=entry, strength="hard", then_go_to=["advice"]).save()
        admin.post(url("listing", "delete", entry.pk))
        assert not Listing.objects.exists()

    @pytest.mark.parametrize("model", ["listing", "organisation", "term", "area"])
    def test_looking_at_the_question_deletes_nothing(self, admin: Client, model: str) -> None:
        advice = listing()
        entries: dict[str, Any] = {
            "listing": advice,
            "organisation": advice.organisation,
            "term": term("grounds", "x"),
            "area": area("x"),
        }
        entry = entries[model]
        assert admin.get(url(model, "delete", entry.pk)).status_code == 200
        assert type(entry).objects.filter(pk=entry.pk).exists()


class TestManyAtOnce:
    def bulk(self, client: Client, model: str, entries: list[Any]) -> Any:
        address = reverse("wagtail_bulk_action", args=["directory", model, "delete"])
        return client.post(f"{address}?{'&'.join(f'id={entry.pk}' for entry in entries)}")

    def test_all_stay_where_one_is_still_used(self, admin: Client) -> None:
        used, free = listing().organisation, organisation("free", name_de="Frei")
        with new_changes() as rows:
            response = self.bulk(admin, "organisation", [free, used])
        assert response.status_code == 302
        assert rows == []
        assert "Haus der Vielfalt" in told(response)
        assert "Beratung" in told(response)
        assert type(free).objects.count() == 2

    def test_a_listing_that_another_one_sends_people_to(self, admin: Client) -> None:
        entry = listing()
        other = listing("other", organisation=entry.organisation, title_de="Anderswo")
        Exclusion(listing=other, strength="hard", then_go_to=["advice"]).save()
        assert "Anderswo" in told(self.bulk(admin, "listing", [entry]))
        assert Listing.objects.count() == 2
        self.bulk(admin, "listing", [entry, other])
        assert not Listing.objects.exists()
