"""Every text that can be translated, each with a key that holds from a spreadsheet's way out to its way in.

A key names model, slug and field: `directory.listing/advice/title`. Where a slug is unique only within something,
that stands before it (`directory.term/grounds/racism/label`); a child row stands between (`…/options/yes/text`).
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.text import capfirst
from modelcluster.models import get_all_child_relations

from directory.languages import column
from directory.models import Published, TranslatedRevisions, translated_fields
from directory.translation_state import source_hash, source_language

NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Piece:
    """One text of an entry: a field of its own or of one of its child rows."""

    key: str
    entry: Any
    holder: Any
    field: str

    def text(self, language: str) -> str:
        return getattr(self.holder, column(self.field, language)) or ""

    def write(self, language: str, text: str) -> None:
        setattr(self.holder, column(self.field, language), text)

    @property
    def source(self) -> str:
        return self.text(source_language(self.entry))

    @property
    def longest(self) -> int | None:
        length: int | None = self.holder._meta.get_field(self.field).max_length
        return length

    @property
    def context(self) -> str:
        name = f"{capfirst(self.entry._meta.verbose_name)} “{self.entry}”"
        row = "" if self.holder is self.entry else f", {self.holder._meta.verbose_name}"
        return f"{name}{row}: {self.holder._meta.get_field(self.field).verbose_name}"

    @property
    def stamp(self) -> str:
        """Which source a translation was made from: the whole entry's, as its state notes it, and this text."""
        return f"{source_hash(self.entry)}.{text_hash(self.source)}"


def comparable(text: str) -> str:
    """Without what a spreadsheet does not keep: control characters, and a browser's ends of lines."""
    return NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def translatable_models() -> tuple[type[Published], ...]:
    """Of every room: this one knows no other, but all of them register what they translate."""
    found = (model for model in apps.get_models() if issubclass(model, Published))
    return tuple(model for model in found if translated_fields(model) or _child_relations(model))


def model_of(key: str) -> type[Published] | None:
    label = key.partition("/")[0]
    return next((model for model in translatable_models() if model._meta.label_lower == label), None)


def entry_key(entry: Any) -> str:
    parts = (str(getattr(entry, name)) for name in _identity(type(entry)))
    return "/".join((entry._meta.label_lower, *parts))


def entry_of(key: str) -> str:
    """The part of a text's key that names the entry; '' where no model is called so."""
    model = model_of(key)
    return "/".join(key.split("/")[: 1 + len(_identity(model))]) if model else ""


def rows(entry: str) -> "models.QuerySet[Any] | None":
    """The row that an entry's key names, if it is one."""
    model = model_of(entry)
    names = _identity(model) if model else ()
    parts = entry.split("/")[1:]
    if model is None or len(parts) != len(names):
        return None
    lookups = (f"{name}__slug" if model._meta.get_field(name).is_relation else name for name in names)
    return model._default_manager.filter(**dict(zip(lookups, parts, strict=True)))


def latest(model: type[Published]) -> Iterator[Any]:
    """Every entry as its newest draft has it, in order of its key."""
    children = [relation.get_accessor_name() for relation in _child_relations(model)]
    found = model._default_manager.select_related("latest_revision", *_related(model))
    for entry in sorted(found.prefetch_related(*children), key=entry_key):
        yield draft(entry)


def draft(entry: Any) -> Any:
    """Not `get_latest_revision_as_object`: it would ask the database once more for each entry."""
    if entry.has_unpublished_changes and entry.latest_revision is not None:
        return entry.with_content_json(entry.latest_revision.content)
    return entry


def pieces(entry: Any) -> Iterator[Piece]:
    """All that has a source text; without one there is nothing to translate."""
    return (piece for piece in _all_pieces(entry) if piece.source)


def _all_pieces(entry: Any) -> Iterator[Piece]:
    start = entry_key(entry)
    for field in translated_fields(type(entry)):
        yield Piece(f"{start}/{field}", entry, entry, field)
    for relation in _child_relations(type(entry)):
        name = relation.get_accessor_name()
        # Not .all(): it gives copies, and what is written into a copy never reaches the revision.
        for row in getattr(entry, name).get_object_list():
            for field in translated_fields(type(row)):
                yield Piece(f"{start}/{name}/{_row_key(entry, row)}/{field}", entry, row, field)


def _row_key(entry: Any, row: Any) -> str:
    """A row that exists only in a draft has no number yet, but its text is its own."""
    if slug := getattr(row, "slug", ""):
        return str(slug)
    if row.pk:
        return str(row.pk)
    texts = (getattr(row, column(field, source_language(entry))) or "" for field in translated_fields(type(row)))
    return f"new-{text_hash(''.join(texts))}"


def _identity(model: type[models.Model]) -> tuple[str, ...]:
    """The fields that name an entry for people, whatever its number is."""
    if model._meta.get_field("slug").unique:  # type: ignore[union-attr]
        return ("slug",)
    unique = (each for each in model._meta.constraints if isinstance(each, models.UniqueConstraint))
    return next(tuple(each.fields) for each in unique if "slug" in each.fields)


def _related(model: type[models.Model]) -> list[str]:
    return [name for name in _identity(model) if model._meta.get_field(name).is_relation]


def _child_relations(model: type[models.Model]) -> list[Any]:
    found = get_all_child_relations(model)
    return [
        relation
        for relation in found
        if issubclass(relation.related_model, TranslatedRevisions) and translated_fields(relation.related_model)
    ]
