"""Whoever changes the language in the middle of writing goes on where they were, and nothing is sent by it."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from directory import listings
from directory.models import Listing, MailLink, Proposal
from directory.permissions import ByLink
from tests.integration.public.reading import Seen, read
from tests.integration.upkeep.keeping import OFFICE, ask, filled, house, press, visit
from tests.integration.upkeep.test_answering import NEW, draft, phones, stored


def switch(client: Client, page: Seen, to: str = "ar", **typed: Any) -> Seen:
    """As a browser does it: the button belongs to the form, and says where to."""
    (button,) = [each for each in page.all("button", lang=to) if "formaction" in each.attributes]
    (form,) = [each for each in page.all("form") if each.attributes.get("id") == button.attributes["form"]]
    assert form.attributes["method"] == "post"
    address = button.attributes["formaction"]
    assert "?" not in address
    response = client.post(address, filled(page, **typed), headers={"sec-fetch-site": "same-origin"})
    seen = read(response)
    assert seen.one("html").attributes["lang"] == to
    assert not seen.all(having="wrong"), "judged before anybody sent it"
    return seen


def shown(page: Seen) -> dict[str, str]:
    return {name.partition("-")[2] or name: value for name, value in filled(page).items()}


TYPED = {"phone": "not yet a numb", "hours": "Mo–Fr 9", "helps_with": "Von mir.", "waiting_weeks": "x",
         "capacity": "full", "gone": "on", "remark": "Wir ziehen um."}  # fmt: skip


def test_a_correction_is_still_there(client: Client) -> None:
    page = visit(client, ask(house())["aendern"])
    first = switch(client, page, **TYPED, rest_is_right=None)
    second = switch(client, first, "en")
    for each in (first, second):
        assert shown(each).items() >= TYPED.items()
        assert "rest_is_right" not in shown(each)
    assert not MailLink.objects.exclude(used_at=None).exists()
    assert stored().latest_revision_id is None
    assert not Proposal.objects.exists()


def test_it_can_be_sent_from_there(client: Client) -> None:
    address = ask(house())["aendern"]
    page = switch(client, visit(client, address), phone=NEW)
    press(client, address.replace("/de/", "/ar/"), filled(page))
    assert phones(draft()) == [NEW]


def test_who_wrote_meanwhile_is_still_noticed(client: Client) -> None:
    address = ask(house())["aendern"]
    page = visit(client, address)
    other = draft()
    other.title_de = "Neu von Kolleginnen"
    listings.save_draft(draft=other, seen=None, by=ByLink(stored().organisation_id, "team@example.org"))
    page = switch(client, page, phone=NEW)
    press(client, address, filled(page), status=409)


def test_an_entry_that_became_public_meanwhile_is_as_stored(client: Client) -> None:
    found = house(entries=2)
    late = Listing.objects.get(slug="house-1")
    late.live = False
    late.save()
    page = visit(client, ask(found)["aendern"])
    late.live = True
    late.save()
    page = switch(client, page, phone=NEW)
    names = {name: value for name, value in filled(page).items() if name.startswith(f"{late.pk}-")}
    assert names[f"{late.pk}-title"] == late.title_de
    assert names[f"{late.pk}-phone"]


def test_what_was_typed_stands_open_and_the_rest_folded(client: Client) -> None:
    page = switch(client, visit(client, ask(house(entries=2))["aendern"]), helps_with="Von mir.")
    cards = page.all("details", having="card")
    assert ["open" in each.attributes for each in cards] == [True, False]


def test_the_enter_key_sends_and_changes_no_language(client: Client) -> None:
    page = visit(client, ask(house())["aendern"])
    form = page.one("form", method="post").attributes["id"]
    first = next(each for each in page.all("button") if each.attributes.get("form") == form)
    assert (first.attributes["name"], first.attributes["value"]) == ("send", "1")


def test_whom_to_ask_now(client: Client) -> None:
    page = switch(client, visit(client, ask(house())["weitergeben"]), email="neu@")
    assert filled(page)["email"] == "neu@"
    assert not Proposal.objects.exists()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("address", ["/de/eintrag/neuer-link/", "/de/eintrag/richtig/x/"])
def test_an_address_for_a_new_link(client: Client, address: str) -> None:
    house()
    page = switch(client, read(client.get(address)), email=OFFICE)
    assert filled(page)["email"] == OFFICE
    assert not mail.outbox


@pytest.mark.parametrize("typed", [{"remark": "Heißt jetzt anders."}, {"email": "asel@"}])
def test_a_report_of_a_mistake(client: Client, typed: dict[str, str]) -> None:
    house()
    page = switch(client, read(client.get("/de/angebote/house-0/fehler/")), **typed)
    assert filled(page).items() >= typed.items()
    assert not Proposal.objects.exists()
