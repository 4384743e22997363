"""Rules of the staff's forms (reference: a field that is in a form but missing in the POST is cleared)."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from directory.editing import fields
from directory.languages import SHIPPED, column, direction
from directory.models import translated_fields
from directory.vocabulary import snapshot

UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}


def enabled_languages() -> tuple[str, ...]:
    return tuple(code for code, _name in settings.LANGUAGES)


class EntryForm(WagtailAdminModelForm):
    """Only the offered languages are in the form; text carries its own language and direction; slugs stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.offered_languages()
        for field in translated_fields(self._meta.model):
            for code in SHIPPED:
                self._offer(column(field, code), code, code in offered)
        for name in ("slug", "vocabulary"):
            if name in self.fields and self.instance.pk:
                self.fields[name].disabled = True

    def offered_languages(self) -> set[str]:
        return set(enabled_languages())

    def _offer(self, name: str, code: str, offered: bool) -> None:
        if name not in self.fields:
            return
        if not offered:
            del self.fields[name]  # only hidden, it would be cleared by the next save
            return
        self.fields[name].widget.attrs |= {"lang": code, "dir": direction(code)}

    def clean_opening_hours(self) -> str:
        return fields.clean_hours(self.cleaned_data["opening_hours"] or "")


class NamedForm(EntryForm):
    """Makes the slug of a new entry out of its name."""

    named_by = "name"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields and not self.instance.pk:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _(
                "Part of the address; it never changes. Empty: made out of the name."
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.instance.pk and not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = self._new_slug(cleaned)
            if not cleaned["slug"]:
                self.add_error("slug", _("Write a short name in Latin letters for the address."))
        return cleaned

    def _new_slug(self, cleaned: dict[str, Any]) -> str:
        names = (cleaned.get(column(self.named_by, code)) for code in SHIPPED)
        longest = self._meta.model._meta.get_field("slug").max_length
        base = next((slug for name in names if (slug := slugify(_ascii(name or "")))), "")[: longest - 4].strip(
            "-"
        )
        taken = set(self._meta.model.objects.filter(slug__startswith=base).values_list("slug", flat=True))
        candidates = (base, *(f"{base}-{number}" for number in range(2, 1000)))
        return next((slug for slug in candidates if slug not in taken), "") if base else ""


def _ascii(name: str) -> str:
    for letter, letters in UMLAUTS.items():
        name = name.replace(letter, letters)
    return name


class OrganisationForm(NamedForm):
    def clean_website(self) -> str:
        return fields.clean_web(self.cleaned_data["website"]) if self.cleaned_data["website"] else ""


class ListingForm(NamedForm):
    named_by = "title"

    def offered_languages(self) -> set[str]:
        """Also the language that the listing is written in, else its title could not be corrected."""
        return super().offered_languages() | {self.instance.source_language}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(field := self.fields.get("source_language"), forms.ChoiceField):
            offered = self.offered_languages()
            field.choices = [(code, SHIPPED[code].name) for code in SHIPPED if code in offered]

    def clean_field_sources(self) -> dict[str, Any]:
        return _mapping(self.cleaned_data["field_sources"])


class AreaForm(NamedForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        _need_a_name(self, cleaned, "name")
        return cleaned


class TermForm(EntryForm):
    synonyms = fields.SynonymsFormField(
        label=_("synonyms"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One per line, with its language: “de: rassistisch”."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "vocabulary" in self.fields and not self.instance.pk:
            names = sorted(snapshot().terms)
            self.fields["vocabulary"].widget = forms.Select(choices=[(name, name) for name in names])

    def clean_extra(self) -> dict[str, Any]:
        return _mapping(self.cleaned_data["extra"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        _need_a_name(self, cleaned, "label")
        return cleaned


def _mapping(value: Any) -> dict[str, Any]:
    """An emptied JSON field comes as None, which the column does not take."""
    if not value:
        return {}
    if not isinstance(value, dict):
        raise ValidationError(_("Write names with values: {…}."))
    return value


def _need_a_name(form: EntryForm, cleaned: dict[str, Any], field: str) -> None:
    names = (cleaned.get(column(field, code)) or getattr(form.instance, column(field, code)) for code in SHIPPED)
    if not any(names):
        form.add_error(None, _("Write the name in at least one language."))


class ContactForm(EntryForm):
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind, value = cleaned.get("kind"), cleaned.get("value")
        if kind and value:
            try:
                cleaned["value"] = fields.CLEAN_CONTACT[kind](value)
            except ValidationError as problem:
                self.add_error("value", problem)
        return cleaned


class SpokenLanguageForm(EntryForm):
    def clean_language(self) -> str:
        return fields.clean_language_tag(self.cleaned_data["language"])


AREA_BASIS = [("incident", _("where it happened")), ("residence", _("where the person lives"))]


class ConditionsForm(EntryForm):
    area_basis = forms.MultipleChoiceField(
        label=_("area means"), choices=AREA_BASIS, required=False, widget=forms.CheckboxSelectMultiple
    )
