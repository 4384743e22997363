"""Who keeps an organisation's entries: invited by mail, led by owners, and never left without one."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings
from wagtail.models import ModelLogEntry

from directory import mail_links, memberships
from directory.mail_links import Purpose, UnusableError, UsedError
from directory.memberships import AlreadyMemberError, LastOwnerError
from directory.models import Invitation, MailLink, Membership, Role
from tests.integration.directory.making import person, superuser, undone
from tests.integration.staff.signing_in import with_password
from tests.integration.wegweiser.members.entering import (
    house,
    is_in,
    mailed_path,
    member,
    said,
    set_up,
    signed_in,
    visitor,
)
from wegweiser import nightly

pytestmark = pytest.mark.django_db
PEOPLE = "/konto/stelle/house/mitglieder/"


@pytest.fixture
def asel(db: None) -> User:
    return member()


@pytest.fixture
def owner(asel: User) -> Client:
    return signed_in("asel")


@pytest.fixture
def invite(asel: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Any:
    def ask(client: Client, email: str = "dana@example.org", **more: str) -> Any:
        given = {"email": email, "role": "editor", "language": "tr"} | more
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(f"{PEOPLE}einladen/", given)

    return ask


def in_german(words: str) -> str:
    """The language of the page is the one of the part of the mail in which the link stands first."""
    with translation.override("de"):
        return translation.gettext(words)


def rows(slug: str = "house") -> dict[str, str]:
    found = Membership.objects.filter(organisation__slug=slug).select_related("user")
    return {each.user.email: each.role for each in found}


def membership(name: str) -> Membership:
    return Membership.objects.get(user__username=name)


class TestInviting:
    def test_by_mail_in_german_and_in_the_language_of_the_invited(self, owner: Client, invite: Any) -> None:
        assert invite(owner).headers["Location"] == PEOPLE
        [letter] = mail.outbox
        assert letter.to == ["dana@example.org"]
        assert "?language=de" in str(letter.body)
        assert "?language=tr" in str(letter.body)
        assert "asel" not in letter.subject

    def test_one_button_makes_the_account_and_signs_in(self, owner: Client, invite: Any) -> None:
        invite(owner)
        path = mailed_path()
        for _scanner in range(3):
            page = said(visitor().get(path))
        assert page.count("<button") == 1
        assert "Haus der Vielfalt" in page
        assert not User.objects.filter(email="dana@example.org").exists()
        client = visitor()
        assert client.post(path).headers["Location"] == "/konto/"
        assert is_in(client)
        dana = User.objects.get(email="dana@example.org")
        assert not dana.has_usable_password()
        assert not dana.is_staff
        assert rows() == {"asel@example.org": "owner", "dana@example.org": "editor"}
        assert Membership.objects.get(user=dana).language == "tr"

    def test_the_link_works_once(self, owner: Client, invite: Any) -> None:
        invite(owner)
        visitor().post(mailed_path())
        late = visitor()
        for answer in (late.get(mailed_path()), late.post(mailed_path())):
            assert answer.status_code == 410
            assert in_german("This invitation has been accepted") in said(answer)
        assert not is_in(late)

    def test_it_ends_after_two_weeks(self, owner: Client, invite: Any) -> None:
        invite(owner)
        link = MailLink.objects.get(purpose=Purpose.INVITATION)
        assert timedelta(13) < link.expires_at - timezone.now() <= timedelta(14)
        link.expires_at = timezone.now() - timedelta(seconds=1)
        link.save()
        answer = visitor().post(mailed_path())
        assert answer.status_code == 410
        assert in_german("This invitation works no longer") in said(answer)
        assert rows() == {"asel@example.org": "owner"}

    def test_taken_back_it_opens_nothing(self, owner: Client, invite: Any) -> None:
        invite(owner)
        owner.post(f"/konto/stelle/house/einladungen/{Invitation.objects.get().pk}/weg/")
        assert visitor().get(mailed_path()).status_code == 410
        assert visitor().post(mailed_path()).status_code == 410
        assert rows() == {"asel@example.org": "owner"}

    def test_the_newest_counts(self, owner: Client, invite: Any) -> None:
        invite(owner)
        first = mailed_path()
        invite(owner, role="owner")
        assert visitor().post(first).status_code == 410
        visitor().post(mailed_path())
        assert rows()["dana@example.org"] == "owner"

    @pytest.mark.parametrize("purpose", [each for each in Purpose if each is not Purpose.INVITATION])
    def test_another_link_is_no_invitation(self, asel: User, purpose: Purpose) -> None:
        invitation = Invitation(organisation=house(), email="eve@example.org", role="owner")
        invitation.save()
        about = {"invitation": invitation.pk}
        token = mail_links.issue(purpose=purpose, valid_for=timedelta(1), about=about)
        assert visitor().post(f"/konto/einladung/{token}/").status_code == 410
        assert "eve@example.org" not in rows()

    def test_whoever_has_an_account_keeps_it(self, owner: Client, invite: Any) -> None:
        dana = member("dana", of="verein")
        invite(owner, "DANA@example.org")
        client = visitor()
        client.post(mailed_path())
        assert [each.organisation.slug for each in dana.memberships.all()] == ["house", "verein"]
        assert dana.check_password("a long and quiet river")
        assert User.objects.filter(email__iexact="dana@example.org").count() == 1

    def test_and_the_second_factor(self, owner: Client, invite: Any) -> None:
        member("dana", of="verein")
        set_up(signed_in("dana"))
        invite(owner)
        client = visitor()
        assert client.post(mailed_path()).headers["Location"] == "/konto/anmelden/code/"
        assert not is_in(client)

    def test_staff_get_in_here_but_not_into_the_admin_by_it(self, owner: Client, invite: Any) -> None:
        superuser("chris")
        invite(owner, "chris@example.org")
        client = visitor()
        client.post(mailed_path())
        assert is_in(client)
        assert client.get("/admin/").headers["Location"].startswith("/admin/login/")

    def test_a_closed_account_is_not_opened_by_it(self, owner: Client, invite: Any) -> None:
        dana = person("dana")
        dana.is_active = False
        dana.save()
        invite(owner)
        assert visitor().post(mailed_path()).status_code == 410
        assert "dana@example.org" not in rows()
        assert MailLink.objects.get(purpose=Purpose.INVITATION).used_at is None

    def test_two_accounts_with_the_address_are_no_guess(self, owner: Client, invite: Any) -> None:
        for name in ("dana", "twin"):
            made = person(name)
            made.email = "dana@example.org"
            made.save()
        invite(owner)
        assert visitor().post(mailed_path()).status_code == 410

    def test_nobody_gets_the_account_that_is_named_like_the_address(self, owner: Client, invite: Any) -> None:
        made = User.objects.create_user("dana@example.org", "other@example.org")
        invite(owner)
        assert visitor().post(mailed_path()).status_code == 410
        assert not made.memberships.exists()

    def test_members_are_not_invited_again(self, owner: Client, invite: Any) -> None:
        answer = invite(owner, "Asel@Example.org")
        assert (answer.status_code, mail.outbox) == (422, [])
        assert "is a member already" in said(answer)

    @pytest.mark.parametrize(
        ("field", "value"), [("email", "no address"), ("role", "admin"), ("language", "xx"), ("email", "")]
    )
    def test_what_is_wrong_is_said_beside_its_field(
        self, owner: Client, invite: Any, field: str, value: str
    ) -> None:
        answer = invite(owner, **{field: value})
        assert answer.status_code == 422
        assert f'id="id_{field}_error"' in said(answer)
        assert not Invitation.objects.exists()

    def test_without_mail_there_is_no_form(self, owner: Client, settings: Settings) -> None:
        assert f'action="{PEOPLE}einladen/"' in said(owner.get(PEOPLE))
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        assert f'action="{PEOPLE}einladen/"' not in said(owner.get(PEOPLE))

    def test_one_that_ran_out_is_told(self, owner: Client) -> None:
        for days, over in ((13, False), (15, True)):
            invitation = Invitation(organisation=house(), email="x@example.org")
            invitation.save()
            invitation.invited_at = timezone.now() - timedelta(days)
            invitation.save()
            assert ("The link has run out" in said(owner.get(PEOPLE))) is over

    @pytest.mark.parametrize("answered", [True, False])
    def test_old_ones_are_forgotten_at_night(self, owner: Client, answered: bool) -> None:
        for days in (43, 45):
            invitation = Invitation(organisation=house(), email=f"x{days}@example.org")
            invitation.save()
            invitation.invited_at = timezone.now() - timedelta(days)
            invitation.accepted_at = timezone.now() if answered else None
            invitation.save()
        assert memberships.forget_old() == 1
        assert [each.email for each in Invitation.objects.all()] == ["x43@example.org"]

    def test_twenty_an_hour_and_organisation(self, owner: Client, invite: Any, settings: Settings) -> None:
        told = [invite(owner, f"a{number}@example.org").status_code for number in range(21)]
        assert told == [302] * 20 + [422]
        assert (len(mail.outbox), Invitation.objects.count()) == (20, 20)
        assert "too many" in said(invite(owner, "b@example.org"))

    def test_nothing_is_mailed_when_it_is_not_kept(
        self, asel: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        given = {"email": "d@example.org", "role": "editor", "language": "de"}
        with django_capture_on_commit_callbacks(execute=True), undone():
            memberships.invite(organisation=house(), by=asel, **given)
        assert (mail.outbox, Invitation.objects.count()) == ([], 0)


class TestRoles:
    def test_owners_change_them(self, owner: Client) -> None:
        dana = member("dana", role=Role.EDITOR)
        owner.post(f"{PEOPLE}{membership('dana').pk}/rolle/", {"role": "owner"})
        assert rows()[dana.email] == "owner"
        owner.post(f"{PEOPLE}{membership('dana').pk}/rolle/", {"role": "editor"})
        assert rows()[dana.email] == "editor"

    def test_a_role_that_is_none_is_refused(self, owner: Client) -> None:
        member("dana", role=Role.EDITOR)
        assert owner.post(f"{PEOPLE}{membership('dana').pk}/rolle/", {"role": "king"}).status_code == 404

    def test_the_last_owner_stays_one(self, owner: Client) -> None:
        member("dana", role=Role.EDITOR)
        own = membership("asel").pk
        answer = owner.post(f"{PEOPLE}{own}/rolle/", {"role": "editor"}, follow=True)
        assert "The last owner stays" in said(answer)
        answer = owner.post(f"{PEOPLE}{own}/entfernen/", follow=True)
        assert "The last owner stays" in said(answer)
        assert rows()["asel@example.org"] == "owner"

    def test_with_a_second_one_the_first_may_go(self, owner: Client) -> None:
        member("dana")
        answer = owner.post(f"{PEOPLE}{membership('asel').pk}/entfernen/")
        assert answer.headers["Location"] == "/konto/"
        assert rows() == {"dana@example.org": "owner"}
        assert owner.get("/konto/").status_code == 403

    def test_removing_asks_first(self, owner: Client) -> None:
        dana = member("dana", role=Role.EDITOR)
        address = f"{PEOPLE}{membership('dana').pk}/entfernen/"
        assert dana.email in said(owner.get(address))
        assert dana.email in rows()
        owner.post(address)
        assert dana.email not in rows()
        assert User.objects.filter(pk=dana.pk).exists()  # what this person wrote keeps its name

    def test_staff_may_remove_the_last_owner(self, asel: User) -> None:
        memberships.remove(membership=membership("asel"), by=person("chris", "change_organisation"))
        assert rows() == {}

    @pytest.mark.parametrize("verb", ["invite", "take_back", "change_role", "remove"])
    def test_the_verbs_ask_who_may(self, asel: User, verb: str) -> None:
        member("dana", role=Role.EDITOR)
        stranger, editor = member("eve", of="verein"), User.objects.get(username="dana")
        invitation = Invitation(organisation=house(), email="x@example.org")
        invitation.save()
        given: dict[str, Any] = {
            "invite": {"organisation": house(), "email": "y@example.org", "role": "owner", "language": "de"},
            "take_back": {"invitation": invitation},
            "change_role": {"membership": membership("asel"), "role": "editor"},
            "remove": {"membership": membership("asel")},
        }
        for by in (stranger, editor):
            with pytest.raises(PermissionDenied):
                getattr(memberships, verb)(by=by, **given[verb])

    def test_the_history_says_who_did_what(self, asel: User) -> None:
        given: dict[str, Any] = {"organisation": house(), "role": "editor", "language": "de", "by": asel}
        memberships.invite(email="dana@example.org", **given)
        memberships.take_back(invitation=Invitation.objects.get(), by=asel)
        member("dana", role=Role.EDITOR)
        memberships.change_role(membership=membership("dana"), role="owner", by=asel)
        memberships.remove(membership=membership("dana"), by=asel)
        told = [
            (each.action, each.user, each.data["who"])
            for each in ModelLogEntry.objects.filter(action__startswith="wegweiser.").order_by("pk")
        ]
        assert told == [
            ("wegweiser.invite", asel, "dana@example.org"),
            ("wegweiser.take_back", asel, "dana@example.org"),
            ("wegweiser.change_role", asel, "dana"),
            ("wegweiser.remove", asel, "dana"),
        ]
        with translation.override("en"):
            sentences = [str(each.message) for each in ModelLogEntry.objects.order_by("pk")]
        assert "Invited dana@example.org" in sentences
        assert not [each for each in sentences if "wegweiser." in each]

    def test_already_member_and_last_owner_are_told_apart(self, asel: User) -> None:
        given: dict[str, Any] = {"organisation": house(), "role": "editor", "language": "de", "by": asel}
        with pytest.raises(AlreadyMemberError):
            memberships.invite(email="ASEL@example.org", **given)
        with pytest.raises(LastOwnerError):
            memberships.remove(membership=membership("asel"), by=asel)

    def test_an_invitation_that_was_used_is_told_apart(self, asel: User, owner: Client, invite: Any) -> None:
        invite(owner)
        found = re.search(r"/einladung/([^/]+)/", mailed_path())
        assert found
        memberships.accept(found[1])
        with pytest.raises(UsedError):
            memberships.accept(found[1])
        with pytest.raises(UnusableError):
            memberships.invited("nonsense")


class TestWhoSees:
    def test_editors_read_the_list_and_may_leave(self, asel: User) -> None:
        member("dana", role=Role.EDITOR)
        client = signed_in("dana")
        page = said(client.get(PEOPLE))
        assert "asel@example.org" in page
        assert "einladen" not in page
        assert page.count("/entfernen/") == 1
        own, other = membership("dana").pk, membership("asel").pk
        assert client.post(f"{PEOPLE}einladen/", {"email": "x@example.org"}).status_code == 404
        assert client.post(f"{PEOPLE}{own}/rolle/", {"role": "owner"}).status_code == 404
        assert client.post(f"{PEOPLE}{other}/entfernen/").status_code == 404
        assert rows() == {"asel@example.org": "owner", "dana@example.org": "editor"}
        client.post(f"{PEOPLE}{own}/entfernen/")
        assert rows() == {"asel@example.org": "owner"}

    def test_for_others_there_is_nothing(self, asel: User) -> None:
        member("eve", of="verein")
        invitation = Invitation(organisation=house(), email="x@example.org")
        invitation.save()
        client, own = signed_in("eve"), membership("asel").pk
        for slug, pk in (("house", own), ("verein", own), ("nowhere", own)):
            start = f"/konto/stelle/{slug}/mitglieder/"
            if slug != "verein":
                assert client.get(start).status_code == 404
                assert client.post(f"{start}einladen/", {"email": "x@example.org"}).status_code == 404
            assert client.get(f"{start}{pk}/entfernen/").status_code == 404
            assert client.post(f"{start}{pk}/entfernen/").status_code == 404
            assert client.post(f"{start}{pk}/rolle/", {"role": "owner"}).status_code == 404
            assert client.post(f"/konto/stelle/{slug}/einladungen/{invitation.pk}/weg/").status_code == 404
        assert rows() == {"asel@example.org": "owner"}
        assert Invitation.objects.exists()

    def test_visitors_sign_in_first(self, asel: User) -> None:
        assert visitor().get(PEOPLE).headers["Location"] == f"/konto/anmelden/?next={PEOPLE}"

    def test_reading_changes_nothing(self, owner: Client) -> None:
        pk = membership("asel").pk
        for address in ("einladen/", f"{pk}/rolle/"):
            assert owner.get(PEOPLE + address).status_code == 405

    def test_a_name_is_text(self, owner: Client) -> None:
        eve = with_password(member("eve", role=Role.EDITOR))
        eve.email, eve.username = "", "<script>alert(1)</script>"
        eve.save()
        assert "<script>alert" not in said(owner.get(PEOPLE))


def test_the_night_forgets_invitations(asel: User, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    for name in ("ledger.forget", "forgetting.forget", "links.attempt", "upkeep.attempt", "proofs.examine"):
        monkeypatch.setattr(f"wegweiser.nightly.{name}", lambda *_given: [])
    monkeypatch.setattr("directory.memberships.forget_old", lambda: asked.append("forgotten"))
    nightly.run()
    assert asked == ["forgotten"]
