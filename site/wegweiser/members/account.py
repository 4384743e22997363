"""allauth's views of the account, in the members' own frame."""

from http import HTTPStatus
from typing import Any

from allauth.account import views
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from directory.members.access import members_only
from wegweiser.members.forms import LinkForm, MemberSignInForm, NewPasswordForm, PasswordAgainForm
from wegweiser.members.fresh import recently_signed_in
from wegweiser.staff.forms import sends_mail


class SignIn(views.LoginView):
    template_name = "members/account/sign_in.html"

    def get_form_class(self) -> type[MemberSignInForm]:
        return MemberSignInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | ({"by_mail": LinkForm(auto_id="link_%s")} if sends_mail() else {})


class SignOut(views.LogoutView):
    template_name = "members/account/sign_out.html"


class Closed(views.AccountInactiveView):
    template_name = "members/account/closed.html"


class PasswordAgain(views.ReauthenticateView):
    template_name = "members/account/password_again.html"

    def get_form_class(self) -> type[PasswordAgainForm]:
        return PasswordAgainForm


@members_only
@recently_signed_in
def new_password(request: HttpRequest) -> HttpResponse:
    """The old one is not asked for: whoever forgot it has just signed in by a mailed link."""
    form = NewPasswordForm(request.user, request.POST or None)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return render(request, "members/account/new_password.html", {"form": form}, status=status)
    user: Any = request.user
    user.set_password(form.cleaned_data["password"])
    user.save(update_fields=["password"])
    update_session_auth_hash(request, user)  # every other browser is signed out
    messages.success(request, _("Your new password is saved."))
    return redirect("mfa_index")
