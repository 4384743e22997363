"""What holds for every page below /konto/: cookies of its own, an end of the session, members only."""

from http import HTTPStatus

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from directory.members.access import language_of, memberships_of
from wegweiser.middleware import ADMIN, MEMBERS, GetResponse
from wegweiser.staff.middleware import end_old_session, end_session_of_elsewhere

URLCONF = "wegweiser.members.urlconf"

# What somebody needs who has no second factor yet.
BEFORE_THE_SECOND_FACTOR = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "member_link_asked",
        "member_link_sent",
        "member_link",
        "mfa_activate_totp",
        "mfa_view_recovery_codes",
        "mfa_index",
    }
)
# What somebody needs who belongs to no organisation (any more, or not yet).
WITHOUT_MEMBERSHIP = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "mfa_authenticate",
        "member_link_asked",
        "member_link_sent",
        "member_link",
        "member_invitation",
    }
)


class OwnPath:
    """Before the sessions' and CSRF's: what they set for staff's path belongs to the members' here.

    The settings know one path only. Two paths keep a member's cookie away from staff's pages, staff's away from
    these, and both away from visitors' pages.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(MEMBERS):
            return self.get_response(request)
        request.urlconf = URLCONF
        response = self.get_response(request)
        for cookie in response.cookies.values():
            if cookie["path"] == ADMIN:
                cookie["path"] = MEMBERS
        return response


class Members:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(MEMBERS):
            return self.get_response(request)
        end_session_of_elsewhere(request, MEMBERS)
        end_old_session(request)
        was_signed_in = request.user.is_authenticated
        with translation.override(_language(request)):
            response = _stopped(request) or self.get_response(request)
        response.headers["Cache-Control"] = "private, no-store"
        if was_signed_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


def _language(request: HttpRequest) -> str:
    """Before somebody has signed in, the page's own switch says it in the address: no cookie is needed for it."""
    asked = request.GET.get("language", "")
    if asked in dict(settings.LANGUAGES) and not request.user.is_authenticated:
        return asked
    return language_of(request)


def _stopped(request: HttpRequest) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return None
    name = page_name(request)
    if name not in WITHOUT_MEMBERSHIP and not memberships_of(request):
        return render(request, "members/account/no_membership.html", status=HTTPStatus.FORBIDDEN)
    if name not in BEFORE_THE_SECOND_FACTOR and lacks_second_factor(request):
        return HttpResponseRedirect(reverse("mfa_activate_totp", urlconf=URLCONF))
    return None


def lacks_second_factor(request: HttpRequest) -> bool:
    """What a member writes is reviewed. Whoever may publish without a review needs more than a mail box."""
    if settings.SECOND_FACTOR != "required" or not request.user.has_perm("directory.publish_listing"):
        return False
    return not is_mfa_enabled(request.user, ["totp"])


def page_name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info, URLCONF).url_name or ""
    except Resolver404:
        return ""
