"""How somebody can be reached, as staff hear it on the phone and as the organisation answers a letter."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.collecting.entering import Told
from directory.editing.fields import clean_email, clean_phone, clean_web
from directory.models import Listing, PhoneCall
from directory.templatetags.directory import mark
from directory.text import translated


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


_LTR = {"dir": "ltr", "autocapitalize": "off", "spellcheck": "false"}


class ReachedForm(forms.Form):
    phone = forms.CharField(
        label=_("Telephone number"), max_length=60, required=False,
        widget=forms.TextInput(attrs=_LTR | {"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    email = forms.CharField(
        label=_("E-mail address"), max_length=254, required=False,
        help_text=_("Best one that stays when people leave, such as info@…"),
        widget=forms.TextInput(attrs=_LTR | {"type": "email", "inputmode": "email", "autocomplete": "off"}),
    )  # fmt: skip
    website = forms.CharField(
        label=_("Website"), max_length=500, required=False,
        widget=forms.TextInput(attrs=_LTR | {"inputmode": "url", "autocomplete": "off"}),
    )  # fmt: skip
    hours = forms.CharField(
        label=_("When does somebody answer the telephone?"), max_length=300, required=False,
        help_text=_("In your own words, such as: Monday to Thursday, 9 to 12."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    entries = forms.MultipleChoiceField(
        label=_("For which entries is this right?"), required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("One of the entries has changed meanwhile. Look at the list again.")},
    )  # fmt: skip

    def __init__(self, *args: Any, listings: Iterable[Listing], **kwargs: Any) -> None:
        self.listings = {str(each.pk): each for each in listings}
        super().__init__(*args, **kwargs)
        choices = cast("forms.MultipleChoiceField", self.fields["entries"])
        choices.choices = [(key, mark(translated(each, "title"))) for key, each in self.listings.items()]
        choices.initial = list(self.listings)
        if not self.listings:  # taken off the site since the letter was printed
            del self.fields["entries"]

    def clean_phone(self) -> str:
        return clean_phone(self.cleaned_data["phone"]) if self.cleaned_data["phone"] else ""

    def clean_email(self) -> str:
        return clean_email(self.cleaned_data["email"]) if self.cleaned_data["email"] else ""

    def clean_website(self) -> str:
        return clean_web(self.cleaned_data["website"]) if self.cleaned_data["website"] else ""

    def clean_hours(self) -> str:
        return " ".join(self.cleaned_data["hours"].split())

    def chosen(self) -> list[Listing]:
        return [self.listings[key] for key in self.cleaned_data.get("entries", ())]

    def told(self) -> Told:
        return Told(**{name: self.cleaned_data[name] for name in ("phone", "email", "website", "hours")})

    def check_complete(self, cleaned: dict[str, Any]) -> None:
        """Hours alone are no way to reach anybody; contacts belong to some entry."""
        if self.errors:
            return
        if cleaned["hours"] and not cleaned["phone"]:
            self.add_error("phone", _("Write the number as well: these are the hours of the telephone."))
        elif self.told() and self.listings and not cleaned["entries"]:
            self.add_error("entries", _("Choose at least one entry."))


class SheetForm(ReachedForm):
    """What staff hear on the phone."""

    on = forms.DateField(label=_("Confirmed on"), widget=_day())
    seen = forms.CharField(widget=forms.HiddenInput)
    field_order = ("phone", "hours", "email", "website", "entries", "on", "seen")

    def __init__(self, *args: Any, needs_contact: bool, **kwargs: Any) -> None:
        self.needs_contact = needs_contact
        super().__init__(*args, **kwargs)
        self.fields["phone"].widget.attrs["autofocus"] = True
        self.fields["on"].initial = timezone.localdate
        self.fields["on"].widget.attrs["max"] = timezone.localdate().isoformat()

    def clean_on(self) -> Any:
        if self.cleaned_data["on"] > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return self.cleaned_data["on"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.check_complete(cleaned)
        if not self.errors and not self.told() and self.needs_contact:
            self.add_error("phone", _("Write what you heard, or say below what happened instead."))
        if not self.errors and not cleaned["entries"]:
            self.add_error("entries", _("Choose at least one entry."))
        return cleaned

    def seen_revisions(self) -> dict[int, int | None]:
        """What the sheet was made of; anything else that is posted fits no entry, which is a conflict."""
        found: dict[int, int | None] = {}
        for pair in self.cleaned_data["seen"].split(","):
            key, _colon, revision = pair.partition(":")
            if key.isdecimal() and key.isascii():
                found[int(key)] = int(revision) if revision.isdecimal() and revision.isascii() else None
        return found


def seen_of(listings: Iterable[Listing]) -> str:
    return ",".join(f"{each.pk}:{each.latest_revision_id or ''}" for each in listings)


class NotHeardForm(forms.Form):
    outcome = forms.ChoiceField(choices=[each for each in PhoneCall.Outcome.choices if each[0] != "heard"])
    again_on = forms.DateField(label=_("Call again on"), required=False, widget=_day())


class LetterForm(ReachedForm):
    """What the organisation answers to its letter."""

    account = forms.EmailField(
        label=_("To keep your entries yourselves: the e-mail address for the invitation"),
        max_length=254, required=False,
        widget=forms.TextInput(attrs=_LTR | {"type": "email", "inputmode": "email", "autocomplete": "email"}),
    )  # fmt: skip
    remark = forms.CharField(
        label=_("Is anything else wrong or missing?"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    gone = forms.BooleanField(label=_("We no longer exist, or do not want to be listed."), required=False)
    field_order = ("phone", "hours", "email", "website", "entries", "account", "remark", "gone")
    own = {"phone": "tel", "email": "email", "website": "url"}  # WCAG 1.3.5: the browser knows them

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, purpose in self.own.items():
            self.fields[name].widget.attrs["autocomplete"] = purpose

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.check_complete(cleaned)
        if not self.errors and not (self.told() or any(cleaned[name] for name in ("account", "remark", "gone"))):
            self.add_error("phone", _("Write at least one way to reach you, or tell us below what is wrong."))
        return cleaned
