"""Finds entries by their names, in Python: the databases differ in what they take for the same letter."""

from typing import Any

from django.db import models

from directory.languages import SHIPPED, column
from directory.models import translated_fields


def matching(model: type[models.Model], words: str) -> list[Any]:
    """Keys of the entries whose slug, names or aliases contain every word, in any language."""
    wanted = words.casefold().split()
    names = _columns(model)
    rows = model._default_manager.values_list("pk", *names)
    return [key for key, *texts in rows if all(word in _joined(texts) for word in wanted)]


def _columns(model: type[models.Model]) -> list[str]:
    named_by = translated_fields(model)[:1]
    translated = [column(field, code) for field in named_by for code in SHIPPED]
    fields = {field.name for field in model._meta.concrete_fields}
    return [name for name in ("slug", "aliases", "synonyms", *translated) if name in fields]


def _joined(texts: list[Any]) -> str:
    return "\n".join(_flat(text) for text in texts).casefold()


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(_flat(part) for part in value.values())
    if isinstance(value, list):
        return "\n".join(str(part) for part in value)
    return value or ""
