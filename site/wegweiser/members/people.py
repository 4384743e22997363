"""The members of an organisation, for themselves: owners invite, change roles and remove; everybody may leave."""

from http import HTTPStatus
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from directory import memberships
from directory.budget import Budget
from directory.members.access import members_only, organisation_for
from directory.memberships import AlreadyMemberError, LastOwnerError
from directory.models import Invitation, Organisation, Role
from directory.permissions import may_invite
from wegweiser.members.forms import InviteForm, role_names
from wegweiser.middleware import MEMBERS
from wegweiser.staff.forms import sends_mail

PAGE = "members/people.html"
# An owner's account in wrong hands must not write to half the city.
budget = Budget(each=20, total=100)


@members_only
def people(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = organisation_for(request, slug)
    return render(request, PAGE, _context(request, organisation, InviteForm()))


@require_POST
@members_only
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = _led(request, slug)
    form = InviteForm(request.POST)
    if not invites(form, organisation, _member(request)):
        context = _context(request, organisation, form)
        return render(request, PAGE, context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, told_invited(form))
    return redirect("member_people", slug)


@require_POST
@members_only
def take_back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisation = _led(request, slug)
    found = get_object_or_404(organisation.invitations.filter(accepted_at=None), pk=pk)
    memberships.take_back(invitation=found, by=_member(request))
    messages.success(request, _("The invitation is taken back."))
    return redirect("member_people", slug)


@require_POST
@members_only
def change_role(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    organisation = _led(request, slug)
    membership = get_object_or_404(organisation.memberships, pk=pk)
    role = request.POST.get("role", "")
    if role not in Role.values:
        raise Http404
    try:
        memberships.change_role(membership=membership, role=role, by=_member(request))
        messages.success(request, _("The role is changed."))
    except LastOwnerError:
        messages.error(request, _last_owner())
    return redirect("member_people", slug)


@members_only
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Asks first, on a page of its own: it works without a script, too."""
    organisation = organisation_for(request, slug)
    membership = get_object_or_404(organisation.memberships, pk=pk)
    is_oneself = membership.user_id == request.user.pk
    if not is_oneself and not may_invite(_member(request), organisation):
        raise Http404
    if request.method != "POST":
        context = {"organisation": organisation, "membership": membership, "is_oneself": is_oneself}
        return render(request, "members/remove.html", context)
    try:
        memberships.remove(membership=membership, by=_member(request))
    except LastOwnerError:
        messages.error(request, _last_owner())
        return redirect("member_people", slug)
    messages.success(request, _("You have left.") if is_oneself else _("The member is removed."))
    return redirect(MEMBERS) if is_oneself else redirect("member_people", slug)


def invites(form: InviteForm, organisation: Organisation, by: User) -> bool:
    """Whether it went; if not, the form says why."""
    if not form.is_valid():
        return False
    if not budget.take(organisation.slug):
        form.add_error(None, _("So many invitations in an hour are too many. Go on a little later."))
        return False
    try:
        memberships.invite(organisation=organisation, by=by, **form.cleaned_data)
    except AlreadyMemberError:
        form.add_error("email", _("Somebody with this address is a member already."))
        return False
    return True


def open_invitations(organisation: Organisation) -> list[Invitation]:
    """With `over`: the link has run out, and only a new invitation helps."""
    found = list(organisation.invitations.filter(accepted_at=None))
    for each in found:
        each.over = each.invited_at < timezone.now() - memberships.VALID_FOR  # type: ignore[attr-defined]
    return found


def told_invited(form: InviteForm) -> str:
    return _("An invitation is on its way to %(email)s.") % {"email": form.cleaned_data["email"]}


def _member(request: HttpRequest) -> User:
    return cast("User", request.user)  # behind members_only


def _led(request: HttpRequest, slug: str) -> Organisation:
    """The organisation, where whoever asks may invite; for the others there is nothing here."""
    organisation = organisation_for(request, slug)
    if not may_invite(_member(request), organisation):
        raise Http404
    return organisation


def _last_owner() -> str:
    return _("The last owner stays. Make somebody else an owner first.")


def _context(request: HttpRequest, organisation: Organisation, form: InviteForm) -> dict[str, Any]:
    return {
        "organisation": organisation,
        "people": organisation.memberships.select_related("user").order_by("-role", "user__email"),
        "invitations": open_invitations(organisation),
        "leads": may_invite(_member(request), organisation),
        "roles": role_names(),
        "form": form if sends_mail() else None,
    }
