"""The public page of a draft, in each enabled language."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from directory.languages import MAIN
from directory.models import Listing, Organisation
from directory.views import of_listing, of_organisation

# A preview stands in a frame of the admin, which public pages refuse.
POLICY = "default-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"


def preview(request: HttpRequest, entry: Listing | Organisation, language: str) -> HttpResponse:
    """Rendered within the language: Wagtail would render later, when another one is active."""
    with translation.override(language or MAIN):
        request.LANGUAGE_CODE = language or MAIN
        template, context = PAGES[type(entry)]
        response = render(request, template, context(entry) | UNLIKE_THE_PAGE)
    response.headers["Content-Security-Policy"] = POLICY
    return response


PAGES: Mapping[type[Any], tuple[str, Callable[[Any], dict[str, Any]]]] = {
    Listing: ("directory/listing.html", of_listing),
    Organisation: ("directory/organisation.html", of_organisation),
}
# A draft has no public address in other languages, and nobody needs to leave it in a hurry.
UNLIKE_THE_PAGE = {"content_languages": [], "has_exit": False}
