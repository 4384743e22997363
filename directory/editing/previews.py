"""The public page of a draft, in each enabled language."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.timezone import localtime

from directory.cards import card
from directory.details import details
from directory.languages import MAIN
from directory.models import Listing, Organisation

# A preview stands in a frame of the admin, which public pages refuse.
POLICY = "default-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"


def preview(request: HttpRequest, entry: Listing | Organisation, language: str) -> HttpResponse:
    """Rendered within the language: Wagtail would render later, when another one is active."""
    with translation.override(language or MAIN):
        request.LANGUAGE_CODE = language or MAIN
        template, context = PAGES[type(entry)](entry)
        response = render(request, template, context)
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _listing(found: Any) -> tuple[str, dict[str, Any]]:
    at = localtime()
    return "directory/listing.html", {
        "listing": found,
        "card": card(found, at=at),
        "details": details(found, at=at),
        "content_languages": [],
        "has_exit": False,
    }


def _organisation(found: Any) -> tuple[str, dict[str, Any]]:
    return "directory/organisation.html", {
        "organisation": found,
        "cards": [],
        "content_languages": [],
        "has_exit": False,
    }


PAGES: Mapping[type[Any], Callable[[Any], tuple[str, dict[str, Any]]]] = {
    Listing: _listing,
    Organisation: _organisation,
}
