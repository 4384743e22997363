"""What a member chooses for themselves: the language of the pages, and the languages that they write in."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from directory.languages import SHIPPED
from directory.members.access import members_only, memberships_of


@require_POST
@members_only
def language(request: HttpRequest) -> HttpResponse:
    back = request.POST.get("next", "")
    choose_language(request, request.POST.get("language", ""))
    return redirect(back if _is_ours(back) else "member_home")


def choose_language(request: HttpRequest, wanted: str) -> None:
    if wanted in dict(settings.LANGUAGES):
        for membership in memberships_of(request):
            membership.language = wanted
            membership.save(update_fields=["language"])


def _is_ours(address: str) -> bool:
    return address.startswith("/konto/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


class SettingsForm(forms.Form):
    language = forms.ChoiceField(label=_("Language of these pages and of our mails"))
    writes_in = forms.MultipleChoiceField(
        label=_("I write the entries in"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("You see fields for these languages only. The language an entry began with is always there."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(code, SHIPPED[code].name) for code, _name in settings.LANGUAGES if code in SHIPPED]
        for field in self.fields.values():
            field.choices = offered  # type: ignore[attr-defined]


@members_only
def edit(request: HttpRequest) -> HttpResponse:
    """For all organisations of the member at once."""
    own = memberships_of(request)
    now = {"language": get_language(), "writes_in": own[0].writes_in if own else []}
    form = SettingsForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        for membership in own:
            membership.language = form.cleaned_data["language"]
            membership.writes_in = form.cleaned_data["writes_in"]
            membership.save(update_fields=["language", "writes_in"])
        messages.success(request, gettext("Saved."))
        return redirect("member_home")
    return render(request, "members/settings.html", {"form": form, "at": "settings"})
