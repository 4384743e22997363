import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from directory.editing.forms import NamedForm
from referrals.editing.conditions import ConditionsField
from referrals.models import Deadline

_PERIOD = re.compile(r"P[1-9]\d{0,2}[YMWD]")  # what readers are told in words


class DeadlineForm(NamedForm):
    named_by = "law"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "applies" in self.fields:
            known = self.fields["applies"]
            self.fields["applies"] = ConditionsField(
                stored=self.instance.applies, label=known.label, help_text=known.help_text, required=False
            )
        if "follows" in self.fields:
            self.fields["follows"].widget = forms.Select(choices=[("", "---------"), *self._others()])

    def _others(self) -> list[tuple[str, str]]:
        return [(each.slug, str(each)) for each in Deadline.objects.exclude(pk=self.instance.pk)]

    def clean_applies(self) -> dict[str, Any]:
        return self.cleaned_data["applies"] or {}

    def clean_period_iso(self) -> str:
        period: str = (self.cleaned_data["period_iso"] or "").strip().upper()
        if period and not _PERIOD.fullmatch(period):
            raise ValidationError(
                _("Write the period like P2M (two months), P3W (three weeks) or P10D (ten days).")
            )
        return period

    def clean_follows(self) -> str:
        follows: str = self.cleaned_data["follows"] or ""
        if follows and follows not in dict(self._others()):
            raise ValidationError(_("There is no other deadline of this name."))
        return follows
