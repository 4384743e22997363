"""When a deadline applies, as a form: what must have been said, and where it must have happened."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from directory.models import DIMENSIONS
from directory.vocabulary import choices
from referrals.models import AREA_KEYS
from referrals.reasons import name_of
from referrals.showing import VOCABULARIES

OFFERED = (*DIMENSIONS, *AREA_KEYS)
AREA_NAMES = {"areas": _("inside the areas"), "outside_areas": _("outside the areas")}


def _choices(key: str) -> list[tuple[str, str]]:
    return choices("areas" if key in AREA_KEYS else VOCABULARIES.get(key, key))


class ConditionsWidget(forms.MultiWidget):
    template_name = "referrals/editing/conditions.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({key: forms.SelectMultiple({"size": 5}) for key in OFFERED}, attrs)

    def decompress(self, value: Any) -> list[list[str]]:
        stored = value if isinstance(value, Mapping) else {}
        return [list(stored.get(key, ())) for key in OFFERED]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        for key, widget in zip(OFFERED, context["widget"]["subwidgets"], strict=True):
            widget["label"] = capfirst(str(AREA_NAMES.get(key) or name_of(key)))
        return context


class ConditionsField(forms.MultiValueField):
    """What the form does not offer, as whether there is danger now, stays as it was."""

    def __init__(self, *, stored: Mapping[str, Any], **kwargs: Any) -> None:
        self.unoffered = {key: values for key, values in stored.items() if key not in OFFERED}
        offered = [forms.MultipleChoiceField(choices=_with_stored(key, stored), required=False) for key in OFFERED]
        super().__init__(offered, require_all_fields=False, widget=ConditionsWidget(), **kwargs)
        for widget, field in zip(self.widget.widgets, offered, strict=True):
            widget.choices = field.choices

    def compress(self, data_list: list[list[str]]) -> dict[str, Any]:
        chosen = dict(zip(OFFERED, data_list, strict=True)) if data_list else {}
        return {**self.unoffered, **{key: values for key, values in chosen.items() if values}}


def _with_stored(key: str, stored: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A code that the vocabulary lost stays selectable: a form must not drop in silence what it did not know."""
    offered = _choices(key)
    known = {code for code, _label in offered}
    return [*offered, *((code, code) for code in stored.get(key, ()) if code not in known)]
