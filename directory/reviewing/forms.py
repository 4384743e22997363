"""What a reviewer may put right on the spot: the words and contacts that the submission has changed."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from directory.editing.fields import CLEAN_CONTACT
from directory.editing.wording import heading
from directory.languages import direction
from directory.models import Published
from directory.models.differences import changed, plain
from directory.reviewing.undoing import Span

CONTACT = "contact-"


class CorrectionForm(forms.Form):
    remark = forms.CharField(
        label=_("Remark to whoever submitted it"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, public: Published, draft: Published, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        own = dict(_texts(public, draft)) | dict(_contacts(public, draft))
        self.fields = own | self.fields

    @property
    def has_something(self) -> bool:
        return len(self.fields) > 1

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for name, at in self._contact_fields():
            if name in found:
                try:
                    found[name] = CLEAN_CONTACT[_rows(self.draft)[at].kind](found[name])
                except ValidationError as problem:
                    self.add_error(name, problem)
        return found

    def put(self, draft: Any) -> None:
        """Into the draft that is approved: it has the rows of the one that the form was made from."""
        for name, value in self.cleaned_data.items():
            if name != "remark" and not name.startswith(CONTACT):
                setattr(draft, name, value)
        for name, at in self._contact_fields():
            _rows(draft)[at].value = self.cleaned_data[name]

    def _contact_fields(self) -> list[tuple[str, int]]:
        return [(name, int(name.removeprefix(CONTACT))) for name in self.fields if name.startswith(CONTACT)]


def _texts(public: Published, draft: Published) -> Iterator[tuple[str, forms.Field]]:
    fields = {field.name: field for field in type(draft)._meta.concrete_fields}
    for name in changed(public.serializable_data(), draft.serializable_data()):
        field: Any = fields.get(name)
        if isinstance(field, models.CharField | models.TextField) and not field.choices and name != "slug":
            shown = field.formfield(label=heading(field), initial=getattr(draft, name))
            if shown is not None and isinstance(shown, forms.CharField):
                shown.widget.attrs |= _place(getattr(field, "language", ""))
                yield name, shown


def _place(language: str) -> dict[str, str]:
    return {"lang": language, "dir": direction(language)} if language else {"dir": "auto"}


def _contacts(public: Published, draft: Published) -> Iterator[tuple[str, forms.Field]]:
    known = [plain(row.serializable_data()) for row in _rows(public)] if public.pk else []
    for at, row in enumerate(_rows(draft)):
        if plain(row.serializable_data()) not in known:
            label = row.get_kind_display().capitalize()
            yield f"{CONTACT}{at}", forms.CharField(label=label, initial=row.value, max_length=500)


def _rows(entry: Any) -> list[Any]:
    return list(entry.contacts.all()) if hasattr(entry, "contacts") else []


class SpanForm(forms.Form):
    account = forms.ModelChoiceField(get_user_model()._default_manager.none(), label=_("Account"))
    start = forms.DateTimeField(
        label=_("From"), widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M")
    )
    end = forms.DateTimeField(
        label=_("Until"), widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        acted = ModelLogEntry.objects.exclude(user_id=None).values("user_id")
        field: Any = self.fields["account"]
        field.queryset = get_user_model()._default_manager.filter(pk__in=acted).order_by("username")

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("start") and found.get("end") and found["start"] > found["end"]:
            self.add_error("end", _("This is before the beginning."))
        return found

    def span(self) -> Span:
        given = self.cleaned_data
        return Span(given["account"], given["start"], given["end"])
