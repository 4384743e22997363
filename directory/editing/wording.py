"""Names of fields and of changes for staff, in their language."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations

from directory.models.differences import changed, plain
from directory.spoken import spoken_name
from directory.translation_state import State

STATES = "translation_state"


def heading(field: Any) -> str:
    """ "Title (Arabic)": a column of a translated field names its language."""
    original = getattr(field, "translated_field", None)
    if original is None:
        return str(capfirst(field.verbose_name))
    return in_language(original.verbose_name, field.language)


def in_language(name: Any, language: str) -> str:
    return _("%(field)s (%(language)s)") % {"field": capfirst(name), "language": spoken_name(language)}


def differences(model: type[models.Model], before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What differs between two revisions, without contents: "Title (Arabic)", "Contacts: phone"."""
    relations = {
        relation.get_accessor_name(): relation.related_model for relation in get_all_child_relations(model)
    }
    words: list[str] = []
    names = changed(before, after)
    for name in names:
        if name == STATES:
            written = {getattr(_field(model, each), "language", "") for each in names}
            codes = restated(before.get(STATES) or {}, after.get(STATES) or {})
            words += [in_language(_("state of the translation"), code) for code in codes if code not in written]
        elif name in relations:
            words.append(_of_rows(relations[name], before.get(name) or [], after.get(name) or []))
        elif field := _field(model, name):
            words.append(heading(field))
    return words


def _field(model: type[models.Model], name: str) -> Any:
    """None for a column that the model no longer has."""
    return next((field for field in model._meta.concrete_fields if field.name == name), None)


def restated(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The languages of which the state of the translation differs."""
    codes = dict.fromkeys((*after, *before))
    return [code for code in codes if told_state(before.get(code)) != told_state(after.get(code))]


def told_state(noted: Mapping[str, Any] | None) -> tuple[str, bool]:
    """Who wrote when, and from which source, changes with every edit; what nobody noted a person wrote."""
    found = noted or {}
    return found.get("state") or State.HUMAN, found.get("public", True)


def _of_rows(model: Any, before: Iterable[Any], after: Iterable[Any]) -> str:
    name = str(capfirst(model._meta.verbose_name_plural))
    kinds = dict(model.Kind.choices) if hasattr(model, "Kind") else {}
    old, new = [plain(row) for row in before], [plain(row) for row in after]
    moved = [row for row in (*old, *new) if row and (row in old) != (row in new)]
    told = dict.fromkeys(str(kinds.get(row.get("kind"), "")) for row in moved)
    return f"{name}: {', '.join(filter(None, told))}" if any(told) else name
