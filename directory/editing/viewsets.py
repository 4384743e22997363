from typing import Any

from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, UpdatedAtColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from directory.collecting.viewsets import CollectingViewSet, LinksViewSet
from directory.editing import filters, panels, views
from directory.editing.gate import Gated, GatedChooser
from directory.editing.gate_inspect import EntryInspect
from directory.editing.history import EntryCompare, EntryHistory
from directory.editing.unpublishing import EntryUnpublish
from directory.models import Area, Configuration, Listing, Organisation, Term
from directory.upkeep.viewsets import UpkeepViewSet


class EntryViewSet(Gated, SnippetViewSet):
    index_view_class = views.EntryIndex
    add_view_class = views.EntryCreate
    edit_view_class = views.EntryEdit
    copy_view_class = views.EntryCopy
    delete_view_class = views.EntryDelete
    unpublish_view_class = EntryUnpublish
    history_view_class = EntryHistory
    revisions_compare_view_class = EntryCompare
    inspect_view_class = EntryInspect
    inspect_view_enabled = True
    chooser_viewset_class = GatedChooser
    copy_view_enabled = False  # a copy would share the slug, and with it the address
    list_per_page = 50


class OrganisationViewSet(EntryViewSet):
    model = Organisation
    icon = "group"
    edit_handler = panels.ORGANISATION
    list_display = [
        "__str__",
        Column("get_type_display", label=_("type"), sort_key="type"),
        UpdatedAtColumn(),
    ]
    filterset_class = filters.OrganisationFilters


class ListingViewSet(EntryViewSet):
    model = Listing
    icon = "doc-full"
    edit_handler = panels.LISTING
    list_display = [
        "__str__",
        Column("organisation", label=_("organisation")),
        Column("get_kind_display", label=_("kind"), sort_key="kind"),
        Column("get_audience_display", label=_("for whom"), sort_key="audience"),
        DateColumn("last_confirmed_on", label=_("last confirmed on"), sort_key="last_confirmed_on"),
        BooleanColumn("needs_check", label=_("to be checked"), sort_key="needs_check"),
        UpdatedAtColumn(),
    ]
    filterset_class = filters.ListingFilters

    def get_queryset(self, request: Any) -> Any:
        return Listing.objects.select_related("organisation")


class TermViewSet(EntryViewSet):
    model = Term
    icon = "tag"
    menu_label = _("Vocabularies")
    edit_handler = panels.TERM
    list_display = ["__str__", "vocabulary", "slug", UpdatedAtColumn()]
    filterset_class = filters.TermFilters


class AreaViewSet(EntryViewSet):
    model = Area
    icon = "site"
    edit_handler = panels.AREA
    list_display = ["__str__", Column("get_level_display", label=_("level"), sort_key="level"), "parent", "slug"]
    filterset_class = filters.AreaFilters

    def get_queryset(self, request: Any) -> Any:
        return Area.objects.select_related("parent")


class ConfigurationViewSet(ModelViewSet):
    """One object: its list is its form, and nothing adds or deletes it."""

    model = Configuration
    icon = "cog"
    menu_label = _("Configuration")
    edit_handler = panels.CONFIGURATION
    edit_view_class = views.ConfigurationEdit
    copy_view_enabled = False

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = {"edit", "history", "history_results"}
        patterns = [pattern for pattern in super().get_urlpatterns() if pattern.name in kept]
        to_form = RedirectView.as_view(url=reverse_lazy(self.get_url_name("edit"), args=[1]))
        return [path("", to_form, name="index"), *patterns]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        missing = {"add_url_name": None, "delete_url_name": None, "usage_url_name": None}
        found: dict[str, Any] = super().get_common_view_kwargs(**{**missing, **kwargs})
        return found


class DirectoryGroup(SnippetViewSetGroup):
    menu_label = _("Directory")
    menu_icon = "list-ul"
    menu_order = 100
    items = (
        *(ListingViewSet, OrganisationViewSet, UpkeepViewSet, CollectingViewSet, LinksViewSet),
        *(TermViewSet, AreaViewSet, ConfigurationViewSet),
    )
