"""A text search: words say as much about a person as answers do."""

import pytest
from django.test import Client

from search.forms import LONGEST_TEXT
from tests.integration.public.conftest import Get, Post


def test_words_lead_to_cards(post: Post) -> None:
    page = post("/de/suche/", {"text": "Opferberatung Rheinland"})
    assert page.within("h3", inside="card")[0].text == "Opferberatung Rheinland (OBR)"
    assert page.response.headers["Cache-Control"] == "no-store"


def test_the_words_stay_in_the_field_and_out_of_the_address(post: Post) -> None:
    page = post("/de/suche/", {"text": "Beratung"})
    field = page.one("input", type="search")
    assert (field.attributes["value"], field.attributes["autocomplete"]) == ("Beratung", "off")
    addresses = [
        value
        for element in page.elements
        for name, value in element.attributes.items()
        if name in ("href", "action")
    ]
    assert [address for address in addresses if "Beratung" in address] == []


def test_a_facets_button_carries_the_words_along(post: Post) -> None:
    page = post("/de/suche/", {"text": "Beratung"})
    buttons = [button.attributes for button in page.within("button", inside="facets")]
    assert {"toggle"} == {button["name"] for button in buttons}
    carried = page.one("form", id="again")
    assert carried.attributes["method"] == "post"
    narrowed = post("/de/suche/", {"text": "Beratung", "toggle": "kind:training"})
    assert len(narrowed.all("button", having="chip")) == 1
    assert narrowed.all("input", name="kind", value="training")


def test_another_language_takes_the_words_along(post: Post) -> None:
    buttons = post("/de/suche/", {"text": "Beratung"}).within("button", inside="language")
    assert [button.attributes["formaction"] for button in buttons] == ["/de/suche/", "/en/suche/", "/ar/suche/"]


def test_why_it_is_shown_is_said(post: Post) -> None:
    assert "Shown because of" in post("/en/suche/", {"text": "antisemitism"}).text


def test_nothing_found_leads_on(post: Post) -> None:
    page = post("/en/suche/", {"text": "qqqqqqqqqq xyzzy"})
    assert page.within("a", inside="empty")


def test_an_empty_search_shows_the_form(get: Get, post: Post) -> None:
    for page in (get("/en/suche/"), post("/en/suche/", {"text": "   "})):
        assert page.one("input", type="search")
        assert page.all("article") == []


def test_too_many_words_get_a_clear_answer(post: Post) -> None:
    page = post("/en/suche/", {"text": "a" * (LONGEST_TEXT + 1)})
    assert "at most 200 characters" in page.one(having="error").text
    assert page.one("input", type="search").attributes["aria-invalid"] == "true"


def test_a_form_of_another_site_is_refused_in_plain_words(client: Client, demo: None) -> None:
    response = client.post("/en/suche/", {"text": "x"}, headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403
    assert "did not come from our page" in response.content.decode()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, demo: None, method: str) -> None:
    assert getattr(client, method)("/en/suche/").status_code == 405
