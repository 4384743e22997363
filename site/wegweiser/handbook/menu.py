"""Brings the guide into the admin: its addresses and its place in the menu."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from wegweiser.handbook import views


def urls() -> list[URLPattern]:
    """Wagtail asks of every address that its hook brings that the user may enter the admin."""
    return [
        path("handbook/", views.contents, name="handbook"),
        path("handbook/<slug:slug>/", views.chapter, name="handbook_chapter"),
    ]


def item() -> MenuItem:
    return MenuItem(_("Guide for editors"), reverse("handbook"), name="handbook", icon_name="help", order=100)


hooks.register("register_admin_urls", urls)
hooks.register("register_help_menu_item", item)
