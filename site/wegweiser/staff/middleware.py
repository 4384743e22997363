"""What holds for every page below /admin/: a second factor, an end of the session, a language staff can read."""

import time
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.http import urlencode
from wagtail.admin.auth import permission_denied

from wegweiser.middleware import ADMIN, GetResponse
from wegweiser.staff.accounts import BELOW, ENTER, SINCE
from wegweiser.staff.areas import may_enter

# What somebody needs who has no second factor yet.
BEFORE_THE_SECOND_FACTOR = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_view_recovery_codes",
        "mfa_index",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_sprite",
    }
)


class Staff:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(ADMIN):
            return self.get_response(request)
        end_session_of_elsewhere(request, ADMIN)
        end_old_session(request)
        with translation.override(language_of(request)):
            if lacks_second_factor(request) and page_name(request) not in BEFORE_THE_SECOND_FACTOR:
                return lead_to_second_factor(request)
            if request.user.has_perm(ENTER) and not may_enter(request.user, request.path):
                return closed(request)
            return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        was_signed_in = request.user.is_authenticated
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        if was_signed_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Instead of allauth's way, which stores the request in the session: with the address of its sender."""
        if not isinstance(exception, ReauthenticationRequired):
            return None
        methods = get_adapter().get_reauthentication_methods(request.user)
        target = methods[0]["url"] if methods else reverse("account_login")
        return HttpResponseRedirect(f"{target}?{urlencode({'next': request.get_full_path()})}")


def end_session_of_elsewhere(request: HttpRequest, below: str) -> None:
    """A cookie that somebody carried from one path to the other opens nothing there, not even half a sign-in."""
    if request.session.get(BELOW, below) != below:
        logout(request)


def end_old_session(request: HttpRequest) -> None:
    if not request.user.is_authenticated:
        return
    since = request.session.setdefault(SINCE, time.time())
    if since < time.time() - settings.SESSION_COOKIE_AGE:
        logout(request)


def language_of(request: HttpRequest) -> str:
    """What the browser asks for, where staff's pages exist in it; Wagtail's pages follow the profile then."""
    offered = [code for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES]
    wanted = translation.get_language() or ""
    profile = getattr(request.user, "wagtail_userprofile", None) if request.user.is_authenticated else None
    if profile and profile.preferred_language in offered:
        return str(profile.preferred_language)
    return wanted if wanted in offered else settings.LANGUAGE_CODE


def lacks_second_factor(request: HttpRequest) -> bool:
    if settings.SECOND_FACTOR != "required" or not request.user.is_authenticated:
        return False
    return not is_mfa_enabled(request.user, ["totp"]) and not vouched_for(request)


def vouched_for(request: HttpRequest) -> bool:
    """The city's own sign-in has asked for a second factor, as far as it wants one."""
    methods: list[dict[str, Any]] = request.session.get("account_authentication_methods", [])
    by_provider = any(method.get("method") == "socialaccount" for method in methods)
    return by_provider and settings.OIDC_SECOND_FACTOR == "provider"


def lead_to_second_factor(request: HttpRequest) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"error": "second factor required"}, status=HTTPStatus.FORBIDDEN)
    return HttpResponseRedirect(reverse("mfa_activate_totp"))


def closed(request: HttpRequest) -> HttpResponseBase:
    """As Wagtail tells it: a message on the start page, or an error for a script."""
    if request.headers.get("x-requested-with") == "XMLHttpRequest" or _wants_json(request):
        return JsonResponse({"error": "not permitted"}, status=HTTPStatus.FORBIDDEN)
    answer: HttpResponseBase = permission_denied(request)
    return answer


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def page_name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).url_name or ""
    except Resolver404:
        return ""
