"""Keeps revisions from bleeding between languages (bugs of Wagtail with modeltranslation, reproduced)."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from modelcluster.models import get_serializable_data_for_fields, model_from_serializable_data

from directory.columns import translated_fields
from directory.languages import MAIN, SHIPPED, column
from directory.text import choose, written


class TranslatedRevisions(models.Model):
    """First in the order of bases of every versioned translated model and of every child of one.

    The virtual original (`title`) never enters a revision: it holds whatever language the last editor had
    active, and would be written into another language when an old revision is opened.
    """

    class Meta:
        abstract = True

    def serializable_data(self) -> dict[str, Any]:
        # A child row is often a plain model without this method. Calling super() there would raise the
        # AttributeError that RevisionMixin swallows, and every child would silently vanish from the revision.
        parent = getattr(super(), "serializable_data", None)
        data = parent() if parent else get_serializable_data_for_fields(self)
        return {key: value for key, value in data.items() if key not in translated_fields(type(self))}

    @classmethod
    def from_serializable_data(
        cls, data: Mapping[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Any:
        clean = _without_originals(data, translated_fields(cls))
        parent = getattr(super(), "from_serializable_data", None)
        if parent:
            return parent(clean, check_fks, strict_fks)
        return model_from_serializable_data(cls, clean, check_fks=check_fks, strict_fks=strict_fks)

    def text_of(self, field: str, language: str = MAIN) -> str:
        """For staff's lists and logs, whatever language is active or public: never empty if any exists."""
        return choose(written(self, field), language).text


def _without_originals(data: Mapping[str, Any], originals: tuple[str, ...]) -> dict[str, Any]:
    clean = {key: value for key, value in data.items() if key not in originals}
    for field in originals:
        if not any(column(field, code) in data for code in SHIPPED) and data.get(field):
            # A revision from before the field was translated: its text is in the main language.
            clean[column(field, MAIN)] = data[field]
    return clean
