"""A draft as readers would see it: its page, and its card in a list, in each enabled language."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from directory.cards import card
from directory.languages import MAIN
from directory.models import Listing, Organisation, Published
from directory.showing import public_listings
from directory.translation_state import show
from directory.views import of_listing, of_organisation

# A preview stands in a frame of the admin, which public pages refuse.
POLICY = "default-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"


def modes(model: type[Any]) -> list[tuple[str, str]]:
    """Pages first: the first one is what the preview shows unasked."""
    if model not in CARDS:
        return list(settings.LANGUAGES)
    pages = [(code, _("%(language)s: page") % {"language": name}) for code, name in settings.LANGUAGES]
    cards = [(CARD + code, _("%(language)s: card") % {"language": name}) for code, name in settings.LANGUAGES]
    return [*pages, *cards]


def preview(request: HttpRequest, entry: Published, mode: str) -> HttpResponse:
    """Rendered within the language: Wagtail would render later, when another one is active."""
    language = mode.removeprefix(CARD) or MAIN
    template, context = (CARDS if mode.startswith(CARD) else PAGES)[type(entry)]
    show(entry, language, public=True)  # staff look at it before they show it to readers
    with translation.override(language):
        request.LANGUAGE_CODE = language
        response = render(request, template, context(entry) | unlike_the_page(entry))
    response.headers["Content-Security-Policy"] = POLICY
    return response


def of_card(entry: Listing) -> dict[str, Any]:
    """As it stands in a list of many."""
    return {"card": card(entry, at=localtime())}


def unlike_the_page(entry: Published) -> dict[str, Any]:
    """No public address in other languages, no hurry to leave it, and no link to a page that does not exist."""
    return {"content_languages": [], "has_exit": False, "without_page": not _has_page(entry)}


def _has_page(entry: Published) -> bool:
    """Under the draft's own name, which its links carry."""
    if isinstance(entry, Listing):
        return public_listings().filter(pk=entry.pk, slug=entry.slug).exists()
    if isinstance(entry, Organisation):
        organisations: QuerySet[Organisation] = Organisation.objects.all()
        return organisations.filter(pk=entry.pk, slug=entry.slug, live=True).exists()
    return False


CARD = "card:"
# Rooms above add theirs.
PAGES: dict[type[Any], tuple[str, Callable[[Any], dict[str, Any]]]] = {
    Listing: ("directory/listing.html", of_listing),
    Organisation: ("directory/organisation.html", of_organisation),
}
CARDS: Mapping[type[Any], tuple[str, Callable[[Any], dict[str, Any]]]] = {
    Listing: ("directory/editing/preview_card.html", of_card),
}
