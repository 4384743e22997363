"""What an organisation may correct without an account: how it is reached, when, and what its card says first."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.editing.fields import CLEAN_CONTACT, Sentence
from directory.languages import SHIPPED, column
from directory.models import Contact, ContactPoint, Listing
from directory.spoken import spoken_name
from directory.text import Text, translated
from directory.upkeep.typed_hours import as_osm

KINDS = {
    Contact.Kind.PHONE: {"inputmode": "tel", "dir": "ltr"},
    Contact.Kind.EMAIL: {"inputmode": "email", "dir": "ltr"},
    Contact.Kind.WEBSITE: {"inputmode": "url", "dir": "ltr"},
    Contact.Kind.CHAT: {"inputmode": "url", "dir": "ltr"},
}
SHOWN = (Contact.Audience.PUBLIC, Contact.Audience.NOBODY)  # nobody: the owner has called it wrong
MISSING_KINDS = (Contact.Kind.PHONE, Contact.Kind.EMAIL, Contact.Kind.WEBSITE)
TEXTS = {"title": 250, "helps_with": 300}


class CorrectionForm(forms.Form):
    """Of one entry, as its latest draft has it: what a colleague has begun is not undone."""

    hours = forms.CharField(
        label=_("Opening hours"), required=False, max_length=300,
        help_text=_("For example: Mo–Fr 9–12, We 14–18. Other words are shown as you write them."),
    )  # fmt: skip
    capacity = forms.ChoiceField(label=_("Can new people come?"), choices=Listing.Capacity, required=False)
    waiting_weeks = forms.IntegerField(
        label=_("Waiting time in weeks"), min_value=0, max_value=104, required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    gone = forms.BooleanField(label=_("This offer no longer exists."), required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, draft: Listing, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        self.draft = draft
        self.contacts = dict(_named(draft))
        super().__init__(data, prefix=str(draft.pk))
        own = {
            **{name: _contact_field(row.kind, row.label) for name, row in self.contacts.items()},
            **{f"new_{kind}": _contact_field(kind, "") for kind in self._missing()},
            **{name: _text_field(draft, name) for name in TEXTS},
        }
        self.fields = {**own, **self.fields}
        self.stored = self._as_stored()
        self.initial = self.stored | (initial or {})

    def _missing(self) -> list[Contact.Kind]:
        kinds = {row.kind for row in self.contacts.values()}
        return [kind for kind in MISSING_KINDS if kind not in kinds]

    def _as_stored(self) -> dict[str, Any]:
        draft, language = self.draft, self.draft.source_language
        return {
            **{name: row.value for name, row in self.contacts.items()},
            **{name: getattr(draft, column(name, language)) or "" for name in TEXTS},
            "hours": draft.opening_hours or draft.opening_hours_note,
            "capacity": draft.capacity,
            "waiting_weeks": draft.waiting_weeks,
            "seen": draft.latest_revision_id,
        }

    def clean_title(self) -> str:
        if not self.cleaned_data["title"].strip():
            raise ValidationError(_("Without a title nobody finds this. Write one."))
        return str(self.cleaned_data["title"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, kind in self._kinds():
            if value := cleaned.get(name):
                try:
                    cleaned[name] = CLEAN_CONTACT[kind](value) if name in self.changed_data else value
                except ValidationError as problem:
                    self.add_error(name, problem)
        return cleaned

    def _kinds(self) -> Iterator[tuple[str, Any]]:
        yield from ((name, row.kind) for name, row in self.contacts.items())
        yield from ((f"new_{kind}", kind) for kind in self._missing())

    @property
    def name(self) -> Text:
        return translated(self.draft, "title")

    @property
    def is_begun(self) -> bool:
        """It shows something that was typed before, on another page than this one."""
        fields = {name: field for name, field in self.fields.items() if name != "seen"}
        return any(
            field.has_changed(self.stored.get(name), self.initial.get(name)) for name, field in fields.items()
        )

    @property
    def corrected(self) -> list[str]:
        """The fields that say something else than the draft."""
        return [name for name in self.changed_data if name not in ("seen", "gone")]

    def once_more(self) -> "CorrectionForm":
        """What was typed, on top of what somebody else has saved meanwhile."""
        seen = self.draft.revisions.filter(pk=self.cleaned_data["seen"]).first()
        before = CorrectionForm(seen.as_object() if seen else Listing.objects.get(pk=self.draft.pk))
        typed = {
            name: self[name].data
            for name, each in self.fields.items()
            if name != "seen" and each.has_changed(before.initial.get(name), self[name].data)
        }
        return CorrectionForm(self.draft, initial=typed)

    def put_into_draft(self) -> None:
        """Only what was corrected: the rest of the draft stays as it is, to the letter."""
        for name in self.corrected:
            value = self.cleaned_data[name]
            if name in self.contacts:
                self._put_contact(self.contacts[name], value)
            elif name.startswith("new_"):
                self.draft.contacts.add(ContactPoint(kind=name.removeprefix("new_"), value=value))
            elif name == "hours":
                self._put_hours(value)
            elif name in TEXTS:
                setattr(self.draft, column(name, self.draft.source_language), value)
            else:
                setattr(self.draft, name, value or (Listing.Capacity.UNKNOWN if name == "capacity" else None))

    def _put_contact(self, row: ContactPoint, value: str) -> None:
        if value:
            row.value, row.audience = value, Contact.Audience.PUBLIC
        else:
            self.draft.contacts.remove(row)

    def _put_hours(self, typed: str) -> None:
        understood = as_osm(typed)
        self.draft.opening_hours = understood
        self.draft.opening_hours_note = "" if understood else typed


def _named(draft: Listing) -> Iterator[tuple[str, ContactPoint]]:
    """`phone`, `phone_2`: a page that was opened a day ago still means the same ones."""
    counted: dict[str, int] = {}
    rows: Any = draft.contacts  # of the draft, not of the database
    for row in rows.get_object_list():
        if row.kind in KINDS and row.audience in SHOWN:
            counted[row.kind] = counted.get(row.kind, 0) + 1
            yield (row.kind if counted[row.kind] == 1 else f"{row.kind}_{counted[row.kind]}"), row


def _contact_field(kind: str, note: str) -> forms.CharField:
    name = capfirst(Contact.Kind(kind).label)
    label = gettext("%(kind)s (%(note)s)") % {"kind": name, "note": note} if note else name
    return forms.CharField(
        label=label, required=False, max_length=500, widget=forms.TextInput(attrs=KINDS[Contact.Kind(kind)])
    )


def _text_field(draft: Listing, name: str) -> forms.CharField:
    language = SHIPPED[draft.source_language]
    attrs = {"lang": language.code, "dir": language.direction}
    labels = {"title": _("Title"), "helps_with": _("What it helps with, in one sentence")}
    words = gettext("Language: %(language)s. Translations follow later.") % {
        "language": spoken_name(language.code)
    }
    widget = forms.TextInput(attrs=attrs) if name == "title" else Sentence(attrs)
    return forms.CharField(
        label=labels[name], required=False, max_length=TEXTS[name], help_text=words, widget=widget
    )


class RestForm(forms.Form):
    remark = forms.CharField(
        label=_("Anything else?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example another address, other languages or areas. The editors read it."),
    )  # fmt: skip
    rest_is_right = forms.BooleanField(
        label=_("Everything else on this page is still right."), required=False, initial=True
    )


class AddressForm(forms.Form):
    """For a new link. Whether the address is known is never told."""

    email = forms.EmailField(
        label=_("E-mail address of your organisation"), max_length=254,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "email", "dir": "ltr"}),
    )  # fmt: skip


OTHER = "other"


class HandOnForm(forms.Form):
    known = forms.ChoiceField(label=_("Who looks after it now?"), widget=forms.RadioSelect)
    email = forms.EmailField(
        label=_("Another e-mail address"), max_length=254, required=False,
        help_text=_("Of your organisation; of a role, like info@, rather than of a person."),
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off", "dir": "ltr"}),
    )  # fmt: skip

    def __init__(self, known: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(address, address) for address in known]
        self.fields["known"].choices = [*choices, (OTHER, _("somebody at another address"))]  # type: ignore[attr-defined]
        self.initial["known"] = known[0] if known else OTHER
        if not known:  # nothing to choose from
            del self.fields["known"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        other = "known" not in self.fields or cleaned.get("known") == OTHER
        if other and "email" not in self.errors and not cleaned.get("email"):
            self.add_error("email", _("Write the address at which we can ask."))
        return cleaned

    @property
    def address(self) -> str:
        known: str = self.cleaned_data.get("known", OTHER)
        return self.cleaned_data["email"] if known == OTHER else known
