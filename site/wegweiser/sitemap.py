"""For search engines: each page in the languages in which it has real content, and in no other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from directory.languages import MAIN, column
from directory.models import Listing
from directory.vocabulary import configuration, terms

PAGES = ("home", "listings", "emergency", "rights", "safety", "accessibility")


@dataclass(frozen=True)
class Entry:
    urls: dict[str, str] = field(default_factory=dict)  # language → address
    changed: str = ""


def enabled() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def address(name: str, code: str, *args: str) -> str:
    with translation.override(code):
        return str(settings.PUBLIC_URL).rstrip("/") + reverse(name, args=args)


def entry(name: str, codes: Iterable[str], *args: str, changed: str = "") -> Entry:
    return Entry({code: address(name, code, *args) for code in codes}, changed)


def entries() -> Iterator[Entry]:
    codes = enabled()
    yield from (entry(name, codes) for name in PAGES)
    yield from (entry("concern", codes, slug) for slug in terms("concerns"))
    columns = [column("description", code) for code in codes]
    for slug, changed, *texts in Listing.objects.public().values_list("slug", "last_published_at", *columns):
        filled = [code for code, text in zip(codes, texts, strict=True) if text] or [MAIN]
        yield entry("listing", filled, slug, changed=changed.date().isoformat() if changed else "")


def sitemap(request: HttpRequest) -> HttpResponse:
    """Empty while the data is a demo: nobody shall find unconfirmed numbers by a search engine."""
    found = [] if configuration().demo else list(entries())
    return render(request, "sitemap.xml", {"entries": found}, content_type="application/xml; charset=utf-8")
