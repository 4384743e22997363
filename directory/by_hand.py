"""A form that anybody may send, and that programs mostly do not get through: no riddle, nothing to see."""

import time
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

LEAST_SECONDS = 2  # nobody fills it in faster (OWASP ASVS 5.0, 2.4.2)
_SALT = "directory.by_hand"


class ByHand(forms.Form):
    # Only programs fill this in, because nobody sees it.
    more = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))
    since = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("more") or not filled_in_by_hand(cleaned.get("since", "")):
            self.add_error(None, _("Please read it once more, then send it again."))
        return cleaned


def now() -> str:
    """When the form was opened, for its field `since`."""
    return opened(time.time())


def opened(at: float) -> str:
    return str(signing.dumps(int(at), salt=_SALT))


def filled_in_by_hand(since: str) -> bool:
    try:
        return time.time() - float(signing.loads(since, salt=_SALT)) >= LEAST_SECONDS
    except (signing.BadSignature, ValueError, TypeError):
        return False
