"""What every form of the referral's texts asks for."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from directory.editing.forms import EntryForm
from directory.languages import MAIN, SHIPPED, column


def need_main_text(form: EntryForm, cleaned: dict[str, Any], *fields: str) -> None:
    """Readers of every other language fall back to it, so also a draft is refused without it."""
    for field in fields:
        name = column(field, MAIN)
        if name not in form.fields or (cleaned.get(name) or "").strip():
            continue
        words = _("Write the %(what)s in %(language)s: all other languages fall back to it.")
        heading = capfirst(form._meta.model._meta.get_field(field).verbose_name)
        form.add_error(
            name, forms.ValidationError(words, params={"what": heading, "language": SHIPPED[MAIN].name})
        )
