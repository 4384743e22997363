"""What is another organisation's does not exist for a member, nor anything at all for a visitor."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils.translation import get_language

from directory.members.access import (
    listing_for,
    members_only,
    membership_for,
    memberships_of,
    organisation_for,
)
from directory.models import Membership
from tests.integration.directory.making import listing, organisation, superuser
from tests.integration.members.making import member, signed_in

pytestmark = pytest.mark.django_db


def asking(user: Any) -> HttpRequest:
    request = RequestFactory().get("/konto/")
    request.user = user
    return request


def test_a_member_finds_their_own_organisation_and_its_entries() -> None:
    entry = listing("advice")
    request = asking(member("house"))
    assert organisation_for(request, "house") == entry.organisation
    assert listing_for(request, "advice") == entry
    assert membership_for(request, "house").role == "editor"


def test_a_draft_that_was_never_public_is_found_by_its_own_members() -> None:
    entry = listing("advice", live=False)
    assert listing_for(asking(member("house")), "advice") == entry


@pytest.mark.parametrize("slug", ["other", "advice", "nothing", ""])
def test_no_other_organisation_exists_for_a_member(slug: str) -> None:
    listing("advice", organisation=organisation("other"))
    request = asking(member("house"))
    with pytest.raises(Http404):
        organisation_for(request, slug)
    with pytest.raises(Http404):
        listing_for(request, slug)


def test_nothing_exists_for_visitors_for_staff_and_for_a_closed_account() -> None:
    listing("advice")
    closed = member("house")
    closed.is_active = False
    for user in (AnonymousUser(), superuser("staff"), closed):
        assert memberships_of(asking(user)) == []
        with pytest.raises(Http404):
            listing_for(asking(user), "advice")


def test_whoever_is_removed_finds_nothing_from_then_on() -> None:
    listing("advice")
    asel = member("house")
    Membership.objects.get(user=asel).delete()
    with pytest.raises(Http404):
        listing_for(asking(asel), "advice")


def test_one_person_of_several_organisations_finds_the_entries_of_all() -> None:
    listing("advice")
    listing("course", organisation=organisation("other"))
    asel = member("house")
    member("other")
    found = {listing_for(asking(asel), slug).slug for slug in ("advice", "course")}
    assert found == {"advice", "course"}


@pytest.mark.parametrize(
    ("chosen", "browser", "expected"),
    [("uk", "en", "uk"), ("", "en", "en"), ("", "xx", "de")],
    ids=["chosen", "browser", "unknown"],
)
def test_pages_are_in_the_chosen_language_or_else_in_the_browsers(
    chosen: str, browser: str, expected: str
) -> None:
    asel = member("house", language=chosen)
    response = signed_in(asel, **{"accept-language": browser}).get("/konto/")
    assert f'<html lang="{expected}"'.encode() in response.content
    assert response.headers["Content-Language"] == expected


def test_a_language_that_is_switched_off_is_not_used() -> None:
    asel = member("house", language="pl")
    assert b'<html lang="de"' in signed_in(asel).get("/konto/").content


def test_nothing_stays_in_a_cache_and_no_search_engine_keeps_it() -> None:
    response = signed_in(member("house")).get("/konto/")
    assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))
    assert b'<meta name="robots" content="noindex">' in response.content
    assert b"hreflang" not in response.content


def test_visitors_sign_in_first_and_come_back_to_what_they_asked_for() -> None:
    response = Client().get("/konto/?a=1")
    assert response.status_code == 302
    assert response.headers["Location"].endswith("?next=/konto/%3Fa%3D1")


def test_a_view_runs_in_the_members_language_and_leaves_no_other_behind() -> None:
    seen: list[str | None] = []

    @members_only
    def view(request: HttpRequest) -> HttpResponse:
        seen.append(get_language())
        return HttpResponse()

    before = get_language()
    view(asking(member("house", language="uk")))
    assert (seen, get_language()) == (["uk"], before)


def test_the_language_of_the_pages_is_switched_for_all_organisations() -> None:
    asel: User = member("house")
    member("other")
    client = signed_in(asel)
    response = client.post("/konto/sprache/", {"language": "tr", "next": "/konto/einstellungen/"})
    assert response.headers["Location"] == "/konto/einstellungen/"
    assert set(Membership.objects.values_list("language", flat=True)) == {"tr"}
    assert b'<html lang="tr"' in client.get("/konto/").content


@pytest.mark.parametrize("back", ["https://example.org/konto/", "//example.org", "/admin/", "", "/konto/\\x"])
def test_the_switch_leads_nowhere_else(back: str) -> None:
    response = signed_in(member("house")).post("/konto/sprache/", {"language": "tr", "next": back})
    assert response.headers["Location"] in {"/konto/", "/konto/%5Cx"}


def test_a_language_that_does_not_exist_changes_nothing() -> None:
    signed_in(member("house", language="uk")).post("/konto/sprache/", {"language": "xx"})
    assert Membership.objects.get().language == "uk"
