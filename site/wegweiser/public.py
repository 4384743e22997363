"""The pages that belong to no room: home, emergency numbers, safety, and what the law asks of a site."""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from directory.cards import card
from directory.showing import CARD_ROWS, public_listings, with_rows
from directory.text import Text
from directory.vocabulary import configuration, label, terms
from referrals.forms import PATHS


class Tile(NamedTuple):
    slug: str
    label: Text
    url: str


def tiles() -> list[Tile]:
    return [Tile(slug, label("concerns", slug), reverse("concern", args=[slug])) for slug in terms("concerns")]


def paths() -> list[Tile]:
    """For those who ask for somebody else."""
    return [Tile(slug, label("asker", slug), reverse("concern", args=[slug])) for slug in PATHS]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html", {"tiles": tiles(), "paths": paths()})


@require_safe
def emergency(request: HttpRequest) -> HttpResponse:
    """The lines of the directory that help at once, those around the clock first."""
    at = localtime()
    lines = with_rows(public_listings().filter(role="crisis_line"), *CARD_ROWS)
    cards = [
        card(line, at=at) for line in sorted(lines, key=lambda line: (line.opening_hours != "24/7", line.slug))
    ]
    return render(request, "emergency.html", {"cards": [each for each in cards if each.phone]})


@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    return render(request, "safety.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy.html", {"publisher": configuration(), "counts_gaps": settings.COUNT_GAPS})


@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    return render(request, "imprint.html", {"publisher": configuration()})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "accessibility.html", {"publisher": configuration()})


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """The quick exit: forget what the browser keeps of these pages, then go somewhere harmless."""
    response = HttpResponse(status=303)
    response.headers["Location"] = settings.EXIT_URL
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    if configuration().demo:
        lines = ["User-agent: *", "Disallow: /"]
    else:
        lines = [
            "User-agent: *",
            "Disallow: /admin/",
            "Disallow: /konto/",
            "Disallow: /w",
            f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml",
        ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
