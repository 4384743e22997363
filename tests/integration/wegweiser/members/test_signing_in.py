"""Sign-in of members: by a password or by a mailed link, below /konto/ only."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from directory.models import Membership
from tests.integration.directory.making import superuser
from tests.integration.staff.signing_in import PASSWORD, sign_in, with_password
from tests.integration.wegweiser.members.entering import by_password, is_in, member, said, signed_in, visitor
from wegweiser import roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def asel(db: None) -> User:
    return member()


class TestPassword:
    def test_opens_the_members_pages(self, asel: User) -> None:
        client = visitor()
        assert by_password(client, "asel").headers["Location"] == "/konto/"
        assert client.get("/konto/").status_code == 200

    def test_a_wrong_one_opens_nothing_and_keeps_the_address(self, asel: User) -> None:
        client = visitor()
        page = said(by_password(client, "asel", "wrong"))
        assert 'value="asel@example.org"' in page
        assert 'value="wrong"' not in page
        assert not is_in(client)

    def test_a_stranger_is_answered_like_a_wrong_password(self, asel: User) -> None:
        def told(name: str) -> str:
            page = said(by_password(visitor(), name, "wrong")).replace(name, "")
            return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page)

        assert told("asel") == told("nobody")

    def test_nine_tries_an_hour(self, asel: User) -> None:
        for number in range(9):
            by_password(visitor(REMOTE_ADDR=f"198.51.{number}.1"), "asel", "wrong")
        answer = by_password(visitor(REMOTE_ADDR="198.51.99.1"), "asel")
        assert "Too many" in said(answer)

    def test_known_browsers_have_tries_of_their_own(self, asel: User) -> None:
        known = signed_in()
        known.post("/konto/abmelden/")
        for number in range(9):
            by_password(visitor(REMOTE_ADDR=f"198.51.{number}.1"), "asel", "wrong")
        assert by_password(known, "asel").status_code == 302

    def test_leads_to_the_page_that_was_asked_for(self, asel: User) -> None:
        client = visitor()
        sent_away = client.get("/konto/zugang/passwort/").headers["Location"]
        assert sent_away == "/konto/anmelden/?next=/konto/zugang/passwort/"
        answer = by_password(client, "asel", next="/konto/zugang/passwort/")
        assert answer.headers["Location"] == "/konto/zugang/passwort/"

    @pytest.mark.parametrize(
        "target", ["https://evil.example/", "//evil.example/konto/", "/admin/", "/de/", "javascript:alert(1)", ""]
    )
    def test_and_nowhere_else(self, asel: User, target: str) -> None:
        assert by_password(visitor(), "asel", next=target).headers["Location"] == "/konto/"


class TestWhoMayNot:
    def test_staff_without_a_membership(self) -> None:
        with_password(superuser("chris"))
        client = visitor()
        answer = by_password(client, "chris")
        assert answer.status_code == 403
        assert "belong to no organisation" in said(answer)
        assert not is_in(client)

    def test_a_closed_account(self, asel: User) -> None:
        asel.is_active = False
        asel.save()
        client = visitor()
        by_password(client, "asel")
        assert not is_in(client)

    def test_who_was_removed_is_out_at_the_next_page(self, asel: User) -> None:
        client = signed_in()
        Membership.objects.filter(user=asel).delete()
        for page in ("/konto/", "/konto/zugang/", "/konto/stelle/house/mitglieder/", "/konto/nowhere/"):
            assert client.get(page).status_code == 403, page
        assert client.post("/konto/abmelden/").headers["Location"] == "/konto/anmelden/"

    def test_members_never_get_into_the_admin(self, asel: User) -> None:
        client = visitor()
        assert sign_in(client, "asel").status_code == 403
        client.force_login(asel)
        for page in ("/admin/", "/admin/account/", "/admin/users/", "/admin/snippets/directory/listing/"):
            assert client.get(page).status_code in (302, 403), page
            assert "logout" in said(client.get(page, follow=True)) or client.get(page).status_code == 302

    def test_nobody_makes_an_account_alone(self, db: None) -> None:
        given = {"email": "a@example.org", "username": "eve", "password1": PASSWORD}
        for address in ("/konto/signup/", "/konto/anmelden/signup/", "/konto/zugang/email/"):
            assert visitor().post(address, given).status_code in (302, 404)
        assert not User.objects.exists()


class TestPages:
    OPEN = ("/konto/anmelden/", "/konto/anmelden/unterwegs/", "/konto/geschlossen/", "/konto/einladung/none/")
    OWN = ("/konto/zugang/", "/konto/zugang/passwort/", "/konto/zugang/app/", "/konto/abmelden/")

    def test_nothing_of_them_is_kept_framed_or_told(self, asel: User) -> None:
        for client, pages in (
            (visitor(), self.OPEN),
            (signed_in(), (*self.OWN, "/konto/stelle/house/mitglieder/")),
        ):
            for page in pages:
                headers = client.get(page).headers
                assert headers["Cache-Control"] == "private, no-store", page
                assert headers["Referrer-Policy"] == "same-origin", page
                assert headers["X-Frame-Options"] == "DENY", page
                assert "unsafe" not in headers["Content-Security-Policy"], page
                assert "script-src 'self'" in headers["Content-Security-Policy"], page

    def test_no_page_is_staffs_or_another_servers(self, asel: User) -> None:
        for client, pages in (
            (visitor(), self.OPEN),
            (signed_in(), (*self.OWN, "/konto/stelle/house/mitglieder/")),
        ):
            for page in pages:
                text = said(client.get(page))
                assert "/admin/" not in text, page
                assert "wagtail" not in text.lower(), page
                assert not re.search(r"""(src|href|action)=["'](https?:)?//""", text), page
                assert 'name="robots" content="noindex"' in text, page
                assert 'href="tel:110"' in text, page

    def test_the_browser_says_in_which_language(self, db: None) -> None:
        for asked, language in (("tr", "tr"), ("ar", "ar"), ("fr", "de")):
            assert f'<html lang="{language}"' in said(visitor(asked).get("/konto/anmelden/"))

    def test_or_the_switch_on_the_page_which_keeps_the_way(self, db: None) -> None:
        page = said(visitor("de").get("/konto/anmelden/?language=ar&next=/konto/zugang/"))
        assert '<html lang="ar" dir="rtl"' in page
        assert 'href="/konto/anmelden/?language=tr&amp;next=/konto/zugang/"' in page

    def test_a_member_reads_the_language_of_the_membership(self) -> None:
        member("dana", of="verein", language="uk")
        assert '<html lang="uk"' in said(signed_in("dana").get("/konto/zugang/?language=ar"))

    def test_an_address_that_is_not_there_is_not_sent_on(self, asel: User) -> None:
        assert signed_in().get("/konto/nowhere/at/all/").status_code == 404
        assert visitor().get("/konto/nowhere/at/all/").status_code == 404

    def test_whoever_types_less_gets_there(self, asel: User) -> None:
        assert visitor().get("/konto").headers["Location"] == "/konto/"

    def test_visitors_find_the_door_and_search_engines_do_not(self, db: None) -> None:
        assert 'href="/konto/"' in said(visitor("de").get("/de/"))
        assert "Disallow: /konto/" in said(visitor().get("/robots.txt"))

    def test_a_wrong_password_is_told_in_our_words(self, asel: User) -> None:
        assert "The e-mail address or the password is wrong." in said(by_password(visitor(), "asel", "wrong"))

    def test_a_post_without_its_token_is_refused(self, asel: User) -> None:
        client = Client(enforce_csrf_checks=True)
        assert by_password(client, "asel").status_code == 403
        client.get("/konto/anmelden/")
        token = client.cookies["csrftoken"].value
        assert by_password(client, "asel", csrfmiddlewaretoken=token).status_code == 302


class TestSession:
    def test_it_ends_after_twelve_hours(self, asel: User, monkeypatch: pytest.MonkeyPatch) -> None:
        client = signed_in()
        start = client.session["signed_in_at"]
        for hours, still in ((11.9, True), (12.1, False)):
            monkeypatch.setattr("wegweiser.staff.middleware.time.time", lambda at=start + hours * 3600: at)
            assert is_in(client) is still, hours

    def test_it_ends_with_the_browser(self, asel: User) -> None:
        assert signed_in().cookies["sessionid"]["max-age"] == ""

    def test_a_new_one_for_a_new_person(self, asel: User) -> None:
        client = visitor()
        client.get("/konto/anmelden/code/")
        before = client.session.session_key
        by_password(client, "asel")
        assert client.session.session_key != before

    def test_somebody_who_is_staff_and_member_signs_in_twice(self, db: None) -> None:
        roles.install()
        both = member("both")
        both.groups.add(*Group.objects.filter(name="Editor"))
        client: Any = visitor()
        by_password(client, "both")
        assert is_in(client)
        assert sign_in(client, "both").status_code == 302  # ends the one below /konto/
        assert not is_in(client)
