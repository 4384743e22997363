"""Which fields of a model have a column per language."""

from django.db import models
from modeltranslation.translator import NotRegistered, translator

_found: dict[type[models.Model], tuple[str, ...]] = {}


def translated_fields(model: type[models.Model]) -> tuple[str, ...]:
    """In the order of the model: modeltranslation keeps them in a set."""
    if model not in _found:
        _found[model] = _translated_fields(model)
    return _found[model]


def _translated_fields(model: type[models.Model]) -> tuple[str, ...]:
    try:
        registered = translator.get_options_for_model(model).all_fields
    except NotRegistered:
        return ()
    return tuple(field.name for field in model._meta.concrete_fields if field.name in registered)
