"""A case as staff write it: what is stated, and what must come of it, each chosen in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, ObjectList

from directory.editing.forms import EntryForm
from directory.editing.panels import group, plain
from directory.models import Listing
from directory.vocabulary import choices
from referrals.editing.case_facts import EMPTY, Choices, FactsField
from referrals.models import Deadline

NOTICES: Mapping[str, Any] = {
    "notice:emergency_first": _("the emergency number comes first"),
    "notice:no_police_report_needed": _("counselling needs no police report"),
    "notice:independent_alternative": _("an independent body stands beside the one of the side involved"),
    "notice:interpreter": _("interpreting"),
    "notice:outside_agg": _("outside the equal treatment act (AGG)"),
    "notice:gap": _("no specialised body here"),
}
TOLD = ("must_show", "must_not_show")
BODIES = ("expect_first", "must_not_be_first")


def listings() -> Choices:
    found: Any = Listing.objects.select_related("organisation").order_by("slug")
    return [(each.slug, str(each)) for each in found]


def told() -> Choices:
    """What a result may say beside its bodies, by token."""
    deadlines: Any = Deadline.objects.all()
    laws = ((f"deadline:{each.slug}", _("deadline: %(law)s") % {"law": each}) for each in deadlines)
    return [*NOTICES.items(), *laws]


def _many(field: Any, offered: Choices, stored: Iterable[str]) -> forms.MultipleChoiceField:
    known = {code for code, _label in offered}
    kept = [(code, code) for code in stored if code not in known]
    return forms.MultipleChoiceField(
        label=field.label,
        choices=[*offered, *kept],
        required=False,
        widget=forms.SelectMultiple({"size": 8}),
    )


class CaseForm(EntryForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {**dict.fromkeys(BODIES, listings()), **dict.fromkeys(TOLD, told())}
        for name, found in offered.items():
            self.fields[name] = _many(self.fields[name], found, getattr(self.instance, name))
        self.fields["facts"] = FactsField(
            stored=self.instance.facts, label=self.fields["facts"].label, required=False
        )
        self.fields["site_area"].widget = forms.Select(choices=[EMPTY, *choices("areas")])

    def clean_facts(self) -> dict[str, Any]:
        return self.cleaned_data["facts"] or {}

    def clean_site_area(self) -> str:
        area: str = self.cleaned_data["site_area"] or ""
        if area and area not in dict(choices("areas")):
            raise ValidationError(_("There is no such area."))
        return area

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(cleaned.get(name) for name in (*BODIES, *TOLD)):
            self.add_error(None, _("Say what must come of it: a case that expects nothing never fails."))
        return cleaned


CASE = ObjectList(
    [
        FieldRowPanel(plain("title", "slug")),
        *plain("facts"),
        FieldRowPanel(plain("site_area", "open_at")),
        group(_("What must come of it"), *BODIES, *TOLD),
        *plain("source", "note"),
    ],
    base_form_class=CaseForm,
)
