from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from directory.anonymous import anonymous_form
from directory.languages import MAIN
from directory.showing import cards
from directory.vocabulary import area_name, home_area
from search.facets import address, chips, facets, pages
from search.forms import LONGEST_TEXT, Filters, chosen, page_number, pairs, words
from search.port import Query, Results
from search.queries import find

SIZE = 20
AGAIN = "again"  # the form that carries a search along: for facets, pages and another language


@require_safe
def listings(request: HttpRequest) -> HttpResponse:
    """Browsing by facets alone: an address that may be kept and shared."""
    filters, page = chosen(request.GET), page_number(request.GET)
    results = find(query("", filters, page))
    context = shown(results, filters) | {
        "pages": pages(results, page, SIZE, query=address(filters)),
        "language_query": address(filters),
        "noindex": bool(filters) or page > 1,
        "has_exit": "training" not in filters.get("kind", ()),
    }
    return render(request, "search/browse.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form
def search(request: HttpRequest) -> HttpResponse:
    """Words say as much about a person as answers do, so they travel in the body only."""
    text = words(request.POST)
    if not text:
        return render(request, "search/search.html", {"noindex": True})
    if len(text) > LONGEST_TEXT:
        error = gettext("This is too long. Please use at most %(number)d characters.") % {"number": LONGEST_TEXT}
        return render(
            request, "search/search.html", {"noindex": True, "error": error, "words": text[:LONGEST_TEXT]}
        )
    filters, page = chosen(request.POST), page_number(request.POST)
    results = find(query(text, filters, page))
    context = shown(results, filters) | {
        "pages": pages(results, page, SIZE, form=AGAIN),
        "place": area_name(results.place) if results.place else None,
        "words": text,
        "repost": AGAIN,
        "noindex": True,
    }
    return render(request, "search/search.html", context)


def query(text: str, filters: Filters, page: int) -> Query:
    language = get_language() or MAIN
    return Query(text, language, filters, home_area=home_area(), page=page, size=SIZE)


def shown(results: Results, filters: Filters) -> dict[str, Any]:
    why = {hit.slug: hit.why for hit in results.hits}
    return {
        "results": results,
        "cards": cards(why, at=localtime(), why=why),
        "facets": facets(results, filters),
        "chips": chips(filters),
        "chosen": list(pairs(filters)),
    }
