"""The mailed link signs in once, for whoever reads the mail, and tells strangers nothing."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.utils import timezone
from pytest_django.fixtures import Settings

from directory import mail_links
from directory.mail_links import Purpose
from directory.models import MailLink, Membership
from tests.integration.directory.making import superuser
from tests.integration.wegweiser.members.entering import (
    asks_for_link,
    is_in,
    mailed_path,
    member,
    said,
    set_up,
    signed_in,
    visitor,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def asel(db: None) -> User:
    return member(language="tr")


class TestAsking:
    def test_mails_a_link_in_german_and_in_the_members_language(self, asel: User) -> None:
        answer = asks_for_link(visitor())
        assert answer.headers["Location"] == "/konto/anmelden/unterwegs/"
        [letter] = mail.outbox
        assert letter.to == ["asel@example.org"]
        assert str(letter.body).count(mailed_path()) == 2  # once in each language
        assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
        assert "asel" not in letter.subject

    def test_a_stranger_learns_nothing_and_gets_no_mail(self, asel: User) -> None:
        superuser("chris")  # staff without a membership are strangers here
        known = asks_for_link(visitor())
        for address in ("nobody@example.org", "chris@example.org"):
            unknown = asks_for_link(visitor(), address)
            assert (unknown.status_code, unknown.headers["Location"]) == (
                known.status_code,
                known.headers["Location"],
            )
        assert [letter.to for letter in mail.outbox] == [["asel@example.org"]]

    def test_two_accounts_with_one_address_are_no_guess(self, asel: User) -> None:
        twin = member("twin")
        twin.email = "asel@example.org"
        twin.save()
        asks_for_link(visitor())
        assert mail.outbox == []

    def test_a_closed_account_gets_none(self, asel: User) -> None:
        asel.is_active = False
        asel.save()
        asks_for_link(visitor())
        assert mail.outbox == []

    def test_what_is_no_address_is_said_beside_the_field(self, asel: User) -> None:
        answer = asks_for_link(visitor(), "asel@")
        page = said(answer)
        assert answer.status_code == 422
        assert 'value="asel@"' in page
        assert 'aria-describedby="id_email_error"' in page

    def test_five_an_hour_and_the_owners_browser_apart(self, asel: User) -> None:
        known = signed_in()
        known.post("/konto/abmelden/")
        told = [asks_for_link(visitor(REMOTE_ADDR=f"198.51.{number}.1")) for number in range(6)]
        assert [answer.status_code for answer in told] == [302] * 5 + [429]
        assert "Too many" in said(told[-1])
        assert asks_for_link(known).status_code == 302
        assert len(mail.outbox) == 6

    def test_strangers_are_throttled_alike(self, db: None) -> None:
        told = [
            asks_for_link(visitor(REMOTE_ADDR=f"198.51.{number}.1"), "nobody@example.org") for number in range(6)
        ]
        assert [answer.status_code for answer in told] == [302] * 5 + [429]

    def test_a_network_has_thirty(self, db: None) -> None:
        told = [asks_for_link(visitor(), f"a{number}@example.org").status_code for number in range(31)]
        assert told == [302] * 30 + [429]

    def test_without_mail_there_is_the_password_only(self, asel: User, settings: Settings) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        page = said(visitor().get("/konto/anmelden/"))
        assert "anmelden/link/" not in page
        assert 'name="password"' in page
        assert asks_for_link(visitor()).status_code == 404

    def test_no_address_of_a_network_is_kept(self, asel: User, tmp_path: Path) -> None:
        asks_for_link(visitor(REMOTE_ADDR="203.0.113.77"))
        kept = repr(cache._cache) + repr(list(MailLink.objects.values()))  # type: ignore[attr-defined]
        kept += "".join(str(letter.message()) for letter in mail.outbox)
        assert "203.0.113" not in kept


class TestFollowing:
    def link(self, **more: str) -> str:
        asks_for_link(visitor(), **more)
        return mailed_path()

    def test_opening_it_changes_nothing_and_one_button_signs_in(self, asel: User) -> None:
        path = self.link()
        for _scanner in range(3):
            page = said(visitor().get(path))
            assert "asel@example.org" in page
        assert page.count("<button") == 1
        client = visitor()
        assert client.post(path).headers["Location"] == "/konto/"
        assert is_in(client)
        assert client.cookies["sessionid"]["max-age"] == ""  # gone with the browser

    def test_it_works_once(self, asel: User) -> None:
        path = self.link()
        visitor().post(path)
        late = visitor()
        for answer in (late.get(path), late.post(path)):
            assert answer.status_code == 410
            assert "This link has been used" in said(answer)
            assert 'action="/konto/anmelden/link/"' in said(answer)
        assert not is_in(late)

    def test_it_ends_after_half_an_hour(self, asel: User) -> None:
        path = self.link()
        link = MailLink.objects.get()
        assert timedelta(minutes=29) < link.expires_at - timezone.now() <= timedelta(minutes=30)
        link.expires_at = timezone.now() - timedelta(seconds=1)
        link.save()
        client = visitor()
        answer = client.post(path)
        assert (answer.status_code, "This link works no longer" in said(answer)) == (410, True)
        assert not is_in(client)

    @pytest.mark.parametrize("purpose", [each for each in Purpose if each is not Purpose.SIGN_IN])
    def test_a_link_for_something_else_signs_nobody_in(self, asel: User, purpose: Purpose) -> None:
        about = {"user": asel.pk}
        token = mail_links.issue(purpose=purpose, valid_for=timedelta(1), email=asel.email, about=about)
        client = visitor()
        assert client.post(f"/konto/anmelden/link/{token}/").status_code == 410
        assert not is_in(client)

    def test_it_leads_to_the_page_that_was_asked_for(self, asel: User) -> None:
        path = self.link(next="/konto/zugang/passwort/")
        assert visitor().post(path).headers["Location"] == "/konto/zugang/passwort/"

    @pytest.mark.parametrize("target", ["https://evil.example/", "/admin/", "//evil.example/konto/"])
    def test_and_nowhere_else(self, asel: User, target: str) -> None:
        path = self.link(next=target)
        assert visitor().post(path).headers["Location"] == "/konto/"

    def test_a_new_address_is_somebody_else(self, asel: User) -> None:
        path = self.link()
        asel.email = "new@example.org"
        asel.save()
        client = visitor()
        assert client.post(path).status_code == 410
        assert not is_in(client)

    def test_who_was_removed_meanwhile_stays_out(self, asel: User) -> None:
        path = self.link()
        Membership.objects.all().delete()
        client = visitor()
        assert client.post(path).status_code == 403
        assert not is_in(client)

    def test_the_second_factor_is_asked_all_the_same(self, asel: User) -> None:
        _secret, codes = set_up(signed_in())
        path = self.link()
        client: Any = visitor()
        assert client.post(path).headers["Location"] == "/konto/anmelden/code/"
        assert not is_in(client)
        assert client.post("/konto/anmelden/code/", {"code": "000000"}).status_code == 200
        assert not is_in(client)
        assert client.post("/konto/anmelden/code/", {"code": codes[0]}).status_code == 302
        assert is_in(client)

    def test_it_opens_nothing_of_staff(self, db: None) -> None:
        chris = superuser("chris")
        member("chris")
        asks_for_link(visitor(), chris.email)
        client = visitor()
        client.post(mailed_path())
        assert is_in(client)
        assert client.get("/admin/").headers["Location"].startswith("/admin/login/")
