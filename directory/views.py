from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localtime

from directory.cards import card, is_public
from directory.details import contact, details, newer, place_line
from directory.languages import MAIN
from directory.models import Listing, Organisation
from directory.showing import CARD_ROWS, DETAIL_ROWS, public_listings, with_rows
from directory.text import translated, translations


def content_languages(obj: Listing | Organisation, field: str) -> list[str]:
    """The languages in which the page says more than its codes."""
    return list(translations(obj, field))


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    (found,) = with_rows([get_object_or_404(public_listings(), slug=slug)], *DETAIL_ROWS)
    return render(request, "directory/listing.html", of_listing(found))


def of_listing(found: Listing) -> dict[str, Any]:
    """What the page shows; of a draft too, when staff preview it."""
    at = localtime()
    return {
        "listing": found,
        "card": card(found, at=at),
        "details": details(found, at=at),
        "content_languages": content_languages(found, "description"),
        "has_exit": found.kind != Listing.Kind.TRAINING,
    }


def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    organisations: QuerySet[Organisation] = Organisation.objects.all()
    found = get_object_or_404(organisations.prefetch_related("contacts", "sites"), slug=slug, live=True)
    return render(request, "directory/organisation.html", of_organisation(found))


def of_organisation(found: Organisation) -> dict[str, Any]:
    # By id: a draft that was never saved has none, and so no listings.
    own = with_rows(public_listings().filter(organisation_id=found.pk), *CARD_ROWS)
    listings = sorted(own, key=lambda each: translated(each, "title").text)
    return {
        "organisation": found,
        "newer": newer(found),
        "contacts": [contact(row, MAIN) for row in found.contacts.all() if is_public(row)],
        "places": [place for row in found.sites.all() if (place := place_line(row))],
        "cards": [card(each, at=localtime()) for each in listings],
        "content_languages": content_languages(found, "description"),
        "has_exit": any(each.kind != Listing.Kind.TRAINING for each in listings),
    }
