"""The filters beside the lists of entries. What each means stands in directory/queries.py."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from directory import queries
from directory.editing.gate import visible
from directory.languages import SHIPPED
from directory.models import Area, Listing, Organisation, Term
from directory.translation_state import State
from directory.vocabulary import choices

STATES = [
    ("live", _("Public")),
    ("changed", _("Public, with changes that are not")),
    ("draft", _("Never published")),
    ("scheduled", _("Will be published on a date")),
    ("off", _("Taken off the public pages")),
    ("expired", _("Expired")),
]
STANDS = {
    State.MISSING: _("%(language)s: no text"),
    State.OUTDATED: _("%(language)s: outdated"),
    State.MACHINE: _("%(language)s: translated by a machine, unchecked"),
}


def translations() -> Iterator[tuple[str, str]]:
    for code, _name in settings.LANGUAGES:
        for how in queries.OPEN:
            yield f"{code}-{how}", STANDS[how] % {"language": SHIPPED[code].name}


class OneOf(django_filters.ChoiceFilter):
    """One of the conditions; nothing chosen shows everything."""

    def __init__(self, label: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(label=label, choices=offered, empty_label=_("All"), widget=forms.RadioSelect, **kwargs)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        return qs.filter(queries.condition(qs.model, str(self.field_name), value))


class ServedArea(django_filters.ChoiceFilter):
    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(queries.serves(value)) if value else qs


class EntryFilters(WagtailFilterSet):
    """Each list's Meta names these and its own, in the order of the menu."""

    state = OneOf(_("Publishing"), STATES)
    review = OneOf(_("Review"), [("waiting", _("Waits for review")), ("sent_back", _("Sent back for changes"))])
    translation = OneOf(_("Translation"), translations)


class OrganisationFilters(EntryFilters):
    expires = OneOf(_("Expires"), [("soon", _("Within 60 days"))])
    contact = OneOf(_("Contact"), [("none", _("No contact known"))])

    class Meta:
        model = Organisation
        fields = ["state", "review", "translation", "contact", "expires", "type"]


class ListingFilters(EntryFilters):
    confirmed = OneOf(
        _("Confirmed"),
        [
            ("due", _("Not within the last 180 days")),
            ("long-ago", _("Longer ago than 180 days")),
            ("never", _("Never")),
        ],
    )
    needs_check = OneOf(_("To be checked"), [("true", _("Marked as to be checked"))])
    expires = OneOf(_("Expires"), [("soon", _("Within 60 days"))])
    contact = OneOf(_("Contact"), [("none", _("No contact known"))])
    rules = OneOf(_("Referral rules"), [("overdue", _("Past their check-by date"))])
    area = ServedArea(label=_("Serves the area"), choices=lambda: choices("areas"), widget=forms.Select)
    organisation = django_filters.ModelChoiceFilter(
        label=_("Organisation"), queryset=partial(visible, Organisation), widget=forms.Select
    )

    class Meta:
        model = Listing
        fields = [
            *("state", "review", "translation", "confirmed", "needs_check", "contact", "expires", "rules"),
            *("organisation", "kind", "audience", "area", "internal_only"),
        ]


def vocabularies() -> list[tuple[str, str]]:
    names = Term.objects.order_by("vocabulary").values_list("vocabulary", flat=True).distinct()
    return [(name, name) for name in names]


class TermFilters(EntryFilters):
    vocabulary = django_filters.ChoiceFilter(label=_("Vocabulary"), choices=vocabularies, widget=forms.Select)

    class Meta:
        model = Term
        fields = ["vocabulary", "state", "review", "translation"]


class AreaFilters(EntryFilters):
    class Meta:
        model = Area
        fields = ["state", "review", "translation", "level"]
