"""What Wagtail's admin shows of itself. The directory registers its own part."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.search import SearchArea
from wagtail.permissions import policy_registry

from directory.editing import membership_log  # noqa: F401 - registers itself
from directory.editing.policy import SEEING
from directory.models import Listing
from wegweiser.handbook import menu  # noqa: F401 - registers itself
from wegweiser.members.staff import MembersViewSet

# No page of this site shows documents: no menu and no search leads to them.
UNUSED = frozenset({"documents"})
# They know pages only, or ask once per row: the desk has the same for all entries.
REPLACED = frozenset(
    {"workflow_objects_to_moderate", "user_objects_in_workflow_moderation", "recent_edits", "locked_pages"}
)


def leave_out_unused(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name not in UNUSED]


def leave_out_all(request: HttpRequest, items: list[Any]) -> None:
    items.clear()


def leave_out_panels(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in REPLACED]


def leave_out_strangers(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if not item.url.startswith("https://")]


class ListingSearch(SearchArea):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(policy_registry.get_by_type(Listing).user_has_any_permission(request.user, SEEING))


def search_listings() -> SearchArea:
    url = reverse("wagtailsnippets_directory_listing:list")
    return ListingSearch(_("Listings"), url, name="listings", icon_name="doc-full", order=0)


hooks.register("register_admin_viewset", MembersViewSet)
hooks.register("construct_main_menu", leave_out_unused)
hooks.register("construct_search", leave_out_unused)
hooks.register("register_admin_search_area", search_listings)
# They count pages, images and documents. After those who add to the list.
hooks.register("construct_homepage_summary_items", leave_out_all, order=1000)
hooks.register("construct_homepage_panels", leave_out_panels)
hooks.register("construct_help_menu", leave_out_strangers)
