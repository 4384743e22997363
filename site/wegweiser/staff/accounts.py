"""What django-allauth asks us: who may enter, how often somebody may try, and no way to sign up."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.userkit import filter_users_by_email, get_user_by_username
from allauth.core import context
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from directory.networks import networks
from wegweiser.middleware import ADMIN
from wegweiser.staff import tries

ENTER = "wagtailadmin.access_admin"
SINCE = "signed_in_at"  # key of the session
BELOW = "signed_in_below"  # the same: a session of members is none of staff
TOO_MANY = _("Too many tries. Wait an hour, or use a browser in which you have signed in before.")


class StaffAdapter(DefaultAccountAdapter):
    below = ADMIN
    error_messages = DefaultAccountAdapter.error_messages | {"too_many_login_attempts": TOO_MANY}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return networks.number(get_client_ip(request) or "")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        device = request.COOKIES.get(tries.DEVICE_COOKIE, "")
        slot = tries.take(tries.counted_as(_account(credentials), device))
        if slot is None:
            raise self.validation_error("too_many_login_attempts")
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user:
            tries.give_back(slot)
        return user

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has just written the password need not write it again to set up the second factor."""
        since = context.request.session.get(SINCE, 0) if context.request else 0
        return bool(since < time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        if user.is_active and not self.may_enter(user):
            return self.refuse(request)
        request.session[BELOW] = self.below
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def may_enter(self, user: Any) -> bool:
        return bool(user.has_perm(ENTER))

    def refuse(self, request: HttpRequest) -> HttpResponse:
        return render(request, "account/no_role.html", status=403)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        request.session[BELOW] = self.below
        request.session[SINCE] = time.time()
        answer.set_cookie(
            tries.DEVICE_COOKIE,
            tries.new_device(f"user {user.pk}"),
            max_age=tries.DEVICE_DAYS * 24 * tries.HOUR,
            path=settings.SESSION_COOKIE_PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Strict",
        )
        return answer


def _account(credentials: dict[str, Any]) -> str:
    """One account, whether somebody writes its name or its address."""
    name, email = credentials.get("username") or "", credentials.get("email") or ""
    found = get_user_by_username(name) if name else None
    found = found or next(iter(filter_users_by_email(email)), None) if email else found
    return f"user {found.pk}" if found else f"name {(name or email).lower()}"


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is wrong, or it was used already."),
    }

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """A member's own is theirs to take away: what they write is reviewed."""
        return bool(settings.SECOND_FACTOR != "required" or not authenticator.user.has_perm(ENTER))
