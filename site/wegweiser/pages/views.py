from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_safe

from directory.details import newer
from directory.editing.previews import POLICY
from directory.languages import MAIN
from directory.text import translated
from wegweiser.pages.models import EasyLanguagePage, EditorialPage, HomePage, SignLanguagePage
from wegweiser.pages.tree import Link, languages_of, link, tree

TEMPLATE = "pages/page.html"
# A draft has no public address in other languages, and nobody needs to leave it in a hurry.
UNLIKE_THE_PAGE = {"content_languages": [], "has_exit": False}


@require_safe
def show(request: HttpRequest, path: str) -> HttpResponse:
    """After all other addresses: what none of them knows may be a page that an editor wrote."""
    found = tree()
    if not found.root or not path:
        raise Http404
    published = EditorialPage.objects.live().public()
    return answer(request, get_object_or_404(published, url_path=f"{found.root}{path}").specific)


def answer(request: HttpRequest, page: EditorialPage) -> HttpResponse:
    return render(request, TEMPLATE, context(page))


def context(page: EditorialPage) -> dict[str, Any]:
    return {
        "page": page,
        "heading": translated(page, "heading"),
        "intro": translated(page, "intro"),
        "text": translated(page, "text"),
        "description": translated(page, "description") or translated(page, "intro"),
        "newer": newer(page),
        "below": below(page),
        "kind": type(page)._meta.model_name,
        "is_easy": isinstance(page, EasyLanguagePage),  # there is none in another language
        "video": video(page) if isinstance(page, SignLanguagePage) else None,
        "content_languages": languages_of(page) or [MAIN],
        "has_exit": True,
    }


def below(page: EditorialPage) -> list[Link]:
    if isinstance(page, HomePage) or not page.pk:
        return []
    found = tree()
    start = page.url_path.removeprefix(found.root)
    children = (each for each in found.pages if each.path.startswith(start) and each.path != start)
    return [link(each) for each in children if each.path.removeprefix(start).count("/") == 1]


def video(page: SignLanguagePage) -> dict[str, Any] | None:
    if not (page.video or page.video_url):
        return None
    minutes, seconds = divmod(page.video_seconds or 0, 60)
    megabytes = round(page.video.size / 1_000_000, 1) if page.video else page.video_megabytes
    return {
        "url": page.video.url if page.video else page.video_url,
        "is_here": bool(page.video),
        "megabytes": megabytes,
        "length": f"{minutes}:{seconds:02}",
    }


def preview(request: HttpRequest, page: EditorialPage, language: str) -> HttpResponse:
    """Rendered within the language: Wagtail would render later, when another one is active."""
    with translation.override(language or MAIN):
        request.LANGUAGE_CODE = language or MAIN
        response = render(request, TEMPLATE, context(page) | UNLIKE_THE_PAGE)
    response.headers["Content-Security-Policy"] = POLICY
    return response
