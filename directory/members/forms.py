"""The forms of the sections, made out of the list of their fields."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import ClusterForm, childformset_factory

from directory.editing import fields
from directory.editing import hours as reading
from directory.languages import SHIPPED, column, direction
from directory.members import hours
from directory.members.picking import area_choices, around
from directory.members.sections import HELP, LABELS, Section
from directory.members.speaking import SpokenField, put_spoken
from directory.models import Contact, ContactPoint, Listing, LocatedAt, Place
from directory.models.codes import CodesFormField
from directory.translation_state import Before, note_changes

BLANK_ROWS = 1
SENTENCE = "helps_with"  # longer than a line of a phone, and still one sentence
LONG = 8  # boxes; a longer list is folded, with what is ticked in its heading


class ContactRow(forms.ModelForm[ContactPoint]):
    class Meta:
        model = ContactPoint
        fields = ("kind", "value", "label")
        labels = {"label": _("Note, for instance: ask for the counselling team")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.value:
            self.initial["kind"] = Contact.Kind.PHONE
        self.fields["value"].widget.attrs["dir"] = "ltr"
        if own := self._own_hours():
            label = gettext("The hours of this number alone no longer hold: %(hours)s") % {"hours": own}
            self.fields["forget_hours"] = forms.BooleanField(label=label, required=False)

    def _own_hours(self) -> str:
        """They decide over those of the entry, so whoever changes these must see them."""
        read = "; ".join(reading.read(self.instance.opening_hours, localtime()).words)
        return read or self.instance.opening_hours_note

    def save(self, commit: bool = True) -> ContactPoint:
        if self.cleaned_data.get("forget_hours"):
            self.instance.opening_hours = self.instance.opening_hours_note = ""
        return super().save(commit)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") and cleaned.get("value"):
            try:
                cleaned["value"] = fields.CLEAN_CONTACT[cleaned["kind"]](cleaned["value"])
            except ValidationError as problem:
                self.add_error("value", problem)
        return cleaned


class PlaceRow(forms.ModelForm[Place]):
    class Meta:
        model = Place
        fields = ("name", "address", "visibility")
        labels = {"name": _("Name of the place"), "visibility": _("What of the address do visitors see?")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("visibility", LocatedAt.Visibility.FULL)


ROWS: Mapping[str, tuple[Any, Any]] = {"contacts": (ContactPoint, ContactRow), "places": (Place, PlaceRow)}
ROW_NAMES = frozenset({*ROWS, "languages"})


class SectionForm(ClusterForm):
    """Bound to a draft, into which it writes what was typed; it saves nothing."""

    section: Section
    languages: tuple[str, ...]
    instance: Listing
    is_judged = True

    class Meta:
        model = Listing
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, found: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = Before.of(self.instance)
        self.hours_before = self.instance.opening_hours
        for name, field in self.fields.items():
            self._prepare(name, field)
        if "areas_served" in self.fields:
            self._offer_areas(found)
        if "languages" in self.section.rows:
            self.fields["spoken"] = SpokenField(self.instance)

    def _prepare(self, name: str, field: Any) -> None:
        model_field: Any = Listing._meta.get_field(name)
        original = getattr(model_field, "translated_field", None)
        plain = original.name if original else name
        field.label = LABELS.get(plain, field.label if not original else original.verbose_name)
        field.help_text = HELP.get(plain, "")
        if original:
            code = model_field.language
            field.widget.attrs |= {"lang": code, "dir": direction(code)}
        if isinstance(field, CodesFormField):
            field.widget = forms.CheckboxSelectMultiple()
            field.choices = field.choices
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 5
        if plain == SENTENCE:
            field.widget = fields.Sentence(field.widget.attrs)
        if name == "opening_hours":
            field.widget = hours.HoursLines()
        if name == "valid_until":
            field.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def _offer_areas(self, found: Iterable[str]) -> None:
        """What is ticked, what was found, and the larger areas around it."""
        field: Any = self.fields["areas_served"]
        ticked = self.data.getlist("areas_served") if self.is_bound else self.instance.areas_served
        field.choices = area_choices([*ticked, *found, *around(ticked)])

    def as_typed(self) -> "SectionForm":
        """Shown again before anybody has saved it, and so not judged: no field looks for mistakes of its own."""
        rows = (row for formset in self.formsets.values() for row in formset.forms)
        for each in (self, *rows):
            each._errors = ErrorDict()
        self.is_judged = False
        return self

    @property
    def by_language(self) -> list[tuple[str, str, list[Any]]]:
        """Code, name and fields of each language; nothing where the section has no texts."""
        return [
            (code, SHIPPED[code].name, [self[column(name, code)] for name in self.section.texts])
            for code in (self.languages if self.section.texts else ())
        ]

    @property
    def plain_fields(self) -> list[Any]:
        translated = {column(name, code) for code in self.languages for name in self.section.texts}
        return [self[name] for name in self.fields if name not in translated]

    @property
    def long_lists(self) -> list[str]:
        fields: Mapping[str, Any] = self.fields
        boxes = (name for name, field in fields.items() if isinstance(field.widget, forms.CheckboxSelectMultiple))
        return [name for name in boxes if len(list(fields[name].choices)) > LONG]

    def clean_opening_hours(self) -> str:
        """Lines that nobody touched leave the hours as they were written."""
        typed = self["opening_hours"].data
        if problem := hours.problem(typed):
            raise ValidationError(problem)
        if isinstance(typed, hours.Typed):
            given = tuple(line for line in typed.lines if not line.is_empty)
            if given and given == hours.as_lines(self.hours_before):
                return self.hours_before
        return fields.clean_hours(self.cleaned_data["opening_hours"] or "")

    def write(self) -> Listing:
        draft: Listing = self.save(commit=False)
        if "spoken" in self.cleaned_data:
            put_spoken(draft, self.cleaned_data["spoken"])
        return draft

    def note_changes(self, by: str) -> None:
        note_changes(self.instance, self.before, by=by)


@lru_cache(maxsize=256)
def form_class(section: Section, languages: tuple[str, ...]) -> type[SectionForm]:
    names = [name for name in section.names(languages) if name not in section.rows]
    meta = type("Meta", (SectionForm.Meta,), {"model": Listing, "fields": names, "formsets": ()})
    made: Any = type("Form", (SectionForm,), {"Meta": meta, "section": section, "languages": languages})
    made.formsets = {name: _formset(*ROWS[name]) for name in section.rows if name in ROWS}
    found: type[SectionForm] = made
    return found


def _formset(model: Any, form: Any) -> Any:
    return childformset_factory(Listing, model, form=form, fields=form._meta.fields, extra=BLANK_ROWS)


def problems(form: SectionForm) -> list[str]:
    """All of them in words, for a script that shows them in one line."""
    rows = [row.errors for formset in form.formsets.values() for row in formset.forms]
    others = [formset.non_form_errors() for formset in form.formsets.values()]
    named = [str(error) for errors in (form.errors, *rows) for each in errors.values() for error in each]
    return [*named, *(str(error) for errors in others for error in errors)]
