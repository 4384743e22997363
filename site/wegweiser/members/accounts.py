"""What django-allauth asks us, below /konto/ and elsewhere: members enter there, staff at theirs."""

from typing import Any

from allauth.core import context
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from directory.models import Membership
from wegweiser.middleware import MEMBERS
from wegweiser.staff.accounts import StaffAdapter

WRONG = _("The e-mail address or the password is wrong.")


class MemberAdapter(StaffAdapter):
    below = MEMBERS
    # allauth has its own in a few of our languages only.
    error_messages = StaffAdapter.error_messages | {
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "incorrect_password": _("This password is wrong."),
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return MEMBERS

    def is_safe_url(self, url: str | None) -> bool:
        """Signed in here, nobody is sent on to staff's pages, where they would have to sign in again."""
        return bool(url and url.startswith(MEMBERS) and super().is_safe_url(url))

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        request.session.set_expiry(0)  # gone with the browser, whichever way somebody came in
        return super().post_login(request, user, **kwargs)

    def may_enter(self, user: Any) -> bool:
        return Membership.objects.filter(user_id=user.pk).exists()

    def refuse(self, request: HttpRequest) -> HttpResponse:
        return render(request, "members/account/no_membership.html", status=403)


def adapter(request: HttpRequest | None = None) -> StaffAdapter:
    """ACCOUNT_ADAPTER: allauth has one for the whole site."""
    asked = context.request
    return (MemberAdapter if asked is not None and asked.path.startswith(MEMBERS) else StaffAdapter)(request)
