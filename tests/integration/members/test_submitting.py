"""From the member's screen to the review and back, by buttons; a link alone changes nothing."""

import pytest
from django.test import Client

from directory import listings
from directory.models import Listing
from tests.integration.directory.making import find, organisation, superuser
from tests.integration.members.making import changed, codes, complete, draft, member, page, signed_in
from wegweiser import roles

pytestmark = pytest.mark.django_db
ENTRY = "/konto/eintrag/advice/"


@pytest.fixture(autouse=True)
def review() -> None:
    roles.install()
    codes()


@pytest.fixture
def asel() -> Client:
    return signed_in(member("house", language="en"))


def test_an_entry_lists_its_parts_and_what_visitors_miss(asel: Client) -> None:
    complete("advice", cost="unknown", access_features=[])
    shown = page(asel, ENTRY)
    assert "5 of 6 parts complete" in shown
    assert "2 things missing" in shown
    assert "Many do not call because they fear the cost." in shown


def test_send_look_and_take_back(asel: Client) -> None:
    changed(complete("advice"), title_de="Neu")
    shown = page(asel, ENTRY)
    assert "<p>Not sent yet: Name and description</p>" in shown
    assert "Thank you. The city checks it" in asel.post(f"{ENTRY}absenden/", follow=True).content.decode()
    assert find(Listing, "advice").workflow_in_progress
    shown = page(asel, ENTRY)
    assert "Take it back" in shown
    assert f'href="{ENTRY}text/"' not in shown
    asel.post(f"{ENTRY}zurueckholen/")
    assert not find(Listing, "advice").workflow_in_progress
    assert draft("advice").title_de == "Neu"
    assert f'href="{ENTRY}text/"' in page(asel, ENTRY)


def test_what_was_approved_is_public_and_needs_nothing_more(asel: Client) -> None:
    changed(complete("advice"), title_de="Neu")
    asel.post(f"{ENTRY}absenden/")
    entry = find(Listing, "advice")
    listings.approve(listing=entry, seen=entry.latest_revision_id, by=superuser())
    assert find(Listing, "advice").title_de == "Neu"
    shown = page(asel, ENTRY)
    assert "Send to be checked" not in shown
    assert "Take it back" not in shown


def test_what_was_sent_back_is_changed_and_sent_again(asel: Client) -> None:
    changed(complete("advice"), title_de="Neu")
    asel.post(f"{ENTRY}absenden/")
    listings.send_back(listing=find(Listing, "advice"), by=superuser(), remark="Bitte <b>kürzer</b>")
    shown = page(asel, ENTRY)
    assert "Bitte &lt;b&gt;kürzer&lt;/b&gt;" in shown
    asel.post(f"{ENTRY}absenden/")
    assert find(Listing, "advice").workflow_in_progress


def test_sending_twice_says_so_kindly(asel: Client) -> None:
    changed(complete("advice"), title_de="Neu")
    asel.post(f"{ENTRY}absenden/")
    assert "It is already with the city." in asel.post(f"{ENTRY}absenden/", follow=True).content.decode()


def test_an_entry_without_a_name_is_not_sent_and_the_page_says_why(asel: Client) -> None:
    changed(complete("advice"), title_de="")
    shown = asel.post(f"{ENTRY}absenden/", follow=True).content.decode()
    assert "Write the title in the language" in shown
    assert not find(Listing, "advice").workflow_in_progress


def test_what_is_all_right_offers_nothing_to_send(asel: Client) -> None:
    complete("advice")
    shown = page(asel, ENTRY)
    assert "absenden" not in shown
    assert "6 of 6 parts complete" in shown


@pytest.mark.parametrize("verb", ["absenden", "zurueckholen", "stimmt"])
def test_buttons_answer_to_posts_of_members_only(asel: Client, verb: str) -> None:
    changed(complete("advice", last_confirmed_on=None), title_de="Neu")
    complete("foreign", organisation=organisation("other"), last_confirmed_on=None)
    assert asel.get(f"{ENTRY}{verb}/").status_code == 405
    assert asel.post(f"/konto/eintrag/foreign/{verb}/").status_code == 404
    assert Client().post(f"{ENTRY}{verb}/").status_code == 302
    assert not find(Listing, "advice").workflow_in_progress
    assert not Listing.objects.filter(last_confirmed_on__isnull=False).exists()


@pytest.mark.parametrize("rest", ["", "verlauf/", "vorschau/seite/de/", "vorschau/karte/de/", "text/"])
def test_pages_of_another_organisations_entry_do_not_exist(asel: Client, rest: str) -> None:
    complete("foreign", organisation=organisation("other"), note="geheim")
    response = asel.get(f"/konto/eintrag/foreign/{rest}")
    assert response.status_code == 404
    assert b"geheim" not in response.content


def test_a_form_from_elsewhere_is_refused(asel: Client) -> None:
    changed(complete("advice"), title_de="Neu")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = asel.cookies
    assert strict.post(f"{ENTRY}absenden/").status_code == 403
    assert not find(Listing, "advice").workflow_in_progress


def test_what_is_not_sent_yet_is_told_by_its_parts(asel: Client) -> None:
    entry = complete("advice")
    changed(entry, opening_hours="24/7", title_pl="Porada", cost="paid")
    shown = page(asel, ENTRY)
    assert "<p>Not sent yet: Name and description, When, Cost, trust and languages</p>" in shown
