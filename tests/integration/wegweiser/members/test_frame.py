"""Every page of the members' sign-in, whoever asks: in our own frame, in the reader's language, below one path."""

from datetime import timedelta
from pathlib import Path

import django
import pytest
from allauth.core import context
from django.conf import settings as project
from django.contrib.auth.models import User
from django.template import Template
from django.test import RequestFactory
from django.urls import URLPattern, reverse
from hypothesis import given
from hypothesis import strategies as st

from directory import mail_links, mailing
from directory.languages import direction
from directory.mail_links import Purpose
from directory.models import Invitation
from tests.integration.directory.making import organisation
from tests.integration.wegweiser.members.entering import member, said, set_up, signed_in, visitor
from wegweiser.members import urls
from wegweiser.members.accounts import MemberAdapter, adapter
from wegweiser.members.middleware import URLCONF
from wegweiser.staff.accounts import StaffAdapter

NAMES = [pattern.name or "" for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)]
LANGUAGES = [code for code, _name in project.LANGUAGES]
ROOT = Path(__file__).resolve().parents[4]
OF_STAFF = ("account/", "mfa/", "staff/", "wagtailadmin/", "socialaccount/")


@pytest.fixture
def asel(db: None) -> User:
    return member()


def address(name: str, asel: User) -> str:
    """With everything in it that is there."""
    invitation = Invitation(organisation=asel.memberships.get().organisation, email="x@example.org")
    invitation.save()
    tokens = {"member_link": (Purpose.SIGN_IN, {"user": asel.pk})}
    tokens["member_invitation"] = (Purpose.INVITATION, {"invitation": invitation.pk})
    if name in tokens:
        purpose, about = tokens[name]
        token = mail_links.issue(purpose=purpose, valid_for=timedelta(1), email=asel.email, about=about)
        return reverse(name, URLCONF, [token])
    if name in ("member_role", "member_remove"):
        return reverse(name, URLCONF, ["house", asel.memberships.get().pk])
    if name == "member_take_back":
        return reverse(name, URLCONF, ["house", invitation.pk])
    return reverse(name, URLCONF, ["house"] if name in ("member_people", "member_invite") else [])


def foreign(template: Template) -> bool:
    """Of staff's frame, or a text of allauth, which speaks few of our languages."""
    name, origin = template.name or "", Path(template.origin.name)
    ours = origin.is_relative_to(ROOT) and ".venv" not in origin.parts
    of_django = origin.is_relative_to(Path(django.__file__).parent)
    return not (ours or of_django) or (name.startswith(OF_STAFF) and "/messages/" not in name)


@pytest.mark.parametrize("name", NAMES)
def test_no_template_of_staff_or_of_allauth_is_used(asel: User, name: str) -> None:
    url = address(name, asel)
    protected = signed_in()
    set_up(protected)
    for client in (visitor(), protected):
        for answer in (client.get(url), client.post(url, {})):
            assert answer.status_code < 500
            assert [each.name for each in answer.templates if each.name and foreign(each)] == []
            assert not answer.headers.get("Location", "/konto/").startswith("/admin/")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["account_login", "member_link_sent", "member_link", "member_invitation"])
def test_before_sign_in_in_the_language_of_the_browser(asel: User, name: str, language: str) -> None:
    page = said(visitor(language).get(address(name, asel)))
    assert f'<html lang="{language}" dir="{direction(language)}">' in page
    for other in LANGUAGES:
        assert f'?language={other}"' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_afterwards_in_the_language_of_the_membership(db: None, language: str) -> None:
    member(language=language)
    client = signed_in()
    for name in ("mfa_index", "mfa_activate_totp", "member_password", "account_logout"):
        assert f'<html lang="{language}" ' in said(client.get(reverse(name, URLCONF))), name


@pytest.mark.parametrize("name", NAMES)
def test_the_root_leads_to_the_same_page_under_a_name_of_its_own(asel: User, name: str) -> None:
    url = address(name, asel)
    assert url.startswith("/konto/")
    if not name.startswith("member_"):
        assert reverse(f"members:{name}") == url
        assert name == "account_inactive" or reverse(name).startswith("/admin/")


@pytest.mark.parametrize("template", ["sign_in", "invitation"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_are_plain_german_first_and_lead_to_us_only(db: None, template: str, language: str) -> None:
    told = {"token": "tok:en", "minutes": 30, "days": 14, "role": "owner", "organisation": organisation()}
    letter = mailing.mail("info@example.org", template, told, language)
    lines = str(letter.body).splitlines()
    links = [line for line in lines if "://" in line and "tok:en" in line]
    assert len(links) == (1 if language == "de" else 2)
    assert all(link.startswith("http://localhost:8000/konto/") for link in links)
    assert letter.content_subtype == "plain"
    assert not letter.attachments
    assert "<" not in str(letter.body)
    assert len(letter.subject.splitlines()) == 1


@given(
    st.text(max_size=60) | st.from_regex(r"(https?:)?[/\\]{1,3}[a-z.]{0,12}/konto/[a-z/.]{0,12}", fullmatch=True)
)
def test_whatever_the_target_is_nobody_leaves_the_members_pages(target: str) -> None:
    with context.request_context(RequestFactory().get("/konto/anmelden/")):
        if adapter().is_safe_url(target):
            assert target.startswith("/konto/")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/konto/", MemberAdapter),
        ("/konto/anmelden/", MemberAdapter),
        ("/admin/", StaffAdapter),
        ("/", StaffAdapter),
    ],
)
def test_each_side_has_its_adapter(path: str, kind: type[StaffAdapter]) -> None:
    with context.request_context(RequestFactory().get(path)):
        assert type(adapter()) is kind
