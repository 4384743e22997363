"""One date of a training or an event, as a member writes it: a day, two times, and how it comes again."""

from datetime import date, datetime, time
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext_lazy as _

from directory import recurrence
from directory.models import EventDate, Listing
from directory.recurrence import Repeats

MOST = 60  # rows of one entry
PREFIX = "date"


def _day(**kwargs: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def _time(**kwargs: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **kwargs)


class DateForm(forms.Form):
    row = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)  # which date it was
    day = _day(label=_("Day"))
    begins = _time(label=_("Begins at"))
    ends = _time(label=_("Ends at"), required=False)
    last_day = _day(label=_("Last day, if it takes several"), required=False)
    repeats = forms.ChoiceField(label=_("How often"), required=False, initial=Repeats.NEVER)
    until = _day(label=_("Comes again until"), required=False)
    note = forms.CharField(label=_("Note, like the place or the number of places"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.initial.get("repeats") == Repeats.AS_IT_IS
        offered = [each for each in Repeats.choices if kept or each[0] != Repeats.AS_IT_IS]
        cast("forms.ChoiceField", self.fields["repeats"]).choices = offered

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if {"day", "begins"} <= found.keys() and self._over_before_it_begins(found):
            self.add_error("ends", _("It would be over before it begins."))
        day, until = found.get("day"), found.get("until")
        if day and until and until < day:
            self.add_error("until", _("This is before the first day."))
        if until and found.get("repeats") == Repeats.NEVER:
            self.add_error("repeats", _("It has a last day: choose how often it comes again."))
        if found.get("last_day") and not found.get("ends"):
            self.add_error("ends", _("Say when it ends on the last day."))
        return found

    def _over_before_it_begins(self, found: dict[str, Any]) -> bool:
        ends = _ends(found)
        return bool(ends and ends < _at(found["day"], found["begins"]))

    def made(self, before: EventDate | None) -> EventDate:
        """A row for the draft; what stays as it is keeps its key."""
        found = self.cleaned_data
        repeats = found["repeats"] or Repeats.NEVER
        kept = before.recurrence if before and repeats == Repeats.AS_IT_IS else ""
        return EventDate(
            pk=before.pk if before else None,
            starts_at=_at(found["day"], found["begins"]),
            ends_at=_ends(found),
            recurrence=kept or recurrence.written(repeats, found["day"], found["until"]),
            note=found["note"],
        )


def _ends(found: dict[str, Any]) -> datetime | None:
    return _at(found.get("last_day") or found["day"], found["ends"]) if found.get("ends") else None


def _at(day: date, hour: time) -> datetime:
    return make_aware(datetime.combine(day, hour))


class _Rows(forms.BaseFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        if any(self.errors):
            return
        told = [(form.cleaned_data["day"], form.cleaned_data["begins"]) for form in self.kept()]
        if len(set(told)) < len(told):
            raise ValidationError(_("The same day and time is there twice."))

    def kept(self) -> list[DateForm]:
        """In the order in which they take place."""
        forms_of_rows = [form for form in self.forms if form.has_changed() or form.initial]
        found = [form for form in forms_of_rows if form not in self.deleted_forms and "day" in form.cleaned_data]
        return sorted(found, key=lambda form: (form.cleaned_data["day"], form.cleaned_data["begins"]))


def formset(draft: Listing, data: Any = None) -> Any:
    kind = forms.formset_factory(DateForm, formset=_Rows, can_delete=True, max_num=MOST, validate_max=True)
    before = {_key(row): _initial(row) for row in draft.dates.all()}
    if data is None:
        return kind(initial=list(before.values()), prefix=PREFIX)
    # By key: somebody else may have added or removed a row since the form was made.
    initial = [before.get(data.get(f"{PREFIX}-{number}-row", ""), {}) for number in range(MOST)]
    return kind(data, initial=initial, prefix=PREFIX)


def _key(row: EventDate) -> str:
    """A row that only a draft has is not numbered yet."""
    return f"{row.pk or ''}@{row.starts_at.timestamp():.0f}"


def _initial(row: EventDate) -> dict[str, Any]:
    starts, ends = localtime(row.starts_at), localtime(row.ends_at) if row.ends_at else None
    repeats, until = recurrence.chosen(row.recurrence, starts.date())
    return {
        "row": _key(row),
        "day": starts.date(),
        "begins": starts.time(),
        "ends": ends.time() if ends else None,
        "last_day": ends.date() if ends and ends.date() != starts.date() else None,
        "repeats": repeats,
        "until": until,
        "note": row.note,
    }


def rows(found: Any, draft: Listing) -> list[EventDate]:
    before = {_key(row): row for row in draft.dates.all()}
    return [form.made(before.get(form.cleaned_data["row"])) for form in found.kept()]
