"""What Wagtail's admin shows of itself. The directory registers its own part."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.search import SearchArea

# No page of this site shows Wagtail's pages, images or documents: no menu and no search leads to them.
UNUSED = frozenset({"explorer", "pages", "images", "documents"})


def leave_out_unused(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name not in UNUSED]


def leave_out_all(request: HttpRequest, items: list[Any]) -> None:
    items.clear()


def search_listings() -> SearchArea:
    url = reverse("wagtailsnippets_directory_listing:list")
    return SearchArea(_("Listings"), url, name="listings", icon_name="doc-full", order=0)


hooks.register("construct_main_menu", leave_out_unused)
hooks.register("construct_search", leave_out_unused)
hooks.register("register_admin_search_area", search_listings)
# They count pages, images and documents. After those who add to the list.
hooks.register("construct_homepage_summary_items", leave_out_all, order=1000)
