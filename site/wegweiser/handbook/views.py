from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language

from wegweiser.handbook.chapters import CHAPTERS, FALLBACK, LANGUAGES


def contents(request: HttpRequest) -> HttpResponse:
    return render(request, "handbook/contents.html", {"chapters": CHAPTERS.values()})


def chapter(request: HttpRequest, slug: str) -> HttpResponse:
    if slug not in CHAPTERS:
        raise Http404
    order = list(CHAPTERS)
    position = order.index(slug)
    language = get_language() if get_language() in LANGUAGES else FALLBACK
    context = {
        "chapter": CHAPTERS[slug],
        "text": f"handbook/{language}/{slug}.html",
        "language": language,
        "pictures": static(f"wegweiser/handbook/{language}/"),
        "before": CHAPTERS[order[position - 1]] if position else None,
        "after": CHAPTERS[order[position + 1]] if position + 1 < len(order) else None,
    }
    return render(request, "handbook/chapter.html", context)
