"""Staff invite the first owner of an organisation, and put right who keeps its entries."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from directory.models import Invitation, Membership, Organisation
from tests.integration.directory.making import organisation, person
from tests.integration.wegweiser.members.entering import is_in, mailed_path, member, said, visitor

pytestmark = pytest.mark.django_db
LIST = "/admin/members/"


@pytest.fixture
def house(db: None) -> Organisation:
    return organisation("house")


@pytest.fixture
def staff(db: None, settings: Settings) -> Client:
    settings.SECOND_FACTOR = "optional"
    client = Client(headers={"accept-language": "en"})
    client.force_login(person("chris", "access_admin", "change_organisation"))
    return client


def sends(client: Client, house: Organisation, **given: str) -> Any:
    return client.post(f"{LIST}{house.pk}/", given)


def asked(**more: str) -> dict[str, str]:
    given = {"email": "info@house.example.org", "role": "owner", "language": "ar"} | more
    return {"invite": "1"} | {f"invite-{name}": value for name, value in given.items()}


def test_the_first_owner_comes_in_by_the_mail(
    staff: Client, house: Organisation, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = sends(staff, house, **asked())
    assert answer.headers["Location"] == f"{LIST}{house.pk}/"
    [letter] = mail.outbox
    assert letter.to == ["info@house.example.org"]
    client = visitor()
    client.post(mailed_path())
    assert is_in(client)
    assert [(each.role, each.language) for each in house.memberships.all()] == [("owner", "ar")]


def test_the_form_offers_an_owner_first(staff: Client, house: Organisation) -> None:
    assert '<option value="owner" selected>' in said(staff.get(f"{LIST}{house.pk}/"))


def test_what_is_wrong_stays_in_the_form(staff: Client, house: Organisation) -> None:
    answer = sends(staff, house, **asked(email="info@"))
    assert answer.status_code == 422
    assert 'value="info@"' in said(answer)
    assert not Invitation.objects.exists()


def test_those_without_an_owner_stand_first(staff: Client, house: Organisation) -> None:
    kept = organisation("kept", name_de="Aaa")
    member("asel", of="kept")
    page = said(staff.get(LIST))
    assert page.index(f"{LIST}{house.pk}/") < page.index(f"{LIST}{kept.pk}/")
    assert "1 of 2 organisations have an owner" in page


def test_roles_removing_and_taking_back(staff: Client, house: Organisation) -> None:
    asel = member("asel")
    [kept] = Membership.objects.all()
    sends(staff, house, role="editor", member=str(kept.pk))
    assert Membership.objects.get().role == "editor"
    sends(staff, house, remove="1", member=str(kept.pk))
    assert not Membership.objects.exists()
    assert User.objects.filter(pk=asel.pk).exists()
    invitation = Invitation(organisation=house, email="x@example.org")
    invitation.save()
    sends(staff, house, take_back=str(invitation.pk))
    assert not Invitation.objects.exists()


def test_of_this_organisation_only(staff: Client, house: Organisation) -> None:
    member("eve", of="verein")
    [foreign] = Membership.objects.all()
    invitation = Invitation(organisation=foreign.organisation, email="x@example.org")
    invitation.save()
    for given in (
        {"remove": "1", "member": str(foreign.pk)},
        {"role": "editor", "member": str(foreign.pk)},
        {"role": "king", "member": str(foreign.pk)},
        {"remove": "1", "member": "x"},
        {"take_back": str(invitation.pk)},
        {},
    ):
        assert sends(staff, house, **given).status_code == 404, given
    assert Membership.objects.get().role == "owner"
    assert Invitation.objects.exists()


def test_without_mail_it_says_what_is_missing(staff: Client, house: Organisation, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert "EMAIL_URL" in said(staff.get(f"{LIST}{house.pk}/"))


@pytest.mark.parametrize("permissions", [(), ("access_admin",), ("access_admin", "change_listing")])
def test_only_for_those_who_may_change_organisations(house: Organisation, permissions: tuple[str, ...]) -> None:
    client = Client()
    client.force_login(person("tim", *permissions))
    for address in (LIST, f"{LIST}{house.pk}/"):
        assert client.get(address).status_code in (302, 403)
    sends(client, house, **asked())
    assert not Invitation.objects.exists()


def test_the_menu_leads_there(staff: Client) -> None:
    assert LIST in said(staff.get("/admin/"))


def test_the_way_back_is_above_the_page(staff: Client, house: Organisation) -> None:
    page = said(staff.get(f"{LIST}{house.pk}/"))
    assert "<title>" in page
    assert "Members of Haus der Vielfalt" in page
    assert f'href="{LIST}"' in page
