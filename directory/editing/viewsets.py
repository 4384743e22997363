from typing import Any

from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, UpdatedAtColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from directory.editing import panels, views
from directory.models import Area, Configuration, Listing, Organisation, Term


class EntryViewSet(SnippetViewSet):
    index_view_class = views.EntryIndex
    add_view_class = views.EntryCreate
    edit_view_class = views.EntryEdit
    copy_view_class = views.EntryCopy
    delete_view_class = views.EntryDelete
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
    list_filter = ["type", "live"]


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
    list_filter = ["kind", "audience", "live", "needs_check", "internal_only"]

    def get_queryset(self, request: Any) -> Any:
        return Listing.objects.select_related("organisation")


class PlainViewSet(ModelViewSet):
    index_view_class = views.PlainIndex
    delete_view_class = views.PlainDelete
    copy_view_enabled = False
    list_per_page = 50


class TermViewSet(PlainViewSet):
    model = Term
    icon = "tag"
    menu_label = _("Vocabularies")
    edit_handler = panels.TERM
    list_display = ["__str__", "vocabulary", "slug"]
    list_filter = ["vocabulary"]


class AreaViewSet(PlainViewSet):
    model = Area
    icon = "site"
    edit_handler = panels.AREA
    list_display = ["__str__", Column("get_level_display", label=_("level"), sort_key="level"), "parent", "slug"]
    list_filter = ["level"]

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        areas: Any = Area.objects.all()
        found: dict[str, Any] = super().get_index_view_kwargs(queryset=areas.select_related("parent"), **kwargs)
        return found


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
    items = (ListingViewSet, OrganisationViewSet, TermViewSet, AreaViewSet, ConfigurationViewSet)
