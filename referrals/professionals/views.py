"""The page for professionals: a form with every dimension, and beneath it what follows."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from directory.anonymous import anonymous_form
from directory.languages import MAIN
from directory.vocabulary import home_area
from referrals import queries
from referrals.asking import FAULTS
from referrals.professionals import changes, fields, slip
from referrals.professionals.contacts import for_professionals
from referrals.professionals.outcome import outcome

PAGE = "referrals/professionals/page.html"
RESULT = "result"  # the anchor to which a post leads: the keyboard goes on there
FORM = "situation"
SHOW = "show"  # asks for a result though nothing was chosen; a change of language does not


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form
def page(request: HttpRequest) -> HttpResponse:
    """For everybody. It never asks who is there: what only professionals see stands on another address."""
    return render(request, PAGE, context(request, action=reverse("professionals"), signed_in=False))


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form
def signed_in(request: HttpRequest, language: str) -> HttpResponse:
    """The same below /admin/: there alone the session's cookie is sent, and nothing is ever kept by a cache."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    action = reverse("professionals_signed_in", args=[language])
    with translation.override(language):
        return render(request, PAGE, context(request, action=action, signed_in=True) | {"noindex": True})


def context(request: HttpRequest, *, action: str, signed_in: bool) -> dict[str, Any]:
    stated = fields.read(request.POST)
    found = outcome(stated) if request.POST.get("step") == SHOW or stated.values else None
    if found and signed_in:
        found = found.with_contacts(for_professionals(found.slugs))
    return {
        "groups": groups(stated),
        "stated": stated,
        "date_fault": FAULTS.get(stated.date_fault) if stated.date_fault else "",
        "outcome": found,
        "action": f"{action}#{RESULT}",
        "form": FORM,
        "repost": FORM,
        "slip": {"address": slip.address(stated), "hidden": list(slip.hidden(stated, queries.guide()))},
        "signed_in": signed_in,
        "language": translation.get_language() or MAIN,
        "noindex": found is not None,
    }


def groups(stated: fields.Stated) -> dict[str, list[fields.Field]]:
    """The page lays them out in four parts."""
    shown = {field.name: field for field in fields.shown(stated, home=home_area())}
    parts = {"date": fields.DATE, "texts": (fields.TEXT,), "body": (fields.BODY,)}
    apart = {name for names in parts.values() for name in names}
    found = {part: [shown[name] for name in names] for part, names in parts.items()}
    return {"situation": [field for name, field in shown.items() if name not in apart], **found}


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What a colleague wants to know who has been away for a month."""
    return render(request, "referrals/professionals/news.html", {"days": changes.by_day()})
