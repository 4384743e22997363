"""An entry as a partner reads it: what is published, contacts for professionals included, and no internal note."""

from collections.abc import Iterator
from typing import Any

from django.utils.text import capfirst
from wagtail.snippets.views.snippets import InspectView

from directory.languages import SHIPPED
from directory.models import translated_fields
from directory.text import written

FACTS = {
    "organisation": ("type", "website"),
    "listing": ("organisation", "kind", "audience", "internal_only", "last_confirmed_on", "valid_until"),
    "term": ("vocabulary", "slug"),
    "area": ("level", "parent"),
}


class EntryInspect(InspectView):
    def get_page_subtitle(self) -> str:
        return str(self.object)  # Wagtail's own is the title of the newest draft

    def get_fields_context(self) -> list[dict[str, Any]]:
        return [*self._facts(), *self._texts(), *self._contacts()]

    def _facts(self) -> Iterator[dict[str, Any]]:
        for name in FACTS.get(self.object._meta.model_name, ()):
            yield self.get_context_for_field(name)

    def _texts(self) -> Iterator[dict[str, Any]]:
        for field in translated_fields(type(self.object)):
            label = self.object._meta.get_field(field).verbose_name
            for code, text in written(self.object, field).items():
                yield _row(f"{capfirst(label)} ({SHIPPED[code].name})", text)

    def _contacts(self) -> Iterator[dict[str, Any]]:
        contacts = getattr(self.object, "contacts", None)
        for contact in contacts.all() if contacts else ():
            label = contact.label or contact.get_audience_display()
            yield _row(f"{capfirst(contact.get_kind_display())} ({label})", contact.value)


def _row(label: str, value: str) -> dict[str, Any]:
    return {"label": label, "value": value, "component": None}
