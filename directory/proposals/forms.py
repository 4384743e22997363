"""What anybody may write to the city: short, few links, nothing that is public by itself."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from directory.by_hand import ByHand, now
from directory.editing.fields import CLEAN_CONTACT, Sentence
from directory.languages import MAIN, SHIPPED
from directory.models import Contact, ContactPoint, Listing, Organisation

LINKS_AT_MOST = 2
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
CONTACTS = {"phone": Contact.Kind.PHONE, "mail": Contact.Kind.EMAIL, "website": Contact.Kind.WEBSITE}
_NOT_REMEMBERED = {"autocomplete": "off"}  # a browser would tell the next user of a shared device
WRONG = {
    "hours": _("The opening hours"),
    "ended": _("This offer no longer exists"),
    "text": _("What is written there"),
    "other": _("Something else"),
}


class FewLinks(ByHand):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, field in self.fields.items():
            if (
                isinstance(field.widget, forms.Textarea)
                and len(_LINK.findall(cleaned.get(name) or "")) > LINKS_AT_MOST
            ):
                self.add_error(name, _("Please leave the web addresses out here."))
        return cleaned

    def told(self) -> dict[str, Any]:
        """What is kept for staff, without the remark and the sender's address."""
        return {}


def text(label: Any, *, most: int, rows: int, help_text: Any = "", required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"} | _NOT_REMEMBERED)
    return forms.CharField(label=label, max_length=most, help_text=help_text, required=required, widget=widget)


def line(
    label: Any, *, most: int = 250, help_text: Any = "", required: bool = False, **attrs: str
) -> forms.CharField:
    widget = forms.TextInput(attrs={"dir": "auto"} | _NOT_REMEMBERED | attrs)
    return forms.CharField(label=label, max_length=most, help_text=help_text, required=required, widget=widget)


def sentence(label: Any, *, most: int, help_text: Any = "") -> forms.CharField:
    widget = Sentence({"dir": "auto"} | _NOT_REMEMBERED)
    return forms.CharField(label=label, max_length=most, help_text=help_text, required=True, widget=widget)


def address(label: Any, *, required: bool, help_text: Any = "", autocomplete: str = "email") -> forms.EmailField:
    """As text: the browser's own check speaks the browser's language, ours the page's."""
    attrs = {"autocomplete": autocomplete, "inputmode": "email", "dir": "ltr"}
    widget = forms.TextInput(attrs=attrs)
    return forms.EmailField(label=label, max_length=254, required=required, help_text=help_text, widget=widget)


def shown(contact: ContactPoint) -> SafeString:
    """A number keeps its order among Arabic words. zxx: an address is in no language (ISO 639-2)."""
    return format_html(
        '{} <bdi dir="ltr" lang="zxx">{}</bdi>', capfirst(contact.get_kind_display()), contact.value
    )


class ReportForm(FewLinks):
    wrong = forms.MultipleChoiceField(
        label=_("What is wrong?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    remark = text(
        _("How is it right?"), most=1000, rows=4, help_text=_("Please write nothing about yourself here.")
    )
    email = address(
        _("Your e-mail address"), required=False, autocomplete="off",
        help_text=_(
            "Only if you want an answer, or if you work there: "
            "then a link comes with which a wrong number is hidden at once."
        ),
    )  # fmt: skip

    def __init__(self, contacts: Iterable[ContactPoint], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contacts = {f"contact-{row.pk}": row for row in contacts}
        found: Any = self.fields["wrong"]
        found.choices = [*((key, shown(row)) for key, row in self.contacts.items()), *WRONG.items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not (cleaned.get("wrong") or cleaned.get("remark") or {"wrong", "remark"} & self.errors.keys()):
            self.add_error("wrong", _("Choose what is wrong, or write it below."))
        return cleaned

    def told(self) -> dict[str, Any]:
        """With the values as they were: nobody hides another number by an old report."""
        chosen: list[str] = self.cleaned_data["wrong"]
        rows = [self.contacts[each] for each in chosen if each in self.contacts]
        return {
            "wrong": [each for each in chosen if each in WRONG],
            "contacts": [{"id": row.pk, "kind": row.kind, "value": row.value} for row in rows],
        }


class ClaimForm(FewLinks):
    email = address(
        _("Your e-mail address at work"), required=True,
        help_text=_("A link comes to it. An address of your organisation is easiest to check."),
    )  # fmt: skip
    task = line(_("What do you do there?"), help_text=_("For example: office, board, counselling."))
    phone = line(
        _("A telephone number of the organisation"), most=60, inputmode="tel", dir="ltr", autocomplete="tel",
        help_text=_("In case we want to ask."),
    )  # fmt: skip
    remark = text(_("Anything else?"), most=1000, rows=3)

    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("task", "phone") if self.cleaned_data[name]}


class SuggestionForm(FewLinks):
    """What both suggestions share: how the body is reached, and who suggests it."""

    phone = line(_("Telephone"), most=60, inputmode="tel", dir="ltr")
    mail = line(_("E-mail address for visitors"), most=254, inputmode="email", dir="ltr")
    website = line(_("Website"), most=500, inputmode="url", dir="ltr")
    language = forms.ChoiceField(label=_("I have written this in"))
    remark = text(_("Anything else?"), most=1000, rows=3)
    own = forms.BooleanField(label=_("I work there and want to look after the entry."), required=False)
    email = address(
        _("Your own e-mail address"), required=True,
        help_text=_("A link comes to it. It is not published, and used for this suggestion only."),
    )  # fmt: skip

    first: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages: Any = self.fields["language"]
        languages.choices = [(code, SHIPPED[code].name) for code, _name in settings.LANGUAGES if code in SHIPPED]
        languages.initial = get_language() or MAIN
        self.order_fields(self.first)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, kind in CONTACTS.items():
            if written := cleaned.get(name):
                try:
                    cleaned[name] = CLEAN_CONTACT[kind](written)
                except ValidationError as error:
                    self.add_error(name, error)
        if not any(cleaned.get(name) or name in self.errors for name in CONTACTS):
            self.add_error("phone", _("Write at least one: telephone, e-mail or website."))
        return cleaned

    def told(self) -> dict[str, Any]:
        aside = {"more", "since", "remark", "email"}
        return {name: value for name, value in self.cleaned_data.items() if value and name not in aside}


class OrganisationForm(SuggestionForm):
    first = ("name", "does", "place")

    name = line(_("Name of the organisation"), required=True, autocomplete="organization")
    does = text(_("What does it do?"), most=1500, rows=5, required=True, help_text=_("In a few sentences."))
    place = line(_("Address, or where it works"), most=300)


class ListingForm(SuggestionForm):
    first = ("organisation", "title", "kind", "audience", "helps_with", "description", "place", "languages")

    organisation = line(_("Which organisation offers it?"), required=True, autocomplete="organization")
    title = line(_("Name of the offer"), required=True)
    kind = forms.ChoiceField(label=_("What is it?"), choices=Listing.Kind.choices)
    audience = forms.ChoiceField(label=_("For whom?"), choices=Listing.Audience.choices)
    helps_with = sentence(_("What does it help with?"), most=300, help_text=_("In one sentence."))
    description = text(_("More about it"), most=3000, rows=5)
    place = line(_("For which places?"), most=300)
    languages = line(_("In which languages?"), most=300)

    def __init__(self, *args: Any, of: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of:
            del self.fields["organisation"]


class AddressForm(ByHand):
    email = address(_("Your e-mail address"), required=True)


def opened(form: ByHand, typed: QueryDict) -> None:
    """With what was typed in another language, not judged yet."""
    kept = {name: field.widget.value_from_datadict(typed, {}, name) for name, field in form.fields.items()}
    form.initial.update({name: value for name, value in kept.items() if name in typed})
    form.initial["since"] = typed.get("since") or now()
