"""The lists' search field. What finds stands in the room above, which the directory must not import."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import Case, Model, QuerySet, Value, When
from django.utils.module_loading import import_string

Find = Callable[[type[Model], str], tuple[list[int], list[int]]]


def _find(model: type[Model], words: str) -> tuple[list[int], list[int]]:
    """Named in the settings, since German compounds are the search's knowledge and rooms import only downwards."""
    find: Find = import_string(settings.STAFF_SEARCH)
    return find(model, words)


def matching(model: type[Model], words: str) -> list[int]:
    """Keys of the entries that have every word in their names or texts, in any language; those named first."""
    named, told = _find(model, words)
    return [*named, *told]


def search(entries: QuerySet[Any], words: str, *, best_first: bool) -> QuerySet[Any]:
    named, told = _find(entries.model, words)
    found = entries.filter(pk__in=[*named, *told])
    if not (best_first and named and told):
        return found
    order = found.query.order_by or found.model._meta.ordering
    return found.order_by(Case(When(pk__in=named, then=Value(0)), default=Value(1)), *order)
