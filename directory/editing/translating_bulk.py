"""For the chosen listings: let the machine translate what is missing."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from directory import machine_translation as machine
from directory.editing.translating import tell
from directory.editing.views import OwnOnly
from directory.languages import SHIPPED
from directory.models import Listing
from directory.permissions import may_translate


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Into"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, SHIPPED[code].name) for code in machine.languages()]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]


class TranslateByMachine(OwnOnly, SnippetBulkAction):
    display_name = _("Translate by machine")
    aria_label = _("Let a machine translate what is missing in the chosen listings")
    action_type = "translate"
    action_priority = 60
    template_name = "directory/editing/translate_chosen.html"
    models = [Listing]
    form_class = LanguageForm

    def check_perm(self, snippet: Listing) -> bool:
        return machine.is_on() and may_translate(self.request.user, Listing)

    def prepare_action(self, objects: list[Any], objects_without_access: dict[str, list[Any]]) -> HttpResponse:
        """Before Wagtail opens its transaction: no lock is held while the service thinks."""
        language = self.cleaned_form.cleaned_data["language"]
        chosen = {listing.pk for listing in objects}
        wanted = list(machine.missing(Listing, language, chosen))
        tell(self.request, machine.translate_missing(wanted=wanted, language=language, by=self.request.user))
        return redirect(self.next_url)
