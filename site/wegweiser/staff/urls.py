"""Sign-in, in front of Wagtail's own: nothing here lets anybody make an account."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from allauth.account import views as account
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, include, path, re_path

from wegweiser.staff.forms import sends_mail


def by_mail(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not sends_mail():
            raise Http404
        return view(request, **kwargs)

    return answer


def gone(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Wagtail's own reset of passwords, which nothing throttles."""
    raise Http404


def reached(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, **kwargs)
        except OSError:  # the provider is down, slow or answers with an error
            return render(request, "socialaccount/authentication_error.html", status=HTTPStatus.BAD_GATEWAY)

    return answer


RESET = r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"
OIDC: list[URLPattern | URLResolver] = [
    path("sign-in/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/error/", social.login_error, name="socialaccount_login_error"),
    path("sign-in/<slug:provider_id>/login/", reached(oidc.login), name="openid_connect_login"),
    path("sign-in/<slug:provider_id>/login/callback/", reached(oidc.callback), name="openid_connect_callback"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/reset/", by_mail(account.password_reset), name="account_reset_password"),
    path("password/reset/done/", by_mail(account.password_reset_done), name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        by_mail(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(RESET, by_mail(account.password_reset_from_key), name="account_reset_password_from_key"),
    re_path(r"^password_reset/(?P<rest>.*)$", gone),
    path("second-factor/", include("allauth.mfa.urls")),
    *(OIDC if settings.OIDC_URL else []),
]
