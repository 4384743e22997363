from dataclasses import replace
from datetime import datetime
from math import ceil
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from directory.anonymous import anonymous_form
from directory.cards import Card, card
from directory.details import Details, details
from directory.languages import MAIN
from directory.showing import CARD_ROWS, DETAIL_ROWS, in_order
from directory.vocabulary import area_name, home_area
from search.absent import absent
from search.facets import address, chips, facets, pages
from search.forms import LONGEST_TEXT, Asked, asked, chosen, page_number
from search.highlighting import Highlighter
from search.port import Query, Results
from search.queries import analysis, find
from search.suggestions import script

SIZE, UNFOLDED = 20, 10  # cards of a page; those with all details in them are long
JAVASCRIPT = "text/javascript; charset=utf-8"
AGAIN = "again"  # the form that carries a search along: for facets, pages and another language


class Entry(NamedTuple):
    card: Card
    details: Details | None = None  # unfolded in place: nobody can come back to a page that was posted


@require_safe
def listings(request: HttpRequest) -> HttpResponse:
    """Browsing by facets alone: an address that may be kept and shared."""
    said = Asked("", chosen(request.GET), page_number(request.GET))
    at = localtime()
    query, results = answered(query_of(said, at, SIZE))
    context = shown(query, results, at) | {
        "entries": [Entry(card(each, at=at)) for each in in_order(slugs(results), *CARD_ROWS)],
        "pages": pages(results, query.page, SIZE, query=address(said.filters)),
        "language_query": address(said.filters),
        "noindex": bool(said.filters) or said.page > 1,
        "has_exit": "training" not in said.filters.get("kind", ()),
    }
    return render(request, "search/browse.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form
def search(request: HttpRequest) -> HttpResponse:
    """Words say as much about a person as answers do, so they travel in the body only."""
    said = asked(request.POST)
    if not said.text:
        return render(request, "search/search.html", {"noindex": True})
    if len(said.text) > LONGEST_TEXT:
        return render(request, "search/search.html", too_long(said.text))
    at = localtime()
    query, results = answered(query_of(said, at, UNFOLDED))
    context = shown(query, results, at) | {
        "entries": entries(query, results, at),
        "pages": pages(results, query.page, UNFOLDED, form=AGAIN),
        "words": said.text,
        "carried": list(said.hidden()),
        "repost": AGAIN,
        "noindex": True,
    }
    return render(request, "search/search.html", context)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """A script, because the policy of public pages lets scripts load scripts and send nothing."""
    found = script(get_language() or MAIN)
    packed = "br" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(found.compressed if packed else found.script, content_type=JAVASCRIPT)
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.headers["Vary"] = "Accept-Encoding"
    if packed:
        response.headers["Content-Encoding"] = "br"
    return response


def too_long(text: str) -> dict[str, Any]:
    error = gettext("This is too long. Please use at most %(number)d characters.") % {"number": LONGEST_TEXT}
    return {"noindex": True, "error": error, "words": text[:LONGEST_TEXT]}


def query_of(said: Asked, at: datetime, size: int) -> Query:
    return Query(
        said.text,
        get_language() or MAIN,
        said.filters,
        home_area=home_area(),
        page=said.page,
        size=size,
        everywhere=said.everywhere,
        verbatim=said.verbatim,
        at=at,
    )


def answered(query: Query) -> tuple[Query, Results]:
    """A page behind the last one is the last one, not an empty one."""
    results = find(query)
    last = ceil(results.total / query.size)
    if 0 < last < query.page:
        query = replace(query, page=last)
        results = find(query)
    return query, results


def slugs(results: Results) -> list[str]:
    return [hit.slug for hit in results.hits]


def entries(query: Query, results: Results, at: datetime) -> list[Entry]:
    highlighter = Highlighter(results, analysis(), query.language)
    hits = {hit.slug: hit for hit in results.hits}
    return [
        Entry(highlighter.card(card(each, at=at), hits[each.slug]), details(each, at=at))
        for each in in_order(hits, *DETAIL_ROWS)
    ]


def shown(query: Query, results: Results, at: datetime) -> dict[str, Any]:
    """A place that had to be let go is told, and is no filter any more."""
    let_go = "place" in results.relaxed
    place = "" if let_go or query.everywhere else results.place
    return {
        "results": results,
        "facets": facets(results, query.filters),
        "chips": chips(query.filters, place),
        "let_go": area_name(results.place) if let_go else None,
        "absent": None if results.hits else absent(query, results, at),
    }
