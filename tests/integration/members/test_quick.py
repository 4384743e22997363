"""In one tap: is there room? And asking for an entry to be removed."""

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from directory.models import Listing, Proposal
from tests.integration.directory.making import listing, organisation
from tests.integration.members.making import member, signed_in
from wegweiser import roles

pytestmark = pytest.mark.django_db
ROOM, REMOVAL = "/konto/plaetze/advice/", "/konto/entfernen/advice/"


@pytest.fixture
def client(db: None) -> Client:
    roles.install()
    listing()
    return signed_in(member("house", language="en"))


def entry() -> Listing:
    found: Listing = Listing.objects.get(slug="advice")
    return found


def test_one_tap_tells_everybody(client: Client) -> None:
    assert 'value="waiting_list:4"' in client.get(ROOM).content.decode()
    response = client.post(ROOM, {"room": "waiting_list:4"})
    assert (response.status_code, response.headers["Location"]) == (302, ROOM)
    assert (entry().capacity, entry().waiting_weeks) == ("waiting_list", 4)
    assert "about 4 weeks" in Client().get("/en/angebote/advice/").content.decode()


def test_what_is_said_now_is_marked_even_where_somebody_else_wrote_it(client: Client) -> None:
    client.post(ROOM, {"room": "waiting_list:26"})
    changed = entry()
    changed.waiting_weeks = 7
    changed.save()
    (line,) = [
        each
        for each in client.get(ROOM).content.decode().splitlines()
        if "aria-current" in each and "room" in each
    ]
    assert 'value="waiting_list:7"' in line


def test_nothing_to_say_takes_it_back(client: Client) -> None:
    client.post(ROOM, {"room": "full:"})
    client.post(ROOM, {"room": "unknown:"})
    assert (entry().capacity, entry().waiting_weeks) == ("unknown", None)
    assert "nothing about it" in client.get(ROOM).content.decode()


@pytest.mark.parametrize("sent", ["", "open:many", "Bitte anrufen:", "full:-3", "full:900"])
def test_other_words_are_no_button(client: Client, sent: str) -> None:
    assert client.post(ROOM, {"room": sent}).status_code == 400
    assert entry().capacity == "unknown"


def test_removal_is_asked_for_and_waits(client: Client) -> None:
    response = client.post(REMOVAL, {"remark": "Wir hören im Dezember auf."}, follow=True)
    asked = Proposal.objects.get()
    assert (asked.kind, asked.remark, asked.email, asked.language) == (
        "removal", "Wir hören im Dezember auf.", "asel@example.org", "en",
    )  # fmt: skip
    text = response.content.decode()
    assert "You asked for this on" in text
    assert "Wir hören im Dezember auf." in text
    assert entry().live
    assert ModelLogEntry.objects.filter(action="wegweiser.removal").count() == 1


def test_a_remark_that_is_too_long_stays_in_the_form(client: Client) -> None:
    words = "x" * 2001
    response = client.post(REMOVAL, {"remark": words})
    assert words in response.content.decode()
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("address", [ROOM, REMOVAL])
def test_somebody_elses_entry_does_not_exist(client: Client, address: str) -> None:
    stranger = signed_in(member(organisation("elsewhere"), "berna"))
    for response in (stranger.get(address), stranger.post(address, {"room": "full:", "remark": "x"})):
        assert response.status_code == 404
    assert entry().capacity == "unknown"
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("address", [ROOM, REMOVAL])
def test_visitors_sign_in_first(client: Client, address: str) -> None:
    for response in (Client().get(address), Client().post(address, {"room": "full:"})):
        assert response.status_code == 302
        assert "next=" in response.headers["Location"]
    assert entry().capacity == "unknown"


@pytest.mark.parametrize("address", [ROOM, REMOVAL])
def test_a_form_of_another_site_sends_nothing(client: Client, address: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(address, {"room": "full:"}).status_code == 403
    assert entry().capacity == "unknown"
