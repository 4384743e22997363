"""The members of the demo: they find their entries, nobody else's, and no mail of a demo reaches a real body."""

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.test import RequestFactory
from django.utils.timezone import localdate

from directory.models import Listing, Membership, Upkeep
from directory.permissions import may_edit, may_invite
from directory.upkeep.due import Step, standings
from wegweiser.demo import members

pytestmark = pytest.mark.django_db


def member(name: str) -> Membership:
    return Membership.objects.get(user__username=name)


def test_two_organisations_have_members_with_a_password_of_their_own(demo: None) -> None:
    made = members.create()
    assert {each.organisation.slug for each in Membership.objects.all()} == {"awo-jena", "diakonie-duesseldorf"}
    assert len({password for _email, password in made.values()}) == len(members.MEMBERS)
    for email, password in made.values():
        found = get_user_model()._default_manager.get(email=email)
        request = RequestFactory().post("/konto/anmelden/")
        assert authenticate(request, username=found.get_username(), password=password) == found


def test_they_edit_their_own_entries_and_only_an_owner_invites(demo: None) -> None:
    members.create()
    owner, editor = member("awo-owner"), member("awo-editor")
    own, foreign = (Listing.objects.get(slug=slug) for slug in ("jena-awo-mig", "dus-respekt-coaches"))
    assert [may_edit(each.user, own) for each in (owner, editor)] == [True, True]
    assert not may_edit(owner.user, foreign)
    assert [may_invite(each.user, own.organisation) for each in (owner, editor)] == [True, False]
    assert not owner.user.has_perm("wagtailadmin.access_admin")


def test_made_again_nothing_is_made_and_nothing_told(demo: None) -> None:
    members.create()
    counts = (Membership.objects.count(), Upkeep.objects.count())
    assert members.create() == {}
    assert (Membership.objects.count(), Upkeep.objects.count()) == counts


def test_whom_somebody_has_removed_does_not_come_back(demo: None) -> None:
    members.create()
    member("awo-editor").delete()
    assert members.create() == {}
    assert not Membership.objects.filter(user__username="awo-editor").exists()


def test_staff_see_each_step_of_being_asked(demo: None) -> None:
    members.create()
    steps = {
        each.organisation.slug: each.step
        for each in standings(localdate())
        if each.organisation.slug in members.UPKEEP
    }
    assert steps == {
        "awo-jena": Step.ASK,
        "diakonie-duesseldorf": Step.ASK,
        "jena-iberoamerica": Step.ASKED,
        "jena-welcome": Step.REMINDED,
        "jena-lpd": Step.SILENT,
        "th-denkbunt": Step.ANSWERED,
    }


def test_every_address_is_nobodys(demo: None) -> None:
    members.create()
    addresses = {*Upkeep.objects.values_list("email", flat=True), *(each.email for each in members.MEMBERS)}
    assert all(address.endswith("@example.org") for address in addresses)


def test_without_its_organisations_nothing_is_made(db: None) -> None:
    assert members.create() == {}
    assert not Upkeep.objects.exists()
