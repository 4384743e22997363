"""Whoever changes the language in the middle of a section goes on writing there, and nothing is saved by it."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from directory.models import Change, Listing, Membership
from tests.integration.directory.making import find
from tests.integration.members.making import changed, codes, complete, draft, member, signed_in
from tests.integration.members.posting import Screen, form_of
from tests.integration.public.reading import Seen, read
from wegweiser import roles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def entry() -> Listing:
    roles.install()
    codes()
    return complete("advice")


@pytest.fixture
def asel() -> Client:
    return signed_in(member("house", language="en", writes_in=["ar"]))


def buttons(page: Seen) -> list[Any]:
    (form,) = [each for each in page.all("form") if "data-autosave" in each.attributes]
    return [each for each in page.all("button") if each.attributes.get("form") == form.attributes["id"]]


def switch(screen: Screen, to: str = "ar", **typed: Any) -> Seen:
    """As a browser does it: the button belongs to the form, and brings nothing but its language."""
    (button,) = [each for each in buttons(read_text(screen)) if each.attributes.get("lang") == to]
    assert "formaction" not in button.attributes
    screen.put(**typed)
    sent = dict(screen.data.lists()) | {button.attributes["name"]: [button.attributes["value"]]}
    response = screen.client.post(screen.address, sent)
    assert (response.status_code, response.headers["Content-Language"]) == (200, to)
    screen.html, screen.data = response.content.decode(), form_of(response.content.decode())
    return read(response)


def read_text(screen: Screen) -> Seen:
    return read(screen.client.get(screen.address))


def as_lists(data: QueryDict) -> dict[str, list[Any]]:
    """Boxes stand in an order of their own, and those without a tick say nothing."""
    return {name: sorted(values) for name, values in data.lists() if values}


TYPED: dict[str, dict[str, Any]] = {
    "text": {"title_de": "", "helps_with_de": "Hilft", "title_ar": "مسودة", "description_de": "Erste\nZweite"},
    "kontakt": {"contacts__0__DELETE": "on", "contacts__1__kind": "email", "contacts__1__value": "noch kein@"},
    "zeiten": {"opening_hours__0__days": ["1"], "opening_hours__0__end": "", "valid_until": "2027-02-"},
    "ort": {"areas_served": ["koeln"], "places__0__name": "Laden", "find": "Bilk", "area_note": "x"},
    "fuer-wen": {"kinds_of_help": ["complaint"], "grounds": [], "audience": ""},
    "bedingungen": {"spoken": ["tr", "prs"], "anonymous": "no", "cost_note": "Spende"},
}


@pytest.mark.parametrize("section", TYPED)
def test_what_was_typed_is_there_unjudged_and_unsaved(asel: Client, section: str) -> None:
    position, screen = Change.position(), Screen(asel, "advice", section)
    screen.put(**TYPED[section])
    typed = as_lists(screen.data)
    for language in ("tr", "uk"):
        page = switch(screen, language)
        assert page.one("html").attributes["lang"] == language
        assert as_lists(screen.data) == typed
        if section != "zeiten":  # half a line is read back as such
            assert not page.all(having="wrong")
        assert not page.all(aria_invalid="true")
        assert not page.all(role="alert")
    assert (find(Listing, "advice").latest_revision_id, Change.position()) == (None, position)


def test_it_is_the_members_language_from_now_on(asel: Client) -> None:
    switch(Screen(asel, "advice", "text"), "tr")
    assert Membership.objects.get().language == "tr"
    assert read(asel.get("/konto/")).one("html").attributes["lang"] == "tr"


def test_a_language_that_does_not_exist_changes_none_and_loses_nothing(asel: Client) -> None:
    screen = Screen(asel, "advice", "text").put(title_de="Neu")
    response = asel.post(screen.address, dict(screen.data.lists()) | {"language": ["xx"]})
    assert 'value="Neu"' in response.content.decode()
    assert Membership.objects.get().language == "en"


def test_it_can_be_saved_from_there(asel: Client) -> None:
    screen = Screen(asel, "advice", "text")
    switch(screen, title_de="Neu")
    assert screen.save().status_code == 302
    assert draft("advice").title_de == "Neu"


def test_who_wrote_meanwhile_is_still_noticed(asel: Client) -> None:
    changed(find(Listing, "advice"), description_de="Alt")
    screen = Screen(asel, "advice", "text")
    seen = screen.data["seen"]
    changed(find(Listing, "advice"), title_de="Von Ben")
    switch(screen, title_de="Von Asel")
    assert screen.data["seen"] == seen
    assert screen.save().status_code == 409
    assert draft("advice").title_de == "Von Ben"


def test_what_came_into_review_meanwhile_is_told_in_the_new_language(asel: Client) -> None:
    changed(find(Listing, "advice"), title_de="Neu")
    screen = Screen(asel, "advice", "text")
    asel.post("/konto/eintrag/advice/absenden/")
    response = asel.post(screen.address, {"language": "de"})
    assert response.headers["Location"] == "/konto/eintrag/advice/"
    assert "Die Stadt prüft den Eintrag gerade" in asel.get("/konto/eintrag/advice/").content.decode()


@pytest.mark.parametrize("section", TYPED)
def test_the_enter_key_saves_and_changes_no_language(asel: Client, section: str) -> None:
    screen = Screen(asel, "advice", section)
    first = buttons(read_text(screen))[0].attributes
    assert (first["name"], first["value"]) == ("go", "enter")
    assert screen.save("enter", find="").headers["Location"] == screen.address
    assert Membership.objects.get().language == "en"


def test_the_enter_key_beside_a_place_finds_it(asel: Client) -> None:
    screen = Screen(asel, "advice", "ort")
    response = screen.save("enter", find="Köln")
    assert read(response).one("input", name="areas_served", value="koeln")
    assert find(Listing, "advice").latest_revision_id is None


def test_elsewhere_the_language_is_a_form_of_its_own(asel: Client) -> None:
    page = read(asel.get("/konto/eintrag/advice/"))
    assert page.one("form", action="/konto/sprache/")
    assert not page.all("button", form="typed")
