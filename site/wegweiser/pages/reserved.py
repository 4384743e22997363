"""First words of addresses that other parts of the site answer to: no page may take them."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import LocalePrefixPattern, URLResolver, get_resolver
from django.utils.translation import gettext as _

from directory.languages import SHIPPED

_FILES = ("media", "static")  # served outside the list of addresses


@cache
def reserved() -> frozenset[str]:
    """Read from the list of addresses itself, so that a new one is reserved by being there."""
    return frozenset((*_FILES, *SHIPPED, *_first_words(get_resolver().url_patterns)))


def _first_words(patterns: list[Any]) -> Iterator[str]:
    for each in patterns:
        route = "" if isinstance(each.pattern, LocalePrefixPattern) else str(each.pattern)
        if isinstance(each, URLResolver) and not route:
            yield from _first_words(each.url_patterns)
        elif (word := route.split("/")[0]).isidentifier():
            yield word


def refuse_reserved(slug: str) -> None:
    if slug in reserved():
        words = _("“%(slug)s” is the address of another part of this site. Choose another word.")
        raise ValidationError({"slug": words % {"slug": slug}})
