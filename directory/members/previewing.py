"""A draft as visitors would see it, in each language: its page, and its card in a list."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from directory import listings
from directory.editing.previews import of_card, unlike_the_page
from directory.languages import direction
from directory.members.access import listing_for, members_only
from directory.translation_state import show
from directory.views import of_listing

PAGE, CARD = "seite", "karte"
WAYS: dict[str, tuple[str, Any]] = {
    PAGE: ("members/preview_page.html", of_listing),
    CARD: ("members/preview_card.html", of_card),
}


@members_only
def preview(request: HttpRequest, slug: str, way: str, language: str) -> HttpResponse:
    if way not in WAYS or language not in dict(settings.LANGUAGES):
        raise Http404
    draft = listings.draft_of(listing_for(request, slug))
    show(draft, language, public=True)  # in memory: they look at it before readers do
    frame = render_to_string("members/preview_bar.html", _bar(draft, way, language), request)
    template, context = WAYS[way]
    with translation.override(language):
        shown = context(draft) | unlike_the_page(draft) | {"listing": draft, "bar": frame}
        return render(request, template, shown)


def _bar(draft: Any, way: str, language: str) -> dict[str, Any]:
    """In the member's own language, whatever language the preview is in."""
    own = translation.get_language()
    return {
        "listing": draft,
        "way": way,
        "language": language,
        "languages": settings.LANGUAGES,
        "own": own,
        "own_direction": direction(own or ""),
    }
