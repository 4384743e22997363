"""What is stated in a case, as a form: every dimension, the places, danger, language and how long ago."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from directory.languages import SHIPPED
from directory.models import DIMENSIONS
from directory.vocabulary import choices
from referrals.reasons import name_of
from referrals.showing import VOCABULARIES

Choices = list[tuple[str, Any]]
EMPTY = ("", "---------")
PLACES: Mapping[str, Any] = {"place": _("where it happened"), "residence": _("where the person lives")}
NAMES: Mapping[str, Any] = {**PLACES, "language": _("wanted language"), "when_days_ago": _("how many days ago")}
OFFERED = (*DIMENSIONS, "danger_now", *NAMES)
DANGER = {"true": True, "false": False}


def label_of(name: str) -> str:
    return str(capfirst(str(NAMES[name] if name in NAMES else name_of(name))))


def _offered(name: str, stored: Any) -> Choices:
    """What the vocabulary lost stays selectable."""
    if name in DIMENSIONS:
        return _kept(choices(VOCABULARIES.get(name, name)), stored)
    if name in PLACES:
        return [EMPTY, *_kept(choices("areas"), stored)]
    if name == "danger_now":
        return [EMPTY, ("true", _("yes")), ("false", _("no"))]
    return [EMPTY, *_kept([(code, language.name) for code, language in SHIPPED.items()], stored)]


def _kept(offered: Choices, stored: Any) -> Choices:
    known = {code for code, _label in offered}
    return [*offered, *((code, code) for code in _listed(stored) if code not in known)]


def _listed(stored: Any) -> list[str]:
    return (
        list(stored)
        if isinstance(stored, list | tuple)
        else [stored]
        if isinstance(stored, str) and stored
        else []
    )


def _field(name: str, stored: Mapping[str, Any]) -> forms.Field:
    if name == "when_days_ago":
        return forms.IntegerField(min_value=0, required=False)
    if name in DIMENSIONS:
        return forms.MultipleChoiceField(choices=_offered(name, stored.get(name)), required=False)
    return forms.ChoiceField(choices=_offered(name, stored.get(name)), required=False)


class FactsWidget(forms.MultiWidget):
    template_name = "referrals/editing/conditions.html"
    use_fieldset = True

    def __init__(self, fields: Mapping[str, forms.Field]) -> None:
        for name, field in fields.items():
            if name in DIMENSIONS:
                field.widget = forms.SelectMultiple({"size": 5}, field.choices)  # type: ignore[attr-defined]
        super().__init__({name: field.widget for name, field in fields.items()})

    def decompress(self, value: Any) -> list[Any]:
        stored = value if isinstance(value, Mapping) else {}
        return [_as_shown(name, stored.get(name)) for name in OFFERED]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        for key, widget in zip(OFFERED, context["widget"]["subwidgets"], strict=True):
            widget["label"] = label_of(key)
        return context


def _as_shown(name: str, stored: Any) -> Any:
    if name in DIMENSIONS:
        return _listed(stored)
    if name == "danger_now":
        return {True: "true", False: "false"}.get(stored, "")
    return "" if stored is None else str(stored)


class FactsField(forms.MultiValueField):
    def __init__(self, *, stored: Mapping[str, Any], **kwargs: Any) -> None:
        fields = {name: _field(name, stored) for name in OFFERED}
        widget = FactsWidget(fields)
        super().__init__(list(fields.values()), require_all_fields=False, widget=widget, **kwargs)

    def compress(self, data_list: list[Any]) -> dict[str, Any]:
        chosen = dict(zip(OFFERED, data_list, strict=True)) if data_list else {}
        if chosen.get("danger_now"):
            chosen["danger_now"] = DANGER[chosen["danger_now"]]
        return {name: value for name, value in chosen.items() if value not in ("", None, [])}
