from typing import Any

from allauth.account.forms import ReauthenticateForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from directory.languages import MAIN, SHIPPED
from directory.models import Role
from wegweiser.staff.forms import SignInForm

WEAK = _("This password is short or well known. Write at least twelve characters.")
_ADDRESS = {"autocapitalize": "none", "spellcheck": "false", "dir": "ltr"}


class MemberSignInForm(SignInForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["login"].widget.attrs |= {"inputmode": "email", "dir": "ltr"}


class PasswordAgainForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}


class LinkForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs=_ADDRESS | {"autocomplete": "email"}),
    )


def role_names() -> list[tuple[str, Any]]:
    """In words that say what it means."""
    return [
        (Role.EDITOR.value, _("edits the entries")),
        (Role.OWNER.value, _("edits the entries and invites others")),
    ]


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs=_ADDRESS | {"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("What may this person do?"), choices=role_names, initial=Role.EDITOR)
    language = forms.ChoiceField(label=_("Language of the mail and the pages"), initial=MAIN)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(code, SHIPPED[code].name) for code, _name in settings.LANGUAGES]
        self.fields["language"].choices = names  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class NewPasswordForm(forms.Form):
    """Once, and readable for whoever wants to: writing it twice makes short ones."""

    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least twelve characters. A sentence is easy to remember."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        try:
            validate_password(password, self.user)
        except forms.ValidationError as error:  # Django says it in a few of our languages only
            raise forms.ValidationError(WEAK) from error
        return password
