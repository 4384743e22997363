from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wegweiser.staff import tries
from wegweiser.staff.accounts import TOO_MANY


def sends_mail() -> bool:
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Name or e-mail address")
        self.fields["login"].widget.attrs = {"autocomplete": "username", "autocapitalize": "none"}
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}
        self.fields["password"].help_text = ""  # allauth's link; ours stands below the fields


class Digits:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]  # type: ignore[attr-defined]
        field.label = _("Digits")
        field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}


class NewAppForm(Digits, ActivateTOTPForm):
    pass


class LimitedTries(Digits):
    """Nobody guesses six digits: the same nine tries an hour as for a password."""

    def clean_code(self) -> str:
        slot = tries.take(f"code {self.user.pk}")  # type: ignore[attr-defined]
        if slot is None:
            raise forms.ValidationError(TOO_MANY)
        code: str = super().clean_code()  # type: ignore[misc]
        tries.give_back(slot)
        return code


class CodeForm(LimitedTries, AuthenticateForm):
    pass


class CodeAgainForm(LimitedTries, ReauthenticateForm):
    pass
