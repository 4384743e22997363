"""Places are found by name, quarter and postcode on this server, with a script and without one."""

import pytest
from django.test import Client

from directory.members.picking import MOST, area_choices, around, find_areas
from directory.models import Configuration, Listing
from tests.integration.directory.making import area, find
from tests.integration.members.making import codes, complete, draft, member, signed_in
from tests.integration.members.posting import Screen
from wegweiser import roles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places() -> None:
    roles.install()
    codes()


@pytest.fixture
def asel() -> Client:
    return signed_in(member("house", language="en"))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("düss", ["duesseldorf"]),
        ("DÜSSELDORF ", ["duesseldorf"]),
        ("dusseldorf", ["duesseldorf"]),
        ("unterbilk", ["bilk"]),
        ("bilk", ["bilk"]),
        ("4021", ["duesseldorf"]),
        ("eldorf", ["duesseldorf"]),
        ("ö", []),
        ("", []),
        ("Atlantis", []),
        ("%", []),
    ],
)
def test_by_name_quarter_and_postcode(words: str, found: list[str]) -> None:
    assert find_areas(words) == found


def test_what_begins_so_goes_first_and_the_list_is_short() -> None:
    area("oberbilk", name_de="Oberbilk", level="quarter")
    assert find_areas("bilk") == ["bilk", "oberbilk"]
    for number in range(MOST + 5):
        area(f"dorf-{number}", name_de=f"Dorf {number:02}")
    assert len(find_areas("dorf")) == MOST


def test_a_quarter_is_shown_with_its_city() -> None:
    assert area_choices(["bilk", "duesseldorf", "bilk"]) == [
        ("bilk", "Bilk (Düsseldorf)"),
        ("duesseldorf", "Düsseldorf"),
    ]


def test_around_a_place_is_what_holds_it_and_at_first_the_city_itself() -> None:
    configuration = Configuration.load()
    configuration.home_area = "koeln"
    configuration.save()
    assert around(["bilk"]) == ["bilk", "duesseldorf"]
    assert around([]) == ["koeln"]


def test_without_a_script_the_button_finds_and_keeps_what_was_typed(asel: Client) -> None:
    entry = complete("advice")
    screen = Screen(asel, "advice", "ort")
    html = screen.save("find", find="unterb", area_note="nur Stadt").content.decode()
    assert 'value="bilk"' in html
    assert "Bilk (Dusseldorf)" in html
    assert 'value="nur Stadt"' in html
    assert find(Listing, "advice").latest_revision_id == entry.latest_revision_id, "nothing is saved yet"
    screen.save(areas_served=["duesseldorf", "bilk"])
    assert draft("advice").areas_served == ["duesseldorf", "bilk"]


def test_nothing_found_is_said(asel: Client) -> None:
    complete("advice")
    html = Screen(asel, "advice", "ort").save("find", find="Atlantis").content.decode()
    assert "Nothing found. Write it in other words" in html


def test_a_script_gets_codes_and_names(asel: Client) -> None:
    answer = asel.post("/konto/gebiete/", {"find": "bilk"}).json()
    assert answer == {"areas": [{"code": "bilk", "name": "Bilk (Dusseldorf)"}]}


def test_only_members_ask_and_only_by_post(asel: Client) -> None:
    assert asel.get("/konto/gebiete/?find=bilk").status_code == 405
    assert Client().post("/konto/gebiete/", {"find": "bilk"}).status_code == 302


def test_an_area_that_does_not_exist_is_refused(asel: Client) -> None:
    complete("advice")
    response = Screen(asel, "advice", "ort").save(areas_served=["atlantis"])
    assert response.status_code == 422
    assert draft("advice").areas_served == ["duesseldorf"]
