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
from directory.text import translations
from directory.vocabulary import configuration, terms
from referrals.forms import PATHS
from wegweiser.pages.tree import SERVE, tree

PAGES = ("home", "listings", "emergency", "rights", "professionals", "safety", "accessibility", "poster")


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
    yield from (entry("concern", codes, slug) for slug in (*terms("concerns"), *PATHS))
    for page in tree().pages:
        if page.path:
            filled = [code for code in codes if code in page.languages] or [MAIN]
            yield entry(SERVE, filled, page.path, changed=page.changed)
    columns = [column("description", code) for code in codes]
    needed = ("slug", "last_published_at", "source_language", "translation_state", *columns)
    for listing in Listing.objects.public().only(*needed):
        texts, changed = translations(listing, "description"), listing.last_published_at
        filled = [code for code in codes if code in texts] or [MAIN]
        yield entry("listing", filled, listing.slug, changed=changed.date().isoformat() if changed else "")


def sitemap(request: HttpRequest) -> HttpResponse:
    """Empty while the data is a demo: nobody shall find unconfirmed numbers by a search engine."""
    found = [] if configuration().demo else list(entries())
    return render(request, "sitemap.xml", {"entries": found}, content_type="application/xml; charset=utf-8")
