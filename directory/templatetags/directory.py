"""Texts in templates: in the reader's language, or marked with their own language and direction (WCAG 3.1.2)."""

from collections.abc import Iterable
from functools import lru_cache

import segno
from django import template
from django.db.models import Model
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from directory import text as texts
from directory.text import Text, translated

register = template.Library()


@register.simple_tag
def text(obj: Model, field: str) -> Text:
    return translated(obj, field)


@register.simple_tag
def show(obj: Model, field: str) -> SafeString:
    return mark(translated(obj, field))


@register.filter
def mark(shown: Text | str) -> SafeString:
    """A text of another language in a span that says so; `dir` also keeps its marks from mixing with ours."""
    if not isinstance(shown, Text) or not shown.is_fallback:
        return format_html("{}", str(shown))
    return format_html('<span lang="{}" dir="{}">{}</span>', shown.lang, shown.dir or "auto", shown.text)


@register.filter
def listed(shown: Iterable[Text]) -> SafeString:
    return format_html_join(gettext(", "), "{}", ((mark(each),) for each in shown))


@register.filter
def by_machine(shown: object) -> bool:
    return texts.by_machine(shown)


@register.filter
def as_source(source: str) -> SafeString:
    """Where a fact comes from: a link that does not tell where the reader was, or words."""
    if source.startswith(("https://", "http://")):
        return format_html('<a href="{0}" rel="noreferrer noopener nofollow">{0}</a>', source)
    return format_html("{}", source)


@register.simple_tag
def qr(address: str) -> SafeString:
    """For paper: the way back to a page."""
    return mark_safe(_drawn(address))  # noqa: S308 - drawn here, from squares only


@lru_cache(maxsize=512)
def _drawn(address: str) -> str:
    return str(segno.make(address, error="m").svg_inline(scale=3))
