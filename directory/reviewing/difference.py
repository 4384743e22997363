"""What a submission changes for the public, as a reviewer reads it: contacts first, then field by field."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from directory.editing import comparing_rows
from directory.editing.wording import STATES, heading
from directory.models import Listing, Published
from directory.models.differences import changed
from directory.reviewing.harmless import is_harmless

# Where somebody who is looking for help ends up, and who answers for the entry. Shown first and marked.
WHERE_PEOPLE_END_UP = frozenset(
    {"contacts", "website", "callback_email", "places", "sites", "organisation", "internal_only"}
)


@dataclass(frozen=True)
class Row:
    label: str
    is_contact: bool
    comparison: Any = None  # of Wagtail; None: the form shows no such field


@dataclass(frozen=True)
class Difference:
    rows: tuple[Row, ...]
    is_new: bool
    is_harmless: bool

    @property
    def touches_contacts(self) -> bool:
        return any(row.is_contact for row in self.rows)


def difference(entry: Published, draft: Published, request: HttpRequest) -> Difference:
    """Between what is or was public and the draft. What has never been public is new in every field."""
    is_new = not entry.live and entry.first_published_at is None
    old = (type(entry)(**_of_new(entry)) if is_new else entry).serializable_data()
    new = draft.serializable_data()
    before = entry.with_content_json(
        old
    )  # with its rows in memory: each field's comparison would fetch them again
    names = changed(old, new)
    rows = sorted(_rows(before, draft, names, request), key=lambda row: not row.is_contact)
    harmless = entry.live and is_harmless(old, new, lambda name: _field_of(type(entry), name))
    return Difference(tuple(rows), is_new, harmless)


def _of_new(entry: Published) -> dict[str, Any]:
    """A blank entry of the same organisation: another one would be a difference, none cannot be compared."""
    return {"organisation": entry.organisation} if isinstance(entry, Listing) else {}


def _rows(before: Any, draft: Published, names: Collection[str], request: HttpRequest) -> Iterator[Row]:
    layout = type(draft).snippet_viewset._edit_handler
    panel = layout.get_bound_panel(instance=draft, request=request, form=None)
    found = [comparing_rows.with_rows_of_ours(each)(before, draft) for each in panel.get_comparison()]
    for each in found:
        if each.has_changed():
            yield Row(each.field_label(), _name(each) in WHERE_PEOPLE_END_UP, each)
    for state in comparing_rows.states(before, draft):
        yield Row(state.field_label(), False, state)
    yield from _shown_nowhere(type(draft), [name for name in names if name not in map(_name, found)])


def _name(comparison: Any) -> str:
    name: str = comparison.field.get_accessor_name() if comparison.is_child_relation else comparison.field.name
    return name


def _shown_nowhere(model: type[Published], names: Collection[str]) -> Iterator[Row]:
    """Nothing that the form has no field for is approved without a word."""
    fields = {field.name: field for field in model._meta.get_fields()}
    for name in names:
        if name != STATES:
            field = fields.get(name)
            label = heading(field) if hasattr(field, "verbose_name") else name
            yield Row(label, name in WHERE_PEOPLE_END_UP)


def _field_of(model: type[Any], name: str) -> str:
    field = next((each for each in model._meta.concrete_fields if each.name == name), None)
    original = getattr(field, "translated_field", None)
    return original.name if original is not None else name
