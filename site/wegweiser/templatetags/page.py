"""What the base layout asks about the page it frames."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from directory.languages import MAIN, SHIPPED, direction
from directory.vocabulary import configuration
from wegweiser.styles import current

register = template.Library()

STAFF = "/admin/fachkraefte/"  # the one page below /admin/ that has the frame of the public ones


@dataclass(frozen=True)
class LanguageLink:
    code: str
    name: str
    dir: str
    path: str
    url: str
    current: bool


def path_in(path: str, code: str) -> str:
    """The same page in another language: only the first segment of a public path names it."""
    if path.startswith(STAFF):
        return f"{STAFF}{code}/"
    first, _, rest = path.lstrip("/").partition("/")
    return f"/{code}/{rest}" if first in dict(settings.LANGUAGES) else f"/{code}/"


def links(request: HttpRequest, codes: list[str]) -> list[LanguageLink]:
    return [
        LanguageLink(
            code=code,
            name=SHIPPED[code].name,
            dir=direction(code),
            path=(path := path_in(request.path, code)),
            url=settings.PUBLIC_URL.rstrip("/") + path,
            current=code == get_language(),
        )
        for code in codes
    ]


@register.simple_tag(takes_context=True)
def language_links(context: dict[str, Any]) -> list[LanguageLink]:
    """Every enabled language, for the menu."""
    request = context.get("request")
    return links(request, [code for code, _ in settings.LANGUAGES]) if request else []


@register.simple_tag(takes_context=True)
def alternates(context: dict[str, Any]) -> list[LanguageLink]:
    """Only the languages in which this page has real content: what search engines may know of."""
    request = context.get("request")
    if request is None or request.method != "GET" or context.get("noindex") or demo():
        return []
    codes = context.get("content_languages") or [code for code, _ in settings.LANGUAGES]
    return links(request, [code for code, _ in settings.LANGUAGES if code in codes])


@register.simple_tag
def page_language() -> str:
    return get_language() or MAIN


@register.simple_tag
def page_direction() -> str:
    return direction(get_language() or MAIN)


@register.simple_tag
def style_url() -> str:
    return f"/{current().name}"


@register.simple_tag
def demo() -> bool:
    return configuration().demo


@register.simple_tag
def site_name() -> str:
    return settings.WAGTAIL_SITE_NAME
