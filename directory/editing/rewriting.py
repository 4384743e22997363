"""Tells editors where something else is kept than what they typed."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages


def tell(request: HttpRequest, form: Any) -> None:
    for typed, kept in rewritten(form):
        messages.info(request, _("“%(typed)s” is kept as “%(kept)s”.") % {"typed": typed, "kept": kept})


def rewritten(form: Any) -> Iterator[tuple[str, str]]:
    for rows in getattr(form, "formsets", {}).values():
        for row in rows:
            if typed := getattr(row, "rewritten", ""):
                yield typed, row.cleaned_data["value"]
