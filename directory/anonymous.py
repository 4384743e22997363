"""Forms for visitors without a name: no cookie, so no token; the browser says where a request comes from."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlsplit

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

SEND = "send"  # the button that sends; a change of language posts the form without it
FORM = "typed"  # its id, for buttons outside of it

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def comes_from_here(request: HttpRequest) -> bool:
    """A form on another site must not search in a visitor's name (OWASP ASVS 5.0, 3.5.1)."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    # `no-referrer` makes some browsers send "null" even for their own pages (Fetch standard, § 3.2).
    return origin is None or origin == "null" or urlsplit(origin).netloc == request.get_host()


def anonymous_form(view: View[P]) -> View[P]:
    """For posts that change nothing. Sessions and their token do not exist on public pages."""

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST" and not comes_from_here(request):
            return render(request, "403.html", status=403)
        return view(request, *args, **kwargs)

    return cast("View[P]", checked)


def typed_so_far(form: forms.Form, posted: QueryDict) -> dict[str, Any]:
    """To begin the form with in another language: shown again, and judged only when it is sent."""
    widgets = {name: (field.widget, form.add_prefix(name)) for name, field in form.fields.items()}
    return {
        name: widget.value_from_datadict(posted, {}, key)
        for name, (widget, key) in widgets.items()
        if not widget.value_omitted_from_data(posted, {}, key)
    }
