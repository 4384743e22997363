"""Rules of the staff's forms (reference: a field that is in a form but missing in the POST is cleared)."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.models import WagtailAdminModelForm

from directory import slugs
from directory.editing import fields
from directory.editing.hours import HoursInput
from directory.languages import SHIPPED, column, direction
from directory.models import translated_fields
from directory.translation_state import Before, is_public, note_changes, show, source_language
from directory.vocabulary import snapshot


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
        if "opening_hours" in self.fields:
            self.fields["opening_hours"].widget = HoursInput(self.fields["opening_hours"].widget.attrs)

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


CHECKED, PUBLIC = "checked_languages", "public_languages"


class TranslatedForm(EntryForm):
    """Every save notes who wrote which language, who compared it with the source, and who gets to read it."""

    checked_languages = forms.MultipleChoiceField(
        label=_("I have compared it with the source: it is right"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    public_languages = forms.MultipleChoiceField(
        label=_("Show this language to readers"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = Before.of(self.instance)
        offered = [code for code in SHIPPED if code in self.offered_languages()]
        controls: list[Any] = [self.fields[name] for name in (CHECKED, PUBLIC) if name in self.fields]
        for field in controls:
            field.choices = [(code, SHIPPED[code].name) for code in offered]
        self.initial[PUBLIC] = [code for code in offered if self._is_decided(code) and self._is_public(code)]

    def offered_languages(self) -> set[str]:
        """Also the language that the entry is written in, else its text could not be corrected."""
        return super().offered_languages() | {source_language(self.instance)}

    def _is_public(self, code: str) -> bool:
        return is_public(self.instance, code)

    def _is_decided(self, code: str) -> bool:
        """There is nothing to decide about the source, so it has no box."""
        return code not in (self.before.source_language, source_language(self.instance))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        named_by = translated_fields(self._meta.model)[0]
        named = {code for code in SHIPPED if self._text(cleaned, named_by, code)}
        if named and not any(self._will_be_public(code, cleaned) for code in named):
            self.add_error(None, _("Readers need a name: show them a language that has one."))
        return cleaned

    def _text(self, cleaned: dict[str, Any], field: str, code: str) -> str:
        name = column(field, code)
        return (cleaned[name] if name in cleaned else getattr(self.instance, name)) or ""

    def _will_be_public(self, code: str, cleaned: dict[str, Any]) -> bool:
        asked = PUBLIC in cleaned and self._is_decided(code) and code in self.offered_languages()
        return code in cleaned[PUBLIC] if asked else self._is_public(code)

    def save(self, commit: bool = True) -> Any:
        compared = self.cleaned_data.get(CHECKED, ())
        note_changes(self.instance, self.before, compared=compared, by=str(self.for_user or ""))
        for code in self.offered_languages():
            public = self._will_be_public(code, self.cleaned_data)
            if public != self._is_public(code):
                show(self.instance, code, public=public)
        return super().save(commit)


class NamedForm(TranslatedForm):
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
        model = self._meta.model
        names = (cleaned.get(column(self.named_by, code)) or "" for code in SHIPPED)
        base = slugs.made_of(names, slugs.longest(model))
        return slugs.free(model, base) if base else ""


class OrganisationForm(NamedForm):
    def clean_website(self) -> str:
        return fields.clean_web(self.cleaned_data["website"]) if self.cleaned_data["website"] else ""


class ListingForm(NamedForm):
    named_by = "title"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(field := self.fields.get("source_language"), forms.ChoiceField):
            offered = self.offered_languages()
            field.choices = [(code, SHIPPED[code].name) for code in SHIPPED if code in offered]

    def is_valid(self) -> bool:
        """What is right in itself may still be wrong for another room, which says why."""
        if not super().is_valid():
            return False
        for check in hooks.get_hooks("check_listing_form"):
            for reason in check(self):
                self.add_error(None, reason)
        return not self.errors

    def clean_field_sources(self) -> dict[str, Any]:
        return _mapping(self.cleaned_data["field_sources"])


class AreaForm(NamedForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        _need_a_name(self, cleaned, "name")
        return cleaned


class TermForm(TranslatedForm):
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
    rewritten = ""  # what the editor typed, where something else is kept

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind, value = cleaned.get("kind"), cleaned.get("value")
        if kind and value:
            try:
                cleaned["value"] = fields.CLEAN_CONTACT[kind](value)
                self.rewritten = value if cleaned["value"] != value else ""
            except ValidationError as problem:
                self.add_error("value", problem)
        return cleaned


class SpokenLanguageForm(EntryForm):
    def clean_language(self) -> str:
        return fields.clean_language_tag(self.cleaned_data["language"])


AREA_BASIS = [("incident", _("where it happened")), ("residence", _("where the person lives"))]


class ConditionsForm(EntryForm):
    class Media:
        js = ("directory/editing/read_back.js",)
        css = {"all": ("directory/editing/read_back.css",)}

    area_basis = forms.MultipleChoiceField(
        label=_("area means"), choices=AREA_BASIS, required=False, widget=forms.CheckboxSelectMultiple
    )
