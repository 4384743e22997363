"""Somebody asks a body to call them back: a form whose contents exist in one mail, and nowhere else."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from directory.by_hand import ByHand, now
from directory.languages import MAIN
from directory.telephone import can_be_called, formatted
from referrals.codes import code
from referrals.slips.languages import offered

SEND = "send"  # the button that sends; a change of language posts the form without it

ANY_TIME = "any"
TIMES = {
    ANY_TIME: _("at any time"),
    "morning": _("in the morning"),
    "midday": _("at midday"),
    "afternoon": _("in the afternoon"),
    "evening": _("in the evening"),
}
# WCAG 1.3.5 asks for `autocomplete` on such fields; here a browser that remembers them would tell the next user.
_PLAIN = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}


@dataclass(frozen=True)
class Request:
    """What the mail says."""

    who: str
    number: str
    mail: str
    when: str
    speaks: str


class CallbackForm(ByHand):
    who = forms.CharField(
        label=_("A name"), help_text=_("Any name will do, it need not be your own."), max_length=80,
        required=False, widget=forms.TextInput(attrs=_PLAIN),
    )  # fmt: skip
    number = forms.CharField(
        label=_("Telephone number"), max_length=40, required=False,
        widget=forms.TextInput(attrs=_PLAIN | {"inputmode": "tel", "dir": "ltr"}),
    )  # fmt: skip
    mail = forms.EmailField(
        label=_("Or an e-mail address"), max_length=254, required=False,
        widget=forms.TextInput(attrs=_PLAIN | {"inputmode": "email", "dir": "ltr"}),
    )  # fmt: skip
    when = forms.ChoiceField(label=_("When is a good time?"), required=False)
    language = forms.ChoiceField(label=_("Which language do you speak?"), required=False)
    agreed = forms.BooleanField(
        label=_("Yes, send this to the body. It may use it to call or write to me, and for nothing else."),
        error_messages={"required": _("Nothing is sent before you agree here.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.times = {code("time", each): each for each in TIMES}
        spoken = offered()
        self.languages = {code("speaks", each): each for each in spoken}
        self._choose("when", [(value, TIMES[each]) for value, each in self.times.items()])
        self._choose("language", [(code("speaks", each), name) for each, name in spoken.items()])
        for name, field in self.fields.items():
            described = [f"{name}-hint"] if field.help_text else []
            described += [f"{name}-error"] if self.is_bound and name in self.errors else []
            if described:
                field.widget.attrs |= {"aria-describedby": " ".join(described)}

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def clean_who(self) -> str:
        return " ".join(self.cleaned_data["who"].split())

    def clean_number(self) -> str:
        written = str(self.cleaned_data["number"])
        if written and not can_be_called(written):
            raise ValidationError(_("This is no telephone number that can be called. Please look at it again."))
        return formatted(written) if written else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not {"number", "mail"} & self.errors.keys() and not (cleaned["number"] or cleaned["mail"]):
            self.add_error("number", _("Write a telephone number or an e-mail address, to be reached at."))
        return cleaned

    def request(self) -> Request:
        found = self.cleaned_data
        return Request(
            **{name: found[name] for name in ("who", "number", "mail")},
            when=self.times.get(found["when"], ANY_TIME),
            speaks=self.languages.get(found["language"], ""),
        )


def empty(typed: dict[str, Any]) -> CallbackForm:
    """Or with what was typed in another language, not judged yet."""
    since = typed.get("since") or now()
    return CallbackForm(initial={"language": code("speaks", get_language() or MAIN)} | typed | {"since": since})
