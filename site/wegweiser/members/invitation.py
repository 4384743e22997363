"""An invitation is accepted by one button: it makes the account and signs in."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from directory import memberships
from directory.mail_links import UnusableError
from wegweiser.members.links import unusable

GONE = "members/account/invitation_gone.html"


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it changes nothing: programs that look into mail open every address."""
    try:
        if request.method == "POST":
            return _accept(request, token)
        return render(request, "members/account/invitation.html", {"invitation": memberships.invited(token)})
    except UnusableError as error:
        return unusable(request, error, template=GONE)


def _accept(request: HttpRequest, token: str) -> HttpResponse:
    membership = memberships.accept(token)
    answer: HttpResponse = perform_login(request, membership.user, email=membership.user.email)
    messages.success(request, _("Welcome! These are the entries of your organisation."))
    return answer
